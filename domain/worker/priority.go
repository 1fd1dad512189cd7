package worker

import (
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"slices"

	"payung/domain/calendar"
)

//go:embed priority.json
var priorityFile []byte

var priorities = mustRead(ParsePriorities(priorityFile))

// Priority says which of two listings of one person stays. Whether such a rule
// holds is often unsettled, so it is data; the first one that fits decides.
type Priority struct {
	Code string `json:"code"`
	// By is what of the two listings is compared: unit (fits if it is the same),
	// segment, funding, payer, kind, or any (fits always).
	By string `json:"by"`
	// Values are the two that have to meet; "*" is anything but the other.
	Values []string `json:"values,omitempty"`
	// Segment limits the rule to two listings of that segment.
	Segment Segment `json:"segment,omitempty"`
	// Then is the outcome: the listing with the first of Values stays, or the
	// earlier one, or a person is asked.
	Then   Outcome `json:"then"`
	Name   Name    `json:"name"`
	Reason Name    `json:"reason"` // a sentence for both units
	Provenance
}

// Outcome is what a priority makes of two listings.
type Outcome string

// The outcomes.
const (
	FirstStays   Outcome = "first"
	EarlierStays Outcome = "earlier"
	AskLeads     Outcome = "ask" // both are held until the leads have chosen
)

// Claim is a listing with what is needed to weigh it against another.
type Claim struct {
	Listing
	Kind   string       // of the unit, such as opd or desa
	Listed calendar.Day // when the person was put on the list
}

// Priorities are the known ones in the order in which they are asked.
func Priorities() []Priority { return slices.Clone(priorities) }

// FindPriority is the priority with that code.
func FindPriority(code string) (Priority, bool) {
	i := slices.IndexFunc(priorities, func(p Priority) bool { return p.Code == code })
	if i < 0 {
		return Priority{}, false
	}
	return priorities[i], true
}

// Resolve says which of two listings of a person stays in a year: 0 for a, 1
// for b. Undecided, the winner is -1 and both wait; rule is the code of the
// [Priority] that says so, or empty for listings that do not conflict: of two
// people or years, or resolved by somebody. Swapping a and b changes nothing
// but the number.
func Resolve(a, b Claim) (winner int, rule string, decided bool) {
	if a.Person != b.Person || a.Year != b.Year || a.Resolved || b.Resolved {
		return -1, "", false
	}
	for _, p := range priorities {
		first, fits := p.fits(a, b)
		if !fits {
			continue
		}
		switch {
		case p.Then == FirstStays:
			return first, p.Code, true
		case p.Then == EarlierStays && a.Listed < b.Listed && a.Listed != "":
			return 0, p.Code, true
		case p.Then == EarlierStays && b.Listed < a.Listed && b.Listed != "":
			return 1, p.Code, true
		}
		return -1, p.Code, false
	}
	return -1, "", false
}

// fits reports whether the priority speaks of the two, and which of them has
// the first of its values.
func (p Priority) fits(a, b Claim) (first int, fits bool) {
	if p.Segment != "" && (p.Segment != a.segment() || p.Segment != b.segment()) {
		return 0, false
	}
	switch p.By {
	case "any":
		return 0, true
	case "unit":
		return 0, a.Unit == b.Unit
	}
	x, y := p.of(a), p.of(b)
	switch {
	case p.meet(x, y):
		return 0, true
	case p.meet(y, x):
		return 1, true
	}
	return 0, false
}

func (p Priority) meet(x, y string) bool {
	return x == p.Values[0] && (y == p.Values[1] || p.Values[1] == "*" && y != x && y != "")
}

// of is what the priority compares of a claim.
func (p Priority) of(c Claim) string {
	switch p.By {
	case "segment":
		return string(c.segment())
	case "funding":
		return c.Funding
	case "payer":
		f, _ := FindFunding(c.Funding)
		return string(f.Payer)
	default:
		return c.Kind
	}
}

func (c Claim) segment() Segment {
	g, _ := Find(c.Group)
	return g.Segment
}

// ParsePriorities reads and checks a data file of priorities. The last of them
// has to fit always, so that every conflict has an answer.
func ParsePriorities(data []byte) ([]Priority, error) {
	var file struct {
		AsOf       calendar.Day `json:"as_of"`
		Priorities []Priority   `json:"priorities"`
	}
	if err := decode(data, &file); err != nil {
		return nil, fmt.Errorf("worker: priorities: %w", err)
	}
	if !file.AsOf.Valid() {
		return nil, fmt.Errorf("worker: priorities: as_of %q is no day", file.AsOf)
	}
	seen := map[string]bool{}
	for i, p := range file.Priorities {
		if err := cmp.Or(checkCode(p.Code, seen), p.check()); err != nil {
			return nil, fmt.Errorf("worker: priority %d (%s): %w", i+1, p.Code, err)
		}
	}
	n := len(file.Priorities)
	if n == 0 || file.Priorities[n-1].By != "any" || file.Priorities[n-1].Segment != "" {
		return nil, errors.New("worker: priorities: the last one does not fit always")
	}
	return file.Priorities, nil
}

func (p Priority) check() error {
	pair := slices.Contains([]string{"segment", "funding", "payer", "kind"}, p.By)
	switch {
	case !pair && p.By != "unit" && p.By != "any":
		return fmt.Errorf("nothing is compared by %q", p.By)
	case pair != (len(p.Values) == 2) || !pair && len(p.Values) > 0 || pair && (p.Values[0] == "" || p.Values[0] == p.Values[1]):
		return fmt.Errorf("values %q are not two that can meet", p.Values)
	case p.By == "funding" && slices.ContainsFunc(p.Values, unknownFunding):
		return fmt.Errorf("funding %q is unknown", p.Values)
	case !slices.Contains([]Outcome{FirstStays, EarlierStays, AskLeads}, p.Then) || p.Then == FirstStays && !pair:
		return fmt.Errorf("outcome %q is none", p.Then)
	case p.Segment != "" && !p.Segment.Known():
		return fmt.Errorf("unknown segment %q", p.Segment)
	case !p.Name.given() || !p.Reason.given():
		return errors.New("name or reason is missing in one of the languages")
	case !p.Stated():
		return errors.New("source or confidence is missing")
	}
	return nil
}
