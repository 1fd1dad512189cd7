package letter

import (
	"math"
	"strconv"
	"strings"

	"payung/paper"
)

// run writes text in one face; a line feed breaks the line.
func run(m *markup, text string, bold bool, points float64, c paper.Color) {
	m.open("w:r")
	if bold || points > 0 || c != 0 {
		m.open("w:rPr")
		if bold {
			m.empty("w:b")
		}
		if c != 0 {
			m.empty("w:color", "w:val", hex(c))
		}
		if points > 0 {
			m.empty("w:sz", "w:val", strconv.Itoa(int(math.Round(points*2))))
		}
		m.close("w:rPr")
	}
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			m.empty("w:br")
		}
		m.element("w:t", line, "xml:space", "preserve")
	}
	m.close("w:r")
}

func tab(m *markup) {
	m.open("w:r")
	m.empty("w:tab")
	m.close("w:r")
}

func hex(c paper.Color) string {
	digits := strconv.FormatInt(int64(c), 16)
	return strings.ToUpper(strings.Repeat("0", max(0, 6-len(digits))) + digits)
}

func (w *word) spans(spans []paper.Span, s paper.Style) {
	for _, span := range spans {
		run(&w.body, span.Text, span.Bold || s.Face == paper.Bold, s.Points, s.Color)
	}
}

func (w *word) paragraph(spans []paper.Span, s paper.Style) {
	pose{align: s.Align, left: s.Indent, first: s.First, after: s.After}.write(&w.body, func() { w.spans(spans, s) })
}

func (w *word) title(lines []string) {
	for i, line := range lines {
		s := paper.Style{Face: paper.Bold, Align: paper.Centre}
		if i == 0 {
			s.Points = w.office.Points + 1
		}
		if i == len(lines)-1 {
			s.After = 5
		}
		w.paragraph(paper.Plain(line), s)
	}
}

// field writes label, colon and value, and a date at the right if there is
// one.
func (w *word) field(f field, indent, label float64, dated string, after float64) {
	p := pose{left: indent + label + 4, first: -(label + 4), tabs: []float64{indent + label, indent + label + 4}, after: after}
	if dated != "" {
		p.rightTab = w.width()
	}
	p.write(&w.body, func() {
		run(&w.body, f.label, false, 0, 0)
		tab(&w.body)
		run(&w.body, ":", false, 0, 0)
		tab(&w.body)
		run(&w.body, f.value, false, 0, 0)
		if dated != "" {
			tab(&w.body)
			run(&w.body, dated, false, 0, 0)
		}
	})
}

func (w *word) fields(fields []field, indent float64) {
	for i, f := range fields {
		w.field(f, indent, labelWidth, "", lastAfter(i, len(fields), 2.5))
	}
}

func (w *word) items(items []item, s paper.Style) { w.list(items, s, false) }

func (w *word) copies(items []item) {
	small := paper.Style{Points: copiesPoints}
	pose{keep: true}.write(&w.body, func() { w.spans(paper.Plain(copiesTitle), small) })
	w.list(items, small, true)
}

// list writes numbered paragraphs, together on one page if they are to be.
func (w *word) list(items []item, s paper.Style, together bool) {
	for i, it := range items {
		after := s.After + lastAfter(i, len(items), s.After)
		room := itemIndent + 0.0
		if len(it.label) > 3 {
			room = 10
		}
		pose{align: s.Align, left: room, first: -room, tabs: []float64{room}, after: after, keep: together && i < len(items)-1}.write(&w.body, func() {
			run(&w.body, it.label, false, s.Points, 0)
			tab(&w.body)
			w.spans(it.spans, s)
		})
	}
}

// lastAfter is the room below the last of n.
func lastAfter(i, n int, after float64) float64 {
	if i == n-1 {
		return after
	}
	return 0
}

func (w *word) width() float64 {
	return w.office.Size.Width - w.office.Margins.Left - w.office.Margins.Right
}
