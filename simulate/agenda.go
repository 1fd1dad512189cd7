package simulate

import (
	"cmp"
	"slices"
	"sync"
	"time"
)

// event is something that happens at an instant.
type event struct {
	at time.Time
	n  int // order in which events of one instant were entered
	do func() error
}

// agenda is what is to happen, in order of time.
type agenda struct {
	mu     sync.Mutex
	events []event
	n      int
}

func (a *agenda) add(at time.Time, do func() error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.n++
	e := event{at, a.n, do}
	i, _ := slices.BinarySearchFunc(a.events, e, func(x, y event) int { return cmp.Or(x.at.Compare(y.at), cmp.Compare(x.n, y.n)) })
	a.events = slices.Insert(a.events, i, e)
}

// next is when the next event happens; zero: none does.
func (a *agenda) next() time.Time {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.events) == 0 {
		return time.Time{}
	}
	return a.events[0].at
}

// due takes the first event whose time has come; nil: none has.
func (a *agenda) due(now time.Time) func() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.events) == 0 || a.events[0].at.After(now) {
		return nil
	}
	e := a.events[0]
	a.events = a.events[1:]
	return e.do
}
