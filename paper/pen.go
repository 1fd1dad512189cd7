package paper

// pen draws marks on one kind of medium. All lengths are mm; the text of one
// call is one face and free of breaks.
type pen interface {
	text(x, baseline float64, text string, s Style)
	line(x1, y1, x2, y2, width float64, c Color)
	fill(x, y, w, h float64, c Color)
	picture(x, y, w, h float64, p *Picture)
	modules(x, y, side float64, m matrix)
}

// Line draws a line of that width, mm.
func (d *Document) Line(x1, y1, x2, y2, width float64, c Color) {
	d.mark(func(p pen) { p.line(x1, y1, x2, y2, width, c) })
}

// Fill paints a rectangle.
func (d *Document) Fill(x, y, w, h float64, c Color) {
	d.mark(func(p pen) { p.fill(x, y, w, h, c) })
}

// Box draws the outline of a rectangle with lines of that width, mm.
func (d *Document) Box(x, y, w, h, width float64, c Color) {
	half := width / 2 // the corners close
	d.Line(x-half, y, x+w+half, y, width, c)
	d.Line(x-half, y+h, x+w+half, y+h, width, c)
	d.Line(x, y, x, y+h, width, c)
	d.Line(x+w, y, x+w, y+h, width, c)
}

// Picture draws a picture as large as the given room allows without changing
// its proportions, in the middle of the room.
func (d *Document) Picture(x, y, w, h float64, p *Picture) {
	pw, ph := p.fit(w, h)
	d.mark(func(pen pen) { pen.picture(x+(w-pw)/2, y+(h-ph)/2, pw, ph, p) })
}

// Text writes one line in a room that begins at x and is w wide; s.Align
// says where in it. y is the upper edge of the line. What is too long runs
// over the room: measure it, or use [Document.Block].
func (d *Document) Text(x, y, w float64, text string, s Style) {
	s = d.with(s)
	shown := d.visible(text, s.Face)
	switch s.Align {
	case Right:
		x += w - d.measure(shown, s)
	case Centre:
		x += (w - d.measure(shown, s)) / 2
	}
	d.ink(x, y, shown, s)
}

// ink writes visible text whose line begins at y.
func (d *Document) ink(x, y float64, shown string, s Style) {
	if shown == "" {
		return
	}
	base := y + (s.line()+(ascent-descent)*s.Points*mmPerPoint)/2
	d.mark(func(p pen) { p.text(x, base, shown, s) })
}
