package workbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// MarksSheet is the very hidden sheet of a workbook of errors. It has keys and
// values like [roster.IdentitySheet], which keeps only what it had before.
const MarksSheet = "_perbaikan"

// Keys of [MarksSheet].
const (
	MarkedList    = "sheet"   // name of the sheet of the list
	MarkedSummary = "summary" // name of the sheet that was added
)

// writePairs writes a very hidden sheet of keys and values, over the one that
// is there.
func writePairs(f *excelize.File, sheet string, pairs [][2]string) error {
	if _, err := f.NewSheet(sheet); err != nil {
		return err
	}
	for i, pair := range pairs {
		for column, text := range pair {
			if err := f.SetCellStr(sheet, at(column, i+1), text); err != nil {
				return err
			}
		}
	}
	return f.SetSheetVisible(sheet, false, true)
}

// readPairs is what such a sheet says, nothing if there is none.
func readPairs(f *excelize.File, sheet string) ([][2]string, error) {
	if index, err := f.GetSheetIndex(sheet); err != nil || index < 0 {
		return nil, err
	}
	rows, err := f.GetRows(sheet)
	if err != nil {
		return nil, fmt.Errorf("workbook: sheet %s: %w", sheet, err)
	}
	var pairs [][2]string
	for _, row := range rows {
		pair := [2]string{}
		copy(pair[:], row)
		pairs = append(pairs, pair)
	}
	return pairs, nil
}

// marks are what [MarksSheet] says of a workbook.
func (r *report) marks(summary string) [][2]string {
	return [][2]string{{MarkedList, r.Sheet}, {MarkedSummary, summary}}
}
