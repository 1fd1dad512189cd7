package sheet_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/cell"
	"payung/sheet"
)

// odsFile is a file of LibreOffice with these sheets, as XML.
func odsFile(sheets string) []byte {
	return zipped(map[string]string{
		"[Content_Types].xml": "", // the packer wants it; the format does not mind
		"mimetype":            "application/vnd.oasis.opendocument.spreadsheet",
		"content.xml":         odsContent(sheets),
	})
}

func odsContent(sheets string) string {
	return declared + `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:calcext="c">` +
		`<office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>` +
		`<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>` +
		`<office:body><office:spreadsheet>` + sheets + `</office:spreadsheet></office:body></office:document-content>`
}

func odsSheet(rows string) string {
	return `<table:table table:name="Daftar" table:style-name="ta1"><table:table-column table:number-columns-repeated="1024"/>` + rows + `</table:table>`
}

func odsText(text string) string {
	return `<table:table-cell office:value-type="string"><text:p>` + text + `</text:p></table:table-cell>`
}

func TestCellsOfLibreOfficeMeanTheSame(t *testing.T) {
	t.Parallel()
	row := func(cells string) string { return odsSheet("<table:table-row>" + cells + "</table:table-row>") }
	for name, tt := range map[string]struct{ sheet, want string }{
		"text": {row(odsText("9901014507800001")), `1 A=text:"9901014507800001"`},
		"number as it is stored, not as it is shown": {
			row(`<table:table-cell office:value-type="float" office:value="9.9010145078E+015"><text:p>9,90E+15</text:p></table:table-cell>` +
				`<table:table-cell office:value-type="currency" office:value="1000000.5"><text:p>Rp1.000.000,50</text:p></table:table-cell>` +
				`<table:table-cell office:value-type="percentage" office:value="0.1"><text:p>10%</text:p></table:table-cell>`),
			`1 A=number:"9.9010145078E+015" B=number:"1000000.5" C=number:"0.1"`,
		},
		"dates as numbers": {
			row(`<table:table-cell office:value-type="date" office:date-value="1980-07-05"><text:p>05/07/80</text:p></table:table-cell>` +
				`<table:table-cell office:value-type="date" office:date-value="1980-07-05T12:00:00"/>` +
				`<table:table-cell office:value-type="date" office:date-value="1900-01-01"/>` +
				`<table:table-cell office:value-type="date" office:date-value="1900-03-01"/>` +
				`<table:table-cell office:value-type="date" office:date-value="1880-01-01"><text:p>1 Jan 1880</text:p></table:table-cell>`),
			`1 A=date:"29407" B=date:"29407.5" C=date:"1" D=date:"61" E=text:"1 Jan 1880"`,
		},
		"yes, no, errors and formulas": {
			row(`<table:table-cell office:value-type="boolean" office:boolean-value="true"/>` +
				`<table:table-cell table:formula="of:=[.X1]" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>` +
				`<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"><text:p>2</text:p></table:table-cell>` +
				`<table:table-cell table:formula="of:=A1"/>`),
			`1 A=bool:"TRUE" B=error:"#REF!"(formula) C=number:"2"(formula) D=empty:""(formula)`,
		},
		"paragraphs, blanks, tabs, spans and links": {
			row(`<table:table-cell><text:p>Siti<text:s/><text:s text:c="2"/>Ani</text:p><text:p>x<text:tab/>y<text:line-break/><text:span>z<text:a>!</text:a></text:span>&amp;</text:p></table:table-cell>`),
			`1 A=text:"Siti   Ani\nx\ty\nz!&"`,
		},
		"notes and drawings are not part of the text": {
			row(`<table:table-cell office:value-type="string"><office:annotation><text:p>periksa</text:p></office:annotation>` +
				`<text:p>x<text:note><text:p>kaki</text:p></text:note>y</text:p><draw:frame xmlns:draw="d"><text:p>gambar</text:p></draw:frame></table:table-cell>`),
			`1 A=text:"xy"`,
		},
		"repeated cells and rows": {
			odsSheet(`<table:table-row table:number-rows-repeated="9999"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>` +
				`<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/>` +
				`<table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>x</text:p></table:table-cell></table:table-row>` +
				`<table:table-row table:number-rows-repeated="1038575"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>`),
			"10000 C=text:\"x\" D=text:\"x\"\n10001 C=text:\"x\" D=text:\"x\"",
		},
		"rows in groups, hidden and filtered": {
			odsSheet(`<table:table-header-rows><table:table-row>` + odsText("a") + `</table:table-row></table:table-header-rows>` +
				`<table:table-row-group><table:table-row table:visibility="collapse">` + odsText("b") + `</table:table-row></table:table-row-group>` +
				`<table:table-row table:visibility="filter">` + odsText("c") + `</table:table-row>`),
			"1 A=text:\"a\"\n2 hidden A=text:\"b\"\n3 hidden A=text:\"c\"",
		},
		"cells under others are not seen": {
			row(`<table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>x</text:p></table:table-cell>` +
				`<table:covered-table-cell office:value-type="string"><text:p>under</text:p></table:covered-table-cell>` + odsText("y")),
			`1 A=text:"x" C=text:"y"`,
		},
		"tables that are no sheets": {
			`<table:dde-links><table:dde-link><table:table><table:table-row>` + odsText("no") + `</table:table-row></table:table></table:dde-link></table:dde-links>` +
				row(odsText("yes")),
			`1 A=text:"yes"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lines, book, err := read(t, odsFile(tt.sheet), sheet.DefaultLimits(), 0)
			require.NoError(t, err)
			require.Equal(t, sheet.ODS, book.Kind())
			require.Equal(t, tt.want+"\n", shown(lines))
		})
	}
}

func TestLibreOfficeListsItsSheetsAndMergedBlocks(t *testing.T) {
	t.Parallel()
	file := odsFile(`<table:table table:name="Petunjuk" table:style-name="ta2"/>` +
		odsSheet(`<table:table-row>`+odsText("a")+`</table:table-row><table:table-row><table:table-cell/>`+
			`<table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="2"/></table:table-row>`))
	lines, book, err := read(t, file, sheet.DefaultLimits(), 1)
	require.NoError(t, err)
	require.Equal(t, []sheet.Info{{Name: "Petunjuk", Hidden: true}, {Name: "Daftar"}}, book.Sheets())
	require.Len(t, lines, 1)
	require.Equal(t, []cell.Range{{FirstRow: 2, LastRow: 3, FirstColumn: 1, LastColumn: 3}}, book.Merged(1))
	require.Empty(t, book.Merged(0))
	require.Equal(t, "sheet_not_found", code(book.Read(t.Context(), 2, nil)))
}

func TestAFileOfLibreOfficeIsReadWithinItsLimits(t *testing.T) {
	t.Parallel()
	few := sheet.DefaultLimits()
	few.Rows, few.Columns, few.Cell, few.Sheets = 3, 2, 8, 1
	for name, tt := range map[string]struct {
		file []byte
		want string
	}{
		"a row repeated a million times": {
			odsFile(odsSheet(`<table:table-row table:number-rows-repeated="1048576">` + odsText("x") + `</table:table-row>`)), "file_has_too_many_rows",
		},
		"a row beyond the last": {
			odsFile(odsSheet(`<table:table-row table:number-rows-repeated="1048576"/><table:table-row>` + odsText("x") + `</table:table-row>`)), "damaged_file",
		},
		"sheets":           {odsFile(odsSheet("") + odsSheet("")), "too_many_sheets"},
		"no content":       {openDocumentOf(map[string]string{}), "damaged_file"},
		"no XML":           {openDocumentOf(map[string]string{"content.xml": "<a><b></a>"}), "damaged_file"},
		"entities":         {openDocumentOf(map[string]string{"content.xml": `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`}), "file_with_dtd"},
		"under a password": {openDocumentOf(map[string]string{"META-INF/manifest.xml": `<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>`}), "encrypted_file"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := read(t, tt.file, few, 0)
			require.Equal(t, tt.want, code(err))
		})
	}
	lines, _, err := read(t, odsFile(odsSheet(`<table:table-row>`+odsText(strings.Repeat("é", 40_000))+
		`<table:table-cell office:value-type="string" table:number-columns-repeated="16383"><text:p>abcdefghi</text:p></table:table-cell></table:table-row>`)), few, 0)
	require.NoError(t, err)
	require.Equal(t, "1 A=text:\"éé…\" B=text:\"abcde…\"\n", shown(lines))
}

func openDocumentOf(parts map[string]string) []byte {
	parts["mimetype"] = "application/vnd.oasis.opendocument.spreadsheet"
	return zipped(parts)
}
