package obligation_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"payung/domain/calendar"
	"payung/domain/obligation"
)

// days draws a day in the years the table knows.
var days = rapid.Custom(func(t *rapid.T) calendar.Day {
	return calendar.Day("2025-06-01").Add(rapid.IntRange(0, 700).Draw(t, "day"))
})

// calendars draws a calendar: a week of five or six days, with local holidays.
var calendars = rapid.Custom(func(t *rapid.T) *calendar.Calendar {
	c := calendar.National()
	if rapid.Bool().Draw(t, "six-day week") {
		c = c.SixDayWeek()
	}
	if rapid.Bool().Draw(t, "cuti is worked") {
		c = c.CutiIsWorkday()
	}
	return c.With(rapid.SliceOfN(holidays, 0, 12).Draw(t, "local days")...)
})

var holidays = rapid.Custom(func(t *rapid.T) calendar.Holiday {
	return calendar.Holiday{Day: days.Draw(t, "off"), Kind: calendar.Libur, Name: "Libur daerah"}
})

var hours = rapid.Custom(func(t *rapid.T) obligation.Hours {
	opens := rapid.IntRange(0, 22).Draw(t, "opens")
	closes := rapid.IntRange(opens+1, 24).Draw(t, "closes")
	return obligation.Hours{Morning: rapid.IntRange(opens, closes-1).Draw(t, "morning"), Opens: opens, Closes: closes}
})

// ladders draws a ladder of up to nine steps in calendar and working days.
var ladders = rapid.Custom(func(t *rapid.T) obligation.Ladder {
	l := obligation.Ladder{Code: "drawn"}
	tones := []obligation.Tone{obligation.Reminder, obligation.Request, obligation.Warning}
	for range rapid.IntRange(0, 9).Draw(t, "steps") {
		days := rapid.OneOf(rapid.IntRange(-40, 20), rapid.SampledFrom([]int{-30, -14, -7, -3, -1, 0, 1, 3, 7})).Draw(t, "days")
		s := obligation.StepAt(days, rapid.Bool().Draw(t, "working"),
			rapid.SampledFrom(tones).Draw(t, "tone"), rapid.IntRange(0, 3).Draw(t, "level"))
		if !slices.ContainsFunc(l.Steps, func(o obligation.Step) bool { return o.Code == s.Code }) {
			l.Steps = append(l.Steps, s)
		}
	}
	return l
})

// drawn are terms of a target that is a whole day or an instant of it.
var drawn = rapid.Custom(func(t *rapid.T) obligation.Terms {
	zone := rapid.SampledFrom([]calendar.Zone{calendar.WIB, calendar.WITA, calendar.WIT}).Draw(t, "zone")
	day := days.Draw(t, "target")
	out := obligation.Terms{Target: day.End(zone), Zone: zone, Ladder: ladders.Draw(t, "ladder"), Hours: hours.Draw(t, "hours")}
	if rapid.IntRange(0, 3).Draw(t, "an instant") == 0 {
		out.Target = day.In(zone, rapid.IntRange(0, 23).Draw(t, "hour"), 0)
	}
	if rapid.Bool().Draw(t, "a last day") {
		out.Fatal = out.Target.AddDate(0, 0, rapid.IntRange(0, 30).Draw(t, "grace"))
	}
	return out
})

func TestNoStepFallsInQuietHoursOrOnADayOff(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		terms, c := drawn.Draw(t, "terms"), calendars.Draw(t, "calendar")
		if err := terms.Ladder.Check(); err != nil {
			t.Fatal(err)
		}
		for _, p := range obligation.Plan(terms, c) {
			if !p.Lapse && terms.Hours.Quiet(p.At, terms.Zone, c) {
				t.Fatalf("%s falls on %s", p.Code, p.At.In(terms.Zone.Location()))
			}
		}
	})
}

func TestTheNextTimeToWriteIsTheFirstThatIsNotQuiet(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h, c, zone := hours.Draw(t, "hours"), calendars.Draw(t, "calendar"), calendar.WITA
		at := days.Draw(t, "day").In(zone, rapid.IntRange(0, 23).Draw(t, "hour"), rapid.IntRange(0, 59).Draw(t, "minute"))
		next := h.Next(at, zone, c)
		if next.Before(at) || h.Quiet(next, zone, c) {
			t.Fatalf("after %s comes %s", at, next)
		}
		for quiet := at; quiet.Before(next); quiet = quiet.Add(time.Hour) {
			if !h.Quiet(quiet, zone, c) {
				t.Fatalf("%s was free before %s", quiet, next)
			}
		}
	})
}

func TestAHolidayMoreNeverBringsALaterStepForward(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		terms, c := drawn.Draw(t, "terms"), calendars.Draw(t, "calendar")
		more := c.With(rapid.SliceOfN(holidays, 1, 6).Draw(t, "added")...)
		after := obligation.Plan(terms, more)
		for _, p := range obligation.Plan(terms, c) {
			i := slices.IndexFunc(after, func(o obligation.Planned) bool { return o.Code == p.Code })
			if days, _ := p.Days(); (p.Lapse || days > 0) && after[i].At.Before(p.At) {
				t.Fatalf("%s came on %s, with more holidays on %s", p.Code, p.At, after[i].At)
			}
		}
	})
}

// wakes draws instants at which the clock rings, in order.
func wakes(t *rapid.T, plan []obligation.Planned) []time.Time {
	first := plan[0].At.Add(-48 * time.Hour)
	var at []time.Time
	for _, h := range rapid.SliceOfN(rapid.IntRange(0, 120*24), 1, 20).Draw(t, "wakes") {
		at = append(at, first.Add(time.Duration(h)*time.Hour))
	}
	slices.SortFunc(at, time.Time.Compare)
	return at
}

// handle takes a plan at each wake and gathers what was sent or stood for.
func handle(t *rapid.T, plan []obligation.Planned, until time.Time, at []time.Time) (sent, stood []string) {
	seen := map[string]bool{}
	for _, now := range at {
		taken := obligation.Take(plan, until, now)
		if taken.Send != nil {
			sent = append(sent, taken.Send.Code)
			stood = append(append(stood, taken.Missed...), taken.Send.Code)
		}
		if again := obligation.Take(plan, now, now); again.Send != nil || again.Lapsed {
			t.Fatalf("taken twice at %s it sends %+v", now, again)
		}
		until = now
	}
	for _, code := range stood {
		if seen[code] {
			t.Fatalf("%s was dealt with twice: %v", code, stood)
		}
		seen[code] = true
	}
	return sent, stood
}

func TestWheneverTheClockRingsTheSameStepsAreDealtWith(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		plan := obligation.Plan(drawn.Draw(t, "terms"), calendars.Draw(t, "calendar"))
		at := wakes(t, plan)
		sent, stood := handle(t, plan, plan[0].At.Add(-49*time.Hour), at)
		if len(sent) > len(at) {
			t.Fatalf("%d wakes sent %v", len(at), sent)
		}
		_, all := handle(t, plan, plan[0].At.Add(-49*time.Hour), at[len(at)-1:])
		slices.Sort(stood)
		slices.Sort(all)
		if !slices.Equal(stood, all) {
			t.Fatalf("many wakes dealt with %v, the last one alone with %v", stood, all)
		}
	})
}

func TestAChangeOfPlanNeverSendsAStepTwice(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		terms, c := drawn.Draw(t, "terms"), calendars.Draw(t, "calendar")
		plan := obligation.Plan(terms, c)
		until, now := plan[0].At.Add(-49*time.Hour), time.Time{}
		var taken, sent []string
		for edit := range rapid.IntRange(1, 4).Draw(t, "edits") {
			for _, now = range wakes(t, plan) {
				if now.Before(until) {
					continue
				}
				if s := obligation.Take(obligation.Without(plan, taken), until, now).Send; s != nil {
					sent = append(sent, s.Code)
				}
				until = now
			}
			// The ladder, the hours or the calendar changes.
			now = until.Add(time.Duration(rapid.IntRange(0, 72).Draw(t, fmt.Sprintf("hours to edit %d", edit))) * time.Hour)
			before := plan
			terms.Ladder, terms.Hours = ladders.Draw(t, "ladder"), hours.Draw(t, "hours")
			plan = obligation.Plan(terms, calendars.Draw(t, "calendar"))
			carried := obligation.Carry(before, plan, until, taken, now)
			checkCarried(t, before, plan, until, taken, now, carried)
			until, taken = carried.Until, carried.Taken
		}
		if s := obligation.Take(obligation.Without(plan, taken), until, plan[len(plan)-1].At.AddDate(1, 0, 0)).Send; s != nil {
			sent = append(sent, s.Code)
		}
		slices.Sort(sent)
		if len(slices.Compact(slices.Clone(sent))) != len(sent) {
			t.Fatalf("sent %v", sent)
		}
	})
}

// checkCarried holds a change of plan to what it promises.
func checkCarried(t *rapid.T, before, after []obligation.Planned, until time.Time, taken []string, now time.Time, c obligation.Carried) {
	left := map[string]bool{}
	for _, p := range obligation.Without(after, c.Taken) {
		left[p.Code] = p.At.After(c.Until)
	}
	for _, p := range after {
		i := slices.IndexFunc(before, func(o obligation.Planned) bool { return o.Code == p.Code })
		dealt := slices.Contains(taken, p.Code) || i >= 0 && !before[i].At.After(until)
		switch {
		case p.Lapse:
		case dealt && left[p.Code]:
			t.Fatalf("%s was dealt with and is still to come", p.Code)
		case !dealt && i >= 0 && !left[p.Code]:
			t.Fatalf("%s was to come and is lost", p.Code)
		case i < 0 && !dealt && left[p.Code] != p.At.After(now):
			t.Fatalf("%s is new, falls on %s, and at %s is still to come: %t", p.Code, p.At, now, left[p.Code])
		}
	}
	i := slices.IndexFunc(before, func(p obligation.Planned) bool { return p.Lapse })
	if before[i].At.After(until) && !left[obligation.LapseCode] {
		t.Fatal("the last day passes unseen")
	}
}
