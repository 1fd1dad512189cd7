package letter

import (
	"archive/zip"
	"io"

	"payung/paper"
)

// DOCX writes the letter as a text document of the same words, for an office
// that wants to change it. The same letter gives the same bytes.
func DOCX(w io.Writer, l Letter) error {
	logo, err := check(l)
	if err != nil {
		return err
	}
	d := &word{office: l.Head.settled()}
	compose(l, logo, d)
	if err := d.foot(l.Verify); err != nil {
		return err
	}
	archive := zip.NewWriter(w)
	for _, p := range d.parts(l) {
		f, err := archive.Create(p.name)
		if err != nil {
			return err
		}
		if _, err := f.Write(p.data); err != nil {
			return err
		}
	}
	return archive.Close()
}

// word writes the pieces of a letter as WordprocessingML.
type word struct {
	office   Letterhead
	body     markup
	footer   markup
	logo     *paper.Picture
	qr       *paper.Picture
	pictures int
}

// pose is how a paragraph of the document stands; lengths in mm.
type pose struct {
	align         paper.Align
	left, first   float64 // first may be negative: it hangs
	before, after float64
	tabs          []float64
	rightTab      float64
	keep, newPage bool
	line          underline
	small         bool // as low as a paragraph can be
}

// underline is a line below a paragraph; its size is in eighths of a point.
type underline struct{ kind, size string }

// write writes one paragraph.
func (p pose) write(m *markup, content func()) {
	m.open("w:p")
	m.open("w:pPr")
	if p.keep {
		m.empty("w:keepNext")
	}
	if p.newPage {
		m.empty("w:pageBreakBefore")
	}
	if p.line.kind != "" {
		m.open("w:pBdr")
		m.empty("w:bottom", "w:val", p.line.kind, "w:sz", p.line.size, "w:space", "1", "w:color", "000000")
		m.close("w:pBdr")
	}
	if len(p.tabs) > 0 || p.rightTab > 0 {
		m.open("w:tabs")
		for _, at := range p.tabs {
			m.empty("w:tab", "w:val", "left", "w:pos", twips(at))
		}
		if p.rightTab > 0 {
			m.empty("w:tab", "w:val", "right", "w:pos", twips(p.rightTab))
		}
		m.close("w:tabs")
	}
	m.empty("w:spacing", "w:before", twips(p.before), "w:after", twips(p.after))
	if p.first < 0 {
		m.empty("w:ind", "w:left", twips(p.left), "w:hanging", twips(-p.first))
	} else {
		m.empty("w:ind", "w:left", twips(p.left), "w:firstLine", twips(p.first))
	}
	m.empty("w:jc", "w:val", justification(p.align))
	if p.small {
		m.open("w:rPr")
		m.empty("w:sz", "w:val", "2")
		m.close("w:rPr")
	}
	m.close("w:pPr")
	content()
	m.close("w:p")
}

func justification(a paper.Align) string {
	switch a {
	case paper.Centre:
		return "center"
	case paper.Right:
		return "right"
	case paper.Justified:
		return "both"
	}
	return "left"
}
