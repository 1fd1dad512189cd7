package letter

import (
	"strconv"

	"payung/paper"
)

// foot writes the footer: how to check the paper, and the number of the page.
func (w *word) foot(v *Verifying) error {
	m := &w.footer
	number := func() {
		run(m, "Halaman ", false, footPoints, 0)
		count(m, "PAGE")
		run(m, " dari ", false, footPoints, 0)
		count(m, "NUMPAGES")
	}
	if v == nil {
		pose{align: paper.Right}.write(m, number)
		return nil
	}
	if v.URL == "" {
		pose{}.write(m, func() { run(m, v.words(), false, footPoints, 0) })
		pose{align: paper.Right}.write(m, number)
		return nil
	}
	qr, err := paper.QRPicture(v.URL)
	if err != nil {
		return err
	}
	w.qr = qr
	pose{small: true, line: underline{"single", "4"}}.write(m, func() {})
	text := w.width() - footQR - numberRoom
	openTable(m, []float64{footQR, text, numberRoom}, false)
	m.open("w:tr")
	cell(m, footQR, func() {
		pose{}.write(m, func() { w.picture(m, qr, footQR, footQR, "rId1", "QR") })
	})
	cell(m, text, func() {
		pose{before: 1}.write(m, func() { run(m, v.words(), false, footPoints, 0) })
	})
	cell(m, numberRoom, func() { pose{align: paper.Right, before: 1}.write(m, number) })
	m.close("w:tr")
	closeTable(m, 0)
	return nil
}

// count is a number that the reader's program fills in.
func count(m *markup, field string) {
	m.open("w:fldSimple", "w:instr", field)
	run(m, "1", false, footPoints, 0)
	m.close("w:fldSimple")
}

// picture writes a picture in the line, as large as the room allows.
func (w *word) picture(m *markup, p *paper.Picture, width, height float64, relation, name string) {
	if r := p.Ratio(); width > height*r {
		width = height * r
	} else {
		height = width / r
	}
	w.pictures++
	id := strconv.Itoa(w.pictures)
	cx, cy := emu(width), emu(height)
	m.open("w:r")
	m.open("w:drawing")
	m.open("wp:inline", "distT", "0", "distB", "0", "distL", "0", "distR", "0")
	m.empty("wp:extent", "cx", cx, "cy", cy)
	m.empty("wp:docPr", "id", id, "name", name, "descr", name)
	m.open("a:graphic")
	m.open("a:graphicData", "uri", "http://schemas.openxmlformats.org/drawingml/2006/picture")
	m.open("pic:pic")
	m.open("pic:nvPicPr")
	m.empty("pic:cNvPr", "id", id, "name", name)
	m.empty("pic:cNvPicPr")
	m.close("pic:nvPicPr")
	m.open("pic:blipFill")
	m.empty("a:blip", "r:embed", relation)
	m.open("a:stretch")
	m.empty("a:fillRect")
	m.close("a:stretch")
	m.close("pic:blipFill")
	m.open("pic:spPr")
	m.open("a:xfrm")
	m.empty("a:off", "x", "0", "y", "0")
	m.empty("a:ext", "cx", cx, "cy", cy)
	m.close("a:xfrm")
	m.open("a:prstGeom", "prst", "rect")
	m.empty("a:avLst")
	m.close("a:prstGeom")
	m.close("pic:spPr")
	m.close("pic:pic")
	m.close("a:graphicData")
	m.close("a:graphic")
	m.close("wp:inline")
	m.close("w:drawing")
	m.close("w:r")
}
