package benefit

import (
	"cmp"
	"slices"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/rupiah"
	"payung/domain/worker"
)

// Scholarship is what a table pays for the children of a dead or disabled
// worker: a lump sum for each child, or amounts by year of school.
type Scholarship struct {
	Children int           `json:"children"` // at most so many
	UntilAge int           `json:"until_age,omitempty"`
	LumpSum  rupiah.Amount `json:"lump_sum,omitempty"` // for each child
	Levels   []Level       `json:"levels,omitempty"`
	Entitled []Entitlement `json:"entitled"`
	worker.Provenance
}

// Level is a level of school.
type Level struct {
	Code    string        `json:"code"`
	Name    worker.Name   `json:"name"`
	PerYear rupiah.Amount `json:"per_year"` // for each child
	Years   int64         `json:"years"`
}

// Total is what the whole level pays for one child.
func (l Level) Total() rupiah.Amount { return l.PerYear * rupiah.Amount(l.Years) }

// Entitlement is an event that gives a scholarship after so many months of
// contributions.
type Entitlement struct {
	Event     Event `json:"event"`
	MinMonths int   `json:"min_months,omitempty"`
	worker.Provenance
}

// Child is a child of the worker. Marriage and work end the scholarship; an
// empty day means neither has happened.
type Child struct {
	Birth   calendar.Day
	Married calendar.Day
	Working calendar.Day
}

// ScholarshipQuery asks for the scholarship after an event.
type ScholarshipQuery struct {
	Event  Event
	When   calendar.When
	Months int // contributed for before the event
	// Children in the order in which the family names them: the first of them
	// count.
	Children []Child
}

// Reasons why a child gets nothing, or nothing any more.
const (
	EndsByAge         = "ends_by_age"
	EndsByMarriage    = "ends_by_marriage"
	EndsByWork        = "ends_by_work"
	BeyondMaxChildren = "beyond_max_children"
)

// ChildRight is what one child gets.
type ChildRight struct {
	Max   rupiah.Amount // at most, over all levels; 0: nothing
	Until calendar.Day  // the first day without scholarship; empty: no end known
	Why   string        // why it ends or why there is nothing
}

// Runs reports whether the child has the scholarship on day d.
func (r ChildRight) Runs(d calendar.Day) bool { return r.Max > 0 && (r.Until == "" || d < r.Until) }

// Award is the answer to a [ScholarshipQuery].
type Award struct {
	Table       string
	Children    []ChildRight // as asked
	Levels      []Level
	Max         rupiah.Amount // of all children together
	Notes       []worker.Note
	RuleVersion string
	worker.Provenance
}

// Scholarship says which children get a scholarship, how much at most and how
// long. Too few contributions or an event that gives none are no faults: the
// award is empty and a note says why.
func (t *Tables) Scholarship(q ScholarshipQuery) (Award, error) {
	if err := q.check(); err != nil {
		return Award{}, err
	}
	table, notes, err := t.exactly(q.When)
	if err != nil {
		return Award{}, err
	}
	s := table.Scholarship
	a := Award{Table: table.ID, Levels: slices.Clone(s.Levels), Notes: notes, RuleVersion: t.Version, Provenance: s.Provenance}
	why, note := s.entitles(q)
	a.Notes = append(a.Notes, note...)
	left := s.Children
	for _, c := range q.Children {
		right := c.right(s)
		switch {
		case why != "":
			right = ChildRight{Why: why}
		case right.Until != "" && right.Until <= q.When.On:
		case left == 0:
			right = ChildRight{Why: BeyondMaxChildren}
		default:
			left--
			right.Max = s.max()
			a.Max += right.Max
		}
		a.Children = append(a.Children, right)
	}
	return a, nil
}

// Reasons why nobody gets anything; they are keys of notes too.
const (
	NoScholarship         = "no_scholarship_for_event"
	ContributionsTooShort = "contributions_too_short"
)

// entitles says why an event gives nothing, or, with an unsettled minimum of
// contributions, what to be careful about.
func (s Scholarship) entitles(q ScholarshipQuery) (why string, notes []worker.Note) {
	i := slices.IndexFunc(s.Entitled, func(e Entitlement) bool { return e.Event == q.Event })
	if i < 0 {
		return NoScholarship, []worker.Note{{Key: NoScholarship}}
	}
	e := s.Entitled[i]
	if q.Months < e.MinMonths {
		return ContributionsTooShort, []worker.Note{{Key: ContributionsTooShort, Params: map[string]string{
			"months": text(int64(q.Months)), "needed": text(int64(e.MinMonths)),
		}}}
	}
	if !e.Confidence.Settled() {
		notes = []worker.Note{{Key: "scholarship_condition_unsettled", Params: map[string]string{"source": e.Source}}}
	}
	return "", notes
}

// max is what one child gets at most.
func (s Scholarship) max() rupiah.Amount {
	sum := s.LumpSum
	for _, l := range s.Levels {
		sum += l.Total()
	}
	return sum
}

// right is how long the child would get a scholarship: until the first of the
// birthday, marriage and work.
func (c Child) right(s Scholarship) ChildRight {
	if s.UntilAge == 0 {
		return ChildRight{}
	}
	ends := []ChildRight{{Until: worker.Birthday(c.Birth, s.UntilAge), Why: EndsByAge}}
	if c.Married != "" {
		ends = append(ends, ChildRight{Until: c.Married, Why: EndsByMarriage})
	}
	if c.Working != "" {
		ends = append(ends, ChildRight{Until: c.Working, Why: EndsByWork})
	}
	return slices.MinFunc(ends, func(a, b ChildRight) int { return cmp.Compare(a.Until, b.Until) })
}

func (q ScholarshipQuery) check() error {
	if !q.Event.Known() {
		return fault.New(fault.Invalid, UnknownEvent, "there is no event %q", q.Event).On("event")
	}
	if q.Months < 0 {
		return fault.New(fault.Invalid, BadMonths, "months of contributions cannot be negative").On("months")
	}
	for _, c := range q.Children {
		if !c.Birth.Valid() || c.Birth > lastDay || c.Married != "" && !c.Married.Valid() || c.Working != "" && !c.Working.Valid() {
			return fault.New(fault.Invalid, BadDate, "the birth of each child is needed, and days that exist").On("children")
		}
	}
	return nil
}
