package obligation

import (
	"slices"
	"time"

	"payung/domain/calendar"
)

// LapseCode is the step every dated obligation has beside its ladder: the end
// of its fatal date, when it is recorded as missed. It stays open; late is
// better than never.
const LapseCode = "fatal"

// Terms is what a plan depends on, besides the calendar.
type Terms struct {
	Target time.Time     // the end of the target day, or an exact instant; zero: no date yet, nothing is planned
	Fatal  time.Time     // the end of the fatal day; zero: as the target
	Zone   calendar.Zone // whose mornings and days
	Ladder Ladder
	Hours  Hours // of the day; the zero value is the usual ones
}

// Planned is a step with its instant.
type Planned struct {
	Step
	At    time.Time
	Lapse bool // the fatal date passes
}

// Plan lists every step of an obligation with its instant, in order of time.
// A step is taken in the morning of a working day, never in quiet hours: where
// its day is none it moves to the next one, or, where that would pass the target
// it warns of, to the one before. Only an offset with a clock part counts to the
// second. It is the only function that decides when anything is sent.
func Plan(t Terms, c *calendar.Calendar) []Planned {
	if t.Target.IsZero() {
		return nil
	}
	plan := make([]Planned, 0, len(t.Ladder.Steps)+1)
	for _, s := range t.Ladder.Steps {
		plan = append(plan, Planned{Step: s, At: instant(s, t, c)})
	}
	fatal := t.Fatal
	if fatal.IsZero() {
		fatal = t.Target
	}
	plan = append(plan, Planned{Step: Step{Code: LapseCode}, At: fatal.Add(time.Second), Lapse: true})
	slices.SortStableFunc(plan, func(a, b Planned) int { return a.At.Compare(b.At) })
	return plan
}

func instant(s Step, t Terms, c *calendar.Calendar) time.Time {
	o, err := s.Offset.span()
	if err != nil {
		// [Ladder.Check] comes before; what slips past it is due with the target
		// rather than never.
		return t.Target
	}
	if o.exact {
		return t.Target.In(t.Zone.Location()).AddDate(0, 0, o.days).Add(o.clock)
	}
	day, morning := t.Zone.DayOf(t.Target), t.Hours.filled().Morning
	if s.Working {
		day = c.AddWorkdays(day, o.days)
	} else {
		day = day.Add(o.days)
	}
	at := c.OnOrAfter(day).In(t.Zone, morning, 0)
	if o.days > 0 || !at.After(t.Target) {
		return at
	}
	at = c.OnOrBefore(day).In(t.Zone, morning, 0)
	if at.After(t.Target) { // the target is an instant before that morning
		at = c.AddWorkdays(day, -1).In(t.Zone, morning, 0)
	}
	return at
}

// Without is the plan without the steps of those codes: they have been dealt
// with under another plan of the same date.
func Without(plan []Planned, codes []string) []Planned {
	if len(codes) == 0 {
		return plan
	}
	return slices.DeleteFunc(slices.Clone(plan), func(p Planned) bool { return !p.Lapse && slices.Contains(codes, p.Code) })
}

// Taken is what a wake finds due.
type Taken struct {
	Send   *Planned  // the one step to send now; nil: nothing
	Missed []string  // codes of earlier steps that Send stands for (the system was down)
	Lapsed bool      // the fatal date has passed since the last wake
	Next   time.Time // when to look again; zero: never
}

// Take says what to do at now, given that everything up to and including
// "until" has been dealt with. Steps missed while the system was down collapse
// into the last of them, so that nobody gets five letters on Monday.
func Take(plan []Planned, until, now time.Time) Taken {
	var out Taken
	for _, p := range plan {
		switch {
		case !p.At.After(until):
		case p.At.After(now):
			out.Next = p.At
			return out
		case p.Lapse:
			out.Lapsed = true
		default:
			if out.Send != nil {
				out.Missed = append(out.Missed, out.Send.Code)
			}
			out.Send = &p
		}
	}
	return out
}

// Shift is how far a pause of the clock moves a date: the whole days, rounded
// up, during which the other side held the matter.
func Shift(from, to time.Time) int {
	if !to.After(from) {
		return 0
	}
	const day = 24 * time.Hour
	return int((to.Sub(from) + day - 1) / day)
}
