package paper

import (
	"bytes"
	"io"
	"slices"

	"codeberg.org/go-pdf/fpdf"
)

// PDF writes the document. The same drawing gives the same bytes.
func (d *Document) PDF(w io.Writer) error { return Bundle(w, d) }

// Bundle writes documents behind one another as one PDF, to be printed in one
// go. Each keeps its own pages, footers and counts; the first one names the
// file.
func Bundle(w io.Writer, first *Document, more ...*Document) error {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(first.setup.Made)
	pdf.SetModificationDate(first.setup.Made)
	pdf.SetTitle(first.visible(first.setup.Title, Regular), true)
	pdf.SetAuthor(first.visible(first.setup.Author, Regular), true)
	pdf.SetLang(first.setup.Language)
	pdf.SetProducer("Payung", true)
	pdf.SetDisplayMode("fullwidth", "default")
	pdf.SetAutoPageBreak(false, 0)
	pens := map[Family]*pdfPen{}
	for _, d := range append([]*Document{first}, more...) {
		if err := d.end(); err != nil {
			return err
		}
		p := pens[d.setup.Family]
		if p == nil {
			p = &pdfPen{pdf: pdf, family: d.setup.Family}
			pens[d.setup.Family] = p
		}
		for _, page := range d.pages {
			pdf.AddPageFormat("P", fpdf.SizeType{Wd: d.setup.Size.Width, Ht: page.height})
			for _, mark := range page.marks {
				mark(p)
			}
		}
	}
	return pdf.Output(w)
}

// pdfPen writes marks as PDF operators.
type pdfPen struct {
	pdf    *fpdf.Fpdf
	family Family
	faces  []Face // that the file has by now
}

func (p *pdfPen) text(x, baseline float64, text string, s Style) {
	cut := map[Face]string{Regular: "", Bold: "B", Italic: "I"}[s.Face]
	if !slices.Contains(p.faces, s.Face) {
		// The library appends to parts of what it is given: it gets its own copy.
		p.pdf.AddUTF8FontFromBytes(string(p.family), cut, bytes.Clone(ttf(p.family, s.Face)))
		p.faces = append(p.faces, s.Face)
	}
	p.pdf.SetFont(string(p.family), cut, s.Points)
	r, g, b := s.Color.parts()
	p.pdf.SetTextColor(int(r), int(g), int(b))
	p.pdf.Text(x, baseline, text)
}

func (p *pdfPen) line(x1, y1, x2, y2, width float64, c Color) {
	r, g, b := c.parts()
	p.pdf.SetDrawColor(int(r), int(g), int(b))
	p.pdf.SetLineWidth(width)
	p.pdf.Line(x1, y1, x2, y2)
}

func (p *pdfPen) fill(x, y, w, h float64, c Color) {
	r, g, b := c.parts()
	p.pdf.SetFillColor(int(r), int(g), int(b))
	p.pdf.Rect(x, y, w, h, "F")
}

func (p *pdfPen) picture(x, y, w, h float64, pic *Picture) {
	options := fpdf.ImageOptions{ImageType: "PNG"}
	p.pdf.RegisterImageOptionsReader(pic.name, options, bytes.NewReader(pic.file))
	p.pdf.ImageOptions(pic.name, x, y, w, h, false, options, 0, "")
}

// modules draws runs of dark modules, each a hair wider than it is so that no
// reader of the PDF leaves white seams.
func (p *pdfPen) modules(x, y, side float64, m matrix) {
	const hair = 0.01
	module := side / float64(m.size)
	for row := range m.size {
		for from := 0; from < m.size; from++ {
			to := from
			for to < m.size && m.dark(to, row) {
				to++
			}
			if to > from {
				p.fill(x+float64(from)*module, y+float64(row)*module, float64(to-from)*module+hair, module+hair, 0)
				from = to
			}
		}
	}
}
