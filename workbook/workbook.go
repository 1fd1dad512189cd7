// Package workbook writes the spreadsheets Payung hands out: the template a unit
// fills, a list that came back with its errors marked, and tables for download.
//
// They are XLSX files without macros, made for Excel, LibreOffice, WPS and
// phones. The same input makes the same bytes. What a sheet does to help, such
// as drop-downs and locked cells, is help and never proof: whatever comes back
// is checked again from the start.
//
// What a user typed is only ever written as text, so that a cell beginning with
// = + - or @ stays what it was and runs nowhere. Personal data does not touch
// the disk on its way.
package workbook

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"payung/domain/calendar"
)

// nowhere is where excelize may put what it finds too large for memory, up to
// whole lists in clear. No system has a folder of that name, and without one it
// keeps everything in memory.
const nowhere = "\x00"

// brand is who wrote a file, and every comment in it.
const brand = "Payung"

// newFile is an empty workbook with one sheet of the given name. The day is what
// the file says it was made on: a clock would make every copy another file.
func newFile(sheet, title string, made calendar.Day) (*excelize.File, error) {
	f := excelize.NewFile(excelize.Options{TmpDir: nowhere})
	if err := f.SetSheetName(f.GetSheetName(0), sheet); err != nil {
		return nil, err
	}
	day := "2000-01-01T00:00:00Z"
	if made.Valid() {
		day = string(made) + "T00:00:00Z"
	}
	if err := f.SetAppProps(&excelize.AppProperties{Application: brand}); err != nil {
		return nil, err
	}
	return f, f.SetDocProps(&excelize.DocProperties{Creator: brand, LastModifiedBy: brand, Title: title, Created: day, Modified: day})
}

// save writes a workbook and lets go of it, with the error that came before, if
// any.
func save(w io.Writer, f *excelize.File, err error) error {
	if err == nil {
		err = f.Write(w)
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

// tabName is what a sheet may be called: up to 31 characters, none of them one
// that formulas use.
func tabName(name, otherwise string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return ' '
		}
		return r
	}, name)
	if runes := []rune(name); len(runes) > excelize.MaxSheetNameLength {
		name = string(runes[:excelize.MaxSheetNameLength])
	}
	name = strings.Trim(name, " '")
	if name == "" {
		return otherwise
	}
	return name
}

// at is the name of a cell, such as "B5". Columns count from 0 and rows from 1,
// as everywhere in Payung.
func at(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column+1, row)
	if err != nil {
		panic(fmt.Sprintf("workbook: no cell in column %d, row %d", column, row))
	}
	return name
}

// midnight is the instant that sheets take for a day.
func midnight(d calendar.Day) time.Time {
	year, month, day := d.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}
