package benefit

import (
	"payung/domain/calendar"
	"payung/domain/fault"
)

// Codes of the faults of this package; wages and segments share those of
// contributions.
const (
	UnknownEvent      = "unknown_event"
	BadDate           = "bad_date"
	NoTable           = "no_table"
	AmbiguousDateCode = "ambiguous_date"
	BadLoss           = "bad_loss"
	BadMonths         = "bad_months"
	UnknownBoundary   = "unknown_boundary"
	TooLarge          = "amount_too_large"
	ruleChanged       = "rule_changed_on"
)

// AmbiguousDate is the error of a date whose days lie in more than one table.
// It wraps the fault people read.
type AmbiguousDate struct {
	// Turns are the days on which the rules changed within the date: the event
	// lay before or on one of them.
	Turns []calendar.Day
	// Possible are the results of each table, oldest first; none where the
	// question was not about an amount.
	Possible []Result
	fault    *fault.Fault
}

func ambiguous(turns []calendar.Day, possible []Result) error {
	f := fault.New(fault.Invalid, AmbiguousDateCode, "the date is not exact enough, the rules changed on %v", turns).On("when")
	for _, d := range turns {
		f.Reasons = append(f.Reasons, fault.Reason{Code: ruleChanged, About: string(d)})
	}
	return &AmbiguousDate{Turns: turns, Possible: possible, fault: f}
}

// Error is the English sentence of the fault.
func (e *AmbiguousDate) Error() string { return e.fault.Error() }

// Unwrap is the fault.
func (e *AmbiguousDate) Unwrap() error { return e.fault }

func tooLarge() error {
	return fault.New(fault.Invalid, TooLarge, "the amount is too large to be computed")
}
