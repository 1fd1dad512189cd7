package delivery

import (
	"cmp"
	"slices"
	"time"

	"payung/channel"
	"payung/domain/calendar"
	"payung/domain/rupiah"
	"payung/ledger"
	"payung/notice"
)

// Planned is a message that will go out unless somebody answers before, in
// words.
type Planned struct {
	ledger.PlannedMessage
	Text notice.Text
}

// Plan is the dry run of an agreement: every message that will go out from one
// instant to another, both included, if nobody answers and no date moves.
func Plan(tx *ledger.Tx, agreementID string, from, to time.Time, off ...ledger.Downtime) ([]Planned, error) {
	messages, err := tx.PlanMessages(agreementID, from, to, price, off...)
	out := make([]Planned, len(messages))
	for i, m := range messages {
		out[i] = Planned{m, notice.Compose(m.Letter, Limit(m.Message.Channel))}
	}
	return out, err
}

// price is [channel.PriceOn] for the ledger.
func price(kind string, settings map[string]string, day calendar.Day) int64 {
	return int64(channel.PriceOn(kind, settings, day))
}

// Month is the one a message goes out in, where its post is.
func (p Planned) Month() calendar.Month { return p.Day().Month() }

// Day is the one a message goes out on, where its post is.
func (p Planned) Day() calendar.Day { return p.Zone.DayOf(p.At) }

// PlanFilter narrows a plan.
type PlanFilter struct {
	Month  string // such as 2027-01
	PostID string // whom a message is for
	UnitID string // whose duty it speaks of
	Step   string // of the ladder
}

// Of is what the filter leaves of a plan.
func (f PlanFilter) Of(planned []Planned) []Planned {
	var out []Planned
	for _, p := range planned {
		if f.Month != "" && string(p.Month()) != f.Month {
			continue
		}
		if f.PostID != "" && !slices.ContainsFunc(p.Notices, func(n ledger.PlannedNotice) bool { return n.PostID == f.PostID }) {
			continue
		}
		if slices.ContainsFunc(p.Notices, func(n ledger.PlannedNotice) bool {
			return (f.UnitID == "" || n.OwingUnitID == f.UnitID) && (f.Step == "" || n.Step == f.Step)
		}) {
			out = append(out, p)
		}
	}
	return out
}

// Total is how many messages a part of a plan has and what they cost.
type Total struct {
	Key      string // a month, a channel, a post or a step
	Name     string // of a post
	Messages int
	Notices  int
	Cost     rupiah.Amount
}

// Totals are the sums of a plan. A message that speaks of several steps counts
// for each of them, and its cost for the first.
type Totals struct {
	All       Total
	Months    []Total
	Channels  []Total
	Steps     []Total
	Posts     []Total // those that get most first
	OverCap   int     // messages beyond a channel's cap of a day
	Unreached int     // messages that nobody outside gets: they lie in the inbox
}

// Sum adds a plan up.
func Sum(planned []Planned) Totals {
	var out Totals
	months, channels, steps, posts := sums{}, sums{}, sums{}, sums{}
	for _, p := range planned {
		cost := rupiah.Amount(p.Message.Price)
		n := len(p.Notices)
		out.All.add(n, cost)
		months.of(string(p.Month()), "").add(n, cost)
		channels.of(p.Message.Channel, "").add(n, cost)
		posts.of(p.To.PostID, p.To.PostTitle).add(n, cost)
		said := map[string]int{}
		for _, notice := range p.Notices {
			said[notice.Step]++
		}
		for i, notice := range p.Notices {
			if n := said[notice.Step]; n > 0 {
				if i > 0 {
					cost = 0
				}
				steps.of(notice.Step, "").add(n, cost)
				delete(said, notice.Step)
			}
		}
		if p.Over {
			out.OverCap++
		}
		if p.Message.Channel == ledger.ChannelInbox {
			out.Unreached++
		}
	}
	byKey := func(a, b Total) int { return cmp.Compare(a.Key, b.Key) }
	most := func(a, b Total) int {
		return cmp.Or(cmp.Compare(b.Messages, a.Messages), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Key, b.Key))
	}
	out.Months, out.Channels, out.Steps, out.Posts = months.sorted(byKey), channels.sorted(most), steps.sorted(most), posts.sorted(most)
	return out
}

func (t *Total) add(notices int, cost rupiah.Amount) {
	t.Messages++
	t.Notices += notices
	t.Cost += cost
}

// sums are totals in the making, by key.
type sums map[string]*Total

func (s sums) of(key, name string) *Total {
	if s[key] == nil {
		s[key] = &Total{Key: key, Name: name}
	}
	return s[key]
}

func (s sums) sorted(by func(a, b Total) int) []Total {
	out := make([]Total, 0, len(s))
	for _, t := range s {
		out = append(out, *t)
	}
	slices.SortFunc(out, by)
	return out
}
