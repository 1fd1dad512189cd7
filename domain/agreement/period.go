package agreement

import (
	"fmt"
	"time"

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

// maxMonths bounds a period at five years.
const maxMonths = 60

// Check refuses a period that ends before it begins or is longer than five
// years; no agreement of this kind was seen to run longer.
func (p Period) Check() error {
	switch {
	case !p.From.Valid() || !p.To.Valid():
		return fmt.Errorf("agreement: a period needs two existing days")
	case p.To < p.From:
		return fmt.Errorf("agreement: the period ends on %s, before it begins on %s", p.To, p.From)
	case p.To > lastDay(p.From, maxMonths):
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

// lastDay is the last day of a span of n months from a day: the day before the
// same day of the month, or the month's last day where it has no such day.
func lastDay(from calendar.Day, n int) calendar.Day {
	y, m, d := from.Date()
	return min(calendar.NewDay(y, m+time.Month(n), d).Add(-1), from.Month().Add(n).Last())
}

// months is the number of months the period spans, or 0 if it is not a whole
// number of them.
func (p Period) months() int {
	fy, fm, _ := p.From.Date()
	ty, tm, _ := p.To.Date()
	n := (ty-fy)*12 + int(tm-fm)
	// A span from the first of a month ends in the month before.
	for _, n := range []int{n, n + 1} {
		if n > 0 && lastDay(p.From, n) == p.To {
			return n
		}
	}
	return 0
}

// Next is the renewal of p: it begins the day after p ends and has as many
// months, so that 1 January–31 December stays 1 January–31 December through a
// leap year, the 27th–26th stays the 27th–26th, and what ended with a month
// ends with one again. A period of no whole months has as many days.
func (p Period) Next() Period {
	from := p.To.Add(1)
	if n := p.months(); n > 0 {
		return Period{from, lastDay(from, n)}
	}
	return Period{from, from.Add(p.Days() - 1)}
}

// Gap is the days between two periods that nobody is covered on; ok is false
// if there are none.
func Gap(before, after Period) (gap Period, ok bool) {
	gap = Period{before.To.Add(1), after.From.Add(-1)}
	return gap, gap.From <= gap.To
}
