package ledger

import (
	"errors"
	"strings"

	"gorm.io/gorm"

	"payung/domain/benefit"
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/worker"
	"payung/models"
)

// Undone stands in the place of a reason where somebody was taken off a list by
// mistake and put back.
const Undone = "undone"

// LeavingInput is why and since when somebody is no longer on a unit's list.
type LeavingInput struct {
	Reason      string // a worker.Reason
	On          string // the day it dates from; none for what was entered by mistake
	AtWork      bool   // died by an accident at work
	Note        string
	SourceID    string
	OnBehalf    string // of whom, in words
	ObjectionID string // upheld, that it follows; "": none
}

// Left is what became of somebody's leaving.
type Left struct {
	Roster  models.Roster
	LastDay calendar.Day // in the group; "": never in it
	Claim   models.Claim // that a death has opened; zero: none, or the person has one already
}

// Leave takes one person off a list as a new version: from the day after the
// last one, or altogether if the person never belonged there. A death opens the
// claim of the heirs; it is never a deactivation.
func (tx *Tx) Leave(rowID string, in LeavingInput) (Left, error) {
	var out Left
	row, o, a, err := tx.ownRow(rowID)
	if err != nil {
		return out, err
	}
	rule, known := worker.FindLeaving(worker.Reason(in.Reason))
	switch {
	case row.RemovedBy != "":
		return out, fault.New(fault.Conflict, "already_left", "this person is no longer on the list")
	case !known:
		return out, fault.New(fault.Invalid, "unknown_reason", "%q is no reason to leave a list", in.Reason).On("reason").With("reason", in.Reason)
	case in.AtWork && !rule.OpensClaim:
		return out, fault.New(fault.Invalid, "not_a_death", "only a death can be by an accident at work").On("at_work")
	}
	on := calendar.Day("")
	if rule.KeepsHistory {
		if on, out.LastDay, err = tx.lastDay(a, o, row, rule, in.On); err != nil {
			return out, err
		}
	}
	r, err := tx.nextVersion(a, o, MovedOut, in.OnBehalf)
	if err != nil {
		return out, err
	}
	if err := tx.takeOff(r.ID, Answers{row.ID: {Reason: in.Reason, On: string(on)}}); err != nil {
		return out, err
	}
	if out.Roster, err = tx.number(a, o, r); err != nil {
		return out, err
	}
	m := models.Movement{RosterID: r.ID, RowID: row.ID, Kind: MovedOut, Reason: in.Reason, OnDay: string(on), SourceID: in.SourceID}
	if err := tx.moved(o, m, in.Note, in.ObjectionID); err != nil || !rule.OpensClaim {
		return out, err
	}
	event := benefit.Death
	if in.AtWork {
		event = benefit.AccidentDeath
	}
	out.Claim, err = tx.openClaim(a, o, row, event, on)
	return out, err
}

// lastDay is the day a reason dates from and the last day in the group that
// follows. Nobody leaves before the first day, after the year, or in time to
// come.
func (tx *Tx) lastDay(a models.Agreement, o models.Obligation, row models.RosterRow, rule worker.Leaving, day string) (on, last calendar.Day, err error) {
	if day == "" {
		return "", "", missing("on")
	}
	if on, err = checkDay("on", day); err != nil {
		return "", "", err
	}
	p, err := tx.period(a.ID, o.PeriodID)
	if err != nil {
		return "", "", err
	}
	first := row.FromDay
	if first == "" {
		first = p.FromDay
	}
	last, err = lastDayIn(rule, on, calendar.Day(first), p, tx.today(a.Zone))
	return on, last, err
}

// lastDayIn is the last day on a list of a year that a reason for leaving it
// leads to, for somebody who is there since a first day.
func lastDayIn(rule worker.Leaving, on, first calendar.Day, p models.Period, today calendar.Day) (calendar.Day, error) {
	last := rule.LastDay(on)
	switch {
	case last < first:
		return "", fault.New(fault.Invalid, "left_before_joining", "the last day would be %s, before the first one on this list, %s", last, first).
			On("on").With("last", string(last)).With("first", string(first))
	case string(last) > p.ToDay:
		return "", outsideYear("on", p)
	case last > today:
		return "", fault.New(fault.Invalid, "leaves_later", "the last day, %s, has not come yet", last).On("on").With("last", string(last))
	}
	return last, nil
}

// ownRow reads a place on a list for change. Its duty is locked, so what happens
// to one list takes turns.
func (tx *Tx) ownRow(id string) (models.RosterRow, models.Obligation, models.Agreement, error) {
	var of struct{ ObligationID string }
	err := tx.from("roster_rows").Select("v.obligation_id").Joins("JOIN rosters v ON v.id = roster_rows.roster_id AND v.version > 0").
		Where("roster_rows.id = ?", id).Take(&of).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = notFound("person")
	}
	if err != nil {
		return models.RosterRow{}, models.Obligation{}, models.Agreement{}, err
	}
	o, a, err := tx.own(of.ObligationID)
	if err != nil {
		return models.RosterRow{}, o, a, err
	}
	var row models.RosterRow
	err = tx.db.Take(&row, "id = ?", id).Error
	return row, o, a, err
}

// Restore puts somebody back on a list who was taken off by mistake, as if the
// leave had never been; a claim it opened is withdrawn. What was believed in
// between stays in the versions.
func (tx *Tx) Restore(rowID, reason string) (models.Roster, error) {
	var r models.Roster
	row, o, a, err := tx.ownRow(rowID)
	if err != nil {
		return r, err
	}
	_, left := worker.FindLeaving(worker.Reason(row.Leaving))
	switch {
	case row.RemovedBy == "" || !left:
		return r, fault.New(fault.Conflict, "not_left", "this person has not left the list")
	case strings.TrimSpace(reason) == "":
		return r, missing("reason")
	}
	var since int64
	err = tx.db.Raw(`SELECT COUNT(*) FROM roster_rows r JOIN rosters v ON v.id = r.roster_id AND v.version > 0
		WHERE v.obligation_id = ? AND r.person_id = ? AND r.id > ? AND (r.removed_by = '' OR r.to_day <> '')`, o.ID, row.PersonID, row.ID).Scan(&since).Error
	if err != nil {
		return r, err
	}
	if since > 0 {
		return r, fault.New(fault.Conflict, "joined_since", "this person has joined the list again since")
	}
	if r, err = tx.nextVersion(a, o, MovedBack, ""); err != nil {
		return r, err
	}
	back, err := tx.copied(row, r)
	if err != nil {
		return r, err
	}
	if err := insert(tx, []models.RosterRow{back}); err != nil {
		return r, err
	}
	err = tx.db.Model(&models.RosterRow{}).Where("id = ?", row.ID).Updates(map[string]any{"to_day": "", "leaving": Undone}).Error
	if err != nil {
		return r, err
	}
	if r, err = tx.number(a, o, r); err != nil {
		return r, err
	}
	if err := tx.withdrawClaim(row.ID); err != nil {
		return r, err
	}
	return r, tx.moved(o, models.Movement{RosterID: r.ID, RowID: back.ID, Kind: MovedBack, OnDay: row.FromDay}, reason, "")
}

// copied is a place on a list, written again for another version of it.
func (tx *Tx) copied(row models.RosterRow, r models.Roster) (models.RosterRow, error) {
	was := row.ID
	row.ID, row.RosterID, row.ToDay, row.Leaving, row.RemovedBy = newID(), r.ID, "", "", ""
	if len(row.Detail) == 0 {
		row.Detail = []byte{} // one engine reads it as none at all
		return row, nil
	}
	plain, err := tx.l.keys.Open(row.Detail, detailOf(was))
	if err != nil {
		return row, wrap("detail of a row", err)
	}
	row.Detail = tx.l.keys.Seal(plain, detailOf(row.ID))
	return row, nil
}
