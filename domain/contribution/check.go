package contribution

import (
	"slices"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/rupiah"
	"payung/domain/worker"
)

// Codes of the faults of this package.
const (
	UnknownSegment      = "unknown_segment"
	UnknownProgramme    = "unknown_programme"
	NoProgramme         = "no_programme"
	RepeatedProgramme   = "repeated_programme"
	UnknownRisk         = "unknown_risk"
	UnknownPayer        = "unknown_payer"
	UnknownSector       = "unknown_sector"
	UnknownRounding     = "unknown_rounding"
	BadMonth            = "bad_month"
	BeforeLaw           = "month_before_law"
	NegativeWage        = "negative_wage"
	NegativeAmount      = "negative_amount"
	WageMissing         = "wage_missing"
	NoRate              = "no_rate"
	BadCount            = "bad_count"
	TooLarge            = "amount_too_large"
	UnrecordedException = "unrecorded_exception"
)

// lastMonth bounds months so that everything reckoned from them has a year of
// four digits.
const lastMonth calendar.Month = "2999-12"

func (t *Table) check(q Query) error {
	switch {
	case !q.Segment.Known():
		return unknown(UnknownSegment, "segment", q.Segment)
	case len(q.Programmes) == 0:
		return fault.New(fault.Invalid, NoProgramme, "no programme was asked for").On("programmes")
	case q.Risk != "" && !q.Risk.known():
		return unknown(UnknownRisk, "risk", q.Risk)
	case q.Payer != "" && !q.Payer.Known():
		return unknown(UnknownPayer, "payer", q.Payer)
	case q.Sector != "" && !q.Sector.known():
		return unknown(UnknownSector, "sector", q.Sector)
	case !knownRounding(q.Rounding):
		return unknown(UnknownRounding, "rounding", q.Rounding)
	case q.Wage < 0:
		return fault.New(fault.Invalid, NegativeWage, "a wage cannot be negative").On("wage")
	case q.Wage == 0 && q.Segment == worker.PPU:
		return fault.New(fault.Invalid, WageMissing, "a wage earner's contribution needs the wage").On("wage")
	}
	for i, p := range q.Programmes {
		if !p.Known() {
			return unknown(UnknownProgramme, "programme", p)
		}
		if slices.Contains(q.Programmes[:i], p) {
			return fault.New(fault.Invalid, RepeatedProgramme, "programme %s was asked for twice", p).With("programme", string(p))
		}
	}
	return t.checkMonth(q.Month)
}

func (t *Table) checkMonth(m calendar.Month) error {
	if _, err := calendar.ParseMonth(string(m)); err != nil || m > lastMonth {
		return fault.New(fault.Invalid, BadMonth, "%q is not a month such as 2026-03", m).On("month")
	}
	if m < t.FirstMonth {
		return fault.New(fault.Invalid, BeforeLaw, "contributions are known from %s on (%s), not for %s", t.FirstMonth, t.FirstLaw, m).
			On("month").With("month", string(m)).With("first", string(t.FirstMonth)).With("law", t.FirstLaw)
	}
	return nil
}

// knownRounding lets rupiah say which policies exist; none means half up.
func knownRounding(r rupiah.Rounding) bool {
	_, err := r.Div(0, 1)
	return r == "" || err == nil
}

func (l RiskLevel) known() bool {
	return slices.Contains([]RiskLevel{VeryLow, Low, Medium, High, VeryHigh}, l)
}

func (s Sector) known() bool { return s == Transport || s == OtherSector }

func unknown[T ~string](code, field string, value T) error {
	return fault.New(fault.Invalid, code, "there is no %s %q", field, value).On(field).With(field, string(value))
}

// tooLarge leaves out the amounts: a wage is nobody else's business.
func tooLarge() error {
	return fault.New(fault.Invalid, TooLarge, "the amount is too large to be computed")
}
