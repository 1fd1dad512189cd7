package workbook_test

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"payung/domain/calendar"
	"payung/domain/rupiah"
	"payung/workbook"
)

func values(all ...[]any) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, row := range all {
			if !yield(row, nil) {
				return
			}
		}
	}
}

var unitColumns = []workbook.Column{{Heading: "Desa", Width: 30}, {Heading: "Orang"}, {Heading: "Iuran"}, {Heading: "Sejak"}}

func TestAListIsDownloadedWithItsKindsOfValues(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, workbook.Table(&out, "Rekap: 2027", unitColumns, values(
		[]any{"=cmd|' /C calc'!A0", 12, int64(2_419_200), calendar.Day("2027-01-12")},
		[]any{"@Desa <&>\x01\n", nil, nil, calendar.Day("")},
	)))
	f := open(t, out.Bytes())
	require.Equal(t, []string{"Rekap  2027"}, f.GetSheetList())
	require.Equal(t, "=cmd|' /C calc'!A0", value(t, f, "Rekap  2027", "A2"))
	formula, err := f.GetCellFormula("Rekap  2027", "A2")
	require.NoError(t, err)
	require.Empty(t, formula)
	require.Contains(t, value(t, f, "Rekap  2027", "A3"), "@Desa <&>")
	require.Equal(t, "2419200", value(t, f, "Rekap  2027", "C2"))
	shown, err := f.GetCellValue("Rekap  2027", "D2")
	require.NoError(t, err)
	require.Equal(t, "12-01-2027", shown)
	panes, err := f.GetPanes("Rekap  2027")
	require.NoError(t, err)
	require.Equal(t, 1, panes.YSplit)
	var filtered bool
	for _, n := range f.WorkBook.DefinedNames.DefinedName {
		filtered = filtered || n.Name == "_xlnm._FilterDatabase" && n.Data == "'Rekap  2027'!$A$1:$D$3"
	}
	require.True(t, filtered)
}

func TestATableIsTheSameEveryTime(t *testing.T) {
	t.Parallel()
	var one, two bytes.Buffer
	for _, w := range []io.Writer{&one, &two} {
		require.NoError(t, workbook.Table(w, "Rekap", unitColumns, values([]any{"a", 1, 2, calendar.Day("2027-01-12")})))
	}
	require.True(t, bytes.Equal(one.Bytes(), two.Bytes()))
}

func TestATableRefusesWhatItCannotWrite(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for name, rows := range map[string]iter.Seq2[[]any, error]{
		"more values than columns": values([]any{"a", 1, 2, "b", "c"}),
		"a value of another type":  values([]any{rupiah.Amount(5)}),
		"rows that end badly":      func(yield func([]any, error) bool) { yield(nil, broken) },
	} {
		require.Error(t, workbook.Table(io.Discard, "Rekap", unitColumns, rows), name)
	}
	require.ErrorIs(t, workbook.Table(io.Discard, "x", unitColumns, func(yield func([]any, error) bool) { yield(nil, broken) }), broken)
}

func TestATableWithoutRowsHasItsHeadings(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, workbook.Table(&out, "", unitColumns, values()))
	f := open(t, out.Bytes())
	require.Equal(t, "Desa", value(t, f, "Data", "A1"))
	require.Equal(t, excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"0B5A5E"}}, style(t, f, "Data", "A1").Fill)
}
