package ledger

import (
	"encoding/json"
	"strings"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/worker"
	"payung/models"
)

// Acceptance is somebody's word that the good rows of a file are the list.
type Acceptance struct {
	Despite  string // reason to accept what is held; "": only what is ready
	LeaveOut bool   // the bad rows will not be sent again: the duty is answered
}

// Accept puts the good rows of a file on the list, in one short transaction.
// People who were on the list stay unless somebody said why they left. While
// bad rows are still to be mended the duty is submitted, not closed, and its
// reminders go on.
func (tx *Tx) Accept(importID string, in Acceptance) (models.Roster, error) {
	i, err := tx.ownImport(importID)
	if err != nil {
		return models.Roster{}, err
	}
	o, a, err := tx.own(i.ObligationID)
	switch {
	case err != nil:
		return models.Roster{}, err
	case i.State == ImportHeld && strings.TrimSpace(in.Despite) == "":
		return models.Roster{}, fault.New(fault.Refused, "import_held", "this list is held: %s", i.Problem).With("problem", i.Problem)
	case i.State != ImportReady && i.State != ImportHeld:
		return models.Roster{}, importState(i)
	case o.State == StateCancelled:
		return models.Roster{}, notOpen(o)
	case i.Good == 0:
		return models.Roster{}, fault.New(fault.Invalid, "empty_roster", "a list without names is a signed nihil statement, not a list")
	}
	missing, leavers, err := tx.answered(i)
	if err != nil {
		return models.Roster{}, err
	}
	r, err := take[models.Roster](tx, "rosters", "roster", i.RosterID)
	if err != nil {
		return r, err
	}
	if err := tx.carryOver(o, r, missing, leavers); err != nil {
		return r, err
	}
	r, err = tx.advance(a, o, r, leavers)
	if err != nil {
		return r, err
	}
	if err := tx.claimDeaths(a, leavers); err != nil {
		return r, err
	}
	i.State, i.UpdatedAt = ImportAccepted, tx.micros()
	if err := tx.db.Model(&i).Select("State", "UpdatedAt").Updates(i).Error; err != nil {
		return r, err
	}
	if err := tx.answerDuty(a, o, calendar.Day(i.OnDay), i.Bad > 0 && !in.LeaveOut); err != nil {
		return r, err
	}
	return r, tx.audit("roster.submitted", "obligation", o.ID, o.Scope, map[string]any{
		"roster": r.ID, "version": r.Version, "people": r.People, "added": r.Added, "removed": r.Removed, "import": i.ID, "upload": i.UploadID,
		"bad": i.Bad, "left_out": in.LeaveOut, "despite": in.Despite != "",
	})
}

// answered are the missing people and what became of them, once that is known
// of each.
func (tx *Tx) answered(i models.Import) ([]MissingPerson, Answers, error) {
	answers, err := answersOf(i)
	if err != nil {
		return nil, nil, err
	}
	missing, err := tx.MissingPeople(i.ID, maxMissing)
	if err != nil {
		return nil, nil, err
	}
	open := 0
	for _, m := range missing {
		if _, ok := answers[m.RowID]; !ok {
			open++
		}
	}
	if open > 0 {
		return nil, nil, fault.New(fault.Refused, "missing_people", "%d people of the list before are not in the file: say of each whether they left, died or were forgotten", open).With("count", itoa(int64(open)))
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
	for _, m := range missing {
		said, ok := answers[m.RowID]
		switch {
		case ok:
		case rest != nil && known[m.RowID].Reason == "":
			said = *rest
		default:
			continue
		}
		if err := checkLeaver(said); err != nil {
			return i, err
		}
		known[m.RowID] = said
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
