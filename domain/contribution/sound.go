package contribution

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"payung/domain/calendar"
	"payung/domain/worker"
)

// sound checks what a data file cannot say about itself: that every rule has
// its source and months, and that no two answer the same question.
func (t *Table) sound() error {
	switch {
	case !calendar.Day(t.Version).Valid():
		return fmt.Errorf("version %q is not the day of the last comparison", t.Version)
	case !isMonth(t.FirstMonth) || t.FirstLaw == "":
		return errors.New("the first month or its law is missing")
	case !t.DefaultRisk.Level.known() || !t.DefaultRisk.Stated():
		return errors.New("the default risk is unknown or without source")
	case t.Lapse.AfterMonths < 1 || !t.Lapse.Stated():
		return errors.New("the lapse is without months or source")
	}
	return cmp.Or(t.soundRates(), t.soundClasses(), t.soundReliefs(), t.soundDates(), t.soundAccounts())
}

func (t *Table) soundRates() error {
	for i, r := range t.Rates {
		id := r.version(r.ID)
		switch {
		case !r.Programme.Known() || !r.Segment.Known() || r.Risk != "" && !r.Risk.known():
			return fmt.Errorf("rate %s: programme, segment or risk is unknown", id)
		case r.JKP != "" && r.JKP != "in" && r.JKP != "out":
			return fmt.Errorf("rate %s: jkp is neither in nor out", id)
		case (r.Hundredths > 0) == (r.Flat > 0) || r.Hundredths < 0 || r.Hundredths > 10000 || r.Flat < 0:
			return fmt.Errorf("rate %s: either a rate or a flat amount is needed", id)
		case !r.stated(r.Provenance):
			return fmt.Errorf("rate %s: months, source or confidence are missing", id)
		}
		for _, o := range t.Rates[:i] {
			if r.rivals(o) {
				return fmt.Errorf("rates %s and %s answer the same question", id, o.version(o.ID))
			}
		}
	}
	return nil
}

func (r Rate) rivals(o Rate) bool {
	return r.Programme == o.Programme && r.Segment == o.Segment && r.Share == o.Share && r.overlaps(o.Span) &&
		(r.Risk == o.Risk || r.Risk == "" || o.Risk == "") && (r.JKP == o.JKP || r.JKP == "" || o.JKP == "")
}

func (t *Table) soundClasses() error {
	for i, c := range t.Classes {
		if len(c.Rows) == 0 || c.Rows[0].From != 0 || !c.stated(c.Provenance) {
			return fmt.Errorf("classes %d: they do not begin at 0, or months, source or confidence are missing", i+1)
		}
		for j, row := range c.Rows[1:] {
			if prev := c.Rows[j]; row.From <= prev.PrintedTo || prev.PrintedTo < prev.From || row.Nominal <= prev.Nominal {
				return fmt.Errorf("classes %d: row %d does not follow the one before", i+1, j+2)
			}
		}
		for _, o := range t.Classes[:i] {
			if c.overlaps(o.Span) {
				return fmt.Errorf("classes %d: another table holds in the same months", i+1)
			}
		}
	}
	return nil
}

func (t *Table) soundReliefs() error {
	for i, r := range t.Reliefs {
		if r.ID == "" || len(r.Programmes) == 0 || len(r.Segments) == 0 || r.Pays < 0 || r.Pays > 10000 {
			return fmt.Errorf("relief %s: programmes, segments or the part still paid are missing", r.ID)
		}
		for _, p := range slices.Concat(r.NotFor, r.UnsettledFor) {
			if !p.Known() {
				return fmt.Errorf("relief %s: unknown payer %q", r.ID, p)
			}
		}
		for _, s := range r.Sectors {
			if !s.known() {
				return fmt.Errorf("relief %s: unknown sector %q", r.ID, s)
			}
		}
		if !r.stated(r.Provenance) {
			return fmt.Errorf("relief %s: months, source or confidence are missing", r.ID)
		}
		for _, o := range t.Reliefs[:i] {
			if r.rivals(o) {
				return fmt.Errorf("reliefs %s and %s answer the same question", r.ID, o.ID)
			}
		}
	}
	return nil
}

func (r Relief) rivals(o Relief) bool {
	return r.Scope.rivals(o.Scope) && meet(r.Programmes, o.Programmes) &&
		(len(r.Sectors) == 0 || len(o.Sectors) == 0 || meet(r.Sectors, o.Sectors))
}

func (t *Table) soundDates() error {
	for i, r := range t.DueRules {
		if r.Day < 1 || r.Day > 31 || r.MonthsLater < 0 || r.Holiday != ToNext && r.Holiday != ToPrevious || !r.stated(r.Provenance) {
			return fmt.Errorf("due date %s: day, shift, months, source or confidence are missing", r.ID)
		}
		for _, o := range t.DueRules[:i] {
			if r.rivals(o.Scope) {
				return fmt.Errorf("due dates %s and %s answer the same question", r.version(r.ID), o.version(o.ID))
			}
		}
	}
	for i, r := range t.FineRules {
		if r.Hundredths < 0 || !r.stated(r.Provenance) {
			return fmt.Errorf("fine %s: it is negative, or months, source or confidence are missing", r.ID)
		}
		for _, o := range t.FineRules[:i] {
			if r.rivals(o.Scope) {
				return fmt.Errorf("fines %s and %s answer the same question", r.version(r.ID), o.version(o.ID))
			}
		}
	}
	return nil
}

func (t *Table) soundAccounts() error {
	for _, a := range t.Accounts {
		if a.Group == "" || a.Code == "" || !a.Programme.Known() || !a.Stated() {
			return fmt.Errorf("account %s: group, programme, source or confidence are missing", a.Code)
		}
	}
	return nil
}

// stated reports whether the months exist and the rule says where it comes from.
func (s Span) stated(p worker.Provenance) bool {
	return isMonth(s.From) && (s.To == "" || isMonth(s.To) && s.From <= s.To) && p.Stated()
}

func (s Scope) rivals(o Scope) bool { return meet(s.Segments, o.Segments) && s.overlaps(o.Span) }

func meet[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(x T) bool { return slices.Contains(b, x) })
}

func isMonth(m calendar.Month) bool { _, err := calendar.ParseMonth(string(m)); return err == nil }
