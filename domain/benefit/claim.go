package benefit

import (
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/worker"
)

// Claim says how long after the event it may be claimed.
type Claim struct {
	Years int `json:"years"`
	worker.Provenance
}

// Boundary says whether a claim may still be filed on the day on which the
// years are full. No source settles it.
type Boundary string

// The two policies.
const (
	LastDayCounts  Boundary = "last_day_counts"  // the anniversary is the last day
	LastDayExpired Boundary = "last_day_expired" // the day before it is
)

// Deadline is the end of the right to claim.
type Deadline struct {
	LastDay calendar.Day // a claim may be filed until its end
	Table   string
	Claim
}

// Expired reports whether a claim filed on that day comes too late.
func (d Deadline) Expired(filed calendar.Day) bool { return filed > d.LastDay }

// ClaimDeadline is the last day to claim for an event on that day; an empty
// boundary means [LastDayCounts]. After 29 February the years are full on 1
// March.
func (t *Tables) ClaimDeadline(event calendar.Day, b Boundary) (Deadline, error) {
	table, _, err := t.exactly(calendar.On(event))
	if err != nil {
		return Deadline{}, err
	}
	full := worker.Birthday(event, table.Claim.Years)
	switch b {
	case "", LastDayCounts:
	case LastDayExpired:
		full = full.Add(-1)
	default:
		return Deadline{}, fault.New(fault.Invalid, UnknownBoundary, "there is no boundary %q", b).On("boundary")
	}
	return Deadline{LastDay: full, Table: table.ID, Claim: table.Claim}, nil
}
