package workbook

import (
	"context"
	"slices"

	"github.com/xuri/excelize/v2"

	"payung/domain/cell"
	"payung/domain/roster"
)

// rebuild writes the rows into a new workbook, whose first sheet is there for
// the summary.
func (r *report) rebuild(ctx context.Context, f *excelize.File) error {
	r.Sheet = tabName(r.Sheet, roster.ListSheet)
	if slices.Contains([]string{summarySheet, roster.IdentitySheet, MarksSheet}, r.Sheet) {
		r.Sheet = roster.ListSheet
	}
	if _, err := f.NewSheet(r.Sheet); err != nil {
		return err
	}
	if err := r.summarize(f, summarySheet); err != nil {
		return err
	}
	if r.Identity != (roster.Identity{}) {
		if err := writePairs(f, roster.IdentitySheet, r.Identity.Pairs()); err != nil {
			return err
		}
	}
	if err := writePairs(f, MarksSheet, r.marks(summarySheet)); err != nil {
		return err
	}
	return r.rows(ctx, f)
}

// rows streams the sheet of the list.
func (r *report) rows(ctx context.Context, f *excelize.File) error {
	c := &copied{report: r, comments: r.newComments(f, nil), left: r.findings}
	var err error
	if c.looks, err = newCopyStyles(f); err != nil {
		return err
	}
	if err := printWide(f, r.Sheet, max(1, r.Mapping.HeadTo)); err != nil {
		return err
	}
	if c.out, err = f.NewStreamWriter(r.Sheet); err != nil {
		return err
	}
	if err := c.layout(); err != nil {
		return err
	}
	if err := r.Rows(ctx, c.row); err != nil {
		return err
	}
	if c.comments.err != nil {
		return c.comments.err
	}
	return c.out.Flush()
}

// copied is a sheet being copied row by row.
type copied struct {
	*report
	out      *excelize.StreamWriter
	looks    copyStyles
	comments *comments
	left     []roster.Finding // about the rows to come
	values   []any            // of the row at hand, used again
}

// width is how many columns the copy has.
func (c *copied) width() int { return max(c.seen.widest, c.seen.note) + 1 }

// layout sets the columns: wide enough for a NIK, the row IDs of a template out
// of sight.
func (c *copied) layout() error {
	if err := c.out.SetColWidth(1, c.width(), nikWidth); err != nil {
		return err
	}
	if err := c.out.SetColStyle(1, c.width(), c.looks.text); err != nil {
		return err
	}
	if err := c.out.SetColWidth(c.seen.note+1, c.seen.note+1, noteWidth); err != nil {
		return err
	}
	if column, ok := c.Mapping.Columns[roster.RowID]; ok {
		if err := c.out.SetColVisible(column+1, column+1, false); err != nil {
			return err
		}
	}
	if c.Mapping.HeadTo == 0 {
		return nil
	}
	return c.out.SetPanes(below(c.Mapping.HeadTo))
}

// row copies one row and says what is wrong with it.
func (c *copied) row(row *cell.Row) error {
	found := c.about(row.Number)
	c.values = append(c.values[:0], make([]any, c.width())...)
	head := c.Mapping.HeadFrom <= row.Number && row.Number <= c.Mapping.HeadTo
	for _, cl := range row.Cells {
		if cl.Column == c.seen.note {
			continue // of an earlier round
		}
		c.values[cl.Column] = c.looks.copy(cl, row.Date1904, head)
	}
	for of := range groups(found, sameColumn) {
		column := of[0].Column
		if column < 0 || column == c.seen.note || column >= len(c.values) {
			continue
		}
		c.values[column] = c.looks.marked(c.values[column], of)
		c.comments.add(at(column, row.Number), of)
	}
	var shape excelize.RowOpts
	switch {
	case len(found) > 0:
		sentences := c.explain(found)
		c.values[c.seen.note] = excelize.Cell{StyleID: c.looks.note, Value: sentences}
		shape.Height = min(height(sentences, noteWidth), excelize.MaxRowHeight)
	case row.Number == c.Mapping.HeadTo:
		c.values[c.seen.note] = excelize.Cell{StyleID: c.looks.heading, Value: roster.Corrections(c.Lang)}
	}
	return c.out.SetRow(at(0, row.Number), c.values, shape)
}

// about takes the findings of a row; rows come in order.
func (c *copied) about(row int) []roster.Finding {
	from := slices.IndexFunc(c.left, func(f roster.Finding) bool { return f.Row >= row })
	if from < 0 {
		return nil
	}
	c.left = c.left[from:]
	n := slices.IndexFunc(c.left, func(f roster.Finding) bool { return f.Row > row })
	if n < 0 {
		n = len(c.left)
	}
	found := c.left[:n]
	c.left = c.left[n:]
	return found
}
