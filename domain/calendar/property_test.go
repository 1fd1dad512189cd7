package calendar_test

import (
	"testing"

	"pgregory.net/rapid"

	"payung/domain/calendar"
)

// anyDay draws a day in and around the years the table knows.
var anyDay = rapid.Custom(func(t *rapid.T) calendar.Day {
	return calendar.Day("2023-06-01").Add(rapid.IntRange(0, 2000).Draw(t, "day"))
})

// anyHoliday draws a local holiday or a day of collective leave.
var anyHoliday = rapid.Custom(func(t *rapid.T) calendar.Holiday {
	kind := rapid.SampledFrom([]calendar.HolidayKind{calendar.Libur, calendar.Cuti}).Draw(t, "kind")
	return calendar.Holiday{Day: anyDay.Draw(t, "off"), Kind: kind, Name: "Libur"}
})

var anyCalendar = rapid.Custom(func(t *rapid.T) *calendar.Calendar {
	c := calendar.National()
	if rapid.Bool().Draw(t, "six-day week") {
		c = c.SixDayWeek()
	}
	if rapid.Bool().Draw(t, "cuti is worked") {
		c = c.CutiIsWorkday()
	}
	return c.With(rapid.SliceOfN(anyHoliday, 0, 10).Draw(t, "local")...)
})

func TestAHolidayMoreNeverMakesADeadlineEarlier(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := anyCalendar.Draw(t, "calendar")
		more := c.With(rapid.SliceOfN(anyHoliday, 1, 8).Draw(t, "added")...)
		from, n := anyDay.Draw(t, "from"), rapid.IntRange(0, 300).Draw(t, "days")
		if was, is := c.AddWorkdays(from, n), more.AddWorkdays(from, n); is < was {
			t.Fatalf("%d working days after %s were %s, with more holidays %s", n, from, was, is)
		}
		if was, is := c.AddWorkdays(from, -n), more.AddWorkdays(from, -n); is > was {
			t.Fatalf("%d working days before %s were %s, with more holidays %s", n, from, was, is)
		}
		if was, is := c.OnOrAfter(from), more.OnOrAfter(from); is < was {
			t.Fatalf("the working day from %s on was %s, with more holidays %s", from, was, is)
		}
	})
}

func TestTakingHolidaysBackMakesNoDeadlineLater(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := anyCalendar.Draw(t, "calendar")
		taken := rapid.SliceOfN(anyDay, 1, 30).Draw(t, "taken back")
		fewer := c.Without(taken...)
		from, n := anyDay.Draw(t, "from"), rapid.IntRange(0, 300).Draw(t, "days")
		if was, is := c.AddWorkdays(from, n), fewer.AddWorkdays(from, n); is > was {
			t.Fatalf("%d working days after %s were %s, with fewer holidays %s", n, from, was, is)
		}
		for _, d := range taken {
			if _, off := fewer.Holiday(d); off {
				t.Fatalf("%s is still a holiday", d)
			}
		}
	})
}

func TestCountingForwardAndBetweenAgree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := anyCalendar.Draw(t, "calendar")
		from, n := anyDay.Draw(t, "from"), rapid.IntRange(1, 300).Draw(t, "days")
		to := c.AddWorkdays(from, n)
		if got := c.WorkdaysBetween(from, to); got != n || !c.Workday(to) {
			t.Fatalf("%d working days after %s is %s, but %d lie between", n, from, to, got)
		}
	})
}

func TestADayTakenBackIsWorked(t *testing.T) {
	t.Parallel()
	c := calendar.National()
	amended := c.Without("2026-03-18", "2026-03-20")
	if got := amended.AddWorkdays("2026-03-17", 3); got != "2026-03-25" {
		t.Errorf("three working days after 17 March are on %s, want 2026-03-25", got)
	}
	if amended.Version() == c.Version() {
		t.Error("the amended table goes by the name of the old one")
	}
}
