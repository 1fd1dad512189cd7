package contribution

import (
	"payung/domain/fault"
	"payung/domain/rupiah"
	"payung/domain/worker"
)

// longestPlan bounds an estimate in months.
const longestPlan = 120

// ProgrammeTotal is what one programme costs.
type ProgrammeTotal struct {
	Programme worker.Programme
	Amount    rupiah.Amount
}

// Estimate is what a number of people like one cost over some months.
type Estimate struct {
	People      int64
	Monthly     []Result         // of one person, month by month
	Totals      []ProgrammeTotal // of all people and months, by programme
	Total       rupiah.Amount
	RuleVersion string
}

// Estimate computes what so many people like the one in the query cost from its
// month on for so many months, each month by its own law.
func (t *Table) Estimate(q Query, people int64, months int) (Estimate, error) {
	if people < 0 || months < 1 || months > longestPlan {
		return Estimate{}, fault.New(fault.Invalid, BadCount, "%d people over %d months cannot be estimated", people, months)
	}
	e := Estimate{People: people, RuleVersion: t.Version}
	parts := map[worker.Programme][]rupiah.Amount{}
	for range months {
		r, err := t.Compute(q)
		if err != nil {
			return Estimate{}, err
		}
		for _, it := range r.Items {
			all, err := it.Amount.Times(people)
			if err != nil {
				return Estimate{}, tooLarge()
			}
			parts[it.Programme] = append(parts[it.Programme], all)
		}
		e.Monthly = append(e.Monthly, r)
		q.Month = q.Month.Add(1)
	}
	var err error
	e.Totals, e.Total, err = add(parts)
	return e, err
}

// Totals adds up estimates of several groups by programme, in the order of
// [worker.Programmes]: wage-based and flat contributions may stand in one
// agreement.
func Totals(estimates ...Estimate) ([]ProgrammeTotal, rupiah.Amount, error) {
	parts := map[worker.Programme][]rupiah.Amount{}
	for _, e := range estimates {
		for _, pt := range e.Totals {
			parts[pt.Programme] = append(parts[pt.Programme], pt.Amount)
		}
	}
	return add(parts)
}

func add(parts map[worker.Programme][]rupiah.Amount) ([]ProgrammeTotal, rupiah.Amount, error) {
	var totals []ProgrammeTotal
	var amounts []rupiah.Amount
	for _, p := range worker.Programmes() {
		if len(parts[p]) == 0 {
			continue
		}
		sum, err := rupiah.Sum(parts[p]...)
		if err != nil {
			return nil, 0, tooLarge()
		}
		totals, amounts = append(totals, ProgrammeTotal{p, sum}), append(amounts, sum)
	}
	total, err := rupiah.Sum(amounts...)
	if err != nil {
		return nil, 0, tooLarge()
	}
	return totals, total, nil
}
