package intake

import (
	"cmp"
	"context"
	"errors"

	"payung/domain/roster"
	"payung/ledger"
	"payung/models"
)

// Result is what a reading found out, besides what is wrong with which row.
type Result struct {
	Guess      *roster.Guessed    `json:"guess,omitempty"` // of the columns, for a person to correct
	List       []roster.Finding   `json:"list,omitempty"`  // about the file as a whole
	Params     map[string]string  `json:"params,omitempty"`
	Template   bool               `json:"template,omitempty"` // it is one of ours
	Comparison *ledger.Comparison `json:"comparison,omitempty"`
	Leavers    int                `json:"leavers,omitempty"` // rows that say that somebody has left
	Reserves   Reserves           `json:"reserves,omitzero"`
	Effect     *roster.Effect     `json:"effect,omitempty"`
	Verdict    roster.Verdict     `json:"verdict,omitempty"`
}

// conclude ends a reading that came to the end of the file. What fits into one
// stretch is kept, looked up and ended in one transaction.
func (r *reader) conclude(ctx context.Context, checker *roster.Checker) (models.Import, error) {
	filled := roster.Fill(r.places, 0)
	r.fill(filled)
	if r.Import.Position > 0 {
		if r.batch.Position > r.Import.Position {
			if err := errors.Join(r.flush(ctx), r.settle()); err != nil {
				return r.Import, err
			}
		}
		if err := r.Ledger.LookUp(ctx, r.actor, r.Import.ID); err != nil {
			return r.Import, err
		}
	}
	return r.Ledger.EndReading(ctx, r.actor, r.Import.ID, r.batch, func(tx *ledger.Tx) (ledger.Reading, error) {
		return r.outcome(tx, checker, filled)
	})
}

// outcome is what the file means, once all of it is kept.
func (r *reader) outcome(tx *ledger.Tx, checker *roster.Checker, filled roster.Filled) (ledger.Reading, error) {
	out := Result{
		Guess: &r.guessed, List: checker.List(), Template: r.identity != (roster.Identity{}), Leavers: len(r.leavers),
		Reserves: Reserves{len(filled.Moved), len(filled.Waiting)},
	}
	out.List = append(out.List, checker.Merged(r.book.Merged(r.sheet))...)
	kept, err := tx.Import(r.Import.ID)
	if err != nil {
		return ledger.Reading{}, err
	}
	c, err := tx.Compare(kept.ID)
	if err != nil {
		return ledger.Reading{}, err
	}
	left, err := tx.FindLeavers(kept.ID, cmp.Or(r.identity.Roster, r.Latest.ID), r.leavers)
	if err != nil {
		return ledger.Reading{}, err
	}
	strange, err := r.otherVillage(tx)
	if err != nil {
		return ledger.Reading{}, err
	}
	out.Comparison, out.List = &c, append(out.List, strange...)
	summary := roster.Summary{Data: int(kept.Rows) + len(r.leavers) + len(filled.Waiting), Refused: int(kept.Bad)}
	out.Verdict = roster.UsualPolicy().Decide(&summary, out.List)
	if out.Verdict == roster.Accept && r.unsure {
		out.Verdict = roster.HoldUnsure
	}
	if out.Effect, err = r.effect(c, left.Own); err != nil {
		return ledger.Reading{}, err
	}
	end := r.reading(ledger.ImportReady, "", out)
	if out.Verdict != roster.Accept {
		end = r.reading(ledger.ImportHeld, string(out.Verdict), out)
	}
	end.Base, end.Left, end.Waiting = r.base(c, left.Own), left, int64(len(filled.Waiting))
	return end, nil
}

// base is the roster to find missing people by: the one a template was filled
// from, or the list as it stands if the file is a whole list again and not a few
// more names, or only those of people who left.
func (r *reader) base(c ledger.Comparison, left int64) string {
	stay := c.Same + c.Changed
	whole := r.Latest.ObligationID == r.Obligation.ID && stay > 0 && 2*(stay+left) >= c.Before
	if r.identity.Roster == "" && whole {
		return r.Latest.ID
	}
	return r.identity.Roster
}
