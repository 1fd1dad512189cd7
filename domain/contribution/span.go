package contribution

import (
	"slices"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/worker"
)

// Span is the months for which a rule holds, both ends included.
type Span struct {
	From calendar.Month `json:"from"`
	To   calendar.Month `json:"to,omitempty"` // empty: no end known
}

// Holds reports whether the rule holds for month m.
func (s Span) Holds(m calendar.Month) bool { return s.From <= m && (s.To == "" || m <= s.To) }

func (s Span) overlaps(o Span) bool { return s.Holds(o.From) || o.Holds(s.From) }

// version names a rule together with the first month of its version.
func (s Span) version(id string) string { return id + "@" + string(s.From) }

// Scope is the segments and months for which a rule holds.
type Scope struct {
	Segments []worker.Segment `json:"segments"`
	Span
}

func (s Scope) covers(seg worker.Segment, m calendar.Month) bool {
	return slices.Contains(s.Segments, seg) && s.Holds(m)
}

// find is the one rule that covers the segment in that month.
func find[R interface {
	covers(worker.Segment, calendar.Month) bool
}](rules []R, s worker.Segment, m calendar.Month) (R, error) {
	i := slices.IndexFunc(rules, func(r R) bool { return r.covers(s, m) })
	if i < 0 {
		var none R
		return none, fault.New(fault.Invalid, UnknownSegment, "nothing is known of segment %q in %s", s, m).
			With("segment", string(s)).With("month", string(m))
	}
	return rules[i], nil
}
