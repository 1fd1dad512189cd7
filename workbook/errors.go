package workbook

import (
	"cmp"
	"context"
	"io"
	"slices"

	"payung/domain/calendar"
	"payung/domain/cell"
	"payung/domain/roster"
)

// ErrorsInput is a list that was checked and what was found in it.
type ErrorsInput struct {
	Lang     calendar.Lang
	File     string          // name of the file that was checked
	Day      calendar.Day    // it was checked on
	Original io.Reader       // that file if it is XLSX; nil for any other kind
	Sheet    string          // the sheet of the list
	Mapping  roster.Mapping  // where its fields are
	People   int             // rows of it that are about somebody
	Identity roster.Identity // what a template was made for; zero for any other list. A file that is edited keeps its own

	// Rows visits the rows of the sheet from top to bottom, as often as it is
	// called.
	Rows func(ctx context.Context, visit func(*cell.Row) error) error
	// Findings are about rows of the sheet or, with row 0, about all of it. Mere
	// information is left out of the workbook.
	Findings []roster.Finding
}

// Most comments a sheet gets and most findings its summary lists, since
// programs slow down under more. The column of the list has them all.
const mostShown = 2000

// Bounds of an XLSX that is edited, which takes place in memory: the bytes it
// may unfold to, and its last row, since every row above it is held.
const (
	mostUnzipped = 64 << 20
	mostRows     = 200_000
)

// Errors writes the workbook a list goes back with: the same rows in the same
// order, the cells to be corrected coloured and commented on, a last column
// that says what to do, and a first sheet that sums it up. An XLSX comes back
// as itself, without links and without formulas that could do more than reckon;
// of another kind, or of one too large or too unusual to be edited, such as one
// with macros, the rows come in a new workbook, as text where they were text. No finding
// holds more than the last four digits of a NIK, so neither does a comment.
//
// The workbook may be corrected and sent again. What was added to it is known by
// its [MarksSheet] and by the heading of the column, see [roster.IsCorrections]; a
// second round takes the marks of the first back.
func Errors(ctx context.Context, w io.Writer, in ErrorsInput) error {
	r := report{ErrorsInput: in, words: wordsIn(in.Lang), findings: worthShowing(in.Findings)}
	if err := r.look(ctx); err != nil {
		return err
	}
	// A file that excelize cannot edit is no fault of its owner, who read rows of
	// it out of it: the rows go back all the same.
	if f, ok := r.edited(); ok {
		return save(w, f, nil)
	}
	f, err := newFile(summarySheet, r.words["summary_title"], in.Day)
	if err != nil {
		return err
	}
	return save(w, f, r.rebuild(ctx, f))
}

// report is a workbook of errors being written.
type report struct {
	ErrorsInput
	words    words
	findings []roster.Finding // in the order of rows, then columns
	seen     survey
}

// worthShowing are the findings somebody can do something about, in the order
// of the sheet, what refuses a row first.
func worthShowing(all []roster.Finding) []roster.Finding {
	out := slices.DeleteFunc(slices.Clone(all), func(f roster.Finding) bool { return f.Level == roster.Info })
	slices.SortStableFunc(out, func(a, b roster.Finding) int {
		return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Column, b.Column), cmp.Compare(weight(a), weight(b)))
	})
	return out
}

func weight(f roster.Finding) int {
	if f.Level == roster.Error {
		return 0
	}
	return 1
}
