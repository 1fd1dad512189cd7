package sheet

import (
	"bytes"

	"payung/domain/cell"
)

// readCell reads the cell just opened and keeps it, as often as it is repeated,
// unless it is empty.
func (t *odsTable) readCell() error {
	first := t.column
	t.column += t.count("number-columns-repeated")
	if first >= t.budget.Columns {
		return t.pass()
	}
	t.merge(first)
	c := odsCell{from: len(t.held)}
	c.Kind, c.Formula = t.stored(), t.attr("formula") != nil
	stored := len(t.held) > c.from
	if err := t.readText(stored); err != nil {
		return err
	}
	if c.to = len(t.held); c.to == c.from {
		c.Kind = cell.Empty
	}
	if c.Kind == cell.Empty && !c.Formula {
		return nil
	}
	for c.Column = first; c.Column < min(t.column, t.budget.Columns); c.Column++ {
		t.cells = append(t.cells, c)
	}
	return nil
}

// merge keeps the block that the cell just opened was made of, if any.
func (t *odsTable) merge(first int) {
	wide, high := t.count("number-columns-spanned"), t.count("number-rows-spanned")
	if wide*high > 1 && len(t.merged) < t.budget.Merged {
		t.merged = append(t.merged, cell.Range{
			FirstRow: t.row.Number + 1, LastRow: t.row.Number + high,
			FirstColumn: first, LastColumn: first + wide - 1,
		})
	}
}

// stored is the kind of the cell just opened. Its value is kept where it is not
// the text that is shown: a number has more digits than its format lets through.
func (t *odsTable) stored() cell.Kind {
	for _, a := range t.attrs {
		if string(a.local) == "value-type" && string(a.value) == "error" {
			return cell.Error // LibreOffice says so beside a type that every program knows
		}
	}
	switch string(t.attr("value-type")) {
	case "float", "percentage", "currency":
		t.held = append(t.held, t.attr("value")...)
		return cell.Number
	case "date":
		if serial, ok := serialOf(string(t.attr("date-value"))); ok {
			t.held = append(t.held, serial...)
			return cell.Date
		}
	case "boolean":
		t.held = append(t.held, bytes.ToUpper(t.attr("boolean-value"))...)
		return cell.Bool
	}
	return cell.Text
}

// readText reads what the cell just opened shows, up to its end, and keeps it
// unless its value has been stored. Paragraphs are lines; notes and drawings are
// not part of the text.
func (t *odsTable) readText(stored bool) error {
	inside, paragraphs := t.depth(), 0
	for {
		token, err := t.next()
		if err != nil || token == ends || t.depth() < inside {
			return err
		}
		if token == closes {
			continue
		}
		if name := string(t.name); stored || name != "p" && name != "h" {
			if err := t.pass(); err != nil {
				return err
			}
			continue
		}
		if paragraphs++; paragraphs > 1 {
			t.held = append(t.held, '\n')
		}
		if err := t.readParagraph(); err != nil {
			return err
		}
	}
}

// readParagraph keeps the text of the paragraph just opened with all in it.
func (t *odsTable) readParagraph() error {
	inside := t.depth()
	t.keep = true
	defer func() { t.keep = false }()
	for {
		shut := t.empty // such an element has no text of its own
		token, err := t.next()
		if err != nil || token == ends {
			return err
		}
		if !shut && len(t.held) < t.budget.Columns*longest {
			t.held = append(t.held, t.text...)
		}
		if t.depth() < inside {
			return nil
		}
		if token != opens {
			continue
		}
		switch string(t.name) {
		case "s":
			for range min(t.count("c"), t.budget.Cell) {
				t.held = append(t.held, ' ')
			}
		case "tab":
			t.held = append(t.held, '\t')
		case "line-break":
			t.held = append(t.held, '\n')
		case "annotation", "note":
			if err := t.pass(); err != nil {
				return err
			}
		}
	}
}
