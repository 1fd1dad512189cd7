package intake_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// edited is a workbook after somebody worked on it.
func edited(t *testing.T, file []byte, work func(f *excelize.File)) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(file))
	require.NoError(t, err)
	work(f)
	out, err := f.WriteToBuffer()
	require.NoError(t, err)
	require.NoError(t, f.Close())
	return out.Bytes()
}

// typed are cells of the sheet of a template that somebody wrote into.
func typed(t *testing.T, file []byte, cells map[string]string) []byte {
	t.Helper()
	return edited(t, file, func(f *excelize.File) {
		for at, text := range cells {
			require.NoError(t, f.SetCellStr("Daftar", at, text))
		}
	})
}

// sheetOf is a workbook with one sheet, all of it text, and whatever work does
// to it.
func sheetOf(t *testing.T, rows [][]string, work func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	for r, row := range rows {
		for c, text := range row {
			at, err := excelize.CoordinatesToCellName(c+1, r+1)
			require.NoError(t, err)
			require.NoError(t, f.SetCellStr("Sheet1", at, text))
		}
	}
	if work != nil {
		work(f)
	}
	out, err := f.WriteToBuffer()
	require.NoError(t, err)
	require.NoError(t, f.Close())
	return out.Bytes()
}
