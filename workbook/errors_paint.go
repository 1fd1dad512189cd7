package workbook

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"payung/domain/roster"
)

// noteWidth is how wide the column of sentences is, in characters.
const noteWidth = 90

// noteStyle is the look of a sentence beside a row.
func noteStyle() *excelize.Style {
	return &excelize.Style{
		NumFmt: asText, Font: font(red),
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"},
	}
}

// paint changes one thing about the look of cells and leaves all others. It
// works on the table of looks itself: read and made anew by excelize, a look
// from another program loses colours.
type paint struct {
	file   *excelize.File
	models []int // looks to take from, by coat
	made   map[[2]int]int
}

// coat is one such change.
type coat int

const (
	uncoated coat = iota // the colours of an earlier round are gone
	asTyped              // what is typed next is text
	wrong                // to be corrected, even in a sheet that is protected
	doubted              // to be looked at
)

func newPaint(f *excelize.File) (*paint, error) {
	p := &paint{file: f, models: make([]int, doubted+1), made: map[[2]int]int{}}
	open := &excelize.Protection{Locked: false}
	return p, define(f, []look{
		{&p.models[uncoated], &excelize.Style{}},
		{&p.models[asTyped], &excelize.Style{NumFmt: asText}},
		{&p.models[wrong], &excelize.Style{Fill: fill(pink), Protection: open}},
		{&p.models[doubted], &excelize.Style{Fill: fill(yellow), Protection: open}},
	})
}

// marking is the coat for a cell with such a finding.
func marking(found roster.Finding) coat {
	if found.Level == roster.Error {
		return wrong
	}
	return doubted
}

// over gives a cell a coat.
func (p *paint) over(sheet, cell string, c coat) error {
	old, err := p.file.GetCellStyle(sheet, cell)
	if err != nil {
		return err
	}
	key := [2]int{old, int(c)}
	style, known := p.made[key]
	if !known {
		style = p.make(old, c)
		p.made[key] = style
	}
	if style == old {
		return nil
	}
	return p.file.SetCellStyle(sheet, cell, cell, style)
}

// make is the number of a look with a coat; the old one if nothing changes.
func (p *paint) make(old int, c coat) int {
	looks := p.file.Styles.CellXfs
	made, model := looks.Xf[old], looks.Xf[p.models[c]]
	switch c {
	case uncoated:
		if !p.ours(made.FillID) {
			return old
		}
		made.FillID, made.ApplyFill = model.FillID, model.ApplyFill
	case asTyped:
		made.NumFmtID, made.ApplyNumberFormat = model.NumFmtID, model.ApplyNumberFormat
	case wrong, doubted:
		made.FillID, made.ApplyFill = model.FillID, model.ApplyFill
		made.Protection, made.ApplyProtection = model.Protection, model.ApplyProtection
	}
	looks.Xf = append(looks.Xf, made)
	looks.Count = len(looks.Xf)
	return looks.Count - 1
}

// ours reports whether a fill is one that marks cells.
func (p *paint) ours(fill *int) bool {
	fills := p.file.Styles.Fills
	if fill == nil || fills == nil || *fill >= len(fills.Fill) || fills.Fill[*fill] == nil {
		return false
	}
	pattern := fills.Fill[*fill].PatternFill
	if pattern == nil || pattern.FgColor == nil {
		return false
	}
	colour := pattern.FgColor.RGB
	return strings.HasSuffix(colour, pink) || strings.HasSuffix(colour, yellow)
}
