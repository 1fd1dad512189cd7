package letter

import (
	"fmt"
	"io"

	"payung/paper"
)

// Version names how letters are drawn. It rises whenever the same letter would
// give other bytes, so that an old one can be told from a forged one.
const Version = "1"

// PDF writes the letter. The same letter gives the same bytes.
func PDF(w io.Writer, l Letter) error {
	d, err := Draw(l)
	if err != nil {
		return err
	}
	return d.PDF(w)
}

// The room below the margin of the letterhead for the foot, mm.
const (
	footPlain  = 8
	footVerify = 20
	footQR     = 18
	numberRoom = 32
	footPoints = 7.5
)

// tight is the distance of lines that brings a letter of a few lines too many
// onto one page.
const tight = 1.12

// Draw is the letter on paper, for a PDF or for pictures of its pages. A
// letter that runs over its first page by a little is set tighter.
func Draw(l Letter) (*paper.Document, error) {
	logo, err := check(l)
	if err != nil {
		return nil, err
	}
	d, own := l.draw(logo, 0)
	if own == 2 {
		if closer, own := l.draw(logo, tight); own == 1 {
			return closer, nil
		}
	}
	return d, nil
}

// draw is the letter with lines at that distance, and how many pages it takes
// without what is attached.
func (l Letter) draw(logo *paper.Picture, leading float64) (d *paper.Document, own int) {
	head := l.Head.settled()
	margins := head.Margins
	margins.Bottom += footPlain
	if l.Verify != nil {
		margins.Bottom += footVerify - footPlain
	}
	d = paper.New(paper.Setup{
		Size: head.Size, Margins: margins, Family: head.Family, Points: head.Points, Leading: leading,
		Title: l.name(), Author: l.author(), Made: l.Made,
	})
	s := &sheet{Document: d, office: head}
	compose(l, logo, s)
	s.closed()
	d.Footer(func(page, pages int) { foot(d, l.Verify, page, pages) })
	return d, s.own
}

// author is the office that writes.
func (l Letter) author() string {
	if len(l.Head.Names) == 0 {
		return ""
	}
	return l.Head.Names[len(l.Head.Names)-1]
}

// name is the title of the file.
func (l Letter) name() string {
	s := l.settled()
	name := or(s.Subject, flat(s.text().Title, s.values()))
	if l.Number != "" {
		name += " Nomor " + l.Number
	}
	return name
}

// foot is how to check the paper, and the number of the page if there are
// several.
func foot(d *paper.Document, v *Verifying, page, pages int) {
	y := d.Bottom() + 2
	small := paper.Style{Points: footPoints, Leading: 1.2}
	width := d.Width()
	if pages > 1 {
		number := small
		number.Align = paper.Right
		d.Text(d.Left(), y+1.5, width, fmt.Sprintf("Halaman %d dari %d", page, pages), number)
	}
	if v == nil {
		return
	}
	d.Line(d.Left(), y, d.Left()+width, y, 0.2, paper.Grey)
	if v.URL == "" {
		d.Block(d.Left(), y+1.5, width-32, v.words(), small)
		return
	}
	d.QR(d.Left()-2, y+0.5, footQR, v.URL) // the quiet border reaches over the margin
	d.Block(d.Left()+footQR, y+1.5, width-footQR-numberRoom, v.words(), small)
}

// words are what the foot says about the QR code. Only a certificate of a
// provider recognised by the state makes a certified electronic signature (PP
// 71/2019 article 60).
func (v *Verifying) words() string {
	if v.URL == "" {
		return "Keaslian naskah ini dapat diperiksa pada aplikasi Payung di kantor penerbit dengan kode " + v.Code + "."
	}
	return "Keaslian dokumen ini dapat diperiksa dengan memindai kode QR atau membuka " + v.URL + " (kode " + v.Code + "). " +
		"Kode QR ini bukan tanda tangan elektronik tersertifikasi sebagaimana dimaksud dalam PP Nomor 71 Tahun 2019."
}
