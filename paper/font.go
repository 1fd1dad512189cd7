package paper

import (
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansitalic"
	"github.com/go-fonts/liberation/liberationsansregular"
	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
)

// The share of the type size above and below the base line, the same for
// both families to a hundredth.
const (
	ascent  = 0.905
	descent = 0.212
)

// missing stands for what cannot be shown.
const missing = '□'

var fonts = sync.OnceValue(func() map[Family]map[Face]*sfnt.Font {
	parsed := map[Family]map[Face]*sfnt.Font{}
	for _, family := range []Family{Sans, Serif} {
		parsed[family] = map[Face]*sfnt.Font{}
		for _, face := range []Face{Regular, Bold, Italic} {
			f, err := sfnt.Parse(ttf(family, face))
			if err != nil {
				panic("paper: a built-in font is damaged: " + err.Error())
			}
			parsed[family][face] = f
		}
	}
	return parsed
})

// ttf is the file of a font, as it is built in.
func ttf(family Family, face Face) []byte {
	switch {
	case family == Serif && face == Bold:
		return liberationserifbold.TTF
	case family == Serif && face == Italic:
		return liberationserifitalic.TTF
	case family == Serif:
		return liberationserifregular.TTF
	case face == Bold:
		return liberationsansbold.TTF
	case face == Italic:
		return liberationsansitalic.TTF
	}
	return liberationsansregular.TTF
}

// width is the advance of a rune in thousandths of the type size, rounded as
// the PDF states it, so that every medium breaks lines alike; -1 if the font
// lacks the rune.
func (d *Document) width(r rune, face Face) int {
	known := d.widths[face]
	if known == nil {
		known = map[rune]int{}
		d.widths[face] = known
	}
	w, ok := known[r]
	if !ok {
		w = advance(fonts()[d.setup.Family][face], r)
		known[r] = w
	}
	return w
}

func advance(f *sfnt.Font, r rune) int {
	var buffer sfnt.Buffer
	glyph, err := f.GlyphIndex(&buffer, r)
	if err != nil || glyph == 0 {
		return -1
	}
	em := fixed.Int26_6(f.UnitsPerEm()) << 6
	a, err := f.GlyphAdvance(&buffer, glyph, em, font.HintingNone)
	if err != nil {
		return -1
	}
	return int(math.Round(1000 * float64(a) / float64(em)))
}

// Measure is the width of a line of text, mm.
func (d *Document) Measure(text string, s Style) float64 {
	s = d.with(s)
	return d.measure(d.visible(text, s.Face), s)
}

func (d *Document) measure(shown string, s Style) float64 {
	sum := 0
	for _, r := range shown {
		sum += d.width(r, s.Face)
	}
	return float64(sum) / 1000 * s.Points * mmPerPoint
}

// visible is text as it will be shown on one line: composed, blanks for
// breaks and tabs, a box for each rune that the font lacks or that would turn
// or hide its neighbours.
func (d *Document) visible(text string, face Face) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t', r == '\r', r == ' ':
			return ' '
		case r == '\u00ad', r == '\u200b', r == '\ufeff', r == '\ufe0f':
			return -1 // marks that show nothing by themselves
		case !unicode.IsPrint(r) && r != '\u00a0', unicode.Is(unicode.Mn, r), turns(r), r > 0xFFFF, d.width(r, face) <= 0:
			return missing
		}
		return r
	}, norm.NFC.String(text))
}

// turns reports a script that is written from the right: without shaping it
// would be read backwards, which is worse than not at all.
func turns(r rune) bool {
	return slices.ContainsFunc([]*unicode.RangeTable{
		unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Samaritan, unicode.Mandaic,
	}, func(t *unicode.RangeTable) bool { return unicode.Is(t, r) })
}
