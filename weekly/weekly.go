// Package weekly is the one page that a Sekda reads once a week: how many people
// are unprotected, what has to be decided, who holds things up, where files lie
// and how much money is needed, each figure with its source.
//
// Facts come in, and the page goes out in words ([Compose]), on paper or as a
// picture of the same drawing ([Page.Paper]), and as a text for a chat
// ([Page.Message]). It names offices and posts, never people. The same facts
// give the same bytes; what was drawn once is drawn the same for ever, by
// [Version].
package weekly

import (
	"payung/domain/calendar"
	"payung/domain/matter"
	"payung/domain/rupiah"
	"payung/domain/worker"
)

// Version is that of the words and the drawing. Facts are kept with the version
// that drew them first; whoever changes what one of them gives makes another.
const Version = 1

// How much fits the page.
const (
	MostMatters  = 3
	MostHolds    = 5
	MostDesks    = 3
	MostReported = 2
)

// Facts is everything the page says, as it was at an instant.
type Facts struct {
	Version   int           `json:"version"`
	Week      calendar.Day  `json:"week"` // its first day
	At        int64         `json:"at"`   // Unix microseconds
	Day       calendar.Day  `json:"day"`  // of that instant, in the zone
	Zone      calendar.Zone `json:"zone"`
	Agreement string        `json:"agreement"` // its title
	Pemda     string        `json:"pemda"`
	Paper     string        `json:"paper"` // f4, a4
	Sample    bool          `json:"sample,omitempty"`

	Lines    []Line          `json:"lines"`
	Reported []Reported      `json:"reported"` // latest first
	Lists    Lists           `json:"lists"`
	Matters  []matter.Matter `json:"matters"` // all of them, in order
	Holds    []matter.Hold   `json:"holds"`   // the worst
	Holding  int             `json:"holding"` // how many offices hold things up in all
	Desks    []Desk          `json:"desks"`   // oldest first
	Waiting  int             `json:"waiting"` // how many desks hold files in all
	Counts   Counts          `json:"counts"`
	Change   *Change         `json:"change,omitempty"`
	Missing  []Missing       `json:"missing"`
}

// Source says according to whom and as of when. The zero value is what was typed
// in without one.
type Source struct {
	Who string       `json:"who,omitempty"`
	On  calendar.Day `json:"on,omitempty"`
}

// What the number of people a line should protect rests on.
const (
	BasisQuota  = "quota"  // the sum of what is asked of each village or office
	BasisTarget = "target" // the target of the agreement
	BasisList   = "list"   // the names handed in
)

// Line is one group of workers in one year.
type Line struct {
	Group  string       `json:"group"` // code
	Name   worker.Name  `json:"name"`
	Year   int          `json:"year"`
	From   calendar.Day `json:"from"` // of the year
	To     calendar.Day `json:"to"`
	People int64        `json:"people"` // to be protected; 0 with no basis: not known
	Basis  string       `json:"basis,omitempty"`
	By     Source       `json:"by"` // of People

	Listed     int64  `json:"listed"`
	Submitted  int64  `json:"submitted"`
	Registered int64  `json:"registered"`
	Protected  int64  `json:"protected"` // on the day
	Lapsed     int64  `json:"lapsed"`    // were protected until a day that has passed
	Said       bool   `json:"said"`      // somebody has said who is protected
	Saying     Source `json:"saying"`    // of Protected

	Money *Money `json:"money,omitempty"` // nil: not known
}

// Unprotected is how many people are not protected on the day.
func (l Line) Unprotected() int64 { return max(0, l.People-l.Protected) }

// Money is what a line costs for the rest of its year.
type Money struct {
	Payers  int64          `json:"payers"` // people it is computed for
	From    calendar.Month `json:"from"`   // the first month to be paid
	Months  int            `json:"months"`
	Cost    rupiah.Amount  `json:"cost"`              // of these months
	Ahead   rupiah.Amount  `json:"ahead"`             // paid for them already
	Paid    rupiah.Amount  `json:"paid"`              // in the whole year
	Ceiling rupiah.Amount  `json:"ceiling,omitempty"` // of the budget for the year; 0: none is on record
	Rule    string         `json:"rule"`              // version of the contribution table
}

// Needed is what is still to be paid.
func (m Money) Needed() rupiah.Amount { return max(0, m.Cost-m.Ahead) }

// Short is how much the budget lacks; 0: nothing, or no ceiling is on record.
func (m Money) Short() rupiah.Amount {
	if m.Ceiling == 0 {
		return 0
	}
	return max(0, m.Paid+m.Needed()-m.Ceiling)
}

// Reported is a figure that somebody has said, beside what is computed.
type Reported struct {
	Value      int64         `json:"value"`
	Of         int64         `json:"of,omitempty"`
	About      bool          `json:"about,omitempty"`
	Definition string        `json:"definition"`
	Who        string        `json:"who"`
	On         calendar.When `json:"on"`
}

// Lists counts what offices and villages owe: lists of names and tasks.
type Lists struct {
	All      int64 `json:"all"`
	Answered int64 `json:"answered"` // nihil included
	Late     int64 `json:"late"`
}

// What a desk holds.
const (
	DeskPaused   = "paused"   // duties whose clock stands
	DeskForms    = "forms"    // forms of a batch, to be completed
	DeskAnswers  = "answers"  // names that the branch has not answered
	DeskCards    = "cards"    // cards that the branch has not made
	DeskHandover = "handover" // cards that workers have not got
)

// Desk is a post that holds files.
type Desk struct {
	Title string       `json:"title"` // of the post, or in words; "": nobody was named
	What  string       `json:"what"`
	Count int64        `json:"count"` // duties, people or cards
	Since calendar.Day `json:"since"`
	Late  bool         `json:"late,omitempty"` // longer than it may
}

// Counts are totals over all years, to be compared with those of another day.
type Counts struct {
	Protected int64 `json:"protected"`
	Answered  int64 `json:"answered"`
}

// Change is how many more, or fewer, there are than on an earlier day.
type Change struct {
	Since     calendar.Day `json:"since"`
	Protected int64        `json:"protected"`
	Answered  int64        `json:"answered"`
}

// What is not on record, and leaves a figure out.
const (
	NoYear     = "year"      // no group has a year
	NoTarget   = "target"    // of a group nobody has said how many, or named anybody
	NoAnswer   = "protected" // nobody has said who is protected
	NoWage     = "wage"      // a group's contribution cannot be computed
	NoCeiling  = "ceiling"   // no budget is on record
	NoReported = "reported"  // nobody has reported a figure
	NoBefore   = "before"    // nothing was kept of the week before
)

// Missing is something that is not on record.
type Missing struct {
	What  string       `json:"what"`
	Group *worker.Name `json:"group,omitempty"` // nil: about no group in particular
}

// Unprotected is how many people of all lines are not protected, and whether
// anything is known of it.
func (f Facts) Unprotected() (n int64, known bool) {
	for _, l := range f.Lines {
		n, known = n+l.Unprotected(), known || l.Basis != ""
	}
	return n, known
}

// Needed is the money all lines still need, and whether any of it is known.
func (f Facts) Needed() (sum rupiah.Amount, known bool) {
	for _, l := range f.Lines {
		if l.Money != nil {
			sum, known = sum+l.Money.Needed(), true
		}
	}
	return sum, known
}

// First are the matters that stand on the page.
func (f Facts) First() []matter.Matter { return f.Matters[:min(MostMatters, len(f.Matters))] }
