package letter

import "payung/paper"

func (w *word) letterhead(h Letterhead, logo *paper.Picture) {
	w.logo = logo
	room := 0.0
	if logo != nil {
		room = logoWidth + 2
		openTable(&w.body, []float64{room, w.width() - room}, false)
		w.body.open("w:tr")
		cell(&w.body, room, func() {
			pose{}.write(&w.body, func() { w.picture(&w.body, logo, logoWidth, logoHeight, "rId3", "Logo") })
		})
		cell(&w.body, w.width()-room, func() { w.names(h) })
		w.body.close("w:tr")
		w.body.close("w:tbl")
	} else {
		w.names(h)
	}
	pose{small: true, line: underline{"thickThinMediumGap", "24"}, after: 4}.write(&w.body, func() {})
}

// names are the lines of the letterhead.
func (w *word) names(h Letterhead) {
	for i, name := range h.Names {
		s := paper.Style{Points: 14, Face: paper.Bold, Align: paper.Centre}
		if i == len(h.Names)-1 && i > 0 {
			s.Points = 17
		}
		w.paragraph(paper.Plain(name), s)
	}
	for _, line := range h.Address {
		w.paragraph(paper.Plain(line), paper.Style{Points: 9, Align: paper.Centre})
	}
}

func (w *word) head(fields []field, dated string) {
	if len(fields) == 0 {
		w.paragraph(paper.Plain(dated), paper.Style{Align: paper.Right, After: 5})
	}
	for i, f := range fields {
		w.field(f, 0, headWidth, dated, lastAfter(i, len(fields), 5))
		dated = ""
	}
}

func (w *word) attachment(lines []field, title string) {
	left := 0.5 * w.width()
	for i, f := range lines {
		from := left + headWidth
		pose{left: from + 3, first: -(headWidth + 3), tabs: []float64{from, from + 3}, newPage: i == 0, after: lastAfter(i, len(lines), 5)}.
			write(&w.body, func() {
				run(&w.body, f.label, false, listPoints, 0)
				tab(&w.body)
				run(&w.body, ":", false, listPoints, 0)
				tab(&w.body)
				run(&w.body, f.value, false, listPoints, 0)
			})
	}
	w.paragraph(paper.Plain(title), paper.Style{Face: paper.Bold, Align: paper.Centre, After: 3})
}

// ending is a table without lines, so that both names stand at one height.
func (w *word) ending(closing []paper.Span, left, right *signature, witnesses *paper.Table) {
	if len(closing) > 0 {
		text := ""
		for _, span := range closing {
			text += span.Text
		}
		s := styleOf(text)
		pose{align: s.Align, first: s.First, keep: true}.write(&w.body, func() { w.spans(closing, s) })
	}
	if left == nil {
		left = &signature{above: []string{""}}
	}
	half := w.width() * column
	openTable(&w.body, []float64{half, half}, false)
	for _, below := range []bool{false, true} {
		w.body.open("w:tr")
		w.body.open("w:trPr")
		w.body.empty("w:cantSplit")
		w.body.close("w:trPr")
		for _, side := range []*signature{left, right} {
			cell(&w.body, half, func() { w.signed(side, below, witnesses != nil) })
		}
		w.body.close("w:tr")
	}
	w.body.close("w:tbl")
	pose{small: true, after: afterwards, keep: witnesses != nil}.write(&w.body, func() {})
	if witnesses != nil {
		w.table(*witnesses)
	}
}

// signed is the upper or the lower half of a signature; keep holds it to what
// follows.
func (w *word) signed(s *signature, below, keep bool) {
	if !below {
		for i, line := range s.above {
			p := pose{keep: true}
			if i == 0 {
				p.before = between
			}
			p.write(&w.body, func() { run(&w.body, line, false, 0, 0) })
		}
		return
	}
	room := signingRoom + 0.0
	if s.stamp {
		room /= 2
		pose{before: room, keep: true}.write(&w.body, func() { run(&w.body, "Meterai", false, 8, paper.Grey) })
	}
	pose{before: room, keep: keep || len(s.below) > 0}.write(&w.body, func() { run(&w.body, s.name, true, 0, 0) })
	for i, line := range s.below {
		pose{keep: keep || i < len(s.below)-1}.write(&w.body, func() { run(&w.body, line, false, 0, 0) })
	}
}
