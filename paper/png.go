package paper

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"io"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"payung/domain/fault"
)

// Bounds of a picture made of a page.
const (
	DefaultWidth = 1080      // pixels: what a phone shows without enlarging
	DefaultBytes = 200 << 10 // what a phone loads on a poor line
	minWidth     = 480
	maxSide      = 8000
)

// Raster says how large the picture of a page may be.
type Raster struct {
	Width    int // pixels; 0: DefaultWidth
	MaxBytes int // 0: DefaultBytes
}

// PNG writes one page, counted from 1, as a picture that keeps the bound: it
// is made smaller until it fits, and refused with a fault if it would no
// longer be readable.
func (d *Document) PNG(w io.Writer, number int, r Raster) error {
	if err := d.end(); err != nil {
		return err
	}
	if number < 1 || number > len(d.pages) {
		return fault.New(fault.NotFound, "page_not_found", "the document has %d pages", len(d.pages))
	}
	if r.Width <= 0 {
		r.Width = DefaultWidth
	}
	if r.MaxBytes <= 0 {
		r.MaxBytes = DefaultBytes
	}
	p := d.pages[number-1]
	for width := r.Width; width >= min(minWidth, r.Width); width = width * 7 / 8 {
		if int(float64(width)*p.height/d.setup.Size.Width) > maxSide {
			continue
		}
		file, err := d.raster(p, width)
		if err != nil {
			return err
		}
		if len(file) <= r.MaxBytes {
			_, err := w.Write(file)
			return err
		}
	}
	return fault.New(fault.TooLarge, "picture_of_page_too_large", "the page does not fit a picture of %d bytes", r.MaxBytes)
}

func (d *Document) raster(p *page, width int) ([]byte, error) {
	scale := float64(width) / d.setup.Size.Width
	canvas := image.NewRGBA(image.Rect(0, 0, width, max(1, int(p.height*scale+0.5))))
	draw.Draw(canvas, canvas.Bounds(), image.White, image.Point{}, draw.Src)
	pen := &pngPen{canvas: canvas, scale: scale, doc: d, faces: map[cut]font.Face{}}
	for _, mark := range p.marks {
		mark(pen)
	}
	if pen.err != nil {
		return nil, pen.err
	}
	var file bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&file, reduced(canvas)); err != nil {
		return nil, err
	}
	return file.Bytes(), nil
}

// cut is a face at a size.
type cut struct {
	face   Face
	points float64
}

// pngPen writes marks as points of a picture.
type pngPen struct {
	canvas *image.RGBA
	scale  float64 // points of the picture for a millimetre
	doc    *Document
	faces  map[cut]font.Face
	err    error
}

func (p *pngPen) face(s Style) font.Face {
	key := cut{s.Face, s.Points}
	if f, ok := p.faces[key]; ok {
		return f
	}
	f, err := opentype.NewFace(fonts()[p.doc.setup.Family][s.Face], &opentype.FaceOptions{
		Size: s.Points * mmPerPoint * p.scale, DPI: 72, Hinting: font.HintingNone,
	})
	if err != nil {
		p.err = err
		return nil
	}
	p.faces[key] = f
	return f
}

// text sets rune by rune at the exact widths of the PDF: what stands on a
// line there stands on it here.
func (p *pngPen) text(x, baseline float64, text string, s Style) {
	face := p.face(s)
	if face == nil {
		return
	}
	ink := image.NewUniform(rgba(s.Color))
	for _, r := range text {
		dot := fixed.Point26_6{X: fixed.Int26_6(x * p.scale * 64), Y: fixed.Int26_6(baseline * p.scale * 64)}
		if box, mask, at, _, ok := face.Glyph(dot, r); ok && !box.Empty() {
			draw.DrawMask(p.canvas, box, ink, image.Point{}, mask, at, draw.Over)
		}
		x += float64(p.doc.width(r, s.Face)) / 1000 * s.Points * mmPerPoint
	}
}

// line draws along an axis at least one point wide, which stays sharp.
// Slanted lines are drawn as steps.
func (p *pngPen) line(x1, y1, x2, y2, width float64, c Color) {
	wide := max(width, 1/p.scale)
	switch {
	case y1 == y2:
		p.sharp(min(x1, x2), y1-wide/2, max(x1, x2), y1+wide/2, c)
	case x1 == x2:
		p.sharp(x1-wide/2, min(y1, y2), x1+wide/2, max(y1, y2), c)
	default:
		steps := int(max(abs(x2-x1), abs(y2-y1)) * p.scale)
		for i := range steps + 1 {
			t := float64(i) / float64(max(1, steps))
			x, y := x1+(x2-x1)*t, y1+(y2-y1)*t
			p.sharp(x-wide/2, y-wide/2, x+wide/2, y+wide/2, c)
		}
	}
}

func (p *pngPen) fill(x, y, w, h float64, c Color) { p.sharp(x, y, x+w, y+h, c) }

// sharp fills whole points, at least one.
func (p *pngPen) sharp(x1, y1, x2, y2 float64, c Color) {
	box := image.Rect(p.at(x1), p.at(y1), p.at(x2), p.at(y2))
	box.Max.X, box.Max.Y = max(box.Max.X, box.Min.X+1), max(box.Max.Y, box.Min.Y+1)
	draw.Draw(p.canvas, box, image.NewUniform(rgba(c)), image.Point{}, draw.Src)
}

func (p *pngPen) picture(x, y, w, h float64, pic *Picture) {
	box := image.Rect(p.at(x), p.at(y), p.at(x+w), p.at(y+h))
	draw.CatmullRom.Scale(p.canvas, box, pic.image, pic.image.Bounds(), draw.Src, nil)
}

func (p *pngPen) modules(x, y, side float64, m matrix) {
	module := side / float64(m.size)
	for row := range m.size {
		for col := range m.size {
			if m.dark(col, row) {
				left, top := x+float64(col)*module, y+float64(row)*module
				p.sharp(left, top, left+module, top+module, 0)
			}
		}
	}
}

func (p *pngPen) at(mm float64) int { return int(mm*p.scale + 0.5) }

func rgba(c Color) color.RGBA {
	r, g, b := c.parts()
	return color.RGBA{R: r, G: g, B: b, A: 0xFF}
}

func abs(f float64) float64 { return max(f, -f) }
