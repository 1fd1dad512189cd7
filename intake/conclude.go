package intake

import (
	"context"
	"errors"
	"slices"

	"payung/domain/roster"
	"payung/ledger"
)

// Result is what a reading found out, besides what is wrong with which row.
type Result struct {
	Guess      *roster.Guessed    `json:"guess,omitempty"` // of the columns, for a person to correct
	List       []roster.Finding   `json:"list,omitempty"`  // about the file as a whole
	Params     map[string]string  `json:"params,omitempty"`
	Template   bool               `json:"template,omitempty"` // it is one of ours
	Comparison *ledger.Comparison `json:"comparison,omitempty"`
	Reserves   Reserves           `json:"reserves,omitzero"`
	Effect     *roster.Effect     `json:"effect,omitempty"`
	Verdict    roster.Verdict     `json:"verdict,omitempty"`
}

// Reserves are people named to take the place of refused ones.
type Reserves struct {
	Moved   int `json:"moved"`
	Waiting int `json:"waiting"`
}

// identify compares what a template says it was made for with what it was
// handed in for.
func (r *reader) identify(pairs [][2]string) []roster.Finding {
	id, found := roster.ParseIdentity(pairs)
	if len(found) > 0 {
		return found
	}
	want := r.Wanted()
	want.Roster = id.Roster // which version it was filled from is no difference: the row ids tell
	r.identity = id
	return id.Match(want)
}

// conclude ends a reading that came to the end of the file.
func (r *reader) conclude(ctx context.Context, checker *roster.Checker) (ledger.Reading, error) {
	filled := roster.Fill(r.places, 0)
	if err := r.fill(ctx, filled); err != nil {
		return ledger.Reading{}, err
	}
	out := Result{
		Guess: &r.guessed, List: checker.List(), Template: r.identity != (roster.Identity{}),
		Reserves: Reserves{len(filled.Moved), len(filled.Waiting)},
	}
	out.List = append(out.List, checker.Merged(r.book.Merged(r.sheet))...)
	var c ledger.Comparison
	err := r.Ledger.Write(ctx, r.actor, func(tx *ledger.Tx) (err error) {
		if c, err = tx.Compare(r.Import.ID); err != nil {
			return err
		}
		r.Import, err = tx.Import(r.Import.ID)
		return err
	})
	if err != nil {
		return ledger.Reading{}, err
	}
	out.Comparison = &c
	summary := roster.Summary{Data: int(r.Import.Rows), Refused: int(r.Import.Bad)}
	out.Verdict = roster.UsualPolicy().Decide(&summary, out.List)
	base := r.identity.Roster
	if base == "" && r.Latest.ObligationID == r.Obligation.ID && 2*(c.Same+c.Changed) >= c.Before {
		base = r.Latest.ID // a whole list again, not a few more names
	}
	if out.Effect, err = r.effect(c); err != nil {
		return ledger.Reading{}, err
	}
	if out.Verdict == roster.Accept {
		return r.reading(ledger.ImportReady, "", base, out), nil
	}
	return r.reading(ledger.ImportHeld, string(out.Verdict), base, out), nil
}

// fill puts reserves on the list who take the place of refused people.
func (r *reader) fill(ctx context.Context, filled roster.Filled) error {
	last := 0
	if n := len(r.places); n > 0 {
		last = r.places[n-1].Row
	}
	if len(filled.Moved) == 0 || r.Import.Position > int64(last) {
		return nil // nobody to put, or an earlier attempt has
	}
	r.batch.Position = int64(last) + 1
	for _, row := range r.reserves {
		if slices.Contains(filled.Moved, int(row.Number)) {
			r.batch.Rows = append(r.batch.Rows, row)
		}
	}
	return errors.Join(r.flush(ctx), r.settle())
}
