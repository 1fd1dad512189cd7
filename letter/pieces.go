package letter

import (
	"strconv"
	"strings"

	"payung/paper"
)

// address is the block Yth.
func (c *composer) address() {
	to := c.letter.To
	flush := paper.Style{}
	switch {
	case c.letter.addressesAttached():
		c.out.paragraph(paper.Plain("Yth. Daftar terlampir"), flush)
	case len(to) == 1:
		c.out.items([]item{{"Yth.", paper.Plain(to[0].Title)}}, flush)
	default:
		c.out.paragraph(paper.Plain("Yth."), flush)
		var named []item
		for i, a := range to {
			named = append(named, item{strconv.Itoa(i+1) + ".", paper.Plain(a.Title)})
		}
		c.out.items(named, flush)
	}
	place := "Tempat"
	if len(to) == 1 {
		place = or(to[0].Place, place)
	}
	c.out.paragraph(paper.Plain("di "+place), paper.Style{After: 5})
}

// points are those of the text and of the letter, numbered through.
func (c *composer) points() {
	var items []item
	add := func(spans []paper.Span) {
		items = append(items, item{strconv.Itoa(len(items)+1) + ".", spans})
	}
	for _, text := range c.text.Points {
		add(filled(text, c.values))
	}
	for _, p := range c.letter.Points {
		add(paper.Plain(p.words()))
	}
	if items != nil {
		c.out.items(items, paper.Style{Align: paper.Justified, After: 0.8})
	}
}

// list is a list that stands in the letter itself.
func (c *composer) list() {
	l := c.letter
	if l.List == nil {
		return
	}
	if c.text.Listed != "" {
		c.out.paragraph(filled(c.listed(), c.values), styleOf(c.listed()))
	}
	if !l.listAttached() {
		t := l.List.table()
		t.After = 3
		c.out.table(t)
	}
}

// listed leads over to the list: a colon only if the list follows.
func (c *composer) listed() string {
	if c.letter.listAttached() {
		return strings.TrimSuffix(c.text.Listed, ":") + "."
	}
	return c.text.Listed
}

func (c *composer) copies() {
	if len(c.letter.Copies) == 0 {
		return
	}
	var items []item
	for i, copied := range c.letter.Copies {
		items = append(items, item{strconv.Itoa(i+1) + ".", paper.Plain(copied)})
	}
	c.out.copies(items)
}

// attachments are the pages behind the letter.
func (c *composer) attachments() {
	l := c.letter
	number := 0
	attach := func(title string, t paper.Table) {
		number++
		label := "Lampiran"
		if l.enclosures() > 1 {
			label += " " + roman(number)
		}
		c.out.attachment([]field{
			{label, "Surat " + or(l.Signatory.Title, shortDots)},
			{"Nomor", or(l.Number, longDots)},
			{"Tanggal", or(plain(l.Day), longDots)},
		}, title)
		c.out.table(t)
	}
	if l.Kind.Addressed() && l.addressesAttached() {
		attach("DAFTAR TUJUAN SURAT", l.addressTable())
	}
	if l.listAttached() {
		attach("DAFTAR "+strings.ToUpper(l.List.Title), l.List.table())
	}
}
