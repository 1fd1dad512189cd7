// Package logo reads the coat of arms of an office: a PNG or JPEG as people have
// it, made small enough to stand on every letter.
package logo

import (
	"bytes"
	"image"
	_ "image/jpeg" // read
	"image/png"
	"strconv"

	"golang.org/x/image/draw"

	"payung/domain/fault"
)

// Bounds of a picture that is sent.
const (
	MaxBytes = 2 << 20 // of the file
	least    = 32      // pixels of a side
	most     = 4000
)

// side is the longest side that is kept, in pixels: 25 mm at 400 dpi.
const side = 400

// Picture is a logo as letters bear it.
type Picture struct {
	PNG           []byte
	Width, Height int // pixels
}

// Read checks a picture by its content, whatever it is called, and draws it
// anew: nothing of the file is kept but what is seen. Faults are of the field
// "logo".
func Read(raw []byte) (Picture, error) {
	if len(raw) > MaxBytes {
		mib := strconv.Itoa(MaxBytes >> 20)
		return Picture{}, fault.New(fault.TooLarge, "logo_too_large", "a logo may be %s MiB at most", mib).On("logo").With("max_mib", mib)
	}
	about, kind, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || kind != "png" && kind != "jpeg" {
		return Picture{}, unreadable()
	}
	if min(about.Width, about.Height) < least || max(about.Width, about.Height) > most {
		return Picture{}, fault.New(fault.Invalid, "logo_size", "a logo has %d to %d pixels on each side", least, most).
			On("logo").With("min", strconv.Itoa(least)).With("max", strconv.Itoa(most))
	}
	seen, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return Picture{}, unreadable()
	}
	drawn := image.NewNRGBA(fit(about.Width, about.Height))
	draw.CatmullRom.Scale(drawn, drawn.Bounds(), seen, seen.Bounds(), draw.Src, nil)
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, drawn); err != nil {
		return Picture{}, unreadable()
	}
	return Picture{PNG: out.Bytes(), Width: drawn.Rect.Dx(), Height: drawn.Rect.Dy()}, nil
}

// fit is the size that is kept of a picture: its own if it is small enough.
func fit(width, height int) image.Rectangle {
	long := max(width, height)
	if long <= side {
		return image.Rect(0, 0, width, height)
	}
	return image.Rect(0, 0, max(1, width*side/long), max(1, height*side/long))
}

func unreadable() error {
	return fault.New(fault.Unsupported, "logo_unreadable", "a logo is a PNG or JPEG picture").On("logo")
}
