package intake

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"strconv"

	"payung/domain/fault"
	"payung/domain/roster"
	"payung/ledger"
	"payung/models"
	"payung/sheet"
)

// Progress tells how far a reading has come.
type Progress struct {
	Rows int64 // of the sheet
}

// reader is the reading of one file.
type reader struct {
	*Intake
	ledger.Job
	actor    ledger.Actor
	book     sheet.Book
	content  *gauge
	sheet    int
	name     string // of the sheet, as it is shown
	mapping  roster.Mapping
	guessed  roster.Guessed
	unsure   bool // nobody has said which column is which, and several may be meant
	previous map[string]roster.Carried
	reserves []ledger.ListedRow // who wait for a place
	places   []roster.Place
	leavers  []ledger.LeaverRow
	villages map[string]int // named in the column of villages, in how many rows
	last     int64          // row of the sheet
	identity roster.Identity
	beat     func(Progress)
	batch    ledger.Batch
	spare    ledger.Batch // the one before, whose memory is used again
	keeping  chan error   // tells when the one before is kept; nil: it is
	since    int64        // rows before it were kept by an earlier attempt
}

// Read reads an import from where it stopped to its end: what can be read of
// it waits to be accepted, what cannot is said. Beat, if any, is called now and
// then. An error means that the reading was cut off and has to go on. It returns
// the import as it is afterwards.
func (in *Intake) Read(ctx context.Context, importID string, beat func(Progress)) (models.Import, error) {
	r := &reader{Intake: in, actor: ledger.System("import"), beat: beat, villages: map[string]int{}}
	var content []byte
	err := in.Ledger.Read(ctx, r.actor, func(tx *ledger.Tx) (err error) {
		if r.Job, err = tx.Job(importID); err != nil || r.Import.State != ledger.ImportReading {
			return err
		}
		_, content, err = tx.UploadContent(r.Upload.ID)
		return err
	})
	if err != nil || r.Import.State != ledger.ImportReading {
		return r.Import, err
	}
	r.content, r.since = &gauge{Reader: bytes.NewReader(content)}, r.Import.Position
	out, err := r.read(ctx)
	if f, ok := fault.Of(err); ok && f.Kind != fault.Unavailable && f.Kind != fault.Conflict {
		out, err = r.end(ctx, r.refused(f))
	}
	return out, err
}

// end ends the reading at once, whatever was kept of the file so far.
func (r *reader) end(ctx context.Context, how ledger.Reading) (models.Import, error) {
	return r.Ledger.EndReading(ctx, r.actor, r.Import.ID, ledger.Batch{}, func(*ledger.Tx) (ledger.Reading, error) { return how, nil })
}

// refused is the end of a reading of something that cannot be read.
func (r *reader) refused(f *fault.Fault) ledger.Reading {
	return r.reading(ledger.ImportRefused, f.Code, Result{Params: f.Params})
}

func (r *reader) read(ctx context.Context) (models.Import, error) {
	book, err := sheet.Open(ctx, r.content, r.content.Size(), r.Upload.Name, r.Limits)
	if err != nil {
		return r.Import, err
	}
	defer func() { _ = book.Close() }() // it has been read, or not
	r.book = book
	held, err := r.orient(ctx)
	switch {
	case err != nil:
		return r.Import, err
	case held.State != "":
		return r.end(ctx, held)
	}
	checker := roster.NewChecker(r.terms())
	if bad := errorsOf(checker.List()); len(bad) > 0 {
		return r.end(ctx, r.reading(ledger.ImportHeld, string(bad[0].Rule), Result{List: checker.List(), Guess: &r.guessed}))
	}
	err = errors.Join(r.rows(ctx, checker), r.settle())
	if err != nil {
		return r.Import, err
	}
	return r.conclude(ctx, checker)
}

func errorsOf(found []roster.Finding) []roster.Finding {
	var bad []roster.Finding
	for _, f := range found {
		if f.Level == roster.Error {
			bad = append(bad, f)
		}
	}
	return bad
}

// reading is the end of a reading, for people to see.
func (r *reader) reading(state, problem string, result Result) ledger.Reading {
	mapping, err1 := json.Marshal(r.mapping)
	raw, err2 := json.Marshal(result)
	if err1 != nil || err2 != nil { // neither holds anything that cannot be written
		panic("intake: a result that is no JSON: " + strconv.Quote(problem))
	}
	return ledger.Reading{State: state, Problem: problem, Sheet: cmp.Or(r.name, r.Import.Sheet), Mapping: string(mapping), Result: string(raw)}
}
