package benefit

import (
	"cmp"
	"errors"
	"fmt"

	"payung/domain/calendar"
	"payung/domain/rupiah"
)

// mostPaid bounds every fixed amount in the data, so that sums over a table do
// not overflow.
const mostPaid rupiah.Amount = 1_000_000_000_000

func (t *Tables) sound() error {
	if !calendar.Day(t.Version).Valid() {
		return fmt.Errorf("version %q is not the day of the last comparison", t.Version)
	}
	if len(t.Tables) == 0 {
		return errors.New("there is no table")
	}
	var before calendar.Day
	for _, table := range t.Tables {
		if table.ID == "" || !table.From.Valid() || table.From <= before || table.From > lastDay {
			return fmt.Errorf("table %s: its first day %q does not follow the one before", table.ID, table.From)
		}
		if err := cmp.Or(table.soundParts(), table.Scholarship.sound(), table.Claim.sound()); err != nil {
			return fmt.Errorf("table %s: %w", table.ID, err)
		}
		before = table.From
	}
	return nil
}

func (table Table) soundParts() error {
	for _, p := range table.Benefits {
		fixed := p.Amount > 0 && p.Amount <= mostPaid && p.Times >= 0 && p.Times <= 1200 && p.Months == 0 && p.Hundredths == 0
		byWage := p.Amount == 0 && p.Times == 0 && p.Months > 0 && p.Months <= 1200 && p.Hundredths >= 0 && p.Hundredths <= whole
		switch {
		case !p.Event.Known() || p.Kind != LumpSum && p.Kind != Periodic && p.Kind != Funeral:
			return fmt.Errorf("unknown event %q or kind %q", p.Event, p.Kind)
		case !fixed && !byWage:
			return fmt.Errorf("%s of %s: either an amount or months of wage are needed", p.Kind, p.Event)
		case byWage && (!p.Event.ByAccident() || (p.Hundredths == 0) != (p.Event == PartialDisability)):
			return fmt.Errorf("%s of %s: a wage or a loss does not belong to it", p.Kind, p.Event)
		case !p.Stated():
			return fmt.Errorf("%s of %s: source or confidence are missing", p.Kind, p.Event)
		}
	}
	for _, c := range table.Ceilings {
		if c.Kind == "" || c.Amount <= 0 || !c.Stated() {
			return fmt.Errorf("ceiling %s: amount, source or confidence are missing", c.Kind)
		}
	}
	return nil
}

func (s Scholarship) sound() error {
	if s.Children < 1 || s.UntilAge < 0 || s.LumpSum < 0 || s.LumpSum > mostPaid || !s.Stated() {
		return errors.New("scholarship: children, age, source or confidence are missing")
	}
	if (s.LumpSum > 0) == (len(s.Levels) > 0) {
		return errors.New("scholarship: either a lump sum or levels are needed")
	}
	for _, l := range s.Levels {
		if l.Code == "" || l.Name.ID == "" || l.Name.EN == "" || l.PerYear <= 0 || l.PerYear > mostPaid || l.Years < 1 || l.Years > 100 {
			return fmt.Errorf("scholarship: level %s lacks its name, amount or years", l.Code)
		}
	}
	for _, e := range s.Entitled {
		if !e.Event.Known() || e.MinMonths < 0 || !e.Stated() {
			return fmt.Errorf("scholarship: event %q is unknown or without source", e.Event)
		}
	}
	return nil
}

func (c Claim) sound() error {
	if c.Years < 1 || c.Years > 100 || !c.Stated() {
		return errors.New("claim: years, source or confidence are missing")
	}
	return nil
}
