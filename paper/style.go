package paper

// Family is one of the built-in families of type.
type Family string

// The families, metric twins of Arial and Times New Roman.
const (
	Sans  Family = "sans"
	Serif Family = "serif"
)

// Face is the cut of a family. There is no bold italic.
type Face string

// The faces; the zero value is upright.
const (
	Regular Face = ""
	Bold    Face = "bold"
	Italic  Face = "italic"
)

// Align says how lines stand in their room.
type Align string

// The alignments. Justified leaves the last line of a paragraph as it is.
const (
	Left      Align = ""
	Centre    Align = "centre"
	Right     Align = "right"
	Justified Align = "justified"
)

// Color is 0xRRGGBB. The zero value is black.
type Color uint32

// The colours a form needs besides black.
const (
	White Color = 0xFFFFFF
	Grey  Color = 0x666666
	Pale  Color = 0xE8EEEA
)

func (c Color) parts() (r, g, b uint8) { return uint8(c >> 16), uint8(c >> 8), uint8(c) }

// Style is how text looks. The zero value is the document's own type, black,
// upright, to the left.
type Style struct {
	Points  float64 // 0: the size of the document
	Face    Face
	Color   Color
	Align   Align
	Leading float64 // distance of lines in type sizes; 0: that of the document
	Indent  float64 // room to the left of all lines, mm
	First   float64 // more room to the left of the first line, mm
	After   float64 // room below the paragraph, mm
}

// Span is a run of text in one face inside a paragraph.
type Span struct {
	Text string
	Bold bool
}

// Plain is text as the one span of a paragraph.
func Plain(text string) []Span { return []Span{{Text: text}} }

const mmPerPoint = 25.4 / 72

// line is the distance between two base lines of the style, mm.
func (s Style) line() float64 { return s.Points * s.Leading * mmPerPoint }

// with is the style with what it leaves open taken from the document.
func (d *Document) with(s Style) Style {
	if s.Points <= 0 {
		s.Points = d.setup.Points
	}
	if s.Leading <= 0 {
		s.Leading = d.setup.Leading
	}
	return s
}
