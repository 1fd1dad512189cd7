package sheet_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/cell"
	"payung/sheet"
)

func TestCellsMeanWhatTheFileSays(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		written
		want string
	}{
		"digits kept as text stay text": {
			written{page: paged(`<row r="1"><c r="A1" t="inlineStr"><is><t>9901014507800001</t></is></c></row>`)},
			`1 A=text:"9901014507800001"`,
		},
		"digits taken for a number are as they were stored": {
			written{page: paged(`<row r="1"><c r="A1"><v>9.901014507800001E+15</v></c><c r="B1" t="n"><v> 12 </v></c></row>`)},
			`1 A=number:"9.901014507800001E+15" B=number:" 12 "`,
		},
		"shared texts": {
			written{
				page:  paged(`<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v> 0 </v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"/></row>`),
				texts: sharedTexts(`<si><t>Nama</t></si><si><t xml:space="preserve"> NIK </t></si><si/>`),
			},
			`1 A=text:" NIK " B=text:"Nama"`,
		},
		"runs are joined, how they sound is left out": {
			written{
				page: paged(`<row><c t="s"><v>0</v></c><c t="inlineStr"><is><r><rPr><b/></rPr><t>Si</t></r><r><t>ti</t></r></is></c></row>`),
				texts: sharedTexts(`<si><t>a</t><r><t>b</t></r><r><rPr><t>no</t></rPr><t>c</t></r>` +
					`<rPh sb="0" eb="1"><t>XX</t></rPh><phoneticPr fontId="1"/></si>`),
			},
			`1 A=text:"abc" B=text:"Siti"`,
		},
		"entities, sections and comments": {
			written{page: paged(`<row><c t="str"><v>A&amp;B&#10;&#x41;&lt;<![CDATA[<&amp;>]]><!-- no --> "&quot;'&apos;&gt;</v></c></row>`)},
			`1 A=text:"A&B\nA<<&amp;> \"\"''>"`,
		},
		"characters that XML has not": {
			written{page: paged(`<row><c t="inlineStr"><is><t>a_x000D__x005F_x0041_x</t></is></c></row>`)},
			`1 A=text:"a\r_x0041_x"`,
		},
		"yes, no, errors and formulas": {
			written{page: paged(`<row r="4"><c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#REF!</v></c>` +
				`<c><f>1+1</f><v>2</v></c><c t="str"><f t="shared" si="0"/><v>x</v></c><c><f>SUM(A1)</f></c></row>`)},
			`4 A=bool:"TRUE" B=bool:"FALSE" C=error:"#REF!" D=number:"2"(formula) E=text:"x"(formula) F=empty:""(formula)`,
		},
		"places that are left out count on": {
			written{page: paged(`<row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row><row r="5"><c r="B5"><v>4</v></c></row><row><c><v>5</v></c></row>`)},
			"1 A=number:\"1\" D=number:\"2\" E=number:\"3\"\n5 B=number:\"4\"\n6 A=number:\"5\"",
		},
		"rows and cells without content are passed over": {
			written{page: paged(`<row r="1"/><row r="2"><c r="A2" s="1"/></row><row r="3"><c r="A3"><v></v></c><c r="B3" t="inlineStr"><is><t/></is></c></row><row r="4"><c r="A4"><v>1</v></c></row>`)},
			`4 A=number:"1"`,
		},
		"hidden rows": {
			written{page: paged(`<row r="1" hidden="1"><c><v>1</v></c></row><row r="2" hidden="true"><c><v>1</v></c></row><row r="3" hidden="0"><c><v>1</v></c></row>`)},
			"1 hidden A=number:\"1\"\n2 hidden A=number:\"1\"\n3 A=number:\"1\"",
		},
		"prefixes, unknown attributes and single quotes": {
			written{page: `<x:worksheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><x:sheetData>` +
				`<x:row r='7' x14ac:dyDescent="0.25"><x:c r='B7' t='str'><x:v >y</x:v ></x:c></x:row></x:sheetData></x:worksheet>`},
			`7 B=text:"y"`,
		},
		"dates by their style": {
			written{
				page: paged(`<row><c s="0"><v>1</v></c><c s="1"><v>29227</v></c><c s="2"><v>29227</v></c><c s="3"><v>0.5</v></c><c s="9"><v>1</v></c><c s="1" t="str"><v>1</v></c></row>`),
				styles: `<styleSheet ` + mainSpace + `><numFmts><numFmt numFmtId="164" formatCode="[$-421]dd\ mmmm\ yyyy;@"/></numFmts>` +
					`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="20"/></cellXfs></styleSheet>`,
			},
			`1 A=number:"1" B=date:"29227" C=date:"29227" D=number:"0.5" E=number:"1" F=text:"1"`,
		},
		"dates written out": {
			written{page: paged(`<row><c t="d"><v>1980-01-07</v></c><c t="d"><v>1980-01-07T12:00:00Z</v></c><c t="d"><v>1900-01-01</v></c><c t="d"><v>kemarin</v></c></row>`)},
			`1 A=date:"29227" B=date:"29227.5" C=date:"1" D=text:"kemarin"`,
		},
		"columns that are not kept": {
			written{page: paged(`<row r="1"><c r="BL1"><v>1</v></c><c r="BM1"><v>2</v></c><c r="XFD1" t="inlineStr"><is><t>far</t></is></c></row>`)},
			`1 BL=number:"1"`,
		},
		"a text that is too long ends in an ellipsis": {
			written{page: paged(`<row><c t="str"><v>` + strings.Repeat("a", 508) + `ééé` + `</v></c><c t="str"><v>` + strings.Repeat("b", 512) + `</v></c></row>`)},
			`1 A=text:"` + strings.Repeat("a", 508) + `…" B=text:"` + strings.Repeat("b", 512) + `"`,
		},
		"a sheet in UTF-16": {
			written{page: utf16Text("\uFEFF" + strings.Replace(paged(`<row><c t="str"><v>Tolaki é</v></c></row>`), "UTF-8", "UTF-16", 1))},
			`1 A=text:"Tolaki é"`,
		},
		"a sheet in an encoding of old": {
			written{page: strings.Replace(paged("<row><c t=\"str\"><v>caf\xe9</v></c></row>"), "UTF-8", "windows-1252", 1)},
			`1 A=text:"café"`,
		},
		"no rows":        {written{page: paged(``)}, ``},
		"no data at all": {written{page: `<worksheet ` + mainSpace + `/>`}, ``},
		"controls after the data have rows of their own": {
			written{page: `<worksheet ` + mainSpace + `><sheetFormatPr zeroHeight="1"/><sheetData><row r="2"><c><v>1</v></c></row></sheetData><controls><row>9</row><c><v>1</v></c></controls></worksheet>`},
			`2 hidden A=number:"1"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, _, err := read(t, tt.zipped(), sheet.DefaultLimits(), 0)
			require.NoError(t, err)
			require.Equal(t, tt.want, strings.TrimSuffix(shown(got), "\n"))
		})
	}
}

func utf16Text(text string) string {
	var b strings.Builder
	for _, r := range text {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

func TestAWorkbookListsItsSheets(t *testing.T) {
	t.Parallel()
	w := written{
		page: paged(``),
		workbook: `<workbook ` + mainSpace + ` xmlns:r="` + relations + `"><workbookPr date1904="1"/><sheets>` +
			`<sheet name="Tuju &amp; isi" sheetId="4" r:id="rId1"/><sheet name="Grafik" sheetId="5" r:id="rId2"/>` +
			`<sheet name="rahasia" sheetId="6" state="hidden" r:id="rId3"/><sheet name="_payung" sheetId="7" state="veryHidden" r:id="rId4"/></sheets></workbook>`,
		extra: map[string]string{
			"xl/_rels/workbook.xml.rels": related(`<Relationship Id="rId9" Type="`+relations+`/externalLink" Target="http://127.0.0.1/never" TargetMode="External"/>`,
				"worksheet", "/xl/worksheets/sheet1.xml", "chartsheet", "chartsheets/sheet1.xml", "worksheet", "worksheets/../worksheets/SHEET2.xml", "worksheet", `worksheets\sheet3.xml`),
			"xl/worksheets/sheet2.xml": paged(`<row><c><v>2</v></c></row>`),
			"xl/worksheets/Sheet3.xml": paged(`<row><c><v>3</v></c></row>`),
		},
	}
	got, book, err := read(t, w.zipped(), sheet.DefaultLimits(), 3)
	require.NoError(t, err)
	require.Equal(t, "1 A=number:\"3\"\n", shown(got))
	require.Equal(t, sheet.XLSX, book.Kind())
	require.Equal(t, []sheet.Info{{Name: "Tuju & isi"}, {Name: "Grafik"}, {Name: "rahasia", Hidden: true}, {Name: "_payung", Hidden: true}}, book.Sheets())
	require.NoError(t, book.Read(t.Context(), 1, func(*cell.Row) error { return errors.New("a chart has no rows") }))
	require.NoError(t, book.Read(t.Context(), 2, func(r *cell.Row) error { require.True(t, r.Date1904); return nil }))
	require.Equal(t, "sheet_not_found", code(book.Read(t.Context(), 4, nil)))
}

func TestMergedBlocksAreKnownOnceASheetIsRead(t *testing.T) {
	t.Parallel()
	w := written{page: `<worksheet ` + mainSpace + `><sheetData><row><c><v>1</v></c></row></sheetData>` +
		`<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="b7:A3"></mergeCell></mergeCells><pageMargins left="0.7"/></worksheet>`}
	_, book, err := read(t, w.zipped(), sheet.DefaultLimits(), 0)
	require.NoError(t, err)
	require.Equal(t, []cell.Range{{FirstRow: 1, LastRow: 1, LastColumn: 2}, {FirstRow: 3, LastRow: 7, LastColumn: 1}}, book.Merged(0))
	require.Nil(t, book.Merged(1))

	l := sheet.DefaultLimits()
	l.Merged = 1
	_, _, err = read(t, w.zipped(), l, 0)
	require.Equal(t, "too_many_merged", code(err))
}

func TestReadingEndsWithTheErrorOfWhoeverReads(t *testing.T) {
	t.Parallel()
	file := written{page: paged(`<row><c><v>1</v></c></row><row><c><v>2</v></c></row>`)}.zipped()
	enough := errors.New("enough")
	_, book, err := read(t, file, sheet.DefaultLimits(), 0)
	require.NoError(t, err)
	visited := 0
	require.Same(t, enough, book.Read(t.Context(), 0, func(*cell.Row) error { visited++; return enough }))
	require.Equal(t, 1, visited)

	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(enough)
	require.Same(t, enough, book.Read(ctx, 0, func(*cell.Row) error { return nil }))
}

func TestASheetMayBeReadAgainAtNoCost(t *testing.T) {
	t.Parallel()
	file := written{page: paged(strings.Repeat(`<row><c><v>1</v></c></row>`, 10))}.zipped()
	l := sheet.DefaultLimits()
	l.Rows = 10
	l.Inflated = 3000
	_, book, err := read(t, file, l, 0)
	require.NoError(t, err)
	for range 5 {
		require.NoError(t, book.Read(t.Context(), 0, func(*cell.Row) error { return nil }))
	}
}
