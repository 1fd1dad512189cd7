package letter

import (
	"payung/paper"
)

// sheet writes the pieces of a letter onto paper.
type sheet struct {
	*paper.Document
	office Letterhead
	own    int // pages of the letter itself, without what is attached
}

const (
	logoWidth   = 24  // mm
	logoHeight  = 26  // mm
	labelWidth  = 34  // mm, of a fact
	headWidth   = 20  // mm, of Nomor and its like
	signingRoom = 20  // mm
	column      = 0.5 // where the right signature begins, of the width
)

func (s *sheet) letterhead(h Letterhead, logo *paper.Picture) {
	top, x, width := s.Y(), s.Left(), s.Width()
	if logo != nil {
		s.Picture(x, top, logoWidth, logoHeight, logo)
		x, width = x+logoWidth+2, width-logoWidth-2
	}
	for i, name := range h.Names {
		style := paper.Style{Points: 14, Face: paper.Bold, Align: paper.Centre, Leading: 1.15}
		if i == len(h.Names)-1 && i > 0 {
			style.Points = 17
		}
		s.Move(s.Block(x, s.Y(), width, name, style))
	}
	for _, line := range h.Address {
		s.Move(s.Block(x, s.Y(), width, line, paper.Style{Points: 9, Align: paper.Centre, Leading: 1.2}))
	}
	if logo != nil {
		s.Move(max(0, top+logoHeight-s.Y()))
	}
	s.Move(2)
	s.Line(s.Left(), s.Y(), s.Left()+s.Width(), s.Y(), 0.9, 0)
	s.Line(s.Left(), s.Y()+1.1, s.Left()+s.Width(), s.Y()+1.1, 0.3, 0)
	s.Move(6)
}

func (s *sheet) head(fields []field, dated string) {
	top := s.Y()
	dateWidth := s.Measure(dated, paper.Style{}) + 1
	s.Text(s.Left(), top, s.Width(), dated, paper.Style{Align: paper.Right})
	if len(fields) == 0 {
		s.Move(s.Height(s.Width(), "", paper.Style{}))
	}
	for i, f := range fields {
		width := s.Width() - headWidth - 4
		if i == 0 {
			width -= dateWidth
		} else {
			width = min(width, 0.62*s.Width())
		}
		s.field(f, 0, headWidth, max(width, 30))
	}
	s.Move(5)
}

// field writes label, colon and value; the value may take several lines.
func (s *sheet) field(f field, indent, label, width float64) {
	style, x := paper.Style{}, s.Left()+indent
	height := max(s.Height(width, f.value, style), s.Height(label, f.label, style))
	s.Keep(height)
	s.Block(x, s.Y(), label, f.label, style)
	s.Text(x+label, s.Y(), 4, ":", style)
	s.Block(x+label+4, s.Y(), width, f.value, style)
	s.Move(height)
}

func (s *sheet) fields(fields []field, indent float64) {
	for _, f := range fields {
		s.field(f, indent, labelWidth, s.Width()-indent-labelWidth-4)
	}
	s.Move(2.5)
}

func (s *sheet) title(lines []string) {
	for i, line := range lines {
		style := paper.Style{Face: paper.Bold, Align: paper.Centre}
		if i == 0 {
			style.Points = s.office.Points + 1
		}
		s.Paragraph(line, style)
	}
	s.Move(5)
}

func (s *sheet) paragraph(spans []paper.Span, style paper.Style) { s.Rich(spans, style) }

func (s *sheet) items(items []item, style paper.Style) {
	style.Indent = itemIndent
	for _, it := range items {
		style.Indent = max(style.Indent, s.Measure(it.label, style)+2)
	}
	for _, it := range items {
		s.Item(it.label, it.spans, style)
	}
	s.Move(style.After)
}

func (s *sheet) copies(items []item) {
	small := paper.Style{Points: copiesPoints}
	height := s.Height(s.Width(), copiesTitle, small)
	for _, it := range items {
		height += s.Height(s.Width()-itemIndent, it.spans[0].Text, small)
	}
	s.Keep(height)
	s.Paragraph(copiesTitle, small)
	s.items(items, small)
}

func (s *sheet) table(t paper.Table) { s.Table(t) }

func (s *sheet) attachment(lines []field, title string) {
	s.closed()
	s.NewPage()
	left, width := 0.5*s.Width(), 0.5*s.Width()
	for _, f := range lines {
		style := paper.Style{Points: listPoints}
		s.Text(s.Left()+left, s.Y(), headWidth, f.label, style)
		s.Text(s.Left()+left+headWidth, s.Y(), 4, ":", style)
		s.Move(s.Block(s.Left()+left+headWidth+3, s.Y(), width-headWidth-3, f.value, style))
	}
	s.Move(5)
	s.Paragraph(title, paper.Style{Face: paper.Bold, Align: paper.Centre, After: 3})
}

// closed notes how many pages the letter itself takes.
func (s *sheet) closed() {
	if s.own == 0 {
		s.own = s.Pages()
	}
}
