package scenario_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"maps"
	"slices"
	"strings"
)

const (
	mainSpace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packages  = "http://schemas.openxmlformats.org/package/2006/"
)

// parts are those of a workbook of one sheet, put together by hand, with more of
// them or others in their place.
func parts(rows string, more ...string) map[string]string {
	out := map[string]string{
		"[Content_Types].xml": `<Types xmlns="` + packages + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		"_rels/.rels":                related("officeDocument", "xl/workbook.xml"),
		"xl/workbook.xml":            `<workbook ` + mainSpace + ` xmlns:r="` + relations + `"><sheets><sheet name="Daftar" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": related("worksheet", "worksheets/sheet1.xml", "styles", "styles.xml", "sharedStrings", "sharedStrings.xml"),
		"xl/worksheets/sheet1.xml":   `<worksheet ` + mainSpace + `><sheetData>` + rows + `</sheetData></worksheet>`,
	}
	for i := 0; i+1 < len(more); i += 2 {
		out[more[i]] = more[i+1]
	}
	return out
}

func related(pairs ...string) string {
	var b strings.Builder
	b.WriteString(`<Relationships xmlns="` + packages + `relationships">`)
	for i := 0; i < len(pairs); i += 2 {
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%s/%s" Target="%s"/>`, i/2+1, relations, pairs[i], pairs[i+1])
	}
	return b.String() + `</Relationships>`
}

// zipped packs parts; raw ones are compressed already.
func zipped(parts map[string]string, raw ...*zip.FileHeader) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	keep := func(err error) {
		if err != nil {
			panic(err) // a buffer takes everything
		}
	}
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		f, err := z.Create(name)
		keep(err)
		_, err = f.Write([]byte(parts[name]))
		keep(err)
	}
	for _, head := range raw {
		f, err := z.CreateRaw(head)
		keep(err)
		_, err = f.Write([]byte(head.Comment[:head.CompressedSize64]))
		keep(err)
	}
	keep(z.Close())
	return b.Bytes()
}

// blanks is a part of so many MiB of blanks that says it has another size.
func blanks(name string, mib int, said uint64) *zip.FileHeader {
	var piece bytes.Buffer
	f, err := flate.NewWriter(&piece, flate.BestCompression)
	if err == nil {
		_, err = f.Write(bytes.Repeat([]byte(" "), 1<<20))
	}
	if err == nil {
		err = f.Flush()
	}
	if err != nil {
		panic(err)
	}
	body := strings.Repeat(piece.String(), mib) + "\x01\x00\x00\xff\xff"
	return &zip.FileHeader{
		Name: name, Method: zip.Deflate, CompressedSize64: uint64(len(body)), UncompressedSize64: said, CRC32: crc32.ChecksumIEEE(nil), Comment: body,
	}
}

// bombs are files that were made to harm, with what is said of each.
func bombs() map[string]struct {
	content []byte
	code    string
} {
	const page, texts = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
	bare := func() map[string]string {
		p := parts("")
		delete(p, page)
		return p
	}
	many := parts("")
	for i := range 100_000 {
		many[fmt.Sprintf("xl/media/%d", i)] = ""
	}
	laughs := `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">`
	for i := range 9 {
		laughs += fmt.Sprintf(`<!ENTITY %c "%s">`, 'b'+i, strings.Repeat(fmt.Sprintf("&%c;", 'a'+i), 10))
	}
	good := zipped(parts(`<row><c t="str"><v>x</v></c></row>`))
	all := func(item string, n int) string { return `<sst ` + mainSpace + `>` + strings.Repeat(item, n) + `</sst>` }
	return map[string]struct {
		content []byte
		code    string
	}{
		"2 GB of blanks":           {zipped(bare(), blanks(page, 2048, 2<<30)), "file_unfolds_too_large"},
		"2 GB said to be 1 KB":     {zipped(bare(), blanks(page, 2048, 1<<10)), "damaged_file"},
		"texts of 200 MB":          {zipped(parts(""), blanks(texts, 200, 200<<20)), "file_unfolds_too_large"},
		"100,000 parts":            {zipped(many), "too_many_entries"},
		"a part that leads out":    {zipped(parts("", "xl/../../etc/passwd", "x")), "damaged_file"},
		"a part at the root":       {zipped(parts("", "/etc/passwd", "x")), "damaged_file"},
		"two parts of one name":    {zipped(parts("", "xl/worksheets/SHEET1.xml", "<a/>")), "damaged_file"},
		"a billion laughs":         {zipped(parts("", page, laughs+`]><worksheet><sheetData><row><c t="str"><v>&j;</v></c></row></sheetData></worksheet>`)), "file_with_dtd"},
		"a file from elsewhere":    {zipped(parts("", page, `<!DOCTYPE a SYSTEM "file:///etc/passwd"><worksheet/>`)), "file_with_dtd"},
		"elements without end":     {zipped(parts("", page, strings.Repeat(`<a>`, 100_000))), "damaged_file"},
		"an attribute without end": {zipped(parts("", page, `<worksheet a="`+noise(4<<20)+`"/>`)), "damaged_file"},
		"a million texts":          {zipped(parts("", texts, all(`<si><t>a</t></si>`, 1_000_000))), "file_unfolds_too_large"},
		"a million styles":         {zipped(parts("", "xl/styles.xml", `<styleSheet><cellXfs>`+strings.Repeat(`<xf/>`, 1_000_000)+`</cellXfs></styleSheet>`)), "file_unfolds_too_large"},
		"rows that go back":        {zipped(parts(`<row r="5"/><row r="4"><c><v>1</v></c></row>`)), "bad_row_number"},
		"macros":                   {zipped(parts("", "xl/vbaProject.bin", "x")), "file_with_macros"},
		"cut in the middle":        {good[:len(good)/2], "damaged_file"},
		"too many rows":            {zipped(parts(`<row><c t="str"><v>NIK</v></c><c t="str"><v>Nama</v></c></row>` + strings.Repeat(`<row><c><v>1</v></c></row>`, 100_001))), "file_has_too_many_rows"},
		"a CSV of too many rows":   {[]byte("NIK;Nama\n" + strings.Repeat("1;x\n", 100_001)), "file_has_too_many_rows"},
		"a CSV of one line":        {[]byte("NIK;Nama\n" + strings.Repeat("x", 19<<20)), ""},
		"a CSV of quotes":          {[]byte("NIK;Nama\n" + strings.Repeat(`"`, 19<<20)), ""},
		"a CSV of columns":         {[]byte("NIK;Nama\n" + strings.Repeat(";", 19<<20)), ""},
		"HTML without end":         {[]byte("<html><table>" + strings.Repeat("<tr><td>", 2_000_000)), ""},
		"HTML of spans":            {[]byte("<html><table><tr><td colspan=999999999 rowspan=999999999>x</td></tr></table>"), ""},
		"an archive and a list":    {append([]byte("NIK;Nama\n"+numbered(1)+";x\n"), good...), ""},
		"a list and an archive":    {append(bytes.Clone(good), "\nNIK;Nama\n"...), ""},
		"zeros":                    {make([]byte, 19<<20), ""},
		"one byte":                 {[]byte("P"), ""},
		"a row far to the right":   {zipped(parts(`<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row>`)), ""},
	}
}

// noise is text that does not fold.
func noise(size int) string {
	b := make([]byte, 0, size+20)
	for i := uint64(1); len(b) < size; i++ {
		b = fmt.Appendf(b, "%d", i*0x9E3779B97F4A7C15)
	}
	return string(b[:size])
}
