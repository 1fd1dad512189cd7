// Package matter puts in order what waits for somebody at the top of a local
// government: the decisions only they can take, and the offices that keep the
// rest waiting. The order follows from the facts alone, so that two people who
// look at the same day read the same list.
package matter

import (
	"cmp"
	"slices"

	"payung/domain/calendar"
	"payung/domain/rupiah"
)

// Kind is a sort of decision.
type Kind string

// The kinds, those without which nobody is protected at all first.
const (
	Renewal     Kind = "renewal"      // whether the next year is covered (perpanjangan PKS)
	Ending      Kind = "ending"       // the last year ends soon and nobody has asked about the next
	Signature   Kind = "signature"    // everything but the signature under the agreement
	Basis       Kind = "basis"        // no regulation in force names the group
	Year        Kind = "year"         // signed, and no year is opened
	Budget      Kind = "budget"       // the budget is short
	Extension   Kind = "extension"    // offices have asked for more time
	Outage      Kind = "outage"       // more time is proposed because the system was down
	SignLetter  Kind = "sign_letter"  // letters are drafted and not issued
	WriteLetter Kind = "write_letter" // letters should be written now
	Desk        Kind = "desk"         // somebody has held files for longer than allowed
	Undated     Kind = "undated"      // duties that nobody has given a date
	Late        Kind = "late"         // offices are late, and no letter is left to be written
)

// Kinds lists them in that order.
func Kinds() []Kind {
	return []Kind{Renewal, Ending, Signature, Basis, Year, Budget, Extension, Outage, SignLetter, WriteLetter, Desk, Undated, Late}
}

// Matter is one thing to decide.
type Matter struct {
	Kind   Kind          `json:"kind"`
	About  string        `json:"about,omitempty"`  // code of a group or a letter, title of a desk
	Count  int64         `json:"count,omitempty"`  // requests, letters, offices or files
	Places int64         `json:"places,omitempty"` // kecamatan they lie in
	Amount rupiah.Amount `json:"amount,omitempty"`
	By     calendar.Day  `json:"by,omitempty"`    // the last day to decide; "": none
	Since  calendar.Day  `json:"since,omitempty"` // waits since; "": not known
}

// Days within which a matter is near, and after which waiting is long.
const (
	near = 14
	long = 14
)

// urgency is 0 for what is too late already, 1 for what is near or has waited
// long, 2 for the rest.
func (m Matter) urgency(today calendar.Day) int {
	switch {
	case m.By != "" && m.By < today:
		return 0
	case m.By != "" && m.By.Sub(today) <= near, m.Since != "" && today.Sub(m.Since) > long:
		return 1
	}
	return 2
}

// First are the n matters to decide first on a day: what is too late before
// what is near, and that before the rest; then by kind, date, age and size. One
// of each kind comes before a second of any.
func First(all []Matter, today calendar.Day, n int) []Matter {
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, func(a, b Matter) int {
		return cmp.Or(
			cmp.Compare(a.urgency(today), b.urgency(today)), cmp.Compare(a.rank(), b.rank()), lastIfNone(a.By, b.By), lastIfNone(a.Since, b.Since),
			cmp.Compare(b.Amount, a.Amount), cmp.Compare(b.Count, a.Count), cmp.Compare(a.About, b.About), cmp.Compare(a.Places, b.Places),
		)
	})
	var first, again []Matter
	for _, m := range sorted {
		if slices.ContainsFunc(first, func(o Matter) bool { return o.Kind == m.Kind }) {
			again = append(again, m)
		} else {
			first = append(first, m)
		}
	}
	first = append(first, again...)
	return first[:min(max(n, 0), len(first))]
}

func (m Matter) rank() int { return slices.Index(Kinds(), m.Kind) }

// lastIfNone compares days, no day last.
func lastIfNone(a, b calendar.Day) int {
	switch {
	case a == b:
		return 0
	case a == "":
		return 1
	case b == "":
		return -1
	}
	return cmp.Compare(a, b)
}
