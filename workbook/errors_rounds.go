package workbook

import (
	"github.com/xuri/excelize/v2"
)

// unmark takes the colours and sentences of an earlier round back.
func (e *edit) unmark() error {
	for _, row := range e.seen.noted {
		for column := range e.seen.widest + 1 {
			if err := e.paint.over(e.Sheet, at(column, row), uncoated); err != nil {
				return err
			}
		}
		if err := e.file.SetCellValue(e.Sheet, at(e.seen.note, row), nil); err != nil {
			return err
		}
		if err := e.file.SetRowHeight(e.Sheet, row, asNeeded); err != nil {
			return err
		}
	}
	return nil
}

// asNeeded is the height of a row that is as high as what is in it.
const asNeeded = -1

// dropSummary takes out the summary of an earlier round, by the name the file
// itself has for it.
func (e *edit) dropSummary() error {
	pairs, err := readPairs(e.file, MarksSheet)
	if err != nil {
		return err
	}
	for _, pair := range pairs {
		if pair[0] == MarkedSummary && pair[1] != "" && pair[1] != e.Sheet {
			return e.file.DeleteSheet(pair[1])
		}
	}
	return nil
}

// addSummary puts the summary in front of all sheets, under a name that is
// free.
func (e *edit) addSummary() (string, error) {
	name := summarySheet
	for n := 2; ; n++ {
		index, err := e.file.GetSheetIndex(name)
		if err != nil {
			return "", err
		}
		if index < 0 {
			break
		}
		name = numbered(summarySheet, n)
	}
	if _, err := e.file.NewSheet(name); err != nil {
		return "", err
	}
	if err := moveToFront(e.file, name); err != nil {
		return "", err
	}
	return name, e.summarize(e.file, name)
}

// moveToFront makes a sheet the first one and the one that opens. Names that
// belong to a sheet know it by its place, so they move along.
func moveToFront(f *excelize.File, name string) error {
	if err := f.MoveSheet(name, f.GetSheetName(0)); err != nil {
		return err
	}
	if names := f.WorkBook.DefinedNames; names != nil {
		for _, n := range names.DefinedName {
			if n.LocalSheetID != nil {
				*n.LocalSheetID++
			}
		}
	}
	f.SetActiveSheet(0)
	return nil
}
