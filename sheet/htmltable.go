package sheet

import (
	"bytes"
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"payung/domain/cell"
)

// table puts rows together from the tags of a page.
type table struct {
	budget *budget
	visit  func(*cell.Row) error
	unseen bool // inside a style sheet or a script

	row     cell.Row
	depth   int   // of tables within each other
	inRow   bool  // between <tr> and </tr>
	inCell  bool  // between <td> and </td>
	column  int   // of the cell, or the next one
	covered []int // by column: rows below that a cell from above still covers
	merged  []cell.Range

	text  []byte // of the row's cells, one after the other
	cells []piece
}

// piece is a cell whose row is not yet complete.
type piece struct {
	column   int
	from, to int    // of the row's text
	number   string // what Excel kept as the cell's number, beside its text
}

func (t *table) start(tag atom.Atom, with attributes) error {
	switch {
	case tag == atom.Table:
		t.depth++
		if t.depth == 1 {
			return t.endRow()
		}
	case t.depth > 1:
		t.space()
	case tag == atom.Tr:
		if err := t.endRow(); err != nil {
			return err
		}
		t.inRow = true
		t.row.Hidden = hidden(with.style)
	case tag == atom.Td, tag == atom.Th:
		t.endCell()
		t.inRow = true
		t.startCell(with)
	case tag == atom.Br:
		t.line()
	case !t.inRow && block(tag):
		return t.endRow()
	case block(tag):
		t.space()
	}
	return nil
}

func (t *table) end(tag atom.Atom) error {
	switch {
	case tag == atom.Table && t.depth > 0:
		t.depth--
		if t.depth == 0 {
			t.covered = t.covered[:0]
			return t.endRow()
		}
	case t.depth > 1:
		t.space()
	case tag == atom.Tr:
		return t.endRow()
	case tag == atom.Td, tag == atom.Th:
		t.endCell()
	case !t.inRow && block(tag):
		return t.endRow()
	}
	return nil
}

// block reports whether a tag begins a new line.
func block(tag atom.Atom) bool {
	switch tag {
	case atom.P, atom.Div, atom.Center, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Body, atom.Hr:
		return true
	}
	return false
}

func hidden(style string) bool {
	style = strings.ToLower(strings.Join(strings.Fields(style), ""))
	return strings.Contains(style, "display:none")
}

// startCell begins a cell in the next column that no cell from above covers, and
// covers what it spans itself.
func (t *table) startCell(with attributes) {
	for t.column < len(t.covered) && t.covered[t.column] > 0 {
		t.covered[t.column]--
		t.column++
	}
	wide, high := span(with.colspan), span(with.rowspan)
	first := t.column
	t.column += wide
	if first >= t.budget.Columns {
		return
	}
	for column := first; column < min(t.column, t.budget.Columns); column++ {
		for len(t.covered) <= column {
			t.covered = append(t.covered, 0)
		}
		t.covered[column] = high - 1
	}
	if wide*high > 1 && len(t.merged) < t.budget.Merged {
		t.merged = append(t.merged, cell.Range{
			FirstRow: t.row.Number + 1, LastRow: t.row.Number + high,
			FirstColumn: first, LastColumn: first + wide - 1,
		})
	}
	t.inCell = true
	t.cells = append(t.cells, piece{column: first, from: len(t.text), number: with.number})
}

// span is how many columns or rows a cell covers, as far as any sheet goes.
func span(said string) int {
	n, err := strconv.Atoi(strings.TrimSpace(said))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, lastRow)
}

func (t *table) endCell() {
	if t.inCell {
		t.inCell = false
		t.cells[len(t.cells)-1].to = len(t.text)
	}
}

// endRow shows the row, if there is one, and makes room for the next.
func (t *table) endRow() error {
	if !t.inRow && len(t.cells) == 0 {
		return nil
	}
	t.endCell()
	for column := t.column; column < len(t.covered); column++ {
		t.covered[column] = max(t.covered[column]-1, 0)
	}
	t.row.Number++
	t.row.Cells = t.row.Cells[:0]
	for _, p := range t.cells {
		c := cell.Cell{Column: p.column, Kind: cell.Text, Value: bytes.TrimSpace(t.text[p.from:p.to])}
		if p.number != "" {
			c.Kind, c.Value = cell.Number, []byte(p.number)
		}
		var err error
		if c.Value, err = t.budget.clean(c.Value); err != nil {
			return err
		}
		if len(c.Value) > 0 {
			t.row.Cells = append(t.row.Cells, c)
		}
	}
	t.cells, t.text, t.column, t.inRow = t.cells[:0], t.text[:0], 0, false
	defer func() { t.row.Hidden = false }()
	if len(t.row.Cells) == 0 {
		return nil
	}
	return t.budget.visit(&t.row, t.visit)
}
