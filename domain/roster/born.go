package roster

import (
	"bytes"

	"payung/domain/cell"
)

// readBorn reads the day of birth, with the place if they share a column, and
// falls back on what the NIK says.
func (c *Checker) readBorn(n number) {
	stated, ok := c.statedBirth()
	born := n.birth.born
	if ok && stated != born {
		switch {
		case !c.births.plausible(stated):
			c.find(c.at.born, Born, Error, BornImplausible, nil)
			ok = false
		case born != 0:
			c.find(c.at.born, Born, Warning, NIKBirthDiffers, nil)
			born = stated
		default:
			born = stated
		}
	}
	if born == 0 {
		return
	}
	from := len(c.text)
	c.text = born.append(c.text)
	c.cut(spanBorn, from)
	if born > c.from && born < c.to {
		return
	}
	column := c.at.born
	if !ok {
		column = c.at.nik
	}
	for _, f := range c.terms.Group.Eligible(born.calendar(), c.terms.On) {
		if rule := groupRule(f.Code); rule == TooYoung || rule == TooOld {
			c.find(column, Born, Level(f.Level), rule, f.Note.Params)
		}
	}
}

// statedBirth is the day of birth in its own column, if it can be read.
func (c *Checker) statedBirth() (day, bool) {
	if c.at.born < 0 {
		return 0, false
	}
	value := c.cell(c.at.born)
	text := value.Value
	if c.at.birthplace == c.at.born {
		text = c.splitBirth(text)
	}
	if unwritten(text) {
		c.find(c.at.born, Born, Warning, BornMissing, nil)
		return 0, false
	}
	var d day
	var wrong Rule
	switch value.Kind {
	case cell.Error:
		wrong = ErrorCell
	case cell.Date, cell.Number:
		d, wrong = c.countedDay(value)
	default:
		d, wrong = readDay(text, c.births.year)
	}
	if wrong != "" {
		c.find(c.at.born, Born, Error, wrong, nil)
		return 0, false
	}
	return d, true
}

// splitBirth takes "Kendari, 05-07-1980" apart: it keeps the place and gives
// back the rest.
func (c *Checker) splitBirth(text []byte) []byte {
	at := bytes.IndexAny(text, "0123456789")
	if at < 0 {
		return nil
	}
	place := text[:at]
	// A month in front of its day is no place: "Kendari, Juli 5, 1980".
	if comma := bytes.IndexByte(place, ','); comma >= 0 {
		place, text = place[:comma], text[comma+1:]
	} else if monthNamed(bytes.TrimSpace(place)) == 0 {
		text = text[at:]
	} else {
		place = nil
	}
	from := len(c.text)
	c.text = appendText(c.text, bytes.TrimRight(place, ",.;:/- "))
	c.cut(spanBirthplace, from)
	return text
}

// countedDay reads a day that the sheet keeps as a number: counted in days, or
// typed without marks.
func (c *Checker) countedDay(value cell.Cell) (day, Rule) {
	d, ok := serialDay(value.Value, c.row.Date1904)
	if ok && (value.Kind == cell.Date || c.births.plausible(d)) {
		return d, ""
	}
	text := value.Value
	if onlyDigits(text) == "" && (len(text) == 7 || len(text) == 5) {
		text = append([]byte{'0'}, text...)
	}
	if value.Kind == cell.Date || len(text) < 6 {
		return 0, BornBad
	}
	return readDay(text, c.births.year)
}
