package letter

import "payung/paper"

// Room before and after the signatures, mm.
const (
	between    = 4
	afterwards = 5
)

// ending keeps the last paragraph with the signatures and, if they all fit
// half a page, with the witnesses.
func (s *sheet) ending(closing []paper.Span, left, right *signature, witnesses *paper.Table) {
	width := s.Width() * (1 - column)
	sides := []side{{right, s.Left() + s.Width()*column, width}}
	if left != nil {
		sides = append(sides, side{left, s.Left(), width - 4})
	}
	together := s.signatures(sides, false)
	if witnesses != nil {
		if with := together + s.TableHeight(*witnesses); with < s.Bottom()/2 {
			together = with
		}
	}
	text := ""
	for _, span := range closing {
		text += span.Text
	}
	style := styleOf(text)
	if text != "" {
		s.Keep(s.Height(s.Width(), text, style) + style.After + together)
		s.Rich(closing, style)
	}
	s.Keep(together)
	s.signatures(sides, true)
	if witnesses != nil {
		s.Table(*witnesses)
	}
}

// signatures writes, or only measures, the signatures. Both names begin at one
// height, however long the titles above them are.
func (s *sheet) signatures(sides []side, write bool) float64 {
	above, below := 0.0, 0.0
	for _, of := range sides {
		above = max(above, s.stack(of, 0, of.above, paper.Style{}, false))
		below = max(below, s.names(of, 0, false))
	}
	height := between + above + signingRoom + below + afterwards
	if !write {
		return height
	}
	top := s.Y() + between
	for _, of := range sides {
		s.stack(of, top, of.above, paper.Style{}, true)
		if of.stamp {
			s.stamp(of.x, top+above)
		}
		s.names(of, top+above+signingRoom, true)
	}
	s.Move(height)
	return height
}

// side is a signature with its room on the page.
type side struct {
	*signature
	x, width float64
}

// names writes, or only measures, what stands below the room for signing.
func (s *sheet) names(of side, y float64, write bool) float64 {
	name := s.stack(of, y, []string{of.name}, paper.Style{Face: paper.Bold}, write)
	return name + s.stack(of, y+name, of.below, paper.Style{}, write)
}

// stack writes, or only measures, lines one below the other and says how high
// they are together.
func (s *sheet) stack(of side, y float64, lines []string, style paper.Style, write bool) float64 {
	height := 0.0
	for _, line := range lines {
		if write {
			s.Block(of.x, y+height, of.width, line, style)
		}
		height += s.Height(of.width, line, style)
	}
	return height
}

// stamp is the place for the stamp duty.
func (s *sheet) stamp(x, y float64) {
	s.Box(x, y+2, 26, signingRoom-4, 0.15, paper.Grey)
	s.Text(x, y+7, 26, "Meterai", paper.Style{Points: 8, Color: paper.Grey, Align: paper.Centre})
}
