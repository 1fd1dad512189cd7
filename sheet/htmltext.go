package sheet

import "bytes"

// write adds to the text of a cell; outside of tables it begins one.
func (t *table) write(text []byte) {
	if !t.inCell {
		if t.depth > 0 || len(bytes.TrimSpace(text)) == 0 {
			return
		}
		t.startCell(attributes{})
	}
	for _, c := range text {
		switch c {
		case ' ', '\t', '\n', '\r', '\f':
			t.space()
		default:
			if len(t.text)-t.cells[len(t.cells)-1].from < longest {
				t.text = append(t.text, c)
			}
		}
	}
}

// space adds a blank where the text does not have one yet, as pages do.
func (t *table) space() { t.blank(' ') }

// line adds a line end.
func (t *table) line() { t.blank('\n') }

func (t *table) blank(c byte) {
	if !t.inCell || len(t.text) == t.cells[len(t.cells)-1].from {
		return
	}
	last := &t.text[len(t.text)-1]
	switch {
	case *last == ' ':
		*last = c
	case *last != '\n':
		t.text = append(t.text, c)
	}
}
