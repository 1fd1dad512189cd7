package ledger

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"payung/domain/calendar"
)

// shown is what a calendar shows of one duty.
type shown struct {
	target, fatal string
	runs, paused  bool
}

// history walks what was shown of a duty from its opening on.
func (d feedDuty) history(visit func(at int64, s shown)) {
	s := shown{target: d.FirstTarget, fatal: d.FirstFatal, runs: true}
	visit(d.CreatedAt, s)
	for _, c := range d.Changes {
		s.target, s.fatal, s.runs = c.TargetOn, c.FatalOn, c.State == StateOpen || c.State == StateSubmitted
		switch c.Kind {
		case "paused":
			s.paused = true
		case "resumed":
			s.paused = false
		}
		visit(c.RecordedAt, s)
	}
}

// events are one duty's target and, where it is another day, its last day. Both
// move with the duty's dates; each change that is seen raises their sequence.
func (d feedDuty) events() []FeedEvent {
	var last shown
	sequence, changed := -1, int64(0)
	d.history(func(at int64, s shown) {
		if sequence < 0 || s != last {
			sequence, changed, last = sequence+1, at, s
		}
	})
	e := FeedEvent{
		Key: d.ID, Kind: d.Kind, Group: d.GroupCode, Year: d.Year, Unit: d.UnitName, Units: 1, On: calendar.Day(d.TargetOn), Asked: d.Asked,
		Paused: d.PausedAt != 0, Over: !running(d.Obligation), Sequence: sequence, Changed: time.UnixMicro(changed), Created: time.UnixMicro(d.CreatedAt),
		Path: "/obligations/" + d.ID,
	}
	out := []FeedEvent{e}
	if d.FatalOn != "" && d.FatalOn != d.TargetOn {
		e.Key, e.On, e.Last = e.Key+"-last", calendar.Day(d.FatalOn), true
		out = append(out, e)
	}
	return out
}

// together is a deadline that many units have.
type together struct {
	column
	agreement string
	on        string
	last      bool
}

// key is short and says nothing about whom it is for.
func (t together) key() string {
	parts := []string{t.agreement, t.kind, t.group, t.period, t.order, t.on}
	if t.last {
		parts = append(parts, "last")
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "|")))
	return hex.EncodeToString(sum[:12])
}

// turn is a moment at which so many more, or fewer, duties had a deadline.
type turn struct {
	at int64
	by int
}

// grouped puts duties of one kind together by day. A day that nobody has any
// more is over; its sequence rises whenever it comes or goes.
func grouped(members []feedDuty) []FeedEvent {
	turns, found := map[together][]turn{}, map[together]*FeedEvent{}
	var order []together
	for _, d := range members {
		d.turns(func(t together, move turn) {
			if found[t] == nil {
				order = append(order, t)
				found[t] = &FeedEvent{
					Key: t.key(), Kind: d.Kind, Group: d.GroupCode, Year: d.Year, On: calendar.Day(t.on), Last: t.last, Created: time.UnixMicro(move.at),
					Path: "/agreements/" + d.AgreementID,
				}
			}
			turns[t] = append(turns[t], move)
		})
		for _, t := range d.deadlines(shown{target: d.TargetOn, fatal: d.FatalOn}) {
			if e := found[t]; e != nil && d.State != StateCancelled {
				e.Units++
			}
		}
	}
	out := make([]FeedEvent, 0, len(order))
	for _, t := range order {
		e := found[t]
		e.count(turns[t])
		out = append(out, *e)
	}
	return out
}

// deadlines are the days of a duty as it is shown.
func (d feedDuty) deadlines(s shown) []together {
	t := together{column: columnOf(d.Obligation), agreement: d.AgreementID, on: s.target}
	out := []together{t}
	if s.fatal != "" && s.fatal != s.target {
		t.on, t.last = s.fatal, true
		out = append(out, t)
	}
	return out
}

// turns are the moments at which a duty took up a day or left it.
func (d feedDuty) turns(visit func(together, turn)) {
	var had []together
	d.history(func(at int64, s shown) {
		var has []together
		if s.runs && s.target != "" {
			has = d.deadlines(s)
		}
		for _, t := range had {
			if !slices.Contains(has, t) {
				visit(t, turn{at, -1})
			}
		}
		for _, t := range has {
			if !slices.Contains(had, t) {
				visit(t, turn{at, 1})
			}
		}
		had = has
	})
}

// count plays the moments of one day in order: those of one instant together.
func (e *FeedEvent) count(turns []turn) {
	slices.SortStableFunc(turns, func(a, b turn) int { return cmp.Compare(a.at, b.at) })
	n, stands, sequence := 0, false, -1
	for i, t := range turns {
		n += t.by
		if i+1 < len(turns) && turns[i+1].at == t.at {
			continue
		}
		if stands != (n > 0) {
			stands = n > 0
			sequence++
			e.Changed = time.UnixMicro(t.at)
		}
	}
	e.Over, e.Sequence = !stands, max(sequence, 0)
	if e.Changed.IsZero() {
		e.Changed = e.Created
	}
}
