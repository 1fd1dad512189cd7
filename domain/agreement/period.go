package agreement

import (
	"fmt"

	"payung/domain/calendar"
)

// Period is the span of days one year of a line covers, both ends included.
type Period struct {
	From calendar.Day `json:"from"`
	To   calendar.Day `json:"to"`
}

// BudgetYear is the period of a budget year, 1 January to 31 December: the
// budget (APBD) is annual whatever the agreement's own length.
func BudgetYear(year int) Period {
	return Period{calendar.NewDay(year, 1, 1), calendar.NewDay(year, 12, 31)}
}

// Check refuses a period that ends before it begins or is longer than five
// years; no agreement of this kind was seen to run longer.
func (p Period) Check() error {
	switch {
	case !p.From.Valid() || !p.To.Valid():
		return fmt.Errorf("agreement: a period needs two existing days")
	case p.To < p.From:
		return fmt.Errorf("agreement: the period ends on %s, before it begins on %s", p.To, p.From)
	case p.To.Sub(p.From) > 5*366:
		return fmt.Errorf("agreement: the period from %s to %s is longer than five years", p.From, p.To)
	}
	return nil
}

// Days is the number of days in the period.
func (p Period) Days() int { return p.To.Sub(p.From) + 1 }

// Contains reports whether d lies in the period.
func (p Period) Contains(d calendar.Day) bool { return p.From <= d && d <= p.To }

// Overlaps reports whether the two share a day.
func (p Period) Overlaps(o Period) bool { return p.From <= o.To && o.From <= p.To }

// months is the number of whole calendar months the period consists of, or 0.
func (p Period) months() int {
	if p.From != p.From.Month().First() || p.To != p.To.Month().Last() {
		return 0
	}
	fy, fm, _ := p.From.Date()
	ty, tm, _ := p.To.Date()
	return (ty-fy)*12 + int(tm) - int(fm) + 1
}

// Next is the renewal of p: it begins the day after p ends and has the same
// calendar length, so that 1 January–31 December stays 1 January–31 December
// through a leap year and a period ending on 28 February ends on the month's
// last day.
func (p Period) Next() Period {
	from := p.To.Add(1)
	if n := p.months(); n > 0 {
		return Period{from, from.Month().Add(n - 1).Last()}
	}
	fy, fm, fd := p.From.Date()
	ey, em, ed := from.Date()
	// A period from the 27th to the 26th keeps its day of the month.
	if n := (ey-fy)*12 + int(em) - int(fm); n > 0 && fd == ed {
		last := from.Month().Add(n)
		end := calendar.NewDay(last.First().Year(), monthOf(last), fd)
		if end.Month() != last {
			end = last.Last().Add(1)
		}
		return Period{from, end.Add(-1)}
	}
	return Period{from, from.Add(p.Days() - 1)}
}

// Gap is the days between two periods that nobody is covered on; ok is false
// if there are none.
func Gap(before, after Period) (gap Period, ok bool) {
	gap = Period{before.To.Add(1), after.From.Add(-1)}
	return gap, gap.From <= gap.To
}
