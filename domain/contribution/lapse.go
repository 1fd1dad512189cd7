package contribution

import (
	"slices"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/worker"
)

// LapseRule says how long an own-account worker may stay unpaid.
type LapseRule struct {
	AfterMonths int `json:"after_months"` // membership ends when more consecutive months than these are unpaid
	worker.Provenance
}

// History is what was paid for one own-account worker.
type History struct {
	Paid    []calendar.Month // months contributed for, in any order
	Through calendar.Month   // the last month that is due by now; later ones are not yet unpaid
	Limit   int              // unpaid months in a row that are still borne; 0: as the table says
	Kept    []Exception
}

// Exception is the decision of a BPJS office that months unpaid because public
// money came late do not count. Nobody takes it automatically.
type Exception struct {
	First, Last calendar.Month
	Actor       string // who decided, by a post or an account
	Note        string // on what grounds
}

// Period is one membership of an own-account worker.
type Period struct {
	First    calendar.Month   // first paid month
	LastPaid calendar.Month   // may be later than the month asked about
	Unpaid   []calendar.Month // unpaid months while it lasted
	Ended    calendar.Month   // the month whose non-payment ended it; empty: it goes on
}

// Arrears are the unpaid months that may still be paid. Those of an ended
// period are not collected.
func (p Period) Arrears() []calendar.Month {
	if p.Ended != "" {
		return nil
	}
	return p.Unpaid
}

// BPUPeriods divides a history into memberships, oldest first. One ends with
// the first unpaid month beyond the limit; paying again begins a new one
// without the old arrears (BPJS Ketenagakerjaan, membership procedure).
func (t *Table) BPUPeriods(h History) ([]Period, error) {
	if err := t.checkHistory(h); err != nil {
		return nil, err
	}
	if len(h.Paid) == 0 {
		return nil, nil
	}
	limit := h.Limit
	if limit == 0 {
		limit = t.Lapse.AfterMonths
	}
	var periods []Period
	var open *Period
	missed := 0
	last := max(h.Through, slices.Max(h.Paid))
	for m := slices.Min(h.Paid); ; m = m.Add(1) {
		switch {
		case slices.Contains(h.Paid, m):
			if open == nil {
				periods = append(periods, Period{First: m})
				open = &periods[len(periods)-1]
			}
			open.LastPaid, missed = m, 0
		case open != nil && m <= h.Through:
			open.Unpaid = append(open.Unpaid, m)
			if !h.kept(m) {
				missed++
			}
			if missed > limit {
				open.Ended, open, missed = m, nil, 0
			}
		}
		if m == last {
			return periods, nil
		}
	}
}

func (h History) kept(m calendar.Month) bool {
	return slices.ContainsFunc(h.Kept, func(e Exception) bool { return e.First <= m && m <= e.Last })
}

func (t *Table) checkHistory(h History) error {
	if h.Limit < 0 {
		return fault.New(fault.Invalid, BadCount, "%d is no number of months", h.Limit).With("count", whole(h.Limit))
	}
	months := append(slices.Clone(h.Paid), h.Through)
	for _, e := range h.Kept {
		if e.Actor == "" || e.Note == "" || e.Last < e.First {
			return fault.New(fault.Invalid, UnrecordedException, "an exception needs its months, who decided it and why")
		}
		months = append(months, e.First, e.Last)
	}
	for _, m := range months {
		if err := t.checkMonth(m); err != nil {
			return err
		}
	}
	return nil
}
