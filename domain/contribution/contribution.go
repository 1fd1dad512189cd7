// Package contribution computes the monthly contribution (iuran) to BPJS
// Ketenagakerjaan by segment, programme and month, with due dates, fines and
// the lapse of own-account workers. Law applies by the month contributed for
// (bulan-tahun, BLTH), to old agreements too. Every rate, class, relief and date
// is dated data with its source; results say which of it they used.
package contribution

import (
	"strconv"

	"payung/domain/calendar"
	"payung/domain/rupiah"
	"payung/domain/worker"
)

// RiskLevel is the work-accident risk of an employer, which sets the rate of
// JKK for wage earners (PP 44/2015).
type RiskLevel string

// The five levels of risk.
const (
	VeryLow  RiskLevel = "very_low"
	Low      RiskLevel = "low"
	Medium   RiskLevel = "medium"
	High     RiskLevel = "high"
	VeryHigh RiskLevel = "very_high"
)

// Sector is the line of work of an own-account worker, as far as a relief
// depends on it (PP 50/2025).
type Sector string

// The sectors that the law tells apart. No sector counts as [OtherSector],
// which never gives a relief too early or too long.
const (
	Transport   Sector = "transport"
	OtherSector Sector = "other"
)

// Query asks what one person costs in one month.
type Query struct {
	Segment    worker.Segment
	Programmes []worker.Programme
	Month      calendar.Month
	// Wage is the agreed monthly wage of a wage earner, or the monthly income of
	// an own-account worker, which picks the class.
	Wage rupiah.Amount
	Risk RiskLevel // for JKK of wage earners; empty: the default of the table
	JKP  bool      // enrolled in job loss insurance, for wage earners
	// Payer and Sector decide about relief for own-account workers. Without a
	// payer no relief is given that depends on one.
	Payer    worker.Payer
	Sector   Sector
	Rounding rupiah.Rounding // per item; empty: half up
}

// For asks about a person of that group in that month. The programmes are the
// group's usual ones.
func For(g worker.Group, m calendar.Month, wage rupiah.Amount, payer worker.Payer) Query {
	return Query{Segment: g.Segment, Programmes: g.Programmes, Month: m, Wage: wage, Payer: payer}
}

// Share says who bears an item.
type Share string

// The two sides of a wage earner's contribution. Own-account workers have one
// undivided contribution and no share.
const (
	EmployerShare Share = "employer"
	WorkerShare   Share = "worker"
)

// Item is one line of a contribution. JKK and JKM are separate items always:
// they are paid from separate budget accounts.
type Item struct {
	Programme  worker.Programme
	Share      Share
	Hundredths int64         // rate in hundredths of a per cent; 0 for a flat amount
	Base       rupiah.Amount // what the rate is taken of; 0 for a flat amount
	Full       rupiah.Amount // before relief
	Amount     rupiah.Amount // owed
	Rule       string        // rate and the first month of its version, such as "jkm_bpu@2015-07"
	Relief     string        // applied relief and its first month; empty: none
	Explain    []worker.Note // how the amount came about, in order
	worker.Provenance
}

// Result is what one person costs in one month.
type Result struct {
	Month       calendar.Month
	Items       []Item // in the order of [worker.Programmes]
	Total       rupiah.Amount
	RuleVersion string        // the version of the whole table
	Notes       []worker.Note // what is assumed or unsettled
}

// Of is the amount of one programme, all shares together.
func (r Result) Of(p worker.Programme) rupiah.Amount {
	var sum rupiah.Amount
	for _, it := range r.Items {
		if it.Programme == p {
			sum += it.Amount // part of Total, which did not overflow
		}
	}
	return sum
}

// Compute answers the query by this table. It returns a fault for a query that
// makes no sense, for months before the first one known ([BeforeLaw]) and where
// the table has no rate ([NoRate]).
func (t *Table) Compute(q Query) (Result, error) {
	if err := t.check(q); err != nil {
		return Result{}, err
	}
	res := Result{Month: q.Month, RuleVersion: t.Version}
	if q.Rounding == "" {
		q.Rounding = rupiah.HalfUp
	}
	if q.Segment == worker.PPU && q.Risk == "" {
		q.Risk = t.DefaultRisk.Level
		res.Notes = append(res.Notes, worker.Note{Key: "default_risk", Params: map[string]string{"risk": string(q.Risk)}})
	}
	base, explain := q.Wage, "percent_of_wage"
	if q.Segment == worker.BPU {
		class, err := t.Class(q.Wage, q.Month)
		if err != nil {
			return Result{}, err
		}
		base, explain = class.Nominal, "percent_of_class"
		res.Notes = append(res.Notes, class.gapNote(q.Wage)...)
	}
	for _, p := range worker.Programmes() {
		items, err := t.items(q, p, base, explain)
		if err != nil {
			return Result{}, err
		}
		res.Items = append(res.Items, items...)
	}
	amounts := make([]rupiah.Amount, len(res.Items))
	for i, it := range res.Items {
		amounts[i] = it.Amount
	}
	total, err := rupiah.Sum(amounts...)
	if err != nil {
		return Result{}, tooLarge()
	}
	res.Total = total
	return res, nil
}

// whole writes a number for a note.
func whole[T ~int | ~int64](n T) string { return strconv.FormatInt(int64(n), 10) }
