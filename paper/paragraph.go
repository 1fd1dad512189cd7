package paper

// Paragraph writes text in the flow, over pages if it must: a page never
// ends with the first line of a paragraph or begins with its last.
func (d *Document) Paragraph(text string, s Style) { d.Rich(Plain(text), s) }

// Rich writes a paragraph of spans; see [Document.Paragraph].
func (d *Document) Rich(spans []Span, s Style) { d.Item("", spans, s) }

// Item writes a paragraph with a label such as "1." in the room that s.Indent
// leaves to its left.
func (d *Document) Item(label string, spans []Span, s Style) {
	s = d.with(s)
	x, width := d.Left()+s.Indent, d.Width()-s.Indent
	lines, height := d.lines(spans, width, s), s.line()
	for i, line := range lines {
		if d.Room() < float64(together(i, len(lines)))*height-rounding {
			d.Keep(d.Room() + 1)
		}
		if i == 0 && label != "" {
			d.ink(d.Left(), d.y, d.visible(label, s.Face), s)
		}
		d.writeLine(line, x, width, firstOf(i, s), s)
		d.y += height
	}
	d.y += s.After
}

// rounding is less than any length on paper, mm.
const rounding = 1e-6

// together is how many lines must find room when line i of n is next.
func together(i, n int) int {
	if i == 0 || i == n-2 {
		return min(2, n-i)
	}
	return 1
}

func firstOf(i int, s Style) float64 {
	if i == 0 {
		return s.First
	}
	return 0
}

// Block writes a paragraph at a place of the current page, in a room that is
// w wide, and says how high it came out. It does not break pages.
func (d *Document) Block(x, y, w float64, text string, s Style) float64 {
	s = d.with(s)
	lines := d.lines(Plain(text), w, s)
	d.writeLines(lines, x, y, w, s)
	return float64(len(lines)) * s.line()
}

// Height is how high [Document.Block] would come out.
func (d *Document) Height(w float64, text string, s Style) float64 {
	s = d.with(s)
	return float64(len(d.lines(Plain(text), w, s))) * s.line()
}

// writeLines writes lines at a place without moving the flow.
func (d *Document) writeLines(lines []textLine, x, y, w float64, s Style) {
	stood := d.y
	for i, line := range lines {
		d.y = y + float64(i)*s.line()
		d.writeLine(line, x, w, firstOf(i, s), s)
	}
	d.y = stood
}

// writeLine writes one line at the flow's height. Words of one face go out
// as one text unless the line is justified.
func (d *Document) writeLine(line textLine, x, width, first float64, s Style) {
	gaps := 0
	for i, w := range line.words {
		if i > 0 && !w.glued {
			gaps++
		}
	}
	blank := d.measure(" ", s)
	spare := width - first - line.width
	x += first
	switch {
	case s.Align == Right:
		x += spare
	case s.Align == Centre:
		x += spare / 2
	case s.Align == Justified && !line.last && gaps > 0:
		blank += spare / float64(gaps)
	}
	d.writeWords(line.words, x, blank, s)
}

// writeWords writes words with blanks of that width. A blank goes out with
// the word before it, so that copied text has its blanks; words of one face
// go out together unless they are driven apart.
func (d *Document) writeWords(words []word, x, blank float64, s Style) {
	natural := d.measure(" ", s)
	of, text, from := s, "", x
	flush := func() {
		d.ink(from, d.y, text, of)
		text, from = "", x
	}
	for i, w := range words {
		for _, r := range w.runs {
			if r.face != of.Face {
				flush()
				of.Face = r.face
			}
			text += r.text
			x += d.measure(r.text, of)
		}
		if i+1 < len(words) && !words[i+1].glued {
			text += " "
			x += blank
			if blank != natural || of.Face != s.Face {
				flush()
			}
		}
	}
	flush()
}
