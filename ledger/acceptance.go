package ledger

import (
	"strings"

	"payung/domain/calendar"
	"payung/domain/fault"
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
	case i.Good+i.Leavers == 0:
		return models.Roster{}, emptyRoster()
	}
	missing, leavers, err := tx.answered(i)
	if err != nil {
		return models.Roster{}, err
	}
	r, err := take[models.Roster](tx, "rosters", "roster", i.RosterID)
	if err != nil {
		return r, err
	}
	carried, err := tx.carryOver(o, r, missing, leavers)
	if err != nil {
		return r, err
	}
	if carried {
		r.Digest = nil // it was counted without them
	}
	r, err = tx.advance(a, o, r, leavers)
	switch {
	case err != nil:
		return r, err
	case r.People == 0:
		return r, emptyRoster()
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

func emptyRoster() *fault.Fault {
	return fault.New(fault.Invalid, "empty_roster", "a list without names is a signed nihil statement, not a list")
}
