package workbook

import (
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"payung/domain/cell"
	"payung/domain/roster"
)

// copyStyles are the looks of a copied sheet.
type copyStyles struct{ text, date, general, heading, note, wrong, doubted, wrongDate, doubtedDate int }

func newCopyStyles(f *excelize.File) (s copyStyles, err error) {
	day := "dd-mm-yyyy"
	err = define(f, []look{
		{&s.text, &excelize.Style{NumFmt: asText}},
		{&s.date, &excelize.Style{CustomNumFmt: &day}},
		{&s.general, &excelize.Style{}},
		{&s.heading, headingStyle()},
		{&s.note, noteStyle()},
		{&s.wrong, &excelize.Style{NumFmt: asText, Fill: fill(pink)}},
		{&s.doubted, &excelize.Style{NumFmt: asText, Fill: fill(yellow)}},
		{&s.wrongDate, &excelize.Style{CustomNumFmt: &day, Fill: fill(pink)}},
		{&s.doubtedDate, &excelize.Style{CustomNumFmt: &day, Fill: fill(yellow)}},
	})
	return s, err
}

// copy is a cell as it was: text stays text, and what was a number stays one,
// so that a NIK that lost its digits is not taken for a sound one next time.
func (s copyStyles) copy(c cell.Cell, from1904, head bool) any {
	value := string(c.Value)
	number, err := strconv.ParseFloat(value, 64)
	switch {
	case head:
		return excelize.Cell{StyleID: s.heading, Value: value}
	case c.Kind == cell.Date && err == nil:
		if from1904 {
			number += days1904
		}
		return excelize.Cell{StyleID: s.date, Value: number}
	case c.Kind == cell.Number && err == nil:
		return excelize.Cell{StyleID: s.general, Value: number}
	}
	return excelize.Cell{StyleID: s.text, Value: value}
}

// days1904 is how many days lie between the two first days that sheets count
// from.
const days1904 = 1462

// marked is a cell in the colour of what was found in it. A computed NIK is
// left out.
func (s copyStyles) marked(value any, found []roster.Finding) any {
	cell, _ := value.(excelize.Cell)
	wrong, date := found[0].Level == roster.Error, cell.StyleID == s.date
	switch {
	case wrong && date:
		cell.StyleID = s.wrongDate
	case date:
		cell.StyleID = s.doubtedDate
	case wrong:
		cell.StyleID = s.wrong
	default:
		cell.StyleID = s.doubted
	}
	if slices.ContainsFunc(found, computed) {
		cell.Value = nil
	}
	return cell
}

// computed tells of a NIK that is a formula's. Its value alone would pass for
// one that was typed.
func computed(f roster.Finding) bool { return f.Rule == roster.FormulaNIK }
