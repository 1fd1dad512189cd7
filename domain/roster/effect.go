package roster

import (
	"cmp"
	"maps"
	"slices"

	"payung/domain/calendar"
	"payung/domain/contribution"
	"payung/domain/rupiah"
)

// Plan is what a list is weighed against.
type Plan struct {
	// Query asks what one person costs. Its month is the first one to be paid;
	// its wage counts for everybody, unless OwnWage is set.
	Query   contribution.Query
	OwnWage bool          // everybody's contribution is of the wage in the list
	Months  int           // how many are left to be paid, see [MonthsLeft]
	Ceiling rupiah.Amount // of the budget for them; 0: none is set
}

// Change is how a list differs from the one before.
type Change struct {
	Added      int64
	Removed    int64
	Unchanged  int64
	Duplicates int64 // rows left out because the person is on a list already
	// Wages are how many of those added or unchanged have which wage; needed
	// only for a plan with OwnWage.
	Wages map[rupiah.Amount]int64
	Units []UnitCount
}

// UnitCount is how many people of a unit are on the list, and how many are
// expected of it.
type UnitCount struct {
	Unit    string // name, as it is shown
	People  int64
	Minimum int64 // 0: none is agreed
	Quota   int64 // the most there are places for; 0: none is agreed
}

// Effect is what a list would change if it were taken.
type Effect struct {
	Added, Removed, Unchanged, Duplicates int64
	People                                int64 // on the list afterwards
	Months                                int
	Cost                                  rupiah.Amount // of everybody on it for these months
	HasCeiling                            bool
	Room                                  rupiah.Amount // under the ceiling; negative: over it
	Short, Over                           []UnitCount   // units below their minimum, and above their quota
	RuleVersion                           string        // of the contribution table
}

// Weigh works out what a change of a list means. The errors are those of
// [contribution.Table.Estimate].
func Weigh(t *contribution.Table, p Plan, c Change) (Effect, error) {
	e := Effect{
		Added: c.Added, Removed: c.Removed, Unchanged: c.Unchanged, Duplicates: c.Duplicates,
		People: c.Added + c.Unchanged, Months: p.Months, RuleVersion: t.Version,
	}
	for _, u := range c.Units {
		if u.People < u.Minimum {
			e.Short = append(e.Short, u)
		}
		if u.Quota > 0 && u.People > u.Quota {
			e.Over = append(e.Over, u)
		}
	}
	cost, err := p.cost(t, e.People, c.Wages)
	if err != nil {
		return Effect{}, err
	}
	e.Cost = cost
	if p.Ceiling > 0 {
		e.HasCeiling, e.Room = true, p.Ceiling-cost
	}
	return e, nil
}

// cost is what everybody costs over the months of the plan.
func (p Plan) cost(t *contribution.Table, people int64, wages map[rupiah.Amount]int64) (rupiah.Amount, error) {
	if p.Months == 0 || people == 0 {
		return 0, nil
	}
	if !p.OwnWage {
		wages = map[rupiah.Amount]int64{p.Query.Wage: people}
	}
	var parts []rupiah.Amount
	for _, wage := range slices.Sorted(maps.Keys(wages)) {
		q := p.Query
		q.Wage = wage
		e, err := t.Estimate(q, wages[wage], p.Months)
		if err != nil {
			return 0, err
		}
		parts = append(parts, e.Total)
	}
	return rupiah.Sum(parts...)
}

// MonthsLeft are the first month of a period that is still whole on a day, and
// how many there are from it to the last one. With none left the month is
// empty.
func MonthsLeft(on calendar.Day, first, last calendar.Month) (calendar.Month, int) {
	from := on.Month()
	if on != from.First() {
		from = from.Add(1)
	}
	from = max(from, first)
	n := 0
	for m := from; m <= last; m = m.Add(1) {
		n++
	}
	if n == 0 {
		return "", 0
	}
	return from, n
}

// Compare counts who is new on a list, who is gone and who stays, by whatever
// stands for a person. Somebody who is named twice counts once.
func Compare[K cmp.Ordered](before, after []K) (added, removed, unchanged int64) {
	was, is := map[K]bool{}, map[K]bool{}
	for _, k := range before {
		was[k] = true
	}
	for _, k := range after {
		if is[k] {
			continue
		}
		is[k] = true
		if was[k] {
			unchanged++
		} else {
			added++
		}
	}
	return added, int64(len(was)) - unchanged, unchanged
}
