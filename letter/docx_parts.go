package letter

import (
	"math"
	"strconv"
	"time"

	"payung/paper"
)

// part is a file inside the document.
type part struct {
	name string
	data []byte
}

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

	namespaces = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
		` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
		` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
		` xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`

	contentTypes = declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Default Extension="png" ContentType="image/png"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
		`<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

	relationships = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	officeRel     = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

	packageRelations = declaration + relationships +
		`<Relationship Id="rId1" Type="` + officeRel + `officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`
)

// parts are the files of the document, in a fixed order.
func (w *word) parts(l Letter) []part {
	relations := relationships +
		`<Relationship Id="rId1" Type="` + officeRel + `styles" Target="styles.xml"/>` +
		`<Relationship Id="rId2" Type="` + officeRel + `footer" Target="footer1.xml"/>`
	var media []part
	if w.logo != nil {
		relations += `<Relationship Id="rId3" Type="` + officeRel + `image" Target="media/logo.png"/>`
		media = append(media, part{"word/media/logo.png", w.logo.PNG()})
	}
	if w.qr != nil {
		media = append(media,
			part{"word/_rels/footer1.xml.rels", []byte(declaration + relationships + `<Relationship Id="rId1" Type="` + officeRel + `image" Target="media/qr.png"/></Relationships>`)},
			part{"word/media/qr.png", w.qr.PNG()})
	}
	return append([]part{
		{"[Content_Types].xml", []byte(contentTypes)},
		{"_rels/.rels", []byte(packageRelations)},
		{"docProps/core.xml", core(l)},
		{"word/document.xml", w.document()},
		{"word/styles.xml", w.styles()},
		{"word/footer1.xml", []byte(declaration + `<w:ftr` + namespaces + `>` + w.footer.String() + `</w:ftr>`)},
		{"word/_rels/document.xml.rels", []byte(declaration + relations + `</Relationships>`)},
	}, media...)
}

// core is what the file says about itself.
func core(l Letter) []byte {
	made := l.Made
	if made.IsZero() {
		made = time.Unix(0, 0)
	}
	at := made.UTC().Format(time.RFC3339)
	var m markup
	m.raw(declaration)
	m.open("cp:coreProperties",
		"xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
		"xmlns:dc", "http://purl.org/dc/elements/1.1/", "xmlns:dcterms", "http://purl.org/dc/terms/",
		"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
	m.element("dc:title", l.name())
	m.element("dc:creator", l.author())
	m.element("dc:language", "id")
	m.element("dcterms:created", at, "xsi:type", "dcterms:W3CDTF")
	m.element("dcterms:modified", at, "xsi:type", "dcterms:W3CDTF")
	m.close("cp:coreProperties")
	return m.Bytes()
}

func (w *word) document() []byte {
	size, margins := w.office.Size, w.office.Margins
	var m markup
	m.raw(declaration + `<w:document` + namespaces + `><w:body>`)
	m.raw(w.body.String())
	m.open("w:sectPr")
	m.empty("w:footerReference", "w:type", "default", "r:id", "rId2")
	m.empty("w:pgSz", "w:w", twips(size.Width), "w:h", twips(size.Height))
	m.empty("w:pgMar", "w:top", twips(margins.Top), "w:right", twips(margins.Right), "w:bottom", twips(margins.Bottom+w.footRoom()),
		"w:left", twips(margins.Left), "w:header", twips(margins.Top/2), "w:footer", twips(margins.Bottom), "w:gutter", "0")
	m.close("w:sectPr")
	m.raw(`</w:body></w:document>`)
	return m.Bytes()
}

func (w *word) footRoom() float64 {
	if w.qr != nil {
		return footVerify + 4 // Word measures the footer by its lines
	}
	return footPlain
}

// styles say what everything looks like that says nothing else. Arial and
// Times New Roman are everywhere where letters are changed.
func (w *word) styles() []byte {
	family := "Arial"
	if w.office.Family == paper.Serif {
		family = "Times New Roman"
	}
	size := strconv.Itoa(int(math.Round(w.office.Points * 2)))
	return []byte(declaration + `<w:styles` + namespaces + `><w:docDefaults><w:rPrDefault><w:rPr>` +
		`<w:rFonts w:ascii="` + family + `" w:hAnsi="` + family + `" w:cs="` + family + `" w:eastAsia="` + family + `"/>` +
		`<w:sz w:val="` + size + `"/><w:lang w:val="id-ID"/></w:rPr></w:rPrDefault>` +
		`<w:pPrDefault><w:pPr><w:spacing w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>`)
}
