package sheet

import (
	"payung/domain/cell"
)

const (
	aboutCell = "a cell"
	aboutRef  = "place of a cell"
)

// form is how a cell writes its value.
type form uint8

const (
	number form = iota
	shared
	inline
	computed // text of a formula
	yesNo
	failure
	isoDate
	strange
)

func formOf(t []byte) form {
	switch string(t) {
	case "", "n":
		return number
	case "s":
		return shared
	case "inlineStr":
		return inline
	case "str":
		return computed
	case "b":
		return yesNo
	case "e":
		return failure
	case "d":
		return isoDate
	}
	return strange
}

// cells reads the cells of the row that has begun, to its end. Cells in columns
// that are not kept are passed over.
func (p *page) cells() error {
	for column := -1; ; {
		t, err := p.next()
		switch {
		case err != nil:
			return err
		case t == closes:
			return nil
		case string(p.name) == "extLst":
			if err := p.skip(); err != nil {
				return err
			}
			continue
		case string(p.name) != "c":
			return damaged(aboutPlace)
		}
		c := cell.Cell{Column: column + 1}
		as, err := p.attributes(&c)
		switch column = c.Column; {
		case err != nil:
			return err
		case column < p.book.budget.Columns:
			err = p.cell(&c, as)
		default:
			err = p.skip()
		}
		if err != nil {
			return err
		}
	}
}

// attributes reads how a cell writes its value, where the cell is, which is
// further right than the one before, and whether it shows a date.
func (p *page) attributes(c *cell.Cell) (form, error) {
	as, style := number, 0
	for _, a := range p.attrs {
		ok := true
		switch string(a.local) {
		case "r":
			var column, row int
			if column, row, ok = place(a.value); row != p.row.Number || column < c.Column {
				return as, damaged(aboutRef)
			}
			c.Column = column
		case "t":
			as = formOf(a.value)
			ok = as != strange
		case "s":
			style, ok = natural(a.value, manyStyles)
		}
		if !ok {
			return as, damaged(aboutCell)
		}
	}
	if c.Column >= lastColumn {
		return as, damaged(aboutRef)
	}
	if as == number {
		c.Kind = cell.Number
		if style < len(p.book.dates) && p.book.dates[style] {
			c.Kind = cell.Date
		}
	}
	return as, nil
}

// cell reads the rest of the element of a cell. A cell without a value is left
// out unless it has a formula.
func (p *page) cell(c *cell.Cell, as form) error {
	from, written, rich := len(p.values), false, false
	for {
		t, err := p.next()
		switch {
		case err != nil:
			return err
		case t == closes:
			if rich {
				p.values = append(p.values[:from], p.rich...)
			}
			return p.finish(c, as, from)
		case string(p.name) == "v" && !written:
			var text []byte
			written = true
			text, err = p.leaf()
			p.values = append(p.values, text...)
		case string(p.name) == "f":
			c.Formula = true
			err = p.skip()
		case string(p.name) == "is" && as == inline && !rich:
			rich = true
			p.rich, err = p.richText(p.rich[:0])
		case string(p.name) == "extLst":
			err = p.skip()
		default:
			return damaged(aboutPlace)
		}
		if err != nil {
			return err
		}
	}
}

// finish makes of what a cell writes what it means.
func (p *page) finish(c *cell.Cell, as form, from int) error {
	value, ok := p.values[from:], true
	if len(value) > 0 {
		switch as {
		case number:
		case shared:
			c.Kind = cell.Text
			value, ok = p.book.texts.at(value)
			p.values = append(p.values[:from], value...)
		case yesNo:
			c.Kind = cell.Bool
			value, ok = truthOf(value)
			p.values = append(p.values[:from], value...)
		case failure:
			c.Kind = cell.Error
		case isoDate:
			p.values = p.serial(c, from)
		default:
			c.Kind = cell.Text
		}
	}
	if !ok {
		return damaged(aboutCell)
	}
	if len(p.values)-from > p.book.budget.Cell {
		p.values = append(p.values[:from], cut(p.values[from:], p.book.budget.Cell)...)
	}
	if c.Value = p.values[from:len(p.values):len(p.values)]; len(c.Value) == 0 {
		c.Kind = cell.Empty
	}
	if c.Kind != cell.Empty || c.Formula {
		p.row.Cells = append(p.row.Cells, *c)
	}
	return nil
}

// truthOf is how sheets show yes and no.
func truthOf(value []byte) (shown []byte, ok bool) {
	switch string(value) {
	case "1", "true":
		return []byte("TRUE"), true
	case "0", "false":
		return []byte("FALSE"), true
	}
	return nil, false
}
