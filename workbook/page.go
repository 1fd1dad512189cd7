package workbook

import (
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"payung/domain/cell"
)

// page is a short sheet of text written from top to bottom; the first error
// ends the writing. Steps have their number in column A, so that everything else
// begins in B.
type page struct {
	file   *excelize.File
	sheet  string
	widths []float64 // of columns B, C and so on, in characters
	styles pageStyles
	rows   int // written so far
	err    error
}

// pageStyles are the looks of a page.
type pageStyles struct{ title, body, strong, number, heading, text, link int }

// newPage begins a page on an empty sheet.
func newPage(f *excelize.File, sheet string, widths ...float64) *page {
	p := &page{file: f, sheet: sheet, widths: widths}
	top, wrap := &excelize.Alignment{Vertical: "top"}, &excelize.Alignment{Vertical: "top", WrapText: true}
	link := font(blue)
	link.Underline = "single"
	p.err = define(f, []look{
		{&p.styles.title, &excelize.Style{Font: titleFont()}},
		{&p.styles.body, &excelize.Style{Font: font(ink), Alignment: wrap}},
		{&p.styles.strong, &excelize.Style{Font: bold(ink), Fill: fill(yellow), Alignment: wrap}},
		{&p.styles.number, &excelize.Style{Font: bold(green), Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "top"}}},
		{&p.styles.heading, headingStyle()},
		{&p.styles.text, &excelize.Style{Font: font(ink), NumFmt: asText, Border: grid(), Alignment: wrap}},
		{&p.styles.link, &excelize.Style{Font: link, Border: grid(), Alignment: top}},
	})
	for i, width := range append([]float64{4}, widths...) {
		if p.err == nil {
			p.err = f.SetColWidth(sheet, cell.Letters(i), cell.Letters(i), width)
		}
	}
	if p.err == nil {
		p.err = printTall(f, sheet)
	}
	return p
}

// put writes a cell of the row last begun. A text stays one, whatever it begins
// with.
func (p *page) put(column, style int, value any) {
	if p.err != nil {
		return
	}
	name := at(column, p.rows)
	if p.err = p.file.SetCellValue(p.sheet, name, value); p.err == nil {
		p.err = p.file.SetCellStyle(p.sheet, name, name, style)
	}
}

func (p *page) skip() { p.rows++ }

// title is a line that others stand below.
func (p *page) title(text string) {
	p.rows++
	p.put(1, p.styles.title, text)
}

// line is one cell over the width of the page.
func (p *page) line(style int, text string) {
	p.rows++
	p.put(1, style, text)
	width := 0.0
	for _, w := range p.widths {
		width += w
	}
	if p.err == nil {
		p.err = p.file.MergeCell(p.sheet, at(1, p.rows), at(len(p.widths), p.rows))
	}
	p.high(6 + height(text, width))
}

// step is a line with its number.
func (p *page) step(number int, text string) {
	p.line(p.styles.body, text)
	p.put(0, p.styles.number, number)
}

// row has a cell for each value.
func (p *page) row(style int, values ...any) {
	p.rows++
	tallest := 0.0
	for i, value := range values {
		p.put(i+1, style, value)
		if text, ok := value.(string); ok {
			tallest = max(tallest, height(text, p.widths[i]))
		}
	}
	p.high(tallest)
}

// high gives the row last begun its height. Not every program works it out, and
// none does for joined cells.
func (p *page) high(points float64) {
	if p.err == nil {
		p.err = p.file.SetRowHeight(p.sheet, p.rows, min(points, excelize.MaxRowHeight))
	}
}

// link makes a cell of the row last begun lead to a cell of another sheet.
func (p *page) link(column int, sheet, to string) {
	if p.err == nil {
		p.err = p.file.SetCellHyperLink(p.sheet, at(column, p.rows), "'"+strings.ReplaceAll(sheet, "'", "''")+"'!"+to, "Location")
	}
}

// height is how many points a text needs in a column so many characters wide,
// rather too many than too few.
func height(text string, width float64) float64 {
	lines := 0.0
	for line := range strings.SplitSeq(text, "\n") {
		lines += 1 + float64(int(float64(utf8.RuneCountInString(line))/(width*0.95)))
	}
	return 15 * lines
}
