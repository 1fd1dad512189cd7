package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"strings"

	"payung/domain/cell"
)

// What a cell can be besides text.
type (
	num      string // a number as it is stored
	date     int    // a number in a cell that shows days
	failed   string // #REF!
	computed struct {
		formula string
		value   any // nil: it was never computed
	}
)

// row is a row of a sheet; a nil cell is none.
type row struct {
	n      int
	hidden bool
	cells  []any
}

// page is a sheet.
type page struct {
	name   string
	rows   []row
	merged []string
	filter string // A1:H6
	state  string // hidden, veryHidden
}

// book is a workbook. Excel shares texts; programs that write as they go put
// them into their cells.
type book struct {
	pages    []page
	inline   bool
	date1904 bool
	macros   bool
}

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace   = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	office      = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packages    = "http://schemas.openxmlformats.org/package/2006"
	types       = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// xlsx is the workbook as a file.
func (b book) xlsx() []byte {
	shared := &texts{at: map[string]int{}}
	files := []packed{{"[Content_Types].xml", ""}, {"_rels/.rels", relations("officeDocument", "xl/workbook.xml")}}
	main := types + "sheet.main"
	if b.macros {
		main = "application/vnd.ms-excel.sheet.macroEnabled.main"
		files = append(files, packed{"xl/vbaProject.bin", "\xD0\xCF\x11\xE0"})
	}
	overrides := override("/xl/workbook.xml", main) + override("/xl/styles.xml", types+"styles")
	links, tabs := []string{"styles", "styles.xml"}, ""
	if !b.inline {
		links = append(links, "sharedStrings", "sharedStrings.xml")
		overrides += override("/xl/sharedStrings.xml", types+"sharedStrings")
	}
	for i, p := range b.pages {
		name := fmt.Sprintf("worksheets/sheet%d.xml", i+1)
		files = append(files, packed{"xl/" + name, p.xml(b.inline, shared)})
		overrides += override("/xl/"+name, types+"worksheet")
		links = append(links, "worksheet", name)
		state := ""
		if p.state != "" {
			state = ` state="` + p.state + `"`
		}
		tabs += fmt.Sprintf(`<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>`, html.EscapeString(p.name), i+1, state, len(links)/2)
	}
	properties := ""
	if b.date1904 {
		properties = `<workbookPr date1904="1"/>`
	}
	files = append(files,
		packed{"xl/workbook.xml", declaration + `<workbook xmlns="` + mainSpace + `" xmlns:r="` + office + `">` + properties + `<sheets>` + tabs + `</sheets></workbook>`},
		packed{"xl/_rels/workbook.xml.rels", relations(links...)},
		packed{"xl/styles.xml", styles})
	if !b.inline {
		files = append(files, packed{"xl/sharedStrings.xml", shared.xml()})
	}
	files[0].content = declaration + `<Types xmlns="` + packages + `/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` + overrides + `</Types>`
	return zipped(files...)
}

// packed is a file in an archive.
type packed struct{ name, content string }

func zipped(files ...packed) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.Create(f.name)
		if err == nil {
			_, err = w.Write([]byte(f.content))
		}
		must(err)
	}
	must(z.Close())
	return b.Bytes()
}

func override(part, kind string) string {
	return `<Override PartName="` + part + `" ContentType="` + kind + `+xml"/>`
}

// relations is a part of relations: kinds and targets in turn.
func relations(links ...string) string {
	var b strings.Builder
	for i := 0; i+1 < len(links); i += 2 {
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%s/%s" Target="%s"/>`, i/2+1, office, links[i], links[i+1])
	}
	return declaration + `<Relationships xmlns="` + packages + `/relationships">` + b.String() + `</Relationships>`
}

// styles has a style for days and one for text.
const styles = declaration + `<styleSheet xmlns="` + mainSpace + `"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd\-mm\-yyyy"/></numFmts>` +
	`<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`

// texts are those that cells share.
type texts struct {
	at  map[string]int
	all []string
}

func (t *texts) index(text string) int {
	at, known := t.at[text]
	if !known {
		at = len(t.all)
		t.at[text], t.all = at, append(t.all, text)
	}
	return at
}

func (t *texts) xml() string {
	var b strings.Builder
	for _, text := range t.all {
		b.WriteString(`<si><t xml:space="preserve">` + html.EscapeString(text) + `</t></si>`)
	}
	return declaration + `<sst xmlns="` + mainSpace + `">` + b.String() + `</sst>`
}

func (p page) xml(inline bool, shared *texts) string {
	var b strings.Builder
	b.WriteString(declaration + `<worksheet xmlns="` + mainSpace + `"><sheetData>`)
	for _, r := range p.rows {
		hidden := ""
		if r.hidden {
			hidden = ` hidden="1"`
		}
		fmt.Fprintf(&b, `<row r="%d"%s>`, r.n, hidden)
		for column, value := range r.cells {
			if value != nil {
				writeCell(&b, fmt.Sprintf("%s%d", cell.Letters(column), r.n), value, "", inline, shared)
			}
		}
		b.WriteString(`</row>`)
	}
	b.WriteString(`</sheetData>`)
	if p.filter != "" {
		b.WriteString(`<autoFilter ref="` + p.filter + `"/>`)
	}
	if len(p.merged) > 0 {
		b.WriteString(`<mergeCells>`)
		for _, m := range p.merged {
			b.WriteString(`<mergeCell ref="` + m + `"/>`)
		}
		b.WriteString(`</mergeCells>`)
	}
	return b.String() + `</worksheet>`
}

func writeCell(b *strings.Builder, at string, value any, formula string, inline bool, shared *texts) {
	switch v := value.(type) {
	case computed:
		writeCell(b, at, v.value, `<f>`+html.EscapeString(v.formula)+`</f>`, inline, shared)
	case nil:
		fmt.Fprintf(b, `<c r="%s">%s</c>`, at, formula)
	case num:
		fmt.Fprintf(b, `<c r="%s">%s<v>%s</v></c>`, at, formula, v)
	case date:
		fmt.Fprintf(b, `<c r="%s" s="1">%s<v>%d</v></c>`, at, formula, v)
	case failed:
		fmt.Fprintf(b, `<c r="%s" t="e">%s<v>%s</v></c>`, at, formula, v)
	case string:
		switch {
		case formula != "":
			fmt.Fprintf(b, `<c r="%s" t="str">%s<v>%s</v></c>`, at, formula, html.EscapeString(v))
		case inline:
			fmt.Fprintf(b, `<c r="%s" s="2" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, at, html.EscapeString(v))
		default:
			fmt.Fprintf(b, `<c r="%s" s="2" t="s"><v>%d</v></c>`, at, shared.index(v))
		}
	}
}
