package workbook_test

import (
	"fmt"
	"html"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"payung/domain/cell"
	"payung/domain/roster"
	"payung/workbook"
)

// byOffice is a file saved by LibreOffice, as its owner may do: as XLSX, or as
// ODS and then as XLSX by somebody else.
func byOffice(t *testing.T, file []byte, test func(*testing.T, []byte)) {
	t.Helper()
	for name, formats := range map[string][]string{"as XLSX": {"xlsx", "xlsx"}, "as ODS and back": {"xlsx", "ods", "xlsx"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := file
			for i, to := range formats[1:] {
				out = converted(t, out, formats[i], to)
			}
			test(t, out)
		})
	}
}

// filled is a template in which somebody wrote a new person and corrected
// another.
func filled(tb testing.TB) []byte {
	tb.Helper()
	f := open(tb, template(tb, desa(3)))
	for at, text := range map[string]string{"C8": "9905114507800001", "D8": "SITI CONTOH", "F8": "05-07-1980", "K8": "081200000000", "D6": "WA CONTOH DUA"} {
		require.NoError(tb, f.SetCellStr("Daftar", at, text))
	}
	return saved(tb, f)
}

func TestATemplateSurvivesLibreOffice(t *testing.T) {
	t.Parallel()
	byOffice(t, filled(t), func(t *testing.T, file []byte) {
		t.Helper()
		f := open(t, file)
		for at, want := range map[string]string{
			"A5": "row-00001", "A7": "row-00003", "C6": "************0002", "D6": "WA CONTOH DUA",
			"C8": "9905114507800001", "F8": "05-07-1980", "K8": "081200000000", "R5": "=1+1",
		} {
			require.Equal(t, want, value(t, f, "Daftar", at), at)
			kind, err := f.GetCellType("Daftar", at)
			require.NoError(t, err)
			require.Contains(t, []excelize.CellType{excelize.CellTypeSharedString, excelize.CellTypeInlineString}, kind, at)
		}
		part, ok := f.Pkg.Load("xl/worksheets/sheet1.xml")
		require.True(t, ok)
		require.Contains(t, string(part.([]byte)), `<sheetProtection sheet="true"`)
		require.True(t, locked(t, f, "Daftar", "A5") && locked(t, f, "Daftar", "C5") && locked(t, f, "Daftar", "D4"))
		require.False(t, locked(t, f, "Daftar", "C9") || locked(t, f, "Daftar", "D5"))
		require.True(t, isText(t, f, "Daftar", "C9"), "a NIK typed next is text")
		shown, err := f.GetColVisible("Daftar", "A")
		require.NoError(t, err)
		require.False(t, shown)

		r := rules(t, f)
		require.Equal(t, "textLength", r["C5"].Type)
		require.Contains(t, strings.NewReplacer("'", "", "$", "").Replace(r["J5"].Formula1), "_pilihan!A1:A336")
		require.Equal(t, `"L,P"`, html.UnescapeString(r["G5"].Formula1))

		visible, err := f.GetSheetVisible(roster.IdentitySheet)
		require.NoError(t, err)
		require.False(t, visible)
		id, found := roster.ParseIdentity(pairs(t, f, roster.IdentitySheet))
		require.Empty(t, found)
		require.Empty(t, id.Match(desa(0).Identity))
		var head roster.Head
		require.NoError(t, rows(t, file, roster.ListSheet)(t.Context(), func(r *cell.Row) error { head.Add(r); return nil }))
		require.Empty(t, roster.Untouched(roster.Guess(head).Mapping))
	})
}

func TestAWorkbookOfErrorsSurvivesLibreOffice(t *testing.T) {
	t.Parallel()
	byOffice(t, withErrors(t, checked(t, own(t, 5))), func(t *testing.T, file []byte) {
		t.Helper()
		f := open(t, file)
		require.Equal(t, "Ringkasan", f.GetSheetName(0))
		require.Equal(t, "FFD6DB", colour(t, f, warga, "B5"))
		require.Equal(t, "FFF2D1", colour(t, f, warga, "D5"))
		require.Contains(t, value(t, f, warga, "F5"), "NIK tersimpan sebagai angka")
		require.True(t, isText(t, f, warga, "B6"))
		require.Equal(t, "9905114507800003", value(t, f, warga, "B6"))
		require.Len(t, said(t, f, warga), 4)
		require.Contains(t, said(t, f, warga)["C7"], "Nama")
		links := 0
		for row := range 40 {
			ok, link, err := f.GetCellHyperLink("Ringkasan", fmt.Sprintf("E%d", row+1))
			require.NoError(t, err)
			if ok {
				require.Contains(t, link, "Warga")
				links++
			}
		}
		require.Equal(t, 6, links)
		require.Contains(t, pairs(t, f, workbook.MarksSheet), [2]string{"summary", "Ringkasan"})
		secondRound(t, file)
	})
}

// secondRound sends a list with errors again with two of three corrected.
func secondRound(t *testing.T, file []byte) {
	t.Helper()
	in := checked(t, file)
	in.Findings = in.Findings[:1]
	f := open(t, withErrors(t, in))
	require.Empty(t, colour(t, f, warga, "B5"))
	require.Empty(t, value(t, f, warga, "F5"))
	require.Equal(t, "FFD6DB", colour(t, f, warga, "C7"))
	require.Equal(t, []string{"Ringkasan", warga, "Rekap", "_perbaikan"}, f.GetSheetList())
	comments := said(t, f, warga)
	require.Len(t, comments, 3, "one of ours, two of the owner's")
	require.Equal(t, "Kades: tanya lagi", comments["B5"])
}

func TestTheRowsOfAnotherKindOfFileSurviveLibreOffice(t *testing.T) {
	t.Parallel()
	f := open(t, converted(t, converted(t, withErrors(t, csv()), "xlsx", "ods"), "ods", "xlsx"))
	require.Equal(t, "9905114507800001", value(t, f, "Daftar", "A2"))
	require.Equal(t, "=HYPERLINK(\"x\")", value(t, f, "Daftar", "B3"))
	require.Len(t, said(t, f, "Daftar"), 1)
	require.True(t, isText(t, f, "Daftar", "A9"))
}
