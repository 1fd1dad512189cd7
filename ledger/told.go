package ledger

import (
	"slices"
	"time"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// toldBy lists how people can say that units were told by other means than a
// message from here.
var toldBy = []string{ProofGroup, ProofLetter, ProofMeeting, ProofPhone, ProofVisit}

// ToldWays lists them.
func ToldWays() []string { return slices.Clone(toldBy) }

// Told is that units were told of their duties by a dated request that did not
// go out from here: by a letter, in a group, in a meeting, on the phone.
type Told struct {
	PeriodID      string   // every duty of that year that is open; "": those that are named
	ObligationIDs []string // of the agreement
	How           string
	On            string // the day; "": today
	Note          string // who told them, the letter's number
}

// RecordTold records that a dated request reached the posts that owe. It answers
// for how many duties this was the first proof.
func (tx *Tx) RecordTold(agreementID string, in Told) (int, error) {
	a, err := tx.Agreement(agreementID)
	if err != nil {
		return 0, err
	}
	if err := tx.actor.may(a.Scope); err != nil {
		return 0, err
	}
	if !slices.Contains(toldBy, in.How) {
		return 0, fault.New(fault.Invalid, "unknown_way", "%q is no way of telling", in.How).On("how").With("how", in.How)
	}
	at, err := tx.toldAt(a, in.On)
	if err != nil {
		return 0, err
	}
	q := tx.from("obligations").Where("agreement_id = ? AND noticed_at = 0 AND target_on <> ''", a.ID)
	switch {
	case len(in.ObligationIDs) > 0:
		q = q.Where("id IN ?", in.ObligationIDs)
	case in.PeriodID != "":
		q = q.Where("period_id = ? AND state IN ?", in.PeriodID, []string{StateOpen, StateSubmitted})
	default:
		return 0, missing("obligation_ids")
	}
	var ids []string
	if err := q.Order("id").Pluck("id", &ids).Error; err != nil {
		return 0, wrap("duties that were told", err)
	}
	if err := tx.prove(ids, in.How, at.UnixMicro()); err != nil {
		return 0, err
	}
	return len(ids), tx.audit("obligations.told", "agreement", a.ID, a.Scope, map[string]any{
		"how": in.How, "on": in.On, "duties": len(ids), "period": in.PeriodID, "note": inWords(in.Note),
	})
}

// toldAt is the instant a day of telling counts as: now, or noon of a day that
// is past.
func (tx *Tx) toldAt(a models.Agreement, on string) (time.Time, error) {
	today := tx.today(a.Zone)
	if on == "" || on == string(today) {
		return tx.at, nil
	}
	day, err := checkDay("on", on)
	if err != nil {
		return time.Time{}, err
	}
	if day > today {
		return time.Time{}, fault.New(fault.Invalid, "told_in_future", "nobody can have been told on a day to come").On("on")
	}
	return day.In(calendar.Zone(a.Zone), 12, 0), nil
}
