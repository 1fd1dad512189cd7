package workbook

import (
	"bytes"
	"io"
	"slices"

	"github.com/xuri/excelize/v2"

	"payung/domain/cell"
	"payung/domain/roster"
)

// edited is the user's own file with everything added to it and without what
// could run in it, if there is one that can be edited.
func (r *report) edited() (*excelize.File, bool) {
	if r.Original == nil || r.seen.lowest() > mostRows {
		return nil, false
	}
	raw, err := io.ReadAll(r.Original)
	if err != nil {
		return nil, false
	}
	plain, cut, err := disarm(raw)
	if err != nil || cut && slices.ContainsFunc(r.findings, computed) {
		return nil, false
	}
	f, err := excelize.OpenReader(bytes.NewReader(plain), excelize.Options{
		UnzipSizeLimit: mostUnzipped, UnzipXMLSizeLimit: mostUnzipped, TmpDir: nowhere, RawCellValue: true,
	})
	if err != nil {
		return nil, false
	}
	if index, err := f.GetSheetIndex(r.Sheet); err != nil || index < 0 || r.edit(f) != nil {
		_ = f.Close() // it holds memory only
		return nil, false
	}
	return f, true
}

// edit marks the file, after it took back the marks of an earlier round.
func (r *report) edit(f *excelize.File) error {
	theirs, err := takeComments(f)
	if err != nil {
		return err
	}
	paint, err := newPaint(f)
	if err != nil {
		return err
	}
	e := edit{report: r, file: f, paint: paint}
	for _, step := range []func() error{e.dropSummary, e.unmark, e.asText, e.head, func() error { return e.mark(theirs) }} {
		if err := step(); err != nil {
			return err
		}
	}
	name, err := e.addSummary()
	if err != nil {
		return err
	}
	return writePairs(f, MarksSheet, r.marks(name))
}

// edit is a user's file being marked.
type edit struct {
	*report
	file  *excelize.File
	paint *paint
}

// asText makes the column of the NIK one of text, so that a number typed anew
// keeps its digits, and wide enough to show them. What is in the cells stays as
// it is.
func (e *edit) asText() error {
	column, known := e.Mapping.Columns[roster.NIK]
	if !known {
		return nil
	}
	if err := e.widen(column, nikWidth); err != nil {
		return err
	}
	for _, row := range e.seen.rows {
		if err := e.paint.over(e.Sheet, at(column, row), asTyped); err != nil {
			return err
		}
	}
	return nil
}

// widen makes a column at least so wide, in characters.
func (e *edit) widen(column int, width float64) error {
	name := cell.Letters(column)
	now, err := e.file.GetColWidth(e.Sheet, name)
	if err != nil || now >= width {
		return err
	}
	return e.file.SetColWidth(e.Sheet, name, name, width)
}

// head writes the heading of the new column in the look of the one beside it.
func (e *edit) head() error {
	if err := e.widen(e.seen.note, noteWidth); err != nil {
		return err
	}
	if e.Mapping.HeadTo == 0 || e.seen.present {
		return nil
	}
	heading := at(e.seen.note, e.Mapping.HeadTo)
	style, err := e.file.GetCellStyle(e.Sheet, at(max(0, e.seen.widest), e.Mapping.HeadTo))
	if err != nil {
		return err
	}
	if err := e.file.SetCellStyle(e.Sheet, heading, heading, style); err != nil {
		return err
	}
	return e.file.SetCellStr(e.Sheet, heading, roster.Corrections(e.Lang))
}

// mark colours and explains every cell with a finding.
func (e *edit) mark(theirs []comment) error {
	note, err := e.file.NewStyle(noteStyle())
	if err != nil {
		return err
	}
	notes := e.newComments(e.file, theirs)
	for row := range groups(e.findings, sameRow) {
		number := row[0].Row
		if number == 0 {
			continue // about the list as a whole: the summary has it
		}
		beside := at(e.seen.note, number)
		if err := e.file.SetCellStyle(e.Sheet, beside, beside, note); err != nil {
			return err
		}
		sentences := e.explain(row)
		if err := e.file.SetCellStr(e.Sheet, beside, sentences); err != nil {
			return err
		}
		if err := e.raise(number, sentences); err != nil {
			return err
		}
		for found := range groups(row, sameColumn) {
			if found[0].Column < 0 {
				continue
			}
			marked := at(found[0].Column, number)
			if err := e.paint.over(e.Sheet, marked, marking(found[0])); err != nil {
				return err
			}
			notes.add(marked, found)
		}
	}
	return notes.giveBack(theirs)
}

// raise makes a row high enough for its sentences.
func (e *edit) raise(row int, sentences string) error {
	now, err := e.file.GetRowHeight(e.Sheet, row)
	if err != nil {
		return err
	}
	needed := min(height(sentences, noteWidth), excelize.MaxRowHeight)
	if now >= needed {
		return nil
	}
	return e.file.SetRowHeight(e.Sheet, row, needed)
}
