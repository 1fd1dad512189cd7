package calendar

import "fmt"

// Precision says how sure a date is. A newspaper writes "early March"; that is
// never stored as a false first of March.
type Precision string

// The precisions in use. A [When] with Before or Since is open at one end.
const (
	Exact   Precision = "day"
	Monthly Precision = "month"
	Yearly  Precision = "year"
	Early   Precision = "early"  // the first ten days of the month of On, or the first four months of the year if the month is 1
	Before  Precision = "before" // some day up to and including On
	Since   Precision = "since"  // from On, going on
)

// When is a date with its precision. On is always an existing day: the first
// day of the span the words could mean, or the known end of an open span.
type When struct {
	On        Day       `json:"on"`
	Precision Precision `json:"precision"`
}

// On is an exact date.
func On(d Day) When { return When{On: d, Precision: Exact} }

// ParseWhen checks a day and a precision; an empty precision means exact.
func ParseWhen(day, precision string) (When, error) {
	d, err := ParseDay(day)
	if err != nil {
		return When{}, err
	}
	switch p := Precision(precision); p {
	case "":
		return On(d), nil
	case Exact, Monthly, Yearly, Early, Before, Since:
		return When{On: d, Precision: p}, nil
	}
	return When{}, fmt.Errorf("calendar: precision %q is not one of day, month, year, early, before, since", precision)
}

// Zero reports that no date is known.
func (w When) Zero() bool { return w.On == "" }

// Earliest and Latest bound the span of days the date can mean. An open end
// is the zero day.
func (w When) Earliest() Day {
	if w.Precision == Before {
		return ""
	}
	return w.On
}

// Latest is the last day the date can mean; see [When.Earliest].
func (w When) Latest() Day {
	y, m, _ := w.On.Date()
	switch w.Precision {
	case Monthly:
		return w.On.Month().Last()
	case Yearly:
		return NewDay(y, 12, 31)
	case Early:
		if m == 1 && w.On == NewDay(y, 1, 1) {
			return NewDay(y, 4, 30)
		}
		return NewDay(y, m, 10)
	case Since:
		return ""
	default:
		return w.On
	}
}

// Known reports whether what the date speaks of had surely happened by the end
// of day d. Something dated "early March" is surely over on 10 March; what has
// gone on "since" a day had begun on it.
func (w When) Known(d Day) bool {
	if w.Zero() {
		return false
	}
	if w.Precision == Since {
		return w.On <= d
	}
	return w.Latest() <= d
}
