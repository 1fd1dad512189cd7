package paper_test

import (
	"bytes"
	"fmt"
	"image/png"
	"time"

	"payung/paper"
)

// One sheet, drawn once: for the printer and for a phone.
func Example() {
	d := paper.New(paper.Setup{
		Size: paper.F4, Margins: paper.Margins{Top: 20, Right: 20, Bottom: 20, Left: 25},
		Title: "Kecamatan Asera", Made: time.Date(2026, 11, 20, 1, 0, 0, 0, time.UTC),
	})
	d.Paragraph("Desa yang belum mengirim data", paper.Style{Points: 14, Face: paper.Bold, After: 3})
	d.Table(paper.Table{
		Columns: []paper.Column{{Title: "No", Width: 12, Align: paper.Centre}, {Title: "Desa"}, {Title: "Batas", Width: 40}},
		Rows: []paper.Row{
			{Group: "Kecamatan Asera"},
			{Cells: []string{"1", "Wunduhaka", "27 Nov 2026"}},
			{Cells: []string{"2", "Longgeo Utama", "27 Nov 2026"}},
		},
	})
	d.QR(d.Left(), d.Y()+5, 25, "https://payung.example.go.id/v/7H2K-9QXD")
	d.Footer(func(page, pages int) {
		d.Text(d.Left(), 315, d.Width(), fmt.Sprintf("Halaman %d dari %d", page, pages), paper.Style{Points: 8, Align: paper.Right})
	})

	var print, phone bytes.Buffer
	if err := d.PDF(&print); err != nil {
		fmt.Println(err)
	}
	if err := d.PNG(&phone, 1, paper.Raster{}); err != nil {
		fmt.Println(err)
	}
	picture, err := png.Decode(&phone)
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(string(print.Bytes()[:5]), d.Pages(), picture.Bounds().Dx())
	// Output: %PDF- 1 1080
}

// A picture for a group chat has no lower edge: it ends where its text ends.
func Example_picture() {
	d := paper.New(paper.Setup{Size: paper.Size{Width: 108}, Margins: paper.Margins{Top: 6, Right: 6, Bottom: 6, Left: 6}})
	d.Paragraph("Kecamatan Asera: 2 dari 20 desa belum mengirim", paper.Style{Face: paper.Bold})

	var phone bytes.Buffer
	if err := d.PNG(&phone, 1, paper.Raster{Width: 720}); err != nil {
		fmt.Println(err)
	}
	picture, err := png.Decode(&phone)
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(picture.Bounds().Dx(), picture.Bounds().Dy() < 200)
	// Output: 720 true
}
