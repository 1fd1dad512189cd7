package obligation_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // a machine in a zone with daylight saving

	"payung/domain/calendar"
	"payung/domain/obligation"
)

func wita(day calendar.Day, hour int) time.Time { return day.In(calendar.WITA, hour, 0) }

// due is a duty of a day in Sulawesi.
func due(day calendar.Day, l obligation.Ladder) obligation.Terms {
	return obligation.Terms{Target: day.End(calendar.WITA), Zone: calendar.WITA, Ladder: l}
}

// written is a plan as "code day hour:minute" lines in Sulawesi's time.
func written(plan []obligation.Planned) []string {
	var out []string
	for _, p := range plan {
		out = append(out, p.Code+" "+p.At.In(calendar.WITA.Location()).Format("2006-01-02 15:04:05"))
	}
	return out
}

func TestStepsFallOnTheMorningOfTheirDay(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		terms obligation.Terms
		want  []string
	}{
		"the short ladder in an ordinary week": {
			due("2026-11-18", obligation.Default()),
			[]string{"T-7 2026-11-11 08:00:00", "T-1 2026-11-17 08:00:00", "fatal 2026-11-19 00:00:00", "T+1 2026-11-19 08:00:00"},
		},
		"a weekend moves a step on to Monday": {
			due("2026-11-17", obligation.Default()), // T-7 and T-1 on working days, T+1 a Wednesday
			[]string{"T-7 2026-11-10 08:00:00", "T-1 2026-11-16 08:00:00", "fatal 2026-11-18 00:00:00", "T+1 2026-11-18 08:00:00"},
		},
		"the day before a Monday is the Monday": {
			due("2026-11-16", obligation.Default()),
			[]string{"T-7 2026-11-09 08:00:00", "T-1 2026-11-16 08:00:00", "fatal 2026-11-17 00:00:00", "T+1 2026-11-17 08:00:00"},
		},
		// 2026: Wed 18 to Tue 24 March are all off (Nyepi, Idul Fitri, cuti bersama, a weekend).
		"before Idul Fitri a step that would pass the target goes back": {
			due("2026-03-20", obligation.Default()), // a cuti bersama itself
			[]string{"T-7 2026-03-13 08:00:00", "T-1 2026-03-17 08:00:00", "fatal 2026-03-21 00:00:00", "T+1 2026-03-25 08:00:00"},
		},
		"after Idul Fitri a step inside the holidays goes on to the first working day": {
			due("2026-03-26", obligation.Default()),
			[]string{"T-7 2026-03-25 08:00:00", "T-1 2026-03-25 08:00:00", "fatal 2026-03-27 00:00:00", "T+1 2026-03-27 08:00:00"},
		},
		"the full ladder around Idul Fitri": {
			due("2026-03-25", obligation.Full()),
			[]string{
				"T-30 2026-02-23 08:00:00", "T-14 2026-03-11 08:00:00", "T-7 2026-03-25 08:00:00", "T-3 2026-03-25 08:00:00",
				"T-1 2026-03-25 08:00:00", "T+0 2026-03-25 08:00:00", "fatal 2026-03-26 00:00:00",
				"T+1 2026-03-26 08:00:00", "T+3 2026-03-30 08:00:00", "T+7 2026-04-01 08:00:00",
			},
		},
		"a fatal date of its own": {
			obligation.Terms{
				Target: calendar.Day("2026-11-18").End(calendar.WITA), Fatal: calendar.Day("2026-11-30").End(calendar.WITA),
				Zone: calendar.WITA, Ladder: obligation.Default(),
			},
			[]string{"T-7 2026-11-11 08:00:00", "T-1 2026-11-17 08:00:00", "T+1 2026-11-19 08:00:00", "fatal 2026-12-01 00:00:00"},
		},
		"seconds count from the instant, on any day": {
			obligation.Terms{Target: wita("2026-03-19", 6), Zone: calendar.WITA, Ladder: obligation.Ladder{Code: "fast", Steps: []obligation.Step{
				{Code: "a", Offset: "-PT3S"}, {Code: "b", Offset: "PT0S"}, {Code: "c", Offset: "PT3S"}, {Code: "d", Offset: "P1DT1M"},
			}}},
			[]string{"a 2026-03-19 05:59:57", "b 2026-03-19 06:00:00", "fatal 2026-03-19 06:00:01", "c 2026-03-19 06:00:03", "d 2026-03-20 06:01:00"},
		},
		"before an instant earlier than that morning a step goes to the morning before": {
			obligation.Terms{Target: wita("2026-11-18", 6), Zone: calendar.WITA, Ladder: obligation.Full()},
			[]string{
				"T-30 2026-10-19 08:00:00", "T-14 2026-11-04 08:00:00", "T-7 2026-11-11 08:00:00", "T-3 2026-11-16 08:00:00",
				"T-1 2026-11-17 08:00:00", "T+0 2026-11-17 08:00:00", "fatal 2026-11-18 06:00:01",
				"T+1 2026-11-19 08:00:00", "T+3 2026-11-23 08:00:00", "T+7 2026-11-25 08:00:00",
			},
		},
		"working days skip the holidays between": { // 24 to 27 December 2026 are off
			due("2026-12-28", obligation.Ladder{Code: "own", Steps: []obligation.Step{
				obligation.StepAt(-3, true, obligation.Reminder, 0), obligation.StepAt(-3, false, obligation.Reminder, 0),
				obligation.StepAt(0, true, obligation.Reminder, 0), obligation.StepAt(4, true, obligation.Request, 1), obligation.StepAt(4, false, obligation.Request, 1),
			}}),
			[]string{
				"T-3HK 2026-12-21 08:00:00", "T-3 2026-12-28 08:00:00", "T+0HK 2026-12-28 08:00:00", "fatal 2026-12-29 00:00:00",
				"T+4HK 2027-01-04 08:00:00", "T+4 2027-01-04 08:00:00",
			},
		},
		"no date yet": {obligation.Terms{Zone: calendar.WITA, Ladder: obligation.Full()}, nil},
		"a ladder without steps still lapses": {
			due("2026-11-18", obligation.Ladder{Code: "quiet"}), []string{"fatal 2026-11-19 00:00:00"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := written(obligation.Plan(tt.terms, calendar.National())); !slices.Equal(got, tt.want) {
				t.Errorf("planned\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

func TestCutiBersamaMovesAStepOnlyWhereItIsADayOff(t *testing.T) {
	t.Parallel()
	terms := due("2026-03-19", obligation.Default()) // T-1 falls on 18 March, cuti bersama; T+1 on the 20th
	off := written(obligation.Plan(terms, calendar.National()))
	works := written(obligation.Plan(terms, calendar.National().CutiIsWorkday()))
	if off[1] != "T-1 2026-03-17 08:00:00" || off[3] != "T+1 2026-03-25 08:00:00" {
		t.Errorf("with cuti bersama off: %v", off)
	}
	if works[1] != "T-1 2026-03-18 08:00:00" || works[3] != "T+1 2026-03-20 08:00:00" {
		t.Errorf("with cuti bersama a working day: %v", works)
	}
}

func TestAnExactStepDoesNotDependOnTheMachinesZone(t *testing.T) {
	t.Parallel()
	newYork, err := time.LoadLocation("America/New_York") // its clocks change on 8 March 2026
	if err != nil {
		t.Fatal(err)
	}
	terms := obligation.Terms{Target: wita("2026-03-07", 23), Zone: calendar.WITA, Ladder: obligation.Ladder{
		Code: "fast", Steps: []obligation.Step{{Code: "next", Offset: "P3DT1S"}},
	}}
	want := written(obligation.Plan(terms, calendar.National()))
	terms.Target = terms.Target.In(newYork)
	if got := written(obligation.Plan(terms, calendar.National())); !slices.Equal(got, want) {
		t.Errorf("planned %v in New York, %v at home", got, want)
	}
}

// random draws terms around the holidays the table knows.
func random(r *rand.Rand) obligation.Terms {
	zones := []calendar.Zone{calendar.WIB, calendar.WITA, calendar.WIT}
	t := obligation.Terms{Zone: zones[r.IntN(3)], Ladder: obligation.Full()}
	day := calendar.Day("2025-12-01").Add(r.IntN(400))
	t.Target = day.End(t.Zone)
	if r.IntN(3) == 0 {
		t.Target = day.In(t.Zone, r.IntN(24), r.IntN(60))
	}
	if r.IntN(2) == 0 {
		t.Fatal = t.Target.AddDate(0, 0, r.IntN(30))
	}
	if r.IntN(2) == 0 {
		t.Ladder = obligation.Default()
	}
	if r.IntN(4) == 0 {
		t.Ladder = obligation.Ladder{Code: "fast", Steps: []obligation.Step{{Code: "a", Offset: "-PT3S"}, {Code: "b", Offset: "PT3S"}, {Code: "c", Offset: "PT6S"}}}
	}
	return t
}

// draws runs a property on many random terms; the seed of a failure is shown.
func draws(t *testing.T, property func(*testing.T, *rand.Rand)) {
	t.Helper()
	for range 2000 {
		seed := rand.Uint64()
		property(t, rand.New(rand.NewPCG(seed, 0)))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func TestNoReminderBeforeATargetFallsAfterIt(t *testing.T) {
	t.Parallel()
	draws(t, func(t *testing.T, r *rand.Rand) {
		terms := random(r)
		for _, p := range obligation.Plan(terms, calendar.National()) {
			before := strings.HasPrefix(string(p.Offset), "-") || p.Offset == "P0D"
			if before && p.At.After(terms.Target) {
				t.Errorf("%s of %s falls on %s", p.Code, terms.Target, p.At)
			}
			if !before && p.At.Before(terms.Target) {
				t.Errorf("%s of %s falls on %s, before it", p.Code, terms.Target, p.At)
			}
			if local := p.At.In(terms.Zone.Location()); !p.Lapse && local.Hour() == 8 && !calendar.National().Workday(terms.Zone.DayOf(p.At)) &&
				terms.Ladder.Code != "fast" {
				t.Errorf("%s of %s falls on %s, a day off", p.Code, terms.Target, local)
			}
		}
	})
}

func TestStepsKeepTheOrderOfTheirLadderWhateverIsOff(t *testing.T) {
	t.Parallel()
	draws(t, func(t *testing.T, r *rand.Rand) {
		terms := random(r)
		var codes, want []string
		for _, p := range obligation.Plan(terms, calendar.National()) {
			if !p.Lapse {
				codes = append(codes, p.Code)
			}
		}
		for _, s := range terms.Ladder.Steps {
			want = append(want, s.Code)
		}
		if !slices.Equal(codes, want) {
			t.Errorf("steps of %s come in the order %v", terms.Target, codes)
		}
	})
}

func TestHoweverOftenItIsAskedEachStepIsSentOrStoodForOnce(t *testing.T) {
	t.Parallel()
	draws(t, func(t *testing.T, r *rand.Rand) {
		terms := random(r)
		plan := obligation.Plan(terms, calendar.National())
		until := plan[0].At.Add(-time.Hour)
		var handled []string
		lapses := 0
		for next := plan[0].At; !next.IsZero(); {
			// The wake comes on time, or late by up to ten days, or again for nothing.
			now := next.Add(time.Duration(r.Int64N(int64(240*time.Hour))) * time.Duration(r.IntN(2)))
			taken := obligation.Take(plan, until, now)
			if taken.Send != nil {
				handled = append(append(handled, taken.Missed...), taken.Send.Code)
			} else if len(taken.Missed) > 0 {
				t.Errorf("missed %v with nothing to stand for them", taken.Missed)
			}
			if taken.Lapsed {
				lapses++
			}
			if again := obligation.Take(plan, now, now); again.Send != nil || again.Lapsed || !again.Next.Equal(taken.Next) {
				t.Errorf("asked again at %s: %+v", now, again)
			}
			if !taken.Next.IsZero() && !taken.Next.After(now) {
				t.Errorf("asked at %s, the next look is at %s", now, taken.Next)
			}
			until, next = now, taken.Next
		}
		var want []string
		for _, s := range terms.Ladder.Steps {
			want = append(want, s.Code)
		}
		if !slices.Equal(handled, want) || lapses != 1 {
			t.Errorf("handled %v and lapsed %d times, want %v once", handled, lapses, want)
		}
	})
}

func TestWhatTheSystemSleptThroughCollapsesIntoTheLastStep(t *testing.T) {
	t.Parallel()
	plan := obligation.Plan(due("2026-11-18", obligation.Full()), calendar.National())
	tests := map[string]struct {
		until, now time.Time
		send       string
		missed     []string
		lapsed     bool
		next       time.Time
	}{
		"nothing is due yet":         {wita("2026-10-01", 8), wita("2026-10-18", 8), "", nil, false, wita("2026-10-19", 8)},
		"a step at its instant":      {wita("2026-10-01", 8), wita("2026-10-19", 8), "T-30", nil, false, wita("2026-11-04", 8)},
		"a step that was dealt with": {wita("2026-10-19", 8), wita("2026-10-19", 8), "", nil, false, wita("2026-11-04", 8)},
		"down from T-14 to T-1":      {wita("2026-10-19", 8), wita("2026-11-17", 20), "T-1", []string{"T-14", "T-7", "T-3"}, false, wita("2026-11-18", 8)},
		"the fatal date alone":       {wita("2026-11-18", 8), wita("2026-11-19", 0), "", nil, true, wita("2026-11-19", 8)},
		"down over the fatal date": {
			wita("2026-11-17", 8), wita("2026-11-19", 9), "T+1", []string{"T+0"}, true, wita("2026-11-23", 8),
		},
		"down for all of it": {
			wita("2026-10-01", 8), wita("2027-01-04", 8), "T+7",
			[]string{"T-30", "T-14", "T-7", "T-3", "T-1", "T+0", "T+1", "T+3"},
			true,
			time.Time{},
		},
		"all is over": {wita("2027-01-04", 8), wita("2027-01-05", 8), "", nil, false, time.Time{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := obligation.Take(plan, tt.until, tt.now)
			send := ""
			if got.Send != nil {
				send = got.Send.Code
			}
			if send != tt.send || !slices.Equal(got.Missed, tt.missed) || got.Lapsed != tt.lapsed || !got.Next.Equal(tt.next) {
				t.Errorf("sends %q for %v, lapsed %t, next %s; want %q for %v, %t, %s",
					send, got.Missed, got.Lapsed, got.Next, tt.send, tt.missed, tt.lapsed, tt.next)
			}
		})
	}
}

func TestStepsThatHolidaysPushTogetherAreOneLetter(t *testing.T) {
	t.Parallel()
	plan := obligation.Plan(due("2026-03-25", obligation.Full()), calendar.National())
	got := obligation.Take(plan, wita("2026-03-11", 8), wita("2026-03-25", 8))
	if got.Send == nil || got.Send.Code != "T+0" || !slices.Equal(got.Missed, []string{"T-7", "T-3", "T-1"}) {
		t.Errorf("the first working day after Idul Fitri sends %+v", got)
	}
}

func TestAPauseMovesADateByWholeDaysRoundedUp(t *testing.T) {
	t.Parallel()
	from := wita("2026-11-18", 9)
	for name, tt := range map[string]struct {
		to   time.Time
		want int
	}{
		"not at all":            {from, 0},
		"backwards":             {from.Add(-time.Hour), 0},
		"an instant":            {from.Add(1), 1},
		"an hour":               {from.Add(time.Hour), 1},
		"a day to the second":   {from.Add(24 * time.Hour), 1},
		"a day and a second":    {from.Add(24*time.Hour + time.Second), 2},
		"from Wednesday to Fri": {wita("2026-11-20", 17), 3},
		"three weeks":           {wita("2026-12-09", 9), 21},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := obligation.Shift(from, tt.to); got != tt.want {
				t.Errorf("a pause of %s moves dates by %d days, want %d", tt.to.Sub(from), got, tt.want)
			}
		})
	}
}
