package paper

import (
	"cmp"
	"image"
	"image/color"
	"maps"
	"slices"
)

// reduced is the picture with at most 256 colours, which halves its file.
// Colours alike in the upper half of each channel become the one of them used
// most: grounds keep their colour, text sixteen shades of it.
func reduced(full *image.RGBA) *image.Paletted {
	shades := shadesOf(full)
	alike := map[uint16]shade{} // the most used of those that are alike, and how many they are
	for _, s := range shades {
		k := s.key()
		of, ok := alike[k]
		if !ok {
			of = shade{color: s.color}
		}
		of.count += s.count
		alike[k] = of
	}
	kept := slices.SortedFunc(maps.Values(alike), byUse)
	palette := make(color.Palette, 0, 256)
	for _, s := range kept[:min(256, len(kept))] {
		palette = append(palette, rgba(s.color))
	}
	index := map[uint16]uint8{}
	for _, s := range kept {
		index[s.key()] = uint8(palette.Index(rgba(s.color)))
	}
	small := image.NewPaletted(full.Rect, palette)
	for i := range small.Pix {
		small.Pix[i] = index[shade{color: at(full, i)}.key()]
	}
	return small
}

// shade is a colour and how many points have it.
type shade struct {
	color Color
	count int
}

// key is the colour in four bits for each channel, rounded.
func (s shade) key() uint16 {
	step := func(v uint8) uint16 { return (uint16(v) + 8) / 17 }
	r, g, b := s.color.parts()
	return step(r)<<8 | step(g)<<4 | step(b)
}

func byUse(a, b shade) int {
	return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.color, b.color))
}

// shadesOf counts the colours of a picture, the most used first.
func shadesOf(full *image.RGBA) []shade {
	counts := map[Color]int{}
	for i, n := 0, len(full.Pix)/4; i < n; {
		c, from := at(full, i), i
		for i < n && at(full, i) == c {
			i++
		}
		counts[c] += i - from
	}
	shades := make([]shade, 0, len(counts))
	for c, n := range counts {
		shades = append(shades, shade{c, n})
	}
	slices.SortFunc(shades, byUse)
	return shades
}

// at is the colour of point i.
func at(full *image.RGBA, i int) Color {
	p := full.Pix[4*i:]
	return Color(p[0])<<16 | Color(p[1])<<8 | Color(p[2])
}
