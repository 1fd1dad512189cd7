// Package benefit computes what BPJS Ketenagakerjaan pays for a death or a work
// accident (santunan), the scholarship of the children and the time to claim.
// The day of the event alone decides which table applies, never the day of the
// claim, of the agreement or of a payment. The tables are dated data with their
// sources.
package benefit

import (
	"slices"
	"strconv"

	"payung/domain/calendar"
	"payung/domain/contribution"
	"payung/domain/fault"
	"payung/domain/rupiah"
	"payung/domain/worker"
)

// Event is what happened to the worker.
type Event string

// The events with a benefit in cash.
const (
	Death             Event = "death"              // not by a work accident: JKM
	AccidentDeath     Event = "accident_death"     // JKK
	TotalDisability   Event = "total_disability"   // JKK, for good
	PartialDisability Event = "partial_disability" // JKK, for good
)

// Known reports whether e is one of the events.
func (e Event) Known() bool {
	return slices.Contains([]Event{Death, AccidentDeath, TotalDisability, PartialDisability}, e)
}

// ByAccident reports whether the event is insured by JKK and paid by wage.
func (e Event) ByAccident() bool { return e.Known() && e != Death }

// Kind is a part of a benefit.
type Kind string

// The kinds of parts.
const (
	LumpSum  Kind = "lump_sum" // santunan sekaligus
	Periodic Kind = "periodic" // santunan berkala, paid at once
	Funeral  Kind = "funeral"  // biaya pemakaman
)

// Query asks what an event pays.
type Query struct {
	Event Event
	When  calendar.When
	// Segment and Wage set the base of a work accident: the wage of a wage
	// earner, or the income of an own-account worker, whose class has a nominal
	// wage. A death that was no accident pays the same to all.
	Segment worker.Segment
	Wage    rupiah.Amount
	// Loss is the part of the body's capacity lost by a partial disability, in
	// hundredths of a per cent, as a doctor finds it by the table of the law.
	Loss     int64
	Rounding rupiah.Rounding // empty: half up
}

// Component is one part of a benefit.
type Component struct {
	Kind    Kind
	Amount  rupiah.Amount
	Explain worker.Note
	worker.Provenance
}

// Ceiling is a cost refunded up to an amount. It is no part of a total.
type Ceiling struct {
	Kind   string        `json:"kind"` // such as transport_sea
	Amount rupiah.Amount `json:"amount"`
	worker.Provenance
}

// Result is what an event pays, without scholarship.
type Result struct {
	Table       string       // such as pp_82_2019
	From, To    calendar.Day // days of event for which the table holds; To empty: no end known
	Components  []Component
	Total       rupiah.Amount
	Ceilings    []Ceiling // for work accidents
	Notes       []worker.Note
	RuleVersion string
}

// Compute answers the query. A date that is not exact is fine as long as all
// its days lie in one table; otherwise the error is an [AmbiguousDate] with
// every possible result. An event before the first table is a fault [NoTable].
func (t *Tables) Compute(q Query) (Result, error) {
	if err := q.check(); err != nil {
		return Result{}, err
	}
	span, err := t.span(q.When)
	if err != nil {
		return Result{}, err
	}
	possible := make([]Result, len(span.tables))
	for i, table := range span.tables {
		if possible[i], err = t.result(table, q); err != nil {
			return Result{}, err
		}
		possible[i].Notes = append(possible[i].Notes, span.notes...)
	}
	if len(span.turns) > 0 {
		return Result{}, ambiguous(span.turns, possible)
	}
	return possible[0], nil
}

func (t *Tables) result(table Table, q Query) (Result, error) {
	res := Result{Table: table.ID, From: table.From, To: t.end(table), RuleVersion: t.Version}
	base := q.Wage
	if q.Event.ByAccident() {
		res.Ceilings = slices.Clone(table.Ceilings)
		if q.Segment == worker.BPU {
			class, err := contribution.National().Class(q.Wage, table.within(q.When.On, res.To).Month())
			if err != nil {
				return Result{}, err
			}
			base = class.Nominal
		}
	}
	var amounts []rupiah.Amount
	for _, part := range table.Benefits {
		if part.Event != q.Event {
			continue
		}
		c, err := part.component(base, q)
		if err != nil {
			return Result{}, err
		}
		res.Components, amounts = append(res.Components, c), append(amounts, c.Amount)
	}
	var err error
	if res.Total, err = rupiah.Sum(amounts...); err != nil {
		return Result{}, tooLarge()
	}
	res.Notes = table.floorNote(q.Event, res.Components)
	return res, nil
}

func (q Query) check() error {
	_, rounding := q.Rounding.Div(0, 1)
	switch {
	case !q.Event.Known():
		return fault.New(fault.Invalid, UnknownEvent, "there is no event %q", q.Event).On("event")
	case q.Rounding != "" && rounding != nil:
		return fault.New(fault.Invalid, contribution.UnknownRounding, "there is no rounding %q", q.Rounding).On("rounding")
	case !q.Event.ByAccident():
		return nil
	case !q.Segment.Known():
		return fault.New(fault.Invalid, contribution.UnknownSegment, "there is no segment %q", q.Segment).On("segment")
	case q.Wage < 0:
		return fault.New(fault.Invalid, contribution.NegativeWage, "a wage cannot be negative").On("wage")
	case q.Wage == 0 && q.Segment == worker.PPU:
		return fault.New(fault.Invalid, contribution.WageMissing, "the benefit of a wage earner needs the wage").On("wage")
	case q.Event == PartialDisability && (q.Loss <= 0 || q.Loss > whole):
		return fault.New(fault.Invalid, BadLoss, "a partial loss lies between nothing and the whole").On("loss")
	}
	return nil
}

// whole is a hundred per cent in hundredths of a per cent.
const whole = 100 * 100

func text[T ~int64](n T) string { return strconv.FormatInt(int64(n), 10) }
