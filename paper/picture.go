package paper

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/color"
	_ "image/jpeg" // logos come as PNG or JPEG
	"image/png"

	"golang.org/x/image/draw"

	"payung/domain/fault"
)

// The bounds of a picture that is handed in. A file may be small and yet
// unfold to gigabytes, so its pixels are counted before it is read.
const (
	MaxPictureBytes  = 2 << 20
	maxPicturePixels = 16 << 20
	keptPixels       = 600 // on the longer side; 40 mm at 380 dots per inch
)

// Picture is a logo or the like: read, checked, on white, reduced to what
// print can show.
type Picture struct {
	image *image.NRGBA
	file  []byte // the image as PNG
	name  string
}

// NewPicture reads a PNG or JPEG. What is something else, damaged or over a
// bound is refused with a fault.
func NewPicture(file []byte) (*Picture, error) {
	if len(file) > MaxPictureBytes {
		return nil, fault.New(fault.TooLarge, "picture_too_large", "the picture is larger than %d MB", MaxPictureBytes>>20)
	}
	config, kind, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || kind != "png" && kind != "jpeg" || config.Width < 1 || config.Height < 1 {
		return nil, fault.New(fault.Unsupported, "picture_unreadable", "the file is no PNG or JPEG picture")
	}
	if config.Width > maxPicturePixels/config.Height {
		return nil, fault.New(fault.TooLarge, "picture_too_large", "the picture has more than 16 million points")
	}
	full, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, fault.New(fault.Unsupported, "picture_unreadable", "the picture is damaged")
	}
	return pictureOf(full)
}

func pictureOf(full image.Image) (*Picture, error) {
	w, h := full.Bounds().Dx(), full.Bounds().Dy()
	if longer := max(w, h); longer > keptPixels {
		w, h = max(1, w*keptPixels/longer), max(1, h*keptPixels/longer)
	}
	kept := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(kept, kept.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.CatmullRom.Scale(kept, kept.Bounds(), full, full.Bounds(), draw.Over, nil)
	var file bytes.Buffer
	if err := png.Encode(&file, kept); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(file.Bytes())
	return &Picture{image: kept, file: file.Bytes(), name: hex.EncodeToString(sum[:8])}, nil
}

// PNG is the picture as a PNG file, for other formats than this package's.
func (p *Picture) PNG() []byte { return bytes.Clone(p.file) }

// Ratio is width by height.
func (p *Picture) Ratio() float64 {
	return float64(p.image.Rect.Dx()) / float64(p.image.Rect.Dy())
}

// fit is the largest size inside the room with the picture's proportions.
func (p *Picture) fit(w, h float64) (float64, float64) {
	if r := p.Ratio(); w > h*r {
		return h * r, h
	}
	return w, w / p.Ratio()
}
