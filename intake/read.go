package intake

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"payung/domain/calendar"
	"payung/domain/cell"
	"payung/domain/fault"
	"payung/domain/nik"
	"payung/domain/roster"
	"payung/domain/worker"
	"payung/ledger"
	"payung/models"
	"payung/sheet"
)

// Progress tells how far a reading has come.
type Progress struct {
	Rows  int64
	Total int64 // rows to expect, about; 0: not known
}

// reader is the reading of one file.
type reader struct {
	*Intake
	ledger.Job
	actor    ledger.Actor
	book     sheet.Book
	content  *bytes.Reader
	sheet    int
	mapping  roster.Mapping
	guessed  roster.Guessed
	previous map[string]roster.Carried
	reserves []ledger.ListedRow // who wait for a place
	places   []roster.Place
	identity roster.Identity
	beat     func(Progress)
	batch    ledger.Batch
	spare    ledger.Batch // the one before, whose memory is used again
	keeping  chan error   // tells when the one before is kept; nil: it is
	since    int64        // rows before it were kept by an earlier attempt
}

// Read reads an import from where it stopped to its end: what can be read of
// it waits to be accepted, what cannot is said. Beat, if any, is called now and
// then. An error means that the reading was cut off and has to go on.
func (in *Intake) Read(ctx context.Context, importID string, beat func(Progress)) error {
	r := &reader{Intake: in, actor: ledger.System("import"), beat: beat}
	var content []byte
	err := in.Ledger.Read(ctx, r.actor, func(tx *ledger.Tx) (err error) {
		if r.Job, err = tx.Job(importID); err != nil || r.Import.State != ledger.ImportReading {
			return err
		}
		_, content, err = tx.UploadContent(r.Upload.ID)
		return err
	})
	if err != nil || r.Import.State != ledger.ImportReading {
		return err
	}
	r.content, r.since = bytes.NewReader(content), r.Import.Position
	out, err := r.read(ctx)
	if f, ok := fault.Of(err); ok && f.Kind != fault.Unavailable && f.Kind != fault.Conflict {
		out, err = r.refused(f), nil
	}
	if err != nil {
		return err
	}
	return in.Ledger.Write(ctx, r.actor, func(tx *ledger.Tx) error {
		_, err := tx.FinishReading(importID, out)
		return err
	})
}

// refused is the end of a reading of something that cannot be read.
func (r *reader) refused(f *fault.Fault) ledger.Reading {
	return r.reading(ledger.ImportRefused, f.Code, "", Result{Params: f.Params})
}

func (r *reader) read(ctx context.Context) (ledger.Reading, error) {
	book, err := sheet.Open(ctx, r.content, r.content.Size(), r.Upload.Name, r.Limits)
	if err != nil {
		return ledger.Reading{}, err
	}
	defer func() { _ = book.Close() }() // it has been read, or not
	r.book = book
	if held, err := r.orient(ctx); err != nil || held.State != "" {
		return held, err
	}
	checker := roster.NewChecker(r.terms())
	if bad := errorsOf(checker.List()); len(bad) > 0 {
		return r.reading(ledger.ImportHeld, string(bad[0].Rule), "", Result{List: checker.List(), Guess: &r.guessed}), nil
	}
	err = errors.Join(r.rows(ctx, checker), r.settle())
	if err != nil {
		return ledger.Reading{}, err
	}
	return r.conclude(ctx, checker)
}

// orient finds out whose list this is, in which sheet and which columns. What
// needs a person first is returned as the end of the reading.
func (r *reader) orient(ctx context.Context) (ledger.Reading, error) {
	ours := sheetNamed(r.book, roster.IdentitySheet)
	if ours >= 0 {
		pairs, err := readPairs(ctx, r.book, ours)
		if err != nil {
			return ledger.Reading{}, err
		}
		if found := r.identify(pairs); len(found) > 0 {
			return r.reading(ledger.ImportRefused, string(found[0].Rule), "", Result{List: found}), nil
		}
	}
	var given roster.Mapping
	if r.Import.Mapping != "" {
		if err := json.Unmarshal([]byte(r.Import.Mapping), &given); err != nil {
			return ledger.Reading{}, fault.New(fault.Invalid, "bad_mapping", "the mapping of columns cannot be read").On("mapping")
		}
	}
	at, guess, err := choose(ctx, r.book, r.Import.Sheet)
	if err != nil {
		return ledger.Reading{}, err
	}
	if at < 0 {
		return ledger.Reading{}, fault.New(fault.Invalid, "no_rows", "there is nothing in this file")
	}
	r.sheet, r.guessed, r.mapping = at, guess, guess.Mapping
	r.Import.Sheet = r.book.Sheets()[at].Name
	switch {
	case len(given.Columns) > 0:
		r.mapping = given
		if given.HeadTo == 0 && given.Signature == guess.Mapping.Signature {
			r.mapping = given.Moved(guess.Mapping)
		}
	case guess.Mapping.Signature != "":
		err := r.remembered(ctx)
		if err != nil {
			return ledger.Reading{}, err
		}
	}
	if bad := errorsOf(r.mapping.Check()); len(bad) > 0 {
		return r.reading(ledger.ImportHeld, string(bad[0].Rule), "", Result{List: bad, Guess: &guess}), nil
	}
	if ours >= 0 {
		if found := roster.Untouched(guess.Mapping); len(found) > 0 {
			return r.reading(ledger.ImportRefused, string(found[0].Rule), "", Result{List: found}), nil
		}
	}
	return ledger.Reading{}, r.recall(ctx)
}

// remembered uses the mapping a person of this unit has chosen for such
// headings before.
func (r *reader) remembered(ctx context.Context) error {
	return r.Ledger.Read(ctx, r.actor, func(tx *ledger.Tx) error {
		kept, err := tx.RememberedMapping(r.Unit.ID, r.guessed.Mapping.Signature)
		if err != nil || kept == "" {
			return err
		}
		var m roster.Mapping
		if json.Unmarshal([]byte(kept), &m) == nil { // one that cannot be read any more is no use
			r.mapping = m.Moved(r.guessed.Mapping)
		}
		return nil
	})
}

// recall reads the people the template was filled with.
func (r *reader) recall(ctx context.Context) error {
	if r.identity == (roster.Identity{}) {
		return nil
	}
	r.previous = map[string]roster.Carried{} // it is a template, even if nobody was in it
	if r.identity.Roster == "" {
		return nil
	}
	return r.Ledger.Write(ctx, r.actor, func(tx *ledger.Tx) error {
		people, err := tx.CarriedPeople(r.identity.Roster)
		for _, p := range people {
			n, _ := nik.Restore(string(p.NIK))
			r.previous[p.RowID] = roster.Carried{NIK: n, Name: p.Name, Born: calendar.Day(p.Born), Sex: nik.Sex(p.Sex)}
		}
		return err
	})
}

func (r *reader) terms() roster.Terms {
	t := roster.Terms{On: calendar.Day(r.Import.OnDay), Mapping: r.mapping, Known: district, Previous: r.previous, Rows: 4096}
	t.Group, _ = worker.Find(r.Obligation.GroupCode)
	return t
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

// rows reads, checks and keeps the rows, a batch at a time.
func (r *reader) rows(ctx context.Context, checker *roster.Checker) error {
	size := r.Ledger.StageSize()
	var out roster.Checked
	err := r.book.Read(ctx, r.sheet, func(row *cell.Row) error {
		if row.Number <= r.mapping.HeadTo {
			return nil
		}
		checker.Check(row, &out)
		if out.Kind == roster.Data {
			r.places = append(r.places, roster.Place{Row: out.Row, Reserve: out.Person.Reserve, Refused: out.Refused})
		}
		// What an earlier attempt has kept is only looked at again; reserves
		// are never kept before the end.
		if int64(row.Number) > r.since || out.Person.Reserve && !out.Refused {
			if err := r.take(&out); err != nil {
				return err
			}
		}
		if len(r.batch.Rows)+int(r.batch.Bad) >= size {
			return r.flush(ctx)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if r.batch.Position > r.Import.Position {
		return r.flush(ctx)
	}
	return nil
}

// take adds a checked row to the batch.
func (r *reader) take(c *roster.Checked) error {
	r.batch.Position = int64(c.Row)
	if c.Kind == roster.Skipped {
		r.batch.Skipped++
		return nil
	}
	codes := ""
	for i, f := range c.Findings {
		if err := r.keep(f, i, c.Row); err != nil {
			return err
		}
		if f.Row == c.Row || f.Row == 0 {
			codes += "," + string(f.Rule)
		}
	}
	if c.Refused {
		r.batch.Bad++
		return nil
	}
	row := ledger.ListedRow{
		Number: int64(c.Row), NIK: ledger.Digits(c.Person.Reveal()), Name: c.Person.Name, Born: c.Person.Born, Sex: string(c.Person.Sex),
		Wage: int64(c.Person.Wage), Findings: strings.TrimPrefix(codes, ","),
	}
	if c.Person.Details != (roster.Details{}) {
		detail, err := json.Marshal(c.Person.Details)
		if err != nil {
			return err
		}
		row.Detail = detail
	}
	if c.Person.Reserve {
		r.reserves = append(r.reserves, row) // placed at the end, when it is known who was refused
		return nil
	}
	r.batch.Rows = append(r.batch.Rows, row)
	return nil
}

// keep notes a finding. Those about an earlier row follow what was found there
// at the time.
func (r *reader) keep(f roster.Finding, seq, row int) error {
	params := "{}"
	if len(f.Params) > 0 {
		raw, err := json.Marshal(f.Params)
		if err != nil {
			return err
		}
		params = string(raw)
	}
	if f.Row != row && f.Row != 0 {
		seq += 500
	}
	number := f.Row
	if number == 0 {
		number = row
	}
	r.batch.Findings = append(r.batch.Findings, models.ImportFinding{
		ImportID: r.Import.ID, Number: int64(number), Seq: seq, Column: f.Column, Field: string(f.Field), Level: string(f.Level), Rule: string(f.Rule),
		Found: f.Found, Params: params,
	})
	return nil
}

// flush has the batch kept while reading goes on: the file and the database are
// worked on at the same time, one batch each.
func (r *reader) flush(ctx context.Context) error {
	if err := r.settle(); err != nil {
		return err
	}
	r.batch.Total = r.expected()
	batch := r.batch
	r.batch, r.spare = r.spare, batch
	r.batch.Rows, r.batch.Findings = r.batch.Rows[:0], r.batch.Findings[:0]
	r.batch.Bad, r.batch.Skipped = 0, 0
	r.keeping = make(chan error, 1)
	go func() { r.keeping <- r.Ledger.StageBatch(ctx, r.actor, r.Import.ID, batch) }()
	r.Import.Position = batch.Position
	return nil
}

// settle waits until the batch before is kept.
func (r *reader) settle() error {
	if r.keeping == nil {
		return nil
	}
	err := <-r.keeping
	r.keeping = nil
	if err == nil && r.beat != nil {
		r.beat(Progress{Rows: r.spare.Position, Total: r.spare.Total})
	}
	return err
}

// expected is how many rows the file has, about, by how much of it was read.
func (r *reader) expected() int64 { return 0 }

// reading is the end of a reading, for people to see.
func (r *reader) reading(state, problem, base string, result Result) ledger.Reading {
	mapping, err1 := json.Marshal(r.mapping)
	raw, err2 := json.Marshal(result)
	if err1 != nil || err2 != nil { // neither holds anything that cannot be written
		panic("intake: a result that is no JSON: " + strconv.Quote(problem))
	}
	return ledger.Reading{State: state, Problem: problem, Sheet: r.Import.Sheet, Mapping: string(mapping), Base: base, Result: string(raw)}
}
