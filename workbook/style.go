package workbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// The colours of the app, on paper.
const (
	green  = "0B5A5E" // headings
	white  = "FFFFFF"
	grey   = "F0F4F5" // what is not to be filled in
	ink    = "14212B"
	muted  = "51616E"
	blue   = "0A5C7A" // links
	line   = "B9C6CE"
	yellow = "FFF2D1" // a hint, and a cell to be looked at
	red    = "A3160F" // what to do about an error
	pink   = "FFD6DB" // a cell to be corrected; no colour a program offers, so that ours are known again
)

// asText is the built-in number format "@": what is typed stays as typed, all
// sixteen digits of it.
const asText = 49

// look is a style to be made and where its number goes.
type look struct {
	id    *int
	style *excelize.Style
}

// define makes styles in the given order, which the bytes of the file follow.
func define(f *excelize.File, looks []look) error {
	for _, l := range looks {
		id, err := f.NewStyle(l.style)
		if err != nil {
			return fmt.Errorf("workbook: style: %w", err)
		}
		*l.id = id
	}
	return nil
}

func fill(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

func grid() []excelize.Border {
	sides := make([]excelize.Border, 0, 4)
	for _, side := range []string{"left", "top", "right", "bottom"} {
		sides = append(sides, excelize.Border{Type: side, Color: line, Style: 1})
	}
	return sides
}

// font names its family: a font without one is another in every program.
func font(colour string) *excelize.Font {
	return &excelize.Font{Family: "Calibri", Size: 11, Color: colour}
}

func bold(colour string) *excelize.Font {
	f := font(colour)
	f.Bold = true
	return f
}

func titleFont() *excelize.Font {
	f := bold(green)
	f.Size = 15
	return f
}

func headingStyle() *excelize.Style {
	return &excelize.Style{
		Font:      bold(white),
		Fill:      fill(green),
		Border:    grid(),
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"},
	}
}

// below freezes the rows down to the given one.
func below(row int) *excelize.Panes {
	return &excelize.Panes{
		Freeze: true, YSplit: row, TopLeftCell: at(0, row+1), ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{Pane: "bottomLeft", ActiveCell: at(0, row+1), SQRef: at(0, row+1)}},
	}
}

const a4 = 9

// printWide sets a sheet up for paper: A4 on its side, as wide as the page, with
// the row of headings and a number on every page. It comes before any row.
func printWide(f *excelize.File, sheet string, headingRow int) error {
	size, width, height, fit, side := a4, 1, 0, true, "landscape"
	if err := f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	if err := f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &side, FitToWidth: &width, FitToHeight: &height}); err != nil {
		return err
	}
	narrow, wide := 0.4, 0.6
	if err := f.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &narrow, Right: &narrow, Top: &wide, Bottom: &wide}); err != nil {
		return err
	}
	if err := f.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&L&A&R&P/&N"}); err != nil {
		return err
	}
	return f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: sheet, RefersTo: fmt.Sprintf("'%s'!$%d:$%d", sheet, headingRow, headingRow),
	})
}

// printTall sets a page of text up for paper: A4, as wide as the page.
func printTall(f *excelize.File, sheet string) error {
	size, width, height, fit := a4, 1, 0, true
	if err := f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &size, FitToWidth: &width, FitToHeight: &height})
}
