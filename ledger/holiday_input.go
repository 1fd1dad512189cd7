package ledger

import (
	"slices"
	"strings"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// maxHolidays bounds one decree. A yearly SKB has about 25 days.
const maxHolidays = 60

// recording checks days and turns them into rows.
func (tx *Tx) recording(in HolidayInput) (holidayChange, error) {
	c := holidayChange{partyID: in.PartyID, reason: strings.TrimSpace(in.Decree)}
	var err error
	if c.scope, err = tx.holidayScope(in.PartyID); err != nil {
		return c, err
	}
	switch {
	case c.reason == "":
		return c, missing("decree")
	case len(in.Days) == 0 || len(in.Days) > maxHolidays:
		return c, fault.New(fault.Invalid, "bad_day_count", "a decree names 1 to %d days", maxHolidays).On("days").With("max", itoa(maxHolidays))
	}
	if in.DecreedOn != "" {
		if _, err := checkDay("decreed_on", in.DecreedOn); err != nil {
			return c, err
		}
	}
	for _, d := range in.Days {
		h := models.Holiday{
			ID: newID(), Scope: c.scope, PartyID: in.PartyID, Day: d.Day, Kind: string(d.Kind), Name: strings.TrimSpace(d.Name),
			Decree: c.reason, DecreedOn: in.DecreedOn, Verified: in.Verified, Actor: tx.actor.Name, Recorded: tx.recorded(),
		}
		if err := checkHoliday(h); err != nil {
			return c, err
		}
		if slices.Contains(c.ended, h.Day) {
			return c, fault.New(fault.Invalid, "day_twice", "%s is named twice", h.Day).On("days").With("day", h.Day)
		}
		c.ended, c.rows = append(c.ended, h.Day), append(c.rows, h)
	}
	return c, nil
}

func checkHoliday(h models.Holiday) error {
	if _, err := checkDay("days", h.Day); err != nil {
		return err
	}
	switch calendar.HolidayKind(h.Kind) {
	case calendar.Libur, calendar.Cuti:
		if h.Name == "" {
			return missing("name")
		}
	case Worked:
	default:
		return fault.New(fault.Invalid, "unknown_day_kind", "a day is libur, cuti or kerja").On("days")
	}
	return nil
}

// withdrawing checks a withdrawal and says what becomes of the day.
func (tx *Tx) withdrawing(in Withdrawal) (holidayChange, error) {
	c := holidayChange{partyID: in.PartyID, reason: strings.TrimSpace(in.Reason), ended: []string{in.Day}}
	var err error
	if c.scope, err = tx.holidayScope(in.PartyID); err != nil {
		return c, err
	}
	if c.reason == "" {
		return c, missing("reason")
	}
	if _, err := checkDay("day", in.Day); err != nil {
		return c, err
	}
	p, err := tx.policyOf(in.PartyID)
	if err != nil {
		return c, err
	}
	if slices.ContainsFunc(p.local, func(h models.Holiday) bool { return h.Day == in.Day }) {
		return c, nil
	}
	off, listed := p.calendar.Holiday(calendar.Day(in.Day))
	if !listed {
		return c, fault.New(fault.Conflict, "no_holiday", "%s is not recorded as a day off", in.Day).On("day").With("day", in.Day)
	}
	c.rows = []models.Holiday{{
		ID: newID(), Scope: c.scope, PartyID: in.PartyID, Day: in.Day, Kind: string(Worked), Name: off.Name, Decree: c.reason,
		Actor: tx.actor.Name, Recorded: tx.recorded(),
	}}
	return c, nil
}

// holidayScope is whose the days of a party are, if the actor may change them.
// National days are the operator's.
func (tx *Tx) holidayScope(partyID string) (models.Scope, error) {
	if partyID == "" {
		return models.Scope{}, tx.actor.may(models.Scope{})
	}
	p, err := tx.ownPemda(partyID)
	return p.Scope, err
}
