package workbook_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"payung/domain/calendar"
	"payung/domain/cell"
	"payung/domain/roster"
	"payung/workbook"
)

// own is a list as a village keeps it: a title, headings in row 3, in a table
// with colours, a comment of its own and another sheet.
func own(tb testing.TB, people int) []byte {
	tb.Helper()
	f := excelize.NewFile()
	tb.Cleanup(func() { require.NoError(tb, f.Close()) })
	require.NoError(tb, f.SetSheetName("Sheet1", "Data Warga's"))
	head, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"C6E0B4"}}})
	require.NoError(tb, err)
	require.NoError(tb, f.SetSheetRow("Data Warga's", "A1", &[]any{"DAFTAR NAMA"}))
	require.NoError(tb, f.SetSheetRow("Data Warga's", "A3", &[]any{"No", "NIK", "Nama", "Tgl Lahir", "Alamat"}))
	require.NoError(tb, f.SetCellStyle("Data Warga's", "A3", "E3", head))
	for i := range people {
		require.NoError(tb, f.SetSheetRow("Data Warga's", fmt.Sprintf("A%d", 4+i), &[]any{
			i + 1, fmt.Sprintf("990511450780%04d", i+1), fmt.Sprintf("WA CONTOH %d", i+1), "05-07-1980", "=Dusun I",
		}))
	}
	require.NoError(tb, f.SetCellFloat("Data Warga's", "B5", 7.4090145078e15, -1, 64))
	require.NoError(tb, f.AddComment("Data Warga's", excelize.Comment{Cell: "B5", Author: "Kades", Text: "tanya lagi"}))
	require.NoError(tb, f.AddComment("Data Warga's", excelize.Comment{Cell: "E4", Author: "Kades", Text: "alamat lama"}))
	_, err = f.NewSheet("Rekap")
	require.NoError(tb, err)
	require.NoError(tb, f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "Rekap!$1:$1", Scope: "Rekap"}))
	return saved(tb, f)
}

func ownMapping() roster.Mapping {
	return roster.Mapping{
		Sheet: "Data Warga's", HeadFrom: 3, HeadTo: 3,
		Columns: map[roster.Field]int{roster.Number: 0, roster.NIK: 1, roster.Name: 2, roster.Born: 3, roster.Address: 4},
	}
}

func checked(tb testing.TB, file []byte) workbook.ErrorsInput {
	tb.Helper()
	return workbook.ErrorsInput{
		File: "warga.xlsx", Day: "2027-01-12", Original: bytes.NewReader(file), Sheet: "Data Warga's", Mapping: ownMapping(), People: 5,
		Rows: rows(tb, file, "Data Warga's"),
		Findings: []roster.Finding{
			{Row: 7, Column: 2, Field: roster.Name, Level: roster.Error, Rule: roster.NameMissing},
			{Row: 5, Column: 3, Field: roster.Born, Level: roster.Warning, Rule: roster.BornBad, Found: "besok"},
			{Row: 5, Column: 1, Field: roster.NIK, Level: roster.Error, Rule: roster.NumericNIK, Found: "*.**********78E+15"},
			{Row: 6, Column: 1, Field: roster.NIK, Level: roster.Info, Rule: roster.NIKTrimmed},
		},
	}
}

func withErrors(tb testing.TB, in workbook.ErrorsInput) []byte {
	tb.Helper()
	var out bytes.Buffer
	require.NoError(tb, workbook.Errors(tb.Context(), &out, in))
	return out.Bytes()
}

// colour is the fill of a cell, as the file has it.
func colour(tb testing.TB, f *excelize.File, sheet, at string) string {
	tb.Helper()
	id, err := f.GetCellStyle(sheet, at)
	require.NoError(tb, err)
	_, err = f.GetStyle(id) // reads the table of styles
	require.NoError(tb, err)
	fill := f.Styles.Fills.Fill[*f.Styles.CellXfs.Xf[id].FillID].PatternFill
	if fill == nil || fill.FgColor == nil || fill.PatternType != "solid" {
		return ""
	}
	return strings.TrimPrefix(fill.FgColor.RGB, "FF")
}

// said are the comments of a sheet by cell.
func said(tb testing.TB, f *excelize.File, sheet string) map[string]string {
	tb.Helper()
	all, err := f.GetComments(sheet)
	require.NoError(tb, err)
	out := map[string]string{}
	for _, c := range all {
		text := c.Text
		for _, run := range c.Paragraph {
			text += run.Text
		}
		out[c.Cell] = text
	}
	return out
}

const warga = "Data Warga's"

func TestAListComesBackWithItsErrorsMarked(t *testing.T) {
	t.Parallel()
	f := open(t, withErrors(t, checked(t, own(t, 5))))
	require.Equal(t, []string{"Ringkasan", warga, "Rekap", "_perbaikan"}, f.GetSheetList())
	require.Equal(t, 0, f.GetActiveSheetIndex())

	require.Equal(t, "Perlu diperbaiki", value(t, f, warga, "F3"))
	require.Equal(t, "C6E0B4", colour(t, f, warga, "F3"))
	require.Equal(t, "FFD6DB", colour(t, f, warga, "B5"))
	require.Equal(t, "FFF2D1", colour(t, f, warga, "D5"))
	require.Equal(t, "FFD6DB", colour(t, f, warga, "C7"))
	require.Contains(t, value(t, f, warga, "F5"), "NIK tersimpan sebagai angka")
	require.Contains(t, value(t, f, warga, "F5"), "\nPerlu dilihat: Tanggal lahir tidak dapat dibaca")
	comments := said(t, f, warga)
	require.Len(t, comments, 4)
	require.Contains(t, comments["B5"], "Payung:\nNIK tersimpan sebagai angka")
	require.Contains(t, comments["B5"], "Kades: tanya lagi")
	require.Equal(t, "alamat lama", comments["E4"])
}

func TestGoodRowsComeBackUntouched(t *testing.T) {
	t.Parallel()
	before := open(t, own(t, 5))
	after := open(t, withErrors(t, checked(t, own(t, 5))))
	for _, row := range []int{1, 3, 4, 6, 8} {
		for column := range 5 {
			at := fmt.Sprintf("%s%d", cell.Letters(column), row)
			require.Equal(t, value(t, before, warga, at), value(t, after, warga, at), at)
			require.Equal(t, colour(t, before, warga, at), colour(t, after, warga, at), at)
			formula, err := after.GetCellFormula(warga, at)
			require.NoError(t, err)
			require.Empty(t, formula, at)
		}
	}
	require.Empty(t, value(t, after, warga, "F4"))
	require.Equal(t, value(t, before, warga, "B5"), value(t, after, warga, "B5"), "a number stays the number it was")
	for row := 4; row <= 8; row++ {
		require.True(t, isText(t, after, warga, fmt.Sprintf("B%d", row)), "row %d", row)
	}
}

func TestTheSummaryCountsAndLeadsToTheRows(t *testing.T) {
	t.Parallel()
	f := open(t, withErrors(t, checked(t, own(t, 5))))
	all, err := f.GetRows("Ringkasan")
	require.NoError(t, err)
	require.Equal(t, "2 dari 5 baris perlu diperbaiki, 0 baris perlu dilihat. Baris lain sudah benar dan tidak perlu diubah.", all[2][1])
	links := map[string]string{}
	for i := range all {
		at := fmt.Sprintf("E%d", i+1)
		if ok, link, err := f.GetCellHyperLink("Ringkasan", at); err == nil && ok {
			links[value(t, f, "Ringkasan", fmt.Sprintf("B%d", i+1))] = link
		}
	}
	require.Equal(t, "'Data Warga''s'!B5", links[roster.Title(roster.NumericNIK, calendar.ID)])
	require.Equal(t, "'Data Warga''s'!C7", links[roster.Title(roster.NameMissing, calendar.ID)])
	require.Len(t, links, 6)
	for _, n := range f.WorkBook.DefinedNames.DefinedName {
		require.Equal(t, 2, *n.LocalSheetID, "what is printed on every page of Rekap")
	}
}

func TestNoNIKIsInACommentOrTheSummary(t *testing.T) {
	t.Parallel()
	f := open(t, withErrors(t, checked(t, own(t, 5))))
	for _, text := range said(t, f, warga) {
		require.NotContains(t, text, "99051145")
	}
	all, err := f.GetRows("Ringkasan")
	require.NoError(t, err)
	require.NotContains(t, fmt.Sprint(all), "990511450780")
}

func TestASecondRoundTakesTheMarksOfTheFirstBack(t *testing.T) {
	t.Parallel()
	first := withErrors(t, checked(t, own(t, 5)))
	in := checked(t, first)
	in.Findings = []roster.Finding{
		{Row: 5, Column: 1, Field: roster.NIK, Level: roster.Error, Rule: roster.NIKAllZeros},
		{Row: 8, Column: -1, Level: roster.Error, Rule: roster.RepeatedNIK, Params: map[string]string{"row": "4"}},
	}
	f := open(t, withErrors(t, in))
	require.Equal(t, []string{"Ringkasan", warga, "Rekap", "_perbaikan"}, f.GetSheetList())
	require.Empty(t, value(t, f, warga, "G3"))
	require.Empty(t, value(t, f, warga, "F7"))
	require.Empty(t, colour(t, f, warga, "C7"))
	require.Empty(t, colour(t, f, warga, "D5"))
	require.Equal(t, "FFD6DB", colour(t, f, warga, "B5"))
	zeros, _ := roster.Say(in.Findings[0], calendar.ID)
	require.Contains(t, value(t, f, warga, "F5"), zeros)
	require.Contains(t, value(t, f, warga, "F8"), "baris 4")
	comments := said(t, f, warga)
	require.Len(t, comments, 2)
	require.NotContains(t, comments["B5"], "tersimpan sebagai angka")
	require.Contains(t, comments["B5"], "Kades: tanya lagi")
	require.Equal(t, "alamat lama", comments["E4"])
	require.Equal(t, [][2]string{{"sheet", warga}, {"summary", "Ringkasan"}}, pairs(t, f, workbook.MarksSheet))
}

func TestASheetOfTheOwnerCalledLikeTheSummaryIsLeftAlone(t *testing.T) {
	t.Parallel()
	f := open(t, own(t, 5))
	require.NoError(t, f.SetSheetName("Rekap", "Ringkasan"))
	require.NoError(t, f.SetCellStr("Ringkasan", "A1", "milik desa"))
	again := open(t, withErrors(t, checked(t, withErrors(t, checked(t, saved(t, f))))))
	require.Equal(t, []string{"Ringkasan (2)", warga, "Ringkasan", "_perbaikan"}, again.GetSheetList())
	require.Equal(t, "milik desa", value(t, again, "Ringkasan", "A1"))
}

func TestATemplateWithErrorsStaysATemplate(t *testing.T) {
	t.Parallel()
	file := template(t, desa(3))
	in := workbook.ErrorsInput{
		File: "daftar.xlsx", Day: "2027-01-12", Original: bytes.NewReader(file), Sheet: roster.ListSheet,
		Mapping: roster.TemplateMapping(calendar.ID, 4), People: 3, Rows: rows(t, file, roster.ListSheet),
		Findings: []roster.Finding{{Row: 6, Column: 2, Field: roster.NIK, Level: roster.Error, Rule: roster.UnknownRowID}},
	}
	f := open(t, withErrors(t, in))
	require.Equal(t, []string{"Ringkasan", "Daftar", "Petunjuk", "_pilihan", "_payung", "_perbaikan"}, f.GetSheetList())
	id, found := roster.ParseIdentity(pairs(t, f, roster.IdentitySheet))
	require.Empty(t, found)
	require.Empty(t, id.Match(desa(0).Identity))
	protection, err := f.GetSheetProtection("Daftar")
	require.NoError(t, err)
	require.False(t, protection.DeleteRows)
	require.True(t, locked(t, f, "Daftar", "C5"))
	require.False(t, locked(t, f, "Daftar", "C6"), "what is wrong can be corrected")
	require.Equal(t, "'_pilihan'!$A$1:$A$336", rules(t, f)["J5"].Formula1)
	require.Equal(t, "row-00002", value(t, f, "Daftar", "A6"))
	require.Equal(t, "Perlu diperbaiki", value(t, f, "Daftar", "S4"))

	var head roster.Head
	require.NoError(t, rows(t, saved(t, f), roster.ListSheet)(t.Context(), func(r *cell.Row) error { head.Add(r); return nil }))
	guess := roster.Guess(head)
	require.Equal(t, roster.Sure, guess.Confidence)
	require.Empty(t, guess.Unmapped)
	require.Empty(t, roster.Untouched(guess.Mapping))
}

// list gives rows of text, as a CSV file has them.
func list(texts ...[]string) func(context.Context, func(*cell.Row) error) error {
	return func(_ context.Context, visit func(*cell.Row) error) error {
		for i, values := range texts {
			row := cell.Row{Number: i + 1}
			for column, v := range values {
				row.Cells = append(row.Cells, cell.Cell{Column: column, Kind: cell.Text, Value: []byte(v)})
			}
			if err := visit(&row); err != nil {
				return err
			}
		}
		return nil
	}
}

func csv() workbook.ErrorsInput {
	return workbook.ErrorsInput{
		File: "warga.csv", Day: "2027-01-12", People: 3, Identity: desa(0).Identity,
		Mapping: roster.Mapping{HeadFrom: 1, HeadTo: 1, Columns: map[roster.Field]int{roster.NIK: 0, roster.Name: 1}},
		Rows: list([]string{"NIK", "Nama"}, []string{"9905114507800001", "WA CONTOH"},
			[]string{"7,40905E+15", "=HYPERLINK(\"x\")"}, []string{"9905114507800003", "LA CONTOH"}),
		Findings: []roster.Finding{{Row: 3, Column: 0, Field: roster.NIK, Level: roster.Error, Rule: roster.NIKScientific, Found: "*,****5E+15"}},
	}
}

func TestAListOfAnotherKindComesBackAsAWorkbook(t *testing.T) {
	t.Parallel()
	f := open(t, withErrors(t, csv()))
	require.Equal(t, []string{"Ringkasan", "Daftar", "_payung", "_perbaikan"}, f.GetSheetList())
	require.Equal(t, "9905114507800001", value(t, f, "Daftar", "A2"))
	require.True(t, isText(t, f, "Daftar", "A2"))
	require.True(t, isText(t, f, "Daftar", "A900"))
	require.Equal(t, "7,40905E+15", value(t, f, "Daftar", "A3"))
	require.Equal(t, "FFD6DB", colour(t, f, "Daftar", "A3"))
	require.Equal(t, "=HYPERLINK(\"x\")", value(t, f, "Daftar", "B3"))
	formula, err := f.GetCellFormula("Daftar", "B3")
	require.NoError(t, err)
	require.Empty(t, formula)
	require.Equal(t, "Perlu diperbaiki", value(t, f, "Daftar", "C1"))
	require.NotEmpty(t, value(t, f, "Daftar", "C3"))
	require.Contains(t, said(t, f, "Daftar")["A3"], "Payung:\n")
	id, found := roster.ParseIdentity(pairs(t, f, roster.IdentitySheet))
	require.Empty(t, found)
	require.Empty(t, id.Match(desa(0).Identity))
}

func TestADamagedNIKDoesNotBecomeASoundOneOnTheWayBack(t *testing.T) {
	t.Parallel()
	in := csv()
	in.Findings = []roster.Finding{
		{Row: 2, Column: 0, Field: roster.NIK, Level: roster.Error, Rule: roster.NumericNIK},
		{Row: 3, Column: 0, Field: roster.NIK, Level: roster.Error, Rule: roster.FormulaNIK},
	}
	in.Rows = func(_ context.Context, visit func(*cell.Row) error) error {
		for _, row := range []cell.Row{
			{Number: 1, Cells: []cell.Cell{{Kind: cell.Text, Value: []byte("NIK")}, {Column: 1, Kind: cell.Text, Value: []byte("Lahir")}}},
			{Number: 2, Cells: []cell.Cell{{Kind: cell.Number, Value: []byte("9905114507800001")}, {Column: 1, Kind: cell.Date, Value: []byte("29407")}}},
			{Number: 3, Cells: []cell.Cell{{Kind: cell.Text, Formula: true, Value: []byte("9905114507800001")}}},
		} {
			if err := visit(&row); err != nil {
				return err
			}
		}
		return nil
	}
	f := open(t, withErrors(t, in))
	kind, err := f.GetCellType("Daftar", "A2")
	require.NoError(t, err)
	require.Contains(t, []excelize.CellType{excelize.CellTypeNumber, excelize.CellTypeUnset}, kind)
	require.Empty(t, value(t, f, "Daftar", "A3"))
	shown, err := f.GetCellValue("Daftar", "B2")
	require.NoError(t, err)
	require.Equal(t, "05-07-1980", shown)
}

func TestAFileThatCannotBeEditedComesBackAsItsRows(t *testing.T) {
	t.Parallel()
	in := csv()
	in.Original = strings.NewReader("PK, but no archive")
	require.Equal(t, []string{"Ringkasan", "Daftar", "_payung", "_perbaikan"}, open(t, withErrors(t, in)).GetSheetList())
	in = checked(t, own(t, 5))
	in.Sheet = "Lembar lain"
	require.Contains(t, open(t, withErrors(t, in)).GetSheetList(), "Lembar lain")
}

func TestTooManyErrorsForCommentsAreAllInTheColumn(t *testing.T) {
	t.Parallel()
	in := csv()
	in.Findings = nil
	texts := [][]string{{"NIK", "Nama"}}
	for i := range 2100 {
		texts = append(texts, []string{"0", "WA CONTOH"})
		in.Findings = append(in.Findings, roster.Finding{Row: i + 2, Column: 0, Field: roster.NIK, Level: roster.Error, Rule: roster.NIKAllZeros})
	}
	in.Rows = list(texts...)
	f := open(t, withErrors(t, in))
	require.Len(t, said(t, f, "Daftar"), 2000)
	require.Equal(t, "FFD6DB", colour(t, f, "Daftar", "A2101"))
	require.NotEmpty(t, value(t, f, "Daftar", "C2101"))
	all, err := f.GetRows("Ringkasan")
	require.NoError(t, err)
	require.Contains(t, fmt.Sprint(all), "Hanya 2.000 dari 2.100 kesalahan")
}

func TestAWorkbookOfErrorsIsTheSameEveryTime(t *testing.T) {
	t.Parallel()
	file := own(t, 20)
	require.True(t, bytes.Equal(withErrors(t, checked(t, file)), withErrors(t, checked(t, file))))
	require.True(t, bytes.Equal(withErrors(t, csv()), withErrors(t, csv())))
}

func TestAListThatCannotBeReadIsAnError(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	in := csv()
	in.Rows = func(context.Context, func(*cell.Row) error) error { return broken }
	require.ErrorIs(t, workbook.Errors(t.Context(), io.Discard, in), broken)
}

func TestAListWithItsErrorsIsReadLikeTheListBefore(t *testing.T) {
	t.Parallel()
	file := withErrors(t, checked(t, own(t, 5)))
	collect := func(file []byte) (all []string) {
		require.NoError(t, rows(t, file, warga)(t.Context(), func(r *cell.Row) error {
			for column := range 5 {
				c := r.At(column)
				all = append(all, fmt.Sprintf("%d %d %v %s", r.Number, column, c.Kind, c.Value))
			}
			return nil
		}))
		return all
	}
	require.Equal(t, collect(own(t, 5)), collect(file))
}

func TestAColumnTheOwnerPutBesideTheSentencesStays(t *testing.T) {
	t.Parallel()
	in := csv()
	in.Rows = list([]string{"NIK", "Nama", "Perlu diperbaiki", "Dusun"}, []string{"9905114507800001", "WA CONTOH", "lama", "I"},
		[]string{"7,40905E+15", "LA CONTOH", "lama", "II"})
	f := open(t, withErrors(t, in))
	require.Equal(t, "II", value(t, f, "Daftar", "D3"))
	require.Empty(t, value(t, f, "Daftar", "C2"))
	require.NotContains(t, value(t, f, "Daftar", "C3"), "lama")
	require.NotEmpty(t, value(t, f, "Daftar", "C3"))
}

func TestACellFarBelowTheListDoesNotFillTheMemory(t *testing.T) {
	t.Parallel()
	in := checked(t, own(t, 5))
	before := in.Rows
	in.Rows = func(ctx context.Context, visit func(*cell.Row) error) error {
		if err := before(ctx, visit); err != nil {
			return err
		}
		return visit(&cell.Row{Number: 1_048_576, Cells: []cell.Cell{{Column: 1, Kind: cell.Text, Value: []byte("x")}}})
	}
	in.Findings = append(in.Findings, roster.Finding{Row: 1_048_576, Column: 1, Field: roster.NIK, Level: roster.Error, Rule: roster.NIKNotDigits})
	file := withErrors(t, in)
	require.Less(t, len(file), 60<<10)
	require.NotContains(t, open(t, file).GetSheetList(), "Rekap", "it was copied row by row")
}
