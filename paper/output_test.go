package paper_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/stretchr/testify/require"

	"payung/domain/fault"
	"payung/paper"
)

const address = "https://payung.contohkab.go.id/v/7H2K-9QXD"

// full is a page as full as they come: pictures, three faces, a table, a QR
// code.
func full(tb testing.TB, family paper.Family) *paper.Document {
	tb.Helper()
	logo, err := paper.NewPicture(encoded(tb, gradient(400, 300), "png"))
	require.NoError(tb, err)
	d := paper.New(paper.Setup{Size: paper.F4, Margins: paper.Margins{Top: 15, Right: 20, Bottom: 30, Left: 25}, Family: family, Title: "Lembar mingguan", Author: "Contoh"})
	d.Picture(25, 15, 22, 22, logo)
	d.Paragraph("Lembar mingguan", paper.Style{Points: 16, Face: paper.Bold, Align: paper.Centre, After: 10})
	table := paper.Table{Columns: []paper.Column{{Title: "No", Width: 12}, {Title: "Desa"}, {Title: "Kepala desa"}, {Title: "Batas"}}, Points: 9}
	for i := range 44 {
		table.Rows = append(table.Rows, paper.Row{Cells: []string{fmt.Sprint(i + 1), fmt.Sprintf("Desa Contoh %d", i), "Nama Yang Lengkap Sekali", "27 November 2026"}})
	}
	d.Table(table)
	d.Paragraph("Miring.", paper.Style{Face: paper.Italic, Color: paper.Grey})
	d.Line(25, 300, 60, 310, 0.3, 0)
	d.QR(23, 302, 24, address)
	d.Footer(func(page, pages int) {
		d.Text(25, 320, d.Width(), fmt.Sprintf("Halaman %d dari %d", page, pages), paper.Style{Points: 8, Align: paper.Right})
	})
	return d
}

// sums are what the outputs of a full page amount to.
func sums(tb testing.TB) string {
	tb.Helper()
	hash := sha256.New()
	for _, family := range []paper.Family{paper.Sans, paper.Serif} {
		d := full(tb, family)
		require.NoError(tb, d.PDF(hash))
		require.NoError(tb, d.PNG(hash, 1, paper.Raster{}))
	}
	return hex.EncodeToString(hash.Sum(nil))
}

func TestTheSameDrawingGivesTheSameBytesInEveryProcess(t *testing.T) {
	const child = "PAYUNG_TEST_PRINTS_SUMS"
	if os.Getenv(child) != "" {
		fmt.Println("sums", sums(t)) // the parent reads it
		return
	}
	t.Parallel()
	var wait sync.WaitGroup
	var here [4]string
	for i := range here {
		wait.Go(func() { here[i] = sums(t) })
	}
	run := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.count=1")
	run.Env = append(os.Environ(), child+"=1", "TZ=Asia/Makassar")
	out, err := run.CombinedOutput()
	require.NoError(t, err, "%s", out)
	wait.Wait()
	for _, sum := range here {
		require.Contains(t, string(out), "sums "+sum)
	}
}

func TestDocumentsBehindOneAnotherAreOneFile(t *testing.T) {
	t.Parallel()
	var one, two bytes.Buffer
	require.NoError(t, paper.Bundle(&one, full(t, paper.Sans), full(t, paper.Serif), full(t, paper.Sans)))
	require.NoError(t, paper.Bundle(&two, full(t, paper.Sans), full(t, paper.Serif), full(t, paper.Sans)))
	require.Equal(t, one.Bytes(), two.Bytes())
	require.Contains(t, one.String(), "/Count 3")

	broken := full(t, paper.Sans)
	broken.QR(0, 0, 10, "")
	require.True(t, fault.Is(paper.Bundle(&one, full(t, paper.Sans), broken), "qr_text_length"))
}

func TestAFullPageIsAPictureAPhoneLoadsQuicklyAndItsCodeIsRead(t *testing.T) {
	t.Parallel()
	var file bytes.Buffer
	require.NoError(t, full(t, paper.Sans).PNG(&file, 1, paper.Raster{}))
	require.Less(t, file.Len(), 200<<10)
	img, err := png.Decode(&file)
	require.NoError(t, err)
	require.Equal(t, image.Rect(0, 0, 1080, 1658), img.Bounds())

	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	require.NoError(t, err)
	read, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	require.NoError(t, err)
	require.Equal(t, address, read.GetText())
}

func TestAPictureThatIsTooLargeBecomesSmallerAndNeverUnreadable(t *testing.T) {
	t.Parallel()
	d := full(t, paper.Sans)
	var file bytes.Buffer
	require.NoError(t, d.PNG(&file, 1, paper.Raster{MaxBytes: 80 << 10}))
	require.LessOrEqual(t, file.Len(), 80<<10)
	config, err := png.DecodeConfig(bytes.NewReader(file.Bytes()))
	require.NoError(t, err)
	require.Less(t, config.Width, 1080)
	require.GreaterOrEqual(t, config.Width, 480)

	file.Reset()
	require.True(t, fault.Is(d.PNG(&file, 1, paper.Raster{MaxBytes: 5 << 10}), "picture_of_page_too_large"))
	require.Zero(t, file.Len())
	require.True(t, fault.Is(d.PNG(&file, 2, paper.Raster{}), "page_not_found"))
}

func TestALogoIsAPictureOfBoundedSize(t *testing.T) {
	t.Parallel()
	good := encoded(t, gradient(40, 30), "png")
	var moving bytes.Buffer
	require.NoError(t, gif.Encode(&moving, gradient(8, 8), nil))
	for name, tt := range map[string]struct {
		file []byte
		code string // "": taken
	}{
		"PNG":                        {good, ""},
		"JPEG":                       {encoded(t, gradient(40, 30), "jpeg"), ""},
		"larger than print can show": {encoded(t, gradient(2000, 10), "png"), ""},
		"one point high":             {encoded(t, gradient(3000, 1), "png"), ""},
		"sixteen bits":               {encoded(t, image.NewNRGBA64(image.Rect(0, 0, 5, 5)), "png"), ""},
		"nothing":                    {nil, "picture_unreadable"},
		"text":                       {[]byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), "picture_unreadable"},
		"GIF":                        {moving.Bytes(), "picture_unreadable"},
		"cut off":                    {good[:len(good)-20], "picture_unreadable"},
		"unfolds to gigabytes":       {bomb(65_000, 65_000), "picture_too_large"},
		"a file too large":           {append(good, make([]byte, paper.MaxPictureBytes)...), "picture_too_large"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := paper.NewPicture(tt.file)
			if tt.code != "" {
				require.True(t, fault.Is(err, tt.code), "%v", err)
				return
			}
			require.NoError(t, err)
			d := paper.New(paper.Setup{Size: paper.A4})
			d.Picture(10, 10, 30, 30, p)
			var out bytes.Buffer
			require.NoError(t, d.PDF(&out))
			require.NoError(t, d.PNG(&out, 1, paper.Raster{}))
		})
	}
}

func TestACodeWithTooMuchInItIsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", strings.Repeat("x", 301)} {
		d := paper.New(paper.Setup{Size: paper.A4})
		d.QR(10, 10, 20, text)
		require.True(t, fault.Is(d.PDF(&bytes.Buffer{}), "qr_text_length"))
	}
}

func gradient(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		img.Set(i%w, i/w, color.RGBA{R: uint8(i % w), G: uint8(i / w), B: 99, A: 255})
	}
	return img
}

func encoded(tb testing.TB, img image.Image, kind string) []byte {
	tb.Helper()
	var file bytes.Buffer
	if kind == "jpeg" {
		require.NoError(tb, jpeg.Encode(&file, img, nil))
	} else {
		require.NoError(tb, png.Encode(&file, img))
	}
	return file.Bytes()
}

// bomb is the beginning of a PNG that claims to be that large.
func bomb(w, h uint32) []byte {
	head := binary.BigEndian.AppendUint32([]byte("IHDR"), w)
	head = append(binary.BigEndian.AppendUint32(head, h), 8, 6, 0, 0, 0)
	file := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return binary.BigEndian.AppendUint32(file, crc32.ChecksumIEEE(head))
}

func BenchmarkPDF(b *testing.B) {
	d := full(b, paper.Sans)
	for b.Loop() {
		if err := d.PDF(&bytes.Buffer{}); err != nil {
			b.Fatal(err)
		}
	}
}
