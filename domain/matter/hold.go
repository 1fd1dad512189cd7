package matter

import (
	"cmp"
	"slices"

	"payung/domain/calendar"
)

// Hold is an office that keeps others waiting: for its own answers, or for
// those of the villages it collects from.
type Hold struct {
	ID     string       `json:"id"`
	Name   string       `json:"name"`
	Head   string       `json:"head,omitempty"` // title of the post that answers for it; "": none is on record
	Silent int          `json:"silent"`         // of those below it, or itself, that have not answered
	Of     int          `json:"of"`             // how many owe; 1: it owes itself
	Late   int          `json:"late"`           // of the silent ones, past their date
	People int64        `json:"people"`         // that are missing to what should be named; 0: nobody has said how many
	Since  calendar.Day `json:"since"`          // the oldest date that has passed; not late: the one that comes
}

// Worst are the n offices that hold things up most: those that are late before
// those that are not; then by people left out, offices silent, and age.
func Worst(all []Hold, n int) []Hold {
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, func(a, b Hold) int {
		return cmp.Or(
			-cmp.Compare(min(a.Late, 1), min(b.Late, 1)), cmp.Compare(b.People, a.People), cmp.Compare(b.Late, a.Late), cmp.Compare(b.Silent, a.Silent),
			lastIfNone(a.Since, b.Since), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID),
		)
	})
	return sorted[:min(max(n, 0), len(sorted))]
}
