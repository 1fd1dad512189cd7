package obligation

import (
	"slices"
	"time"
)

// Carried is how far an obligation counts as dealt with under a new plan of the
// same date.
type Carried struct {
	Until time.Time // steps up to here are dealt with
	Taken []string  // and these, although their instant is later now; in the order of the plan, then those it has no more
}

// Carry goes over from one plan of a date to another at now: the ladder was
// edited, or a day became a holiday. Everything up to until and the steps in
// taken has been dealt with under the old plan.
//
//   - What was dealt with is never taken again, whenever the new plan puts it.
//   - What was still to come and lies behind us now is due at once.
//   - What the new plan adds behind us is not sent any more.
func Carry(before, after []Planned, until time.Time, taken []string, now time.Time) Carried {
	pending := map[string]bool{}
	var done []string
	for _, p := range before {
		switch {
		case slices.Contains(taken, p.Code):
		case p.At.After(until):
			pending[p.Code] = true
		case !p.Lapse:
			done = append(done, p.Code)
		}
	}
	done = append(done, taken...)
	out := Carried{Until: now}
	for _, p := range after {
		if pending[p.Code] && !p.At.After(out.Until) {
			out.Until = p.At.Add(-time.Microsecond)
		}
	}
	known := map[string]bool{}
	for _, p := range after {
		known[p.Code] = true
		behind := !pending[p.Code] && !p.At.After(now)
		if !p.Lapse && p.At.After(out.Until) && (behind || slices.Contains(done, p.Code)) {
			out.Taken = append(out.Taken, p.Code)
		}
	}
	for _, code := range done {
		if !known[code] {
			out.Taken = append(out.Taken, code)
		}
	}
	return out
}
