package letter

import (
	"strings"

	"payung/paper"
)

// composer writes the pieces of one letter onto a medium, in order.
type composer struct {
	letter Letter
	text   Text
	values map[string]string
	out    medium
}

// compose writes a letter that was checked.
func compose(l Letter, logo *paper.Picture, out medium) {
	l = l.settled()
	c := &composer{letter: l, text: l.text(), values: l.values(), out: out}
	out.letterhead(l.Head, logo)
	switch {
	case l.Kind == Cover:
		c.cover()
	case l.Kind.Addressed():
		c.addressed()
	default:
		c.titled()
	}
	c.attachments()
}

// settled is the letter with what it leaves open filled in.
func (l Letter) settled() Letter {
	l.Head = l.Head.settled()
	text := l.text()
	l.Place = or(l.Place, l.Head.Place)
	if strings.TrimSpace(l.Subject) == "" {
		l.Subject = flat(text.Subject, l.values())
	}
	if l.Nature == "" {
		l.Nature = Ordinary
	}
	return l
}

// text is the text the letter is written with.
func (l Letter) text() Text {
	if l.Text != nil {
		return *l.Text
	}
	return Texts(nil).For(l.Kind)
}

// addressed is a letter to somebody.
func (c *composer) addressed() {
	l := c.letter
	c.out.head([]field{
		{"Nomor", or(l.Number, longDots)},
		{"Sifat", capital(string(l.Nature))},
		{"Lampiran", l.enclosure()},
		{"Hal", l.Subject},
	}, l.dated())
	c.address()
	c.paragraphs(c.text.Body)
	c.facts()
	c.list()
	c.paragraphs(c.text.Middle)
	c.points()
	c.ending(nil, sign(l.Signatory, l.Stamp), nil)
	c.copies()
}

// titled is a sheet under a title.
func (c *composer) titled() {
	l := c.letter
	lines := []string{flat(c.text.Title, c.values)}
	if l.Subject != "" {
		lines = append(lines, strings.ToUpper(l.Subject))
	}
	if l.Kind == Record || l.Kind == Receipt || l.Number != "" {
		lines = append(lines, "NOMOR "+or(l.Number, longDots))
	}
	c.out.title(lines)
	c.paragraphs(c.text.Body)
	c.facts()
	c.list()
	c.paragraphs(c.text.Middle)
	c.points()
	c.closeTitled()
	c.copies()
}

// closeTitled ends a sheet with its signatures and witnesses.
func (c *composer) closeTitled() {
	l := c.letter
	right := sign(l.Signatory, l.Stamp)
	right.above = append([]string{l.dated()}, right.above...)
	if l.Kind != Record {
		c.ending(nil, right, nil)
		return
	}
	left := signature{above: []string{"", "PIHAK KEDUA,"}, name: shortDots}
	if l.Second != nil {
		left = sign(*l.Second, false)
		left.above = append([]string{"", "PIHAK KEDUA,"}, left.above...)
	}
	right.above = append([]string{right.above[0], "PIHAK PERTAMA,"}, right.above[1:]...)
	c.ending(&left, right, l.witnesses())
}

// cover is the form of a surat pengantar: what is sent, signed by both sides.
func (c *composer) cover() {
	l := c.letter
	c.out.head(nil, l.dated())
	c.address()
	c.out.title([]string{flat(c.text.Title, c.values), "NOMOR " + or(l.Number, longDots)})
	c.paragraphs(c.text.Body)
	c.list()
	c.paragraphs(c.text.Middle)
	left := signature{above: []string{"Diterima tanggal " + shortDots, "Penerima,"}, name: longDots, below: []string{"NIP " + shortDots}}
	c.ending(&left, sign(l.Signatory, l.Stamp), nil)
	c.copies()
}

func (c *composer) paragraphs(texts []string) {
	for _, text := range texts {
		c.out.paragraph(filled(text, c.values), styleOf(text))
	}
}

// ending writes the closing of the text, its last paragraph with the
// signatures and the witnesses.
func (c *composer) ending(left *signature, right signature, witnesses *paper.Table) {
	var last []paper.Span
	if n := len(c.text.Closing); n > 0 {
		c.paragraphs(c.text.Closing[:n-1])
		last = filled(c.text.Closing[n-1], c.values)
	}
	c.out.ending(last, left, &right, witnesses)
}
