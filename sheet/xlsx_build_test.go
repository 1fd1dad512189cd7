package sheet_test

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/cell"
	"payung/domain/fault"
	"payung/sheet"
)

const (
	mainSpace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	declared  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
)

// written is a workbook of one sheet, put together by hand.
type written struct {
	page     string // all of the sheet's part
	texts    string // all of the part of shared texts; "" has none
	styles   string
	workbook string            // "" is one with a sheet Daftar
	extra    map[string]string // more parts, or others in the place of these
}

// parts are the parts of the workbook by name.
func (w written) parts() map[string]string {
	workbook := cmp.Or(w.workbook, declared+`<workbook `+mainSpace+` xmlns:r="`+relations+`"><sheets><sheet name="Daftar" sheetId="1" r:id="rId1"/></sheets></workbook>`)
	out := map[string]string{
		"[Content_Types].xml": declared + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		"_rels/.rels":                related("", "officeDocument", "xl/workbook.xml"),
		"xl/workbook.xml":            workbook,
		"xl/_rels/workbook.xml.rels": related("", "worksheet", "worksheets/sheet1.xml", "styles", "styles.xml", "sharedStrings", "sharedStrings.xml"),
		"xl/worksheets/sheet1.xml":   w.page,
	}
	if w.texts != "" {
		out["xl/sharedStrings.xml"] = w.texts
	}
	if w.styles != "" {
		out["xl/styles.xml"] = w.styles
	}
	for name, content := range w.extra {
		out[name] = content
	}
	return out
}

// related is a part of relations: kinds and targets in turn.
func related(more string, pairs ...string) string {
	var b strings.Builder
	b.WriteString(declared + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + more)
	for i := 0; i < len(pairs); i += 2 {
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%s/%s" Target="%s"/>`, i/2+1, relations, pairs[i], pairs[i+1])
	}
	return b.String() + `</Relationships>`
}

// zipped is the workbook as a file.
func (w written) zipped() []byte { return zipped(w.parts()) }

// zipped packs parts, the content types first as programs do.
func zipped(parts map[string]string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name string) {
		f, err := z.Create(name)
		if err == nil {
			_, err = f.Write([]byte(parts[name]))
		}
		if err != nil {
			panic(err) // a buffer takes everything
		}
	}
	add("[Content_Types].xml")
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		if name != "[Content_Types].xml" {
			add(name)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// paged is a sheet with these rows, as XML.
func paged(rows string) string {
	return declared + `<worksheet ` + mainSpace + ` xmlns:r="` + relations + `"><sheetData>` + rows + `</sheetData></worksheet>`
}

// shared is a part of shared texts, as XML.
func sharedTexts(items string) string {
	return declared + `<sst ` + mainSpace + `>` + items + `</sst>`
}

// line is a row that has been read, kept.
type line struct {
	number int
	hidden bool
	cells  []cell.Cell
}

// read reads one sheet of a file to its end.
func read(t *testing.T, file []byte, l sheet.Limits, number int) ([]line, sheet.Book, error) {
	t.Helper()
	book, err := sheet.Open(t.Context(), bytes.NewReader(file), int64(len(file)), "Daftar.xlsx", l)
	if err != nil {
		return nil, nil, err
	}
	t.Cleanup(func() { require.NoError(t, book.Close()) })
	var out []line
	err = book.Read(t.Context(), number, func(row *cell.Row) error {
		out = append(out, kept(row))
		return nil
	})
	return out, book, err
}

func kept(row *cell.Row) line {
	l := line{number: row.Number, hidden: row.Hidden}
	for _, c := range row.Cells {
		c.Value = bytes.Clone(c.Value)
		l.cells = append(l.cells, c)
	}
	return l
}

// shown is what was read, one line of text for each row: a number, then cells
// with their kinds.
func shown(lines []line) string {
	var b strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&b, "%d", l.number)
		if l.hidden {
			b.WriteString(" hidden")
		}
		for _, c := range l.cells {
			fmt.Fprintf(&b, " %s=%s:%q", cell.Letters(c.Column), [...]string{"empty", "text", "number", "date", "bool", "error"}[c.Kind], c.Value)
			if c.Formula {
				b.WriteString("(formula)")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// code is the code of a fault; the whole error if it is none.
func code(err error) string {
	if f, ok := fault.Of(err); ok {
		return f.Code
	}
	return fmt.Sprint(err)
}
