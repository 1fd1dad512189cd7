package workbook

import (
	"fmt"
	"io"
	"iter"

	"github.com/xuri/excelize/v2"

	"payung/domain/calendar"
)

// Column is a column of a [Table].
type Column struct {
	Heading string
	Width   float64 // in characters; 0 for the width of the heading
}

// Table writes a list for download: one sheet with a heading that stays in
// sight, filters, and the rows as they come. A value is a string, an int, an
// int64 (of rupiah, say), a [calendar.Day] or nil; a row of anything else, or
// with more values than columns, is an error. An error of rows ends the writing
// and is returned as it is.
func Table(w io.Writer, sheet string, columns []Column, rows iter.Seq2[[]any, error]) error {
	sheet = tabName(sheet, "Data")
	f, err := newFile(sheet, sheet, "")
	if err != nil {
		return err
	}
	return save(w, f, writeTable(f, sheet, columns, rows))
}

func writeTable(f *excelize.File, sheet string, columns []Column, rows iter.Seq2[[]any, error]) error {
	styles, err := newTableStyles(f)
	if err != nil {
		return err
	}
	if err := printWide(f, sheet, 1); err != nil {
		return err
	}
	out, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	if err := out.SetPanes(below(1)); err != nil {
		return err
	}
	headings := make([]any, len(columns))
	for i, c := range columns {
		headings[i] = excelize.Cell{StyleID: styles.heading, Value: c.Heading}
		if err := out.SetColWidth(i+1, i+1, max(c.Width, float64(len(c.Heading)+4))); err != nil {
			return err
		}
	}
	if err := out.SetRow("A1", headings); err != nil {
		return err
	}
	last := 1
	for row, err := range rows {
		if err != nil {
			return err
		}
		last++
		cells, err := styles.cells(row, len(columns))
		if err != nil {
			return fmt.Errorf("workbook: row %d of %s: %w", last, sheet, err)
		}
		if err := out.SetRow(at(0, last), cells); err != nil {
			return err
		}
	}
	if err := f.AutoFilter(sheet, "A1:"+at(len(columns)-1, last), nil); err != nil {
		return err
	}
	return out.Flush()
}

// tableStyles are how the kinds of value look.
type tableStyles struct{ heading, text, number, date int }

func newTableStyles(f *excelize.File) (s tableStyles, err error) {
	number, date := "#,##0", "dd-mm-yyyy"
	err = define(f, []look{
		{&s.heading, headingStyle()},
		{&s.text, &excelize.Style{NumFmt: asText, Alignment: &excelize.Alignment{Vertical: "top"}}},
		{&s.number, &excelize.Style{CustomNumFmt: &number, Alignment: &excelize.Alignment{Vertical: "top"}}},
		{&s.date, &excelize.Style{CustomNumFmt: &date, Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "top"}}},
	})
	return s, err
}

// cells are the values of a row, each in its style.
func (s tableStyles) cells(row []any, columns int) ([]any, error) {
	if len(row) > columns {
		return nil, fmt.Errorf("%d values for %d columns", len(row), columns)
	}
	out := make([]any, len(row))
	for i, value := range row {
		switch v := value.(type) {
		case nil:
		case string:
			out[i] = excelize.Cell{StyleID: s.text, Value: v}
		case int, int64:
			out[i] = excelize.Cell{StyleID: s.number, Value: v}
		case calendar.Day:
			if v.Valid() {
				out[i] = excelize.Cell{StyleID: s.date, Value: midnight(v)}
			}
		default:
			return nil, fmt.Errorf("a value of type %T", value)
		}
	}
	return out, nil
}
