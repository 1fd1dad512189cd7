package contribution

import (
	"payung/domain/calendar"
	"payung/domain/worker"
)

// DueRule says by when the contribution of a month is paid.
type DueRule struct {
	ID          string `json:"id"`
	Day         int    `json:"day"`          // of the month; the last day where the month is shorter
	MonthsLater int    `json:"months_later"` // 0: in the month contributed for
	Holiday     Shift  `json:"holiday"`
	Scope
	worker.Provenance
}

// Shift is where a due date moves that is no working day.
type Shift string

// The two directions.
const (
	ToNext     Shift = "next"     // the next working day
	ToPrevious Shift = "previous" // the working day before (PP 49/2020)
)

// Due is a due date with its grounds.
type Due struct {
	Day     calendar.Day // to be paid by the end of this day
	Nominal calendar.Day // before moving to a working day
	Rule    string
	// Calendar is the version of the calendar used; HolidaysKnown is false where
	// it does not cover the year, so that only weekends moved the date.
	Calendar      string
	HolidaysKnown bool
	worker.Provenance
}

// DueDate is when the contribution of month m is due. The calendar decides what
// a working day is; whether cuti bersama moves the date is not settled, so pass
// the calendar that says what was agreed.
func (t *Table) DueDate(s worker.Segment, m calendar.Month, c *calendar.Calendar) (Due, error) {
	if err := t.checkMonth(m); err != nil {
		return Due{}, err
	}
	r, err := find(t.DueRules, s, m)
	if err != nil {
		return Due{}, err
	}
	month := m.Add(r.MonthsLater)
	nominal := min(month.First().Add(r.Day-1), month.Last())
	due := Due{
		Nominal: nominal, Rule: r.version(r.ID), Provenance: r.Provenance,
		Calendar: c.Version(), HolidaysKnown: c.Covers(nominal.Year()),
	}
	if r.Holiday == ToPrevious {
		due.Day = c.OnOrBefore(nominal)
	} else {
		due.Day = c.OnOrAfter(nominal)
	}
	return due, nil
}
