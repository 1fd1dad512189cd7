package logo_test

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/fault"
	"payung/logo"
)

// arms is a picture of a size: green, with a clear corner.
func arms(width, height int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			if x > width/4 || y > height/4 {
				m.Set(x, y, color.NRGBA{0, 120, 60, 255})
			}
		}
	}
	return m
}

func pngOf(t *testing.T, m image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, m))
	return out.Bytes()
}

func TestALargePictureIsMadeSmallAndKeepsItsShape(t *testing.T) {
	t.Parallel()
	p, err := logo.Read(pngOf(t, arms(800, 1000)))
	require.NoError(t, err)
	require.Equal(t, [2]int{320, 400}, [2]int{p.Width, p.Height})
	seen, err := png.Decode(bytes.NewReader(p.PNG))
	require.NoError(t, err)
	_, _, _, corner := seen.At(2, 2).RGBA()
	require.Zero(t, corner, "the clear corner stays clear")
	_, green, _, _ := seen.At(200, 300).RGBA()
	require.InDelta(t, 120*0x101, green, 0x200)
	require.Less(t, len(p.PNG), 20_000)

	small, err := logo.Read(pngOf(t, arms(64, 80)))
	require.NoError(t, err)
	require.Equal(t, [2]int{64, 80}, [2]int{small.Width, small.Height}, "a small one is not blown up")
}

func TestAPhotoIsTakenAndNothingElseOfItsFile(t *testing.T) {
	t.Parallel()
	var photo bytes.Buffer
	require.NoError(t, jpeg.Encode(&photo, arms(200, 200), nil))
	p, err := logo.Read(append(photo.Bytes(), "GPS -4.1, 122.5"...))
	require.NoError(t, err)
	require.NotContains(t, string(p.PNG), "GPS")
	again, err := logo.Read(p.PNG)
	require.NoError(t, err)
	require.Equal(t, p, again, "read again it is the same")
}

func TestWhatIsNoLogoIsRefused(t *testing.T) {
	t.Parallel()
	var film bytes.Buffer
	require.NoError(t, gif.Encode(&film, arms(64, 64), nil))
	whole := pngOf(t, arms(64, 64))
	for name, c := range map[string]struct {
		raw  []byte
		code string
	}{
		"nothing":            {nil, "logo_unreadable"},
		"a page of the web":  {[]byte("<svg onload=alert(1)>"), "logo_unreadable"},
		"a GIF":              {film.Bytes(), "logo_unreadable"},
		"half a picture":     {whole[:len(whole)/2], "logo_unreadable"},
		"a dot":              {pngOf(t, arms(8, 8)), "logo_size"},
		"one too wide":       {pngOf(t, arms(4001, 40)), "logo_size"},
		"more than anything": {make([]byte, logo.MaxBytes+1), "logo_too_large"},
	} {
		_, err := logo.Read(c.raw)
		require.True(t, fault.Is(err, c.code), "%s: %v", name, err)
	}
}

func FuzzAPictureIsReadOrRefused(f *testing.F) {
	var out bytes.Buffer
	_ = png.Encode(&out, arms(40, 40))
	f.Add(out.Bytes())
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := logo.Read(raw)
		if _, known := fault.Of(err); err != nil && !known {
			t.Errorf("%v is no fault", err)
		}
		if err == nil && (p.Width > 400 || p.Height > 400 || len(p.PNG) == 0) {
			t.Errorf("a logo of %d × %d pixels", p.Width, p.Height)
		}
	})
}
