package roster

import (
	"bytes"

	"payung/domain/cell"
	"payung/domain/nik"
)

// readDetails reads what nothing depends on. Nothing in it keeps a row out.
func (c *Checker) readDetails() {
	if c.at.birthplace != c.at.born {
		c.readText(spanBirthplace, c.at.birthplace, Birthplace)
	}
	c.readText(spanMother, c.at.mother, Mother)
	c.readText(spanAddress, c.at.address, Address)
	c.readText(spanVillage, c.at.village, Village)
	c.readText(spanJob, c.at.job, Job)
	c.readText(spanNote, c.at.note, Note)
	c.readVillage()
	c.readPhone()
	c.readStart()
	yes, sure := yesOrNo(c.cell(c.at.reserve).Value)
	c.out.Person.Reserve = yes
	if !sure {
		c.find(c.at.reserve, Reserve, Warning, ReserveBad, nil)
	}
}

func (c *Checker) readText(span, column int, f Field) {
	if column < 0 {
		return
	}
	value := c.cell(column)
	if value.Kind == cell.Error {
		c.find(column, f, Warning, ErrorCell, nil)
		return
	}
	from := len(c.text)
	c.text = appendText(c.text, value.Value)
	c.cut(span, from)
	if len(value.Value) < nik.Length-1 {
		return
	}
	// Texts are kept in clear, so nobody's NIK may stand in one.
	if digits, _ := counted(value.Value); digits >= nik.Length-1 {
		c.find(column, f, Info, NumberHidden, nil)
		hideDigits(c.text[from:], digits)
	}
}

// hideDigits puts stars for all digits of ASCII but the last four.
func hideDigits(text []byte, digits int) {
	for i, b := range text {
		if isDigit(b) && digits > 4 {
			text[i] = '*'
			digits--
		}
	}
}

func (c *Checker) readVillage() {
	at := c.span[spanVillage]
	if len(c.villages) == 0 || at.from == at.to {
		return
	}
	var buf [64]byte
	if key := appendFolded(buf[:0], c.text[at.from:at.to]); !c.villages[string(key)] && !c.villages[string(villageKey(string(key)))] {
		c.find(c.at.village, Village, Warning, VillageUnknown, nil)
	}
}

// villageKey is a folded name without the word for its kind.
func villageKey(folded string) []byte {
	name := []byte(folded)
	for _, kind := range []string{"kelurahan", "desa", "kel", "ds"} {
		if rest, ok := bytes.CutPrefix(name, []byte(kind)); ok && len(rest) > 0 {
			return rest
		}
	}
	return name
}

func (c *Checker) readPhone() {
	value := c.cell(c.at.phone)
	text := bytes.TrimSpace(value.Value)
	if unwritten(text) || string(text) == "0" {
		return
	}
	from := len(c.text)
	var wrong Rule
	c.text, wrong = appendPhone(c.text, text, value.Kind == cell.Number)
	c.cut(spanPhone, from)
	switch wrong {
	case PhoneRestored:
		c.find(c.at.phone, Phone, Info, wrong, nil)
	case PhoneBad:
		c.find(c.at.phone, Phone, Warning, wrong, nil)
	}
}

func (c *Checker) readStart() {
	value := c.cell(c.at.start)
	if unwritten(value.Value) {
		return
	}
	var d day
	ok := false
	switch value.Kind {
	case cell.Date:
		d, ok = serialDay(value.Value, c.row.Date1904)
	case cell.Text:
		var wrong Rule
		d, wrong = readDay(value.Value, c.recent)
		ok = wrong == ""
	}
	born := c.span[spanBorn]
	switch {
	case !ok:
		c.find(c.at.start, Start, Warning, StartBad, nil)
		return
	case born.from < born.to && string(d.append(nil)) < string(c.text[born.from:born.to]):
		c.find(c.at.start, Start, Warning, StartBeforeBirth, nil)
		return
	}
	from := len(c.text)
	c.text = d.append(c.text)
	c.cut(spanStart, from)
}

// recent is the century of a year of two digits in which somebody began to
// work: this one, unless that lies ahead.
func (c *Checker) recent(_, _, year int) int {
	if 2000+year > c.terms.On.Year() {
		return 1900 + year
	}
	return 2000 + year
}
