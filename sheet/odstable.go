package sheet

import (
	"strconv"

	"payung/domain/cell"
)

// odsTable reads the rows of one sheet. Rows and cells that are alike follow as
// one with the number of times it is repeated, which may be a million: what is
// empty is stepped over, whatever its number.
type odsTable struct {
	*markup
	budget *budget
	visit  func(*cell.Row) error

	row    cell.Row
	held   []byte // of the row's cells, one after the other
	cells  []odsCell
	column int
	merged []cell.Range
}

// odsCell is a cell whose row is not yet complete.
type odsCell struct {
	cell.Cell
	from, to int // of what is held
}

// read visits the rows up to the end of the sheet that has just been opened.
func (t *odsTable) read() error {
	for {
		token, err := t.next()
		switch {
		case err != nil:
			return err
		case token == ends || token == closes && t.depth() < sheetDepth:
			return nil
		case token == closes:
			continue
		}
		switch string(t.name) {
		case "table-row":
			err = t.readRow()
		case "table-row-group", "table-rows", "table-header-rows":
			// What they hold comes next.
		default:
			err = t.pass()
		}
		if err != nil {
			return err
		}
	}
}

// pass goes to the end of the element just opened.
func (t *odsTable) pass() error {
	for inside := t.depth(); t.depth() >= inside; {
		if token, err := t.next(); err != nil || token == ends {
			return err
		}
	}
	return nil
}

// readRow reads the row just opened and visits it as often as it is repeated.
func (t *odsTable) readRow() error {
	repeated := t.count("number-rows-repeated")
	visibility := string(t.attr("visibility"))
	t.row.Hidden = visibility == "collapse" || visibility == "filter"
	t.held, t.cells, t.column = t.held[:0], t.cells[:0], 0
	for inside := t.depth(); ; {
		token, err := t.next()
		if err != nil {
			return err
		}
		if t.depth() < inside {
			break
		}
		if token != opens {
			continue
		}
		switch string(t.name) {
		case "table-cell":
			err = t.readCell()
		case "covered-table-cell":
			t.column += t.count("number-columns-repeated")
			err = t.pass()
		default:
			err = t.pass()
		}
		if err != nil {
			return err
		}
	}
	return t.show(repeated)
}

// show visits the row under each of its numbers. Its bytes are at rest now.
func (t *odsTable) show(repeated int) error {
	if len(t.cells) == 0 {
		t.row.Number += repeated
		return nil
	}
	t.row.Cells = t.row.Cells[:0]
	for _, c := range t.cells {
		c.Value = cut(t.held[c.from:c.to:c.to], t.budget.Cell)
		t.row.Cells = append(t.row.Cells, c.Cell)
	}
	for range repeated {
		if t.row.Number++; t.row.Number > lastRow {
			return damaged("number of a row")
		}
		if err := t.budget.visit(&t.row, t.visit); err != nil {
			return err
		}
	}
	return nil
}

// count is a number of times or of cells; 1 if nothing sensible is said.
func (t *odsTable) count(attribute string) int {
	value := t.attr(attribute)
	if len(value) == 0 {
		return 1
	}
	n, err := strconv.Atoi(string(value))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, lastRow)
}
