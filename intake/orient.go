package intake

import (
	"context"
	"encoding/json"
	"slices"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/mask"
	"payung/domain/nik"
	"payung/domain/roster"
	"payung/domain/worker"
	"payung/ledger"
)

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
			return r.reading(ledger.ImportRefused, string(found[0].Rule), Result{List: found}), nil
		}
	}
	var given roster.Mapping
	if r.Import.Mapping != "" {
		if err := json.Unmarshal([]byte(r.Import.Mapping), &given); err != nil {
			return ledger.Reading{}, fault.New(fault.Invalid, "bad_mapping", "the mapping of columns cannot be read").On("mapping")
		}
	}
	list, err := choose(ctx, r.book, r.Import.Sheet)
	if err != nil {
		return ledger.Reading{}, err
	}
	if list.at < 0 {
		return ledger.Reading{}, fault.New(fault.Invalid, "no_rows", "there is nothing in this file")
	}
	guess := list.guess
	r.sheet, r.guessed, r.mapping, r.unsure = list.at, guess, guess.Mapping, guess.Confidence == roster.Unsure
	r.name = mask.Numbers(r.book.Sheets()[list.at].Name)
	if len(given.Columns) > 0 {
		r.mapping, r.unsure = given, false
		if given.HeadTo == 0 && given.Signature == guess.Mapping.Signature {
			r.mapping = given.Moved(guess.Mapping)
		}
		if r.mapping.Signature == "" {
			r.mapping.Signature = signatureAt(list.head, r.mapping)
		}
	} else if err := r.remembered(ctx, list.head); err != nil {
		return ledger.Reading{}, err
	}
	if bad := errorsOf(r.mapping.Check()); len(bad) > 0 {
		return r.reading(ledger.ImportHeld, string(bad[0].Rule), Result{List: bad, Guess: &guess}), nil
	}
	if ours >= 0 {
		if found := roster.Untouched(guess.Mapping); len(found) > 0 {
			return r.reading(ledger.ImportRefused, string(found[0].Rule), Result{List: found}), nil
		}
	}
	err = r.recall(ctx)
	if fault.Is(err, "not_found") {
		found := []roster.Finding{{Column: -1, Level: roster.Error, Rule: roster.OtherRoster}}
		return r.reading(ledger.ImportRefused, string(roster.OtherRoster), Result{List: found}), nil
	}
	return ledger.Reading{}, err
}

// signatureAt is the signature of the headings of a mapping, "" if they are none.
func signatureAt(head roster.Head, of roster.Mapping) string {
	for _, m := range roster.Possible(head) {
		if m.HeadFrom == of.HeadFrom && m.HeadTo == of.HeadTo {
			return m.Signature
		}
	}
	return ""
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

// remembered uses the mapping a person of this unit has chosen for such
// headings before: for those that were found, or else for any row.
func (r *reader) remembered(ctx context.Context, head roster.Head) error {
	found := []roster.Mapping{r.guessed.Mapping}
	if r.guessed.Mapping.Signature == "" {
		found = roster.Possible(head)
	}
	signatures := make([]string, len(found))
	for i, m := range found {
		signatures[i] = m.Signature
	}
	return r.Ledger.Read(ctx, r.actor, func(tx *ledger.Tx) error {
		kept, err := tx.RememberedMapping(r.Unit.ID, signatures...)
		if err != nil || kept == "" {
			return err
		}
		var m roster.Mapping
		if json.Unmarshal([]byte(kept), &m) != nil {
			return nil // one that cannot be read any more is no use
		}
		if i := slices.Index(signatures, m.Signature); i >= 0 {
			r.mapping, r.unsure = m.Moved(found[i]), false
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
		people, err := tx.CarriedPeople(r.Obligation.ID, r.identity.Roster)
		for _, p := range people {
			n, _ := nik.Restore(string(p.NIK))
			r.previous[p.RowID] = roster.Carried{NIK: n, Name: p.Name, Born: calendar.Day(p.Born), Sex: nik.Sex(p.Sex), Left: p.Left}
		}
		return err
	})
}

func (r *reader) terms() roster.Terms {
	t := roster.Terms{On: calendar.Day(r.Import.OnDay), Mapping: r.mapping, Known: district, Previous: r.previous, Rows: 4096}
	t.Group, _ = worker.Find(r.Obligation.GroupCode)
	return t
}
