package ledger

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"gorm.io/gorm"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/obligation"
	"payung/models"
)

// PauseInput says why a duty's clock is to stand, and who holds the matter.
type PauseInput struct {
	Reason       obligation.PauseReason // "": another one, which the note tells
	Note         string
	HolderPostID string // the post that holds it
	Holder       string // who holds it, where it is no post that is recorded
	SinceOn      string // "": today; the clock has stood since then
}

// longestPause is how far back a pause may be recorded to have begun, in days.
const longestPause = 365

// Pause stops a duty's clock while somebody else holds the matter.
func (tx *Tx) Pause(id string, in PauseInput) (models.Obligation, error) {
	o, a, err := tx.own(id)
	if err != nil {
		return o, err
	}
	p := models.Pause{
		ID: newID(), Scope: o.Scope, AgreementID: a.ID, ObligationID: o.ID, Reason: string(cmp.Or(in.Reason, obligation.OtherReason)), Note: inWords(in.Note),
		HolderPostID: in.HolderPostID, Holder: inWords(in.Holder), Actor: tx.actor.Name, CreatedAt: tx.micros(),
	}
	switch {
	case !running(o):
		return o, notOpen(o)
	case o.PausedAt != 0:
		return o, fault.New(fault.Conflict, "already_paused", "the clock is stopped already")
	case !slices.Contains(obligation.PauseReasons(), obligation.PauseReason(p.Reason)):
		return o, fault.New(fault.Invalid, "unknown_pause_reason", "there is no such reason for a pause").On("reason_code")
	case p.Reason == string(obligation.OtherReason) && p.Note == "":
		return o, missing("reason")
	}
	if p.HolderPostID != "" {
		if _, err := take[models.Post](tx, "posts", "post", p.HolderPostID); err != nil {
			return o, err
		}
		p.Holder = ""
	}
	if o.PausedAt, p.SinceOn, err = tx.pausedSince(a, o, in.SinceOn); err != nil {
		return o, err
	}
	if p.AskAt, err = tx.askAfter(a, calendar.Day(p.SinceOn)); err != nil {
		return o, err
	}
	if err := tx.planner(a).arm(&o); err != nil {
		return o, err
	}
	if err := tx.keep(o, change{kind: "paused", reason: cmp.Or(p.Note, p.Reason), on: tx.today(a.Zone)}); err != nil {
		return o, err
	}
	if err := create(tx, p.Scope, p); err != nil {
		return o, err
	}
	return o, tx.audit("obligation.paused", "obligation", o.ID, o.Scope, map[string]any{"reason": p.Reason, "since_on": p.SinceOn})
}

// pausedSince is the instant from which a clock has stood: now, or the morning
// of an earlier day.
func (tx *Tx) pausedSince(a models.Agreement, o models.Obligation, since string) (int64, string, error) {
	today := tx.today(a.Zone)
	if since == "" || since == string(today) {
		return tx.micros(), string(today), nil
	}
	day, err := checkDay("since_on", since)
	switch {
	case err != nil:
		return 0, "", err
	case day > today, string(day) < o.OpenedOn, today.Sub(day) > longestPause:
		return 0, "", fault.New(fault.Invalid, "pause_out_of_time", "a pause begins between the day of the duty and today").On("since_on")
	}
	return day.In(calendar.Zone(a.Zone), 0, 0).UnixMicro(), since, nil
}

// askAfter is when somebody is asked how long a pause will be that is reckoned
// from a day: in the morning, as many working days later as the Pemda allows.
func (tx *Tx) askAfter(a models.Agreement, from calendar.Day) (int64, error) {
	f, err := tx.fairness(a.PemdaPartyID)
	if err != nil {
		return 0, err
	}
	days, err := tx.calendarOf(a)
	if err != nil {
		return 0, err
	}
	hours, err := tx.hoursOf(a.PemdaPartyID)
	if err != nil {
		return 0, err
	}
	day := days.AddWorkdays(max(from, tx.today(a.Zone).Add(-longestPause)), f.PauseDays)
	return hours.Next(day.In(calendar.Zone(a.Zone), 0, 0), calendar.Zone(a.Zone), days).UnixMicro(), nil
}

// Resume starts the clock again; the dates move by the whole days it stood, and
// one that counts working days by as many of these.
func (tx *Tx) Resume(id, reason string) (models.Obligation, error) {
	o, a, err := tx.own(id)
	switch {
	case err != nil:
		return o, err
	case !running(o):
		return o, notOpen(o)
	case o.PausedAt == 0:
		return o, fault.New(fault.Conflict, "not_paused", "the clock is running")
	}
	days, err := tx.calendarOf(a)
	if err != nil {
		return o, err
	}
	d := stoodStill(o, a, days, tx.at)
	o.PausedAt = 0
	err = tx.db.Model(&models.Pause{}).Where("obligation_id = ? AND ended_at = 0", o.ID).
		Updates(map[string]any{"ended_at": tx.micros(), "ended_note": inWords(reason), "ended_by": tx.actor.Name}).Error
	if err != nil {
		return o, wrap("pause", err)
	}
	return o, tx.redate(a, &o, d, change{kind: "resumed", reason: strings.TrimSpace(reason), on: tx.today(a.Zone)})
}

// HandOn records that somebody else holds the matter of a pause now. The clock
// goes on standing.
func (tx *Tx) HandOn(pauseID string, in PauseInput) (models.Pause, error) {
	p, err := takeLocked[models.Pause](tx, "pauses", "pause", pauseID)
	if err != nil {
		return p, err
	}
	if err := tx.actor.may(p.Scope); err != nil {
		return p, err
	}
	reason := cmp.Or(in.Reason, obligation.PauseReason(p.Reason))
	switch {
	case p.EndedAt != 0:
		return p, fault.New(fault.Conflict, "not_paused", "the clock is running")
	case !slices.Contains(obligation.PauseReasons(), reason):
		return p, fault.New(fault.Invalid, "unknown_pause_reason", "there is no such reason for a pause").On("reason_code")
	case in.HolderPostID == "" && strings.TrimSpace(in.Holder) == "":
		return p, missing("holder")
	}
	if in.HolderPostID != "" {
		if _, err := take[models.Post](tx, "posts", "post", in.HolderPostID); err != nil {
			return p, err
		}
	}
	a, err := tx.fresh(p.AgreementID)
	if err != nil {
		return p, err
	}
	next := p
	next.ID, next.Reason, next.Note, next.SinceOn = newID(), string(reason), inWords(in.Note), string(tx.today(a.Zone))
	next.HolderPostID, next.Holder, next.Asked, next.Actor, next.CreatedAt = in.HolderPostID, inWords(in.Holder), 0, tx.actor.Name, tx.micros()
	if next.HolderPostID != "" {
		next.Holder = ""
	}
	if next.AskAt, err = tx.askAfter(a, calendar.Day(next.SinceOn)); err != nil {
		return p, err
	}
	err = tx.db.Model(&models.Pause{}).Where("id = ?", p.ID).Updates(map[string]any{"ended_at": tx.micros(), "ended_by": tx.actor.Name}).Error
	if err != nil {
		return p, wrap("pause", err)
	}
	if err := create(tx, next.Scope, next); err != nil {
		return p, err
	}
	return next, tx.audit("pause.handed_on", "obligation", p.ObligationID, p.Scope, map[string]any{"reason": next.Reason})
}

// PauseOf is the pause in which a duty's clock stands; without an ID it runs.
func (tx *Tx) PauseOf(obligationID string) (PauseView, error) {
	var v PauseView
	err := tx.pauses().Where("pauses.obligation_id = ? AND "+pauseStands, obligationID).Take(&v).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return PauseView{}, nil
	}
	return v, wrap("pause", err)
}
