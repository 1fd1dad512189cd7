package ledger

import (
	"slices"

	"payung/domain/calendar"
	"payung/models"
)

// Worked is the kind of a recorded day that takes a day off back: a decree was
// amended, or a Pemda works on a day others have off.
const Worked calendar.HolidayKind = "kerja"

// HolidayInput is days off, or days that are off no more, by one decree.
type HolidayInput struct {
	PartyID   string // "": national, by joint decree (SKB)
	Decree    string
	DecreedOn string // "": not known
	Verified  bool   // compared with the decree itself
	Days      []HolidayDay
}

// HolidayDay is one of them.
type HolidayDay struct {
	Day  string
	Kind calendar.HolidayKind
	Name string
}

// holidayChange is what becomes of recorded days.
type holidayChange struct {
	partyID string
	scope   models.Scope
	reason  string
	ended   []string         // days whose record ends
	rows    []models.Holiday // what is recorded instead
}

// PreviewHolidays says what days would change for open obligations, without
// changing anything.
func (tx *Tx) PreviewHolidays(in HolidayInput) (Effect, error) {
	c, err := tx.recording(in)
	if err != nil {
		return Effect{}, err
	}
	return tx.previewHolidays(c)
}

// RecordHolidays records days by a decree. Each takes the place of what was
// recorded for that day. A Pemda's own days move its open dates at once, and the
// effect says which; national ones move those of every agreement, one after
// another in the background.
func (tx *Tx) RecordHolidays(in HolidayInput) (Effect, error) {
	c, err := tx.recording(in)
	if err != nil {
		return Effect{}, err
	}
	return tx.changeHolidays(c)
}

// Withdrawal takes one day back.
type Withdrawal struct {
	PartyID string // "": the national day
	Day     string
	Reason  string // the decree or letter, or that it was a mistake
}

// PreviewWithdrawal says what taking a day back would change for open
// obligations, without changing anything.
func (tx *Tx) PreviewWithdrawal(in Withdrawal) (Effect, error) {
	c, err := tx.withdrawing(in)
	if err != nil {
		return Effect{}, err
	}
	return tx.previewHolidays(c)
}

// WithdrawHoliday takes a day back: the record made here ends, and a day that is
// off by the built-in table, or in a Pemda by national decree, is worked from
// now on.
func (tx *Tx) WithdrawHoliday(in Withdrawal) (Effect, error) {
	c, err := tx.withdrawing(in)
	if err != nil {
		return Effect{}, err
	}
	return tx.changeHolidays(c)
}

func (tx *Tx) previewHolidays(c holidayChange) (Effect, error) {
	r, err := tx.holidayRuling(c)
	if err != nil {
		return Effect{}, err
	}
	return tx.effectOf(r)
}

func (tx *Tx) changeHolidays(c holidayChange) (Effect, error) {
	r, err := tx.holidayRuling(c)
	if err != nil {
		return Effect{}, err
	}
	write := func() error { return tx.writeHolidays(c) }
	if c.partyID != "" {
		return tx.rule(r, write)
	}
	return Effect{}, tx.ruleAll(r, write)
}

func (tx *Tx) writeHolidays(c holidayChange) error {
	err := tx.db.Exec("UPDATE holidays SET known_to = ? WHERE party_id = ? AND day IN ? AND known_to = 0", tx.micros(), c.partyID, c.ended).Error
	if err != nil {
		return wrap("days recorded before", err)
	}
	if err := create(tx, c.scope, c.rows...); err != nil {
		return wrap("holidays", err)
	}
	return tx.audit("holidays.changed", "party", c.partyID, c.scope, map[string]any{"days": c.ended, "recorded": len(c.rows), "reason": c.reason})
}

// holidayRuling is a change of days as a change of policies.
func (tx *Tx) holidayRuling(c holidayChange) (ruling, error) {
	r := ruling{cause: CauseHoliday, partyID: c.partyID, reason: c.reason}
	if c.partyID != "" {
		r.after = func(p policy) *policy {
			p.local = c.applied(p.local)
			return p.settled()
		}
		return r, nil
	}
	national, err := tx.policyOf("")
	if err != nil {
		return r, err
	}
	now := *national
	now.local = c.applied(now.local)
	days := now.settled().calendar
	r.after = func(p policy) *policy {
		p.national = days
		return p.settled()
	}
	return r, nil
}

// applied are recorded days after the change.
func (c holidayChange) applied(rows []models.Holiday) []models.Holiday {
	rows = slices.DeleteFunc(slices.Clone(rows), func(h models.Holiday) bool { return slices.Contains(c.ended, h.Day) })
	return append(rows, c.rows...)
}

// withHolidays is a calendar with recorded days. A national one takes the place
// of what the table says about its day; a local one joins it.
func withHolidays(c *calendar.Calendar, rows []models.Holiday) *calendar.Calendar {
	if len(rows) == 0 {
		return c
	}
	var without []calendar.Day
	var with []calendar.Holiday
	for _, h := range rows {
		if h.PartyID == "" || h.Kind == string(Worked) {
			without = append(without, calendar.Day(h.Day))
		}
		if h.Kind != string(Worked) {
			with = append(with, holidayOf(h))
		}
	}
	return c.Without(without...).With(with...)
}

func holidayOf(h models.Holiday) calendar.Holiday {
	return calendar.Holiday{
		Day: calendar.Day(h.Day), Kind: calendar.HolidayKind(h.Kind), Name: h.Name, Decree: h.Decree, DecreedOn: calendar.Day(h.DecreedOn), Verified: h.Verified,
	}
}
