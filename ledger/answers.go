package ledger

import (
	"encoding/json"
	"maps"
	"slices"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/worker"
	"payung/models"
)

// Answers say what became of people of the list before who are missing now, by
// the ID of their row. Nobody is taken off a list by silence.
type Answers map[string]Leaver

// Leaver is what became of one of them.
type Leaver struct {
	Reason string `json:"reason"` // forgotten: still there; or one of worker.Leavings
	On     string `json:"on,omitempty"`
}

// Forgotten is the answer that somebody was only left out of the file.
const Forgotten = "forgotten"

// answer is an [Answers] entry as an import keeps it.
type answer struct {
	Leaver
	File bool `json:"file,omitempty"` // the file says so itself, so nobody is asked
}

// answersOf are the answers of an import as they were given.
func answersOf(i models.Import) (map[string]answer, error) {
	out := map[string]answer{}
	return out, wrap("answers", json.Unmarshal([]byte(i.Answers), &out))
}

// told are the answers of an import by the rows people stand on now: a later
// version may have written somebody's row anew since, or put a person of last
// year's list on this one. Of whoever stands nowhere any more nothing is left
// to say.
func (tx *Tx) told(i models.Import) (map[string]answer, error) {
	said, err := answersOf(i)
	if err != nil {
		return nil, err
	}
	now := make(map[string]answer, len(said))
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(said)), 500) {
		var rows []struct{ Said, Stands string }
		err := tx.db.Raw(`SELECT said.id AS said, r.id AS stands FROM roster_rows said JOIN rosters sv ON sv.id = said.roster_id, `+current+`
			WHERE said.id IN ? AND r.person_id = said.person_id AND v.obligation_id IN (sv.obligation_id, ?)`, ids, i.ObligationID).Scan(&rows).Error
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			now[r.Stands] = said[r.Said]
		}
	}
	return now, nil
}

// answered are the missing people and what became of them, once that is known
// of each, and of those whom the file itself says to have left.
func (tx *Tx) answered(i models.Import) ([]MissingPerson, Answers, error) {
	known, err := tx.told(i)
	if err != nil {
		return nil, nil, err
	}
	missing, err := tx.MissingPeople(i.ID, maxMissing)
	if err != nil {
		return nil, nil, err
	}
	open := 0
	for _, m := range missing {
		if _, ok := known[m.RowID]; !ok {
			open++
		}
	}
	if open > 0 {
		return nil, nil, fault.New(fault.Refused, "missing_people", "%d people of the list before are not in the file: say of each whether they left, died or were forgotten", open).With("count", itoa(int64(open)))
	}
	answers := make(Answers, len(known))
	for row, a := range known {
		answers[row] = a.Leaver
	}
	return missing, answers, nil
}

// maxMissing is how many missing people one list can have.
const maxMissing = 200_000

// Answer says what became of missing people. Rest is the answer for all who
// are not named.
func (tx *Tx) Answer(importID string, answers Answers, rest *Leaver) (models.Import, error) {
	i, err := tx.ownImport(importID)
	switch {
	case err != nil:
		return i, err
	case i.State != ImportReady && i.State != ImportHeld:
		return i, importState(i)
	}
	missing, err := tx.MissingPeople(i.ID, maxMissing)
	if err != nil {
		return i, err
	}
	known, err := answersOf(i)
	if err != nil {
		return i, err
	}
	a, err := tx.Agreement(i.AgreementID)
	if err != nil {
		return i, err
	}
	years := map[string]models.Period{} // of the lists, which may be last year's
	for _, m := range missing {
		said, ok := answers[m.RowID]
		switch {
		case ok:
		case rest != nil && known[m.RowID].Reason == "":
			said = *rest
		default:
			continue
		}
		if _, ok := years[m.PeriodID]; !ok {
			if years[m.PeriodID], err = take[models.Period](tx, "periods", "period", m.PeriodID); err != nil {
				return i, err
			}
		}
		if err := checkMissing(said, m, years[m.PeriodID], tx.today(a.Zone)); err != nil {
			return i, err
		}
		known[m.RowID] = answer{Leaver: said}
	}
	raw, err := json.Marshal(known)
	if err != nil {
		return i, wrap("answers", err)
	}
	i.Answers, i.UpdatedAt = string(raw), tx.micros()
	if err := tx.db.Model(&i).Select("Answers", "UpdatedAt").Updates(i).Error; err != nil {
		return i, err
	}
	return i, tx.audit("import.answered", "obligation", i.ObligationID, i.Scope, map[string]any{"import": i.ID, "answers": len(known)})
}

// checkLeaver refuses what is no reason to leave a list, or has no day.
func checkLeaver(l Leaver) error {
	if l.Reason == Forgotten {
		return nil
	}
	rule, ok := worker.FindLeaving(worker.Reason(l.Reason))
	if !ok {
		return fault.New(fault.Invalid, "unknown_reason", "%q is no reason to leave a list", l.Reason).On("reason")
	}
	if l.On == "" && !rule.KeepsHistory {
		return nil // struck: the person never belonged there
	}
	_, err := checkDay("on", l.On)
	return err
}

// checkMissing refuses an answer that cannot be true of somebody: a day before
// they came, after the year of the list, or still to come.
func checkMissing(l Leaver, m MissingPerson, year models.Period, today calendar.Day) error {
	if err := checkLeaver(l); err != nil {
		return err
	}
	rule, ok := worker.FindLeaving(worker.Reason(l.Reason))
	if !ok || !rule.KeepsHistory {
		return nil
	}
	_, err := lastDayIn(rule, calendar.Day(l.On), calendar.Day(m.FirstDay), year, today)
	return err
}
