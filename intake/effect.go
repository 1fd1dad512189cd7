package intake

import (
	"strings"

	"payung/domain/calendar"
	"payung/domain/contribution"
	"payung/domain/roster"
	"payung/domain/rupiah"
	"payung/domain/worker"
	"payung/ledger"
)

// effect works out what the list would mean in people and money, with so many
// people said to have left it; nil where the line does not say how it is paid.
func (r *reader) effect(c ledger.Comparison, left int64) (*roster.Effect, error) {
	group, ok := worker.Find(r.Line.GroupCode)
	funding, paid := worker.FindFunding(r.Line.FundingSource)
	if !ok || !paid {
		return nil, nil
	}
	first, last := calendar.Day(r.Period.FromDay).Month(), calendar.Day(r.Period.ToDay).Month()
	month, months := roster.MonthsLeft(calendar.Day(r.Import.OnDay), first, last)
	if months == 0 {
		return nil, nil
	}
	q := contribution.For(group, month, rupiah.Amount(r.Line.Wage), funding.Payer)
	q.Rounding, q.Programmes = rupiah.HalfUp, nil
	for code := range strings.SplitSeq(r.Line.Programmes, ",") {
		q.Programmes = append(q.Programmes, worker.Programme(code))
	}
	plan := roster.Plan{Query: q, Months: months}
	change := roster.Change{
		Added: c.Added, Removed: left, Unchanged: c.Before - left, Duplicates: c.Elsewhere,
		Units: []roster.UnitCount{{Unit: r.Unit.Name, People: c.Before - left + c.Added, Minimum: r.Quota.Minimum, Quota: r.Quota.Ceiling}},
	}
	e, err := roster.Weigh(contribution.National(), plan, change)
	if err != nil {
		return nil, err
	}
	// The ceiling is of the whole line, whoever else is on it.
	plan.Ceiling = rupiah.Amount(r.Line.BudgetCeiling)
	all, err := roster.Weigh(contribution.National(), plan, roster.Change{Unchanged: r.Others + e.People})
	e.HasCeiling, e.Room = all.HasCeiling, all.Room
	return &e, err
}
