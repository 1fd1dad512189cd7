package intake_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"payung/domain/mask"
	"payung/domain/roster"
	"payung/internal/testdb"
	"payung/ledger"
)

// Some name a sheet for the person it is about.
func TestASheetNamedWithANIKIsShownWithoutIt(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d := newDesk(t, url, 1)
		own, shown := number(77), mask.Numbers(number(77))
		file := sheetOf(t, [][]string{{"x"}}, func(f *excelize.File) {
			_, err := f.NewSheet(own)
			require.NoError(t, err)
			for cell, v := range map[string]string{"A1": "NIK", "B1": "Nama", "A2": number(1), "B2": name(1), "A3": number(2)} {
				require.NoError(t, f.SetCellStr(own, cell, v))
			}
		})
		i, out := d.read("a.xlsx", file, 0)
		require.Equal(t, []any{shown, int64(1), int64(1)}, []any{i.Sheet, i.Good, i.Bad})

		sample, err := d.Sample(t.Context(), ledger.Operator(), i.ID, "")
		require.NoError(t, err)
		require.Equal(t, []any{[]string{"Sheet1", shown}, shown}, []any{sample.Sheets, sample.Sheet})

		for _, called := range []string{own, shown, ""} {
			again, err := d.Remap(t.Context(), ledger.Operator(), i.ID, called, roster.Mapping{HeadFrom: 1, HeadTo: 1, Columns: out.Guess.Mapping.Columns}, false)
			require.NoError(t, err)
			require.Equal(t, []any{shown, int64(1)}, []any{again.Sheet, again.Good})
			i = again
		}
		same, err := d.Begin(t.Context(), ledger.Operator(), i.UploadID, ledger.ImportInput{ObligationID: i.ObligationID, Sheet: own})
		require.NoError(t, err)
		require.Equal(t, i.ID, same.ID, "it is the same sheet by either name")

		book, err := excelize.OpenReader(bytes.NewReader(d.back(i)))
		require.NoError(t, err)
		require.Contains(t, book.GetSheetList(), own, "whoever wrote the name finds it again")
		back, _ := d.read("b.xlsx", d.back(i), 0)
		require.Equal(t, []any{shown, int64(1)}, []any{back.Sheet, back.Good})
	})
}
