package intake

import (
	"cmp"
	"context"

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
	Leavers    int                `json:"leavers,omitempty"` // rows that say that somebody has left
	Reserves   Reserves           `json:"reserves,omitzero"`
	Effect     *roster.Effect     `json:"effect,omitempty"`
	Verdict    roster.Verdict     `json:"verdict,omitempty"`
}

// conclude ends a reading that came to the end of the file.
func (r *reader) conclude(ctx context.Context, checker *roster.Checker) (ledger.Reading, error) {
	filled := roster.Fill(r.places, 0)
	if err := r.fill(ctx, filled); err != nil {
		return ledger.Reading{}, err
	}
	out := Result{
		Guess: &r.guessed, List: checker.List(), Template: r.identity != (roster.Identity{}), Leavers: len(r.leavers),
		Reserves: Reserves{len(filled.Moved), len(filled.Waiting)},
	}
	out.List = append(out.List, checker.Merged(r.book.Merged(r.sheet))...)
	var c ledger.Comparison
	var left ledger.Departures
	err := r.Ledger.Write(ctx, r.actor, func(tx *ledger.Tx) (err error) {
		if c, err = tx.Compare(r.Import.ID); err != nil {
			return err
		}
		if left, err = tx.FindLeavers(r.Import.ID, cmp.Or(r.identity.Roster, r.Latest.ID), r.leavers); err != nil {
			return err
		}
		r.Import, err = tx.Import(r.Import.ID)
		return err
	})
	if err != nil {
		return ledger.Reading{}, err
	}
	strange, err := r.otherVillage(ctx)
	if err != nil {
		return ledger.Reading{}, err
	}
	out.Comparison, out.List = &c, append(out.List, strange...)
	summary := roster.Summary{Data: int(r.Import.Rows) + len(r.leavers) + len(filled.Waiting), Refused: int(r.Import.Bad)}
	out.Verdict = roster.UsualPolicy().Decide(&summary, out.List)
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
