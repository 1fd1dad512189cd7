package paper

import (
	"image"

	"rsc.io/qr"

	"payung/domain/fault"
)

// quiet is the white border a QR code needs, in modules (ISO/IEC 18004).
const quiet = 4

// maxQR is the most bytes a QR code on paper holds: more makes modules that a
// phone cannot tell apart.
const maxQR = 300

// matrix is a square of modules, dark or not.
type matrix struct {
	size int
	dark func(x, y int) bool
}

// QR draws a QR code with its quiet border in a square of that side. It
// survives 15 percent of damage.
func (d *Document) QR(x, y, side float64, text string) {
	m, err := matrixOf(text)
	if err != nil {
		d.fail(err)
		return
	}
	module := side / float64(m.size+2*quiet)
	d.mark(func(p pen) { p.modules(x+quiet*module, y+quiet*module, side-2*quiet*module, m) })
}

// QRPicture is a QR code with its quiet border as a picture, for other formats
// than this package's.
func QRPicture(text string) (*Picture, error) {
	m, refused := matrixOf(text)
	if refused != nil {
		return nil, refused
	}
	const points = 8 // for a module
	side := (m.size + 2*quiet) * points
	img := image.NewGray(image.Rect(0, 0, side, side))
	for i := range img.Pix {
		if !m.dark(i%side/points-quiet, i/side/points-quiet) {
			img.Pix[i] = 0xFF
		}
	}
	return pictureOf(img)
}

func matrixOf(text string) (matrix, *fault.Fault) {
	if text == "" || len(text) > maxQR {
		return matrix{}, fault.New(fault.Invalid, "qr_text_length", "a QR code holds 1 to %d bytes", maxQR)
	}
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return matrix{}, fault.New(fault.Invalid, "qr_text_length", "a QR code holds 1 to %d bytes", maxQR)
	}
	return matrix{size: code.Size, dark: code.Black}, nil
}
