package sheet_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"payung/domain/cell"
	"payung/domain/fault"
	"payung/sheet"
)

// FuzzXLSXAgainstExcelize holds our reader against two others. What it refuses,
// has to be wrong by the schema test, which is written over encoding/xml; what
// it reads, excelize has to read the same, byte for byte. Where excelize is
// known to lose its way, only the first holds.
func FuzzXLSXAgainstExcelize(f *testing.F) {
	page, texts := generated(f)
	f.Add(page, texts)
	for _, seed := range seeds() {
		f.Add([]byte(paged(seed.page)), []byte(sharedTexts(seed.texts)))
	}
	f.Fuzz(against)
}

// against reads a workbook of two parts in three ways.
func against(t *testing.T, page, texts []byte) {
	w := written{page: string(page), texts: string(texts)}
	file := w.zipped()
	got, _, err := read(t, file, sheet.DefaultLimits(), 0)
	root, foreign, malformed := element(page)
	var sst *node
	if len(texts) > 0 && malformed == nil && !foreign {
		sst, foreign, malformed = element(texts)
	}
	if err != nil {
		_, ok := fault.Of(err)
		require.True(t, ok, "%v is no fault", err)
	}
	if foreign {
		return
	}
	s := &schema{wrong: malformed}
	if malformed == nil {
		if sst != nil {
			s.sst(sst)
		}
		s.worksheet(root)
	}
	switch {
	case err != nil && (odd(err) || s.wrong != nil):
		return
	case err != nil:
		t.Fatalf("refused what is right: %v", err)
	case s.wrong != nil:
		t.Fatalf("read what is wrong: %v", s.wrong)
	case !comparable(root, sst) || len(got) > 0 && got[len(got)-1].number > 20_000:
		return
	}
	values, err := theirs(file)
	require.NoError(t, err)
	compare(t, got, values)
}

// odd reports whether a refusal is one of those that are ours alone: limits,
// and names that XML would allow.
func odd(err error) bool {
	f, _ := fault.Of(err)
	return f.Kind == fault.TooLarge || f.Params["about"] == "names in XML" || f.Params["about"] == "markup too long or too deep"
}

// compare holds cells against raw values, which excelize has of numbers and
// dates as they are written, of yes and no too.
func compare(t *testing.T, got []line, values map[string]string) {
	t.Helper()
	for _, l := range got {
		for _, c := range l.cells {
			at := cell.Letters(c.Column) + strconv.Itoa(l.number)
			their, ours := values[at], string(c.Value)
			delete(values, at)
			switch {
			case c.Kind == cell.Bool:
				ours = map[string]string{"TRUE": "1", "FALSE": "0"}[ours]
				their = strings.NewReplacer("true", "1", "false", "0").Replace(their)
			case len(their) > 512:
				ours = strings.TrimSuffix(ours, "…")
				their = their[:len(ours)]
			case strings.ContainsRune(ours, '\uFFFD'), c.Kind == cell.Date:
				continue // halves of pairs, which excelize drops; dates are our own reading
			}
			require.Equal(t, their, ours, at)
		}
	}
	for at := range values {
		column, _, _ := placed(at)
		require.GreaterOrEqual(t, column, 64, "we missed %s: %q", at, values[at])
	}
}

// generated are the parts of a workbook as excelize writes it.
func generated(f *testing.F) (page, texts []byte) {
	f.Helper()
	book := excelize.NewFile()
	require.NoError(f, book.SetSheetRow("Sheet1", "A1", &[]any{"Nama", "NIK", "Lahir", "Upah", true, 1.5, nil, " spasi ", "a\r\nb", "<&>"}))
	require.NoError(f, book.SetCellRichText("Sheet1", "B3", []excelize.RichTextRun{{Text: "Si"}, {Text: "ti"}}))
	require.NoError(f, book.SetCellFormula("Sheet1", "C3", "SUM(D1:D2)"))
	require.NoError(f, book.MergeCell("Sheet1", "A5", "B6"))
	require.NoError(f, book.SetRowVisible("Sheet1", 3, false))
	var b bytes.Buffer
	require.NoError(f, book.Write(&b))
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	require.NoError(f, err)
	part := func(name string) []byte {
		p, err := z.Open(name)
		require.NoError(f, err)
		content, err := io.ReadAll(p)
		require.NoError(f, err)
		return content
	}
	return part("xl/worksheets/sheet1.xml"), part("xl/sharedStrings.xml")
}

// seeds are rows and shared texts of many sorts.
func seeds() []written {
	return []written{
		{page: `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c></row>`, texts: `<si><t>x</t></si>`},
		{page: `<row><c t="s"><v> 1 </v></c><c/><c><f>1</f></c></row><row r="9" hidden="1"><c t="b"><v>1</v></c></row>`, texts: `<si/><si><r><t>a</t></r><r><rPr/><t>b</t></r><rPh sb="0" eb="1"><t>c</t></rPh></si>`},
		{page: `<row r="2"><c r="B2" t="str"><v>A&amp;B&#10;<![CDATA[<x>]]><!-- c --></v></c><c r="XFD2"><v>9</v></c></row>`, texts: `<si><t>_x000D__x005F_x_x0041</t></si>`},
		{page: `<row r="1"><c r="A1" t="d"><v>1980-01-07</v></c><c t="e"><v>#N/A</v></c><c t="str"><f t="shared" si="0"/><v>é€😀</v></c></row>`, texts: `<si><t>&#x41;&lt;</t></si>`},
		{page: `<row r="3"><c r="A3" s="1"><v>1E+3</v><extLst><ext/></extLst></c></row><row r="3"/>`, texts: ``},
		{page: `<x:row xmlns:x="y"><x:c t='n'><x:v>7</x:v></x:c></x:row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells><sheetData>`, texts: `<si><t>a</t><t>b</t></si>`},
		{page: `<row r="1"><c r="A1" t="s"><v>5</v></c></row><row r="-1"/><?pi x?>`, texts: `<si><t>a<b/></t></si>`},
		{page: "<row><c t=\"str\"><v>a\r\nb\rc\xff]]></v></c></row>", texts: `<si>`},
	}
}

// FuzzXLSX opens and reads anything that calls itself a workbook: it may be
// refused, with a fault, and nothing worse.
func FuzzXLSX(f *testing.F) {
	dates := `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[h]:mm &quot;d&quot; \y yy"/></numFmts><cellXfs><xf numFmtId="170"/></cellXfs></styleSheet>`
	base := written{page: paged(`<row><c s="0"><v>1</v></c></row>`)}.parts()
	f.Add([]byte(base["xl/workbook.xml"]), []byte(base["xl/_rels/workbook.xml.rels"]), []byte(dates), []byte(base["xl/worksheets/sheet1.xml"]))
	f.Add([]byte(utf16Text("\uFEFF"+base["xl/workbook.xml"])), []byte(`<Relationships>`), []byte(`<a`), []byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, workbook, links, styles, page []byte) {
		file := written{workbook: string(workbook), styles: string(styles), page: string(page), extra: map[string]string{"xl/_rels/workbook.xml.rels": string(links)}}.zipped()
		book, err := sheet.Open(t.Context(), bytes.NewReader(file), int64(len(file)), "", sheet.DefaultLimits())
		for i := 0; err == nil && i < len(book.Sheets()); i++ {
			err = book.Read(t.Context(), i, func(row *cell.Row) error {
				for at, c := range row.Cells {
					require.LessOrEqual(t, len(c.Value), 512)
					require.Less(t, c.Column, 64)
					require.True(t, at == 0 || c.Column > row.Cells[at-1].Column)
				}
				return nil
			})
		}
		if err != nil {
			_, ok := fault.Of(err)
			require.True(t, ok, "%v is no fault", err)
		}
	})
}
