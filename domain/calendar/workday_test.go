package calendar_test

import (
	"math"
	"testing"
	"time"

	"payung/domain/calendar"
)

func TestRule15_DueDateOnCutiBersamaRollsForward(t *testing.T) {
	t.Parallel()

	if got := calendar.National().OnOrAfter("2026-05-15"); got != "2026-05-18" {
		t.Errorf("cuti bersama off: got %s, want 2026-05-18", got)
	}
	if got := calendar.National().CutiIsWorkday().OnOrAfter("2026-05-15"); got != "2026-05-15" {
		t.Errorf("cuti bersama a working day: got %s, want 2026-05-15", got)
	}
}

func TestRule16_DueDateOnSundayBeforeImlekRollsForward(t *testing.T) {
	t.Parallel()

	if got := calendar.National().OnOrAfter("2026-02-15"); got != "2026-02-18" {
		t.Errorf("cuti bersama off: got %s, want 2026-02-18", got)
	}
	if got := calendar.National().CutiIsWorkday().OnOrAfter("2026-02-15"); got != "2026-02-16" {
		t.Errorf("cuti bersama a working day: got %s, want 2026-02-16", got)
	}
}

func TestRule23_EnrolmentTimersCountWorkingDays(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		calendar *calendar.Calendar
		from     calendar.Day
		days     int
		want     calendar.Day
	}{
		"30 days over Idul Fitri":                      {calendar.National(), "2026-03-02", 30, "2026-04-21"},
		"30 days with cuti bersama as working days":    {calendar.National().CutiIsWorkday(), "2026-03-02", 30, "2026-04-15"},
		"7 days over Kenaikan and its cuti bersama":    {calendar.National(), "2026-05-11", 7, "2026-05-22"},
		"7 days in an office that works on Saturdays":  {calendar.National().SixDayWeek(), "2026-05-11", 7, "2026-05-21"},
		"3 days before, counted from the day before":   {calendar.National(), "2026-03-27", -3, "2026-03-17"},
		"none: the day itself, though it is a holiday": {calendar.National(), "2026-05-14", 0, "2026-05-14"},
		"1 day from a holiday is the next working day": {calendar.National(), "2026-05-14", 1, "2026-05-18"},
		"before a holiday":                             {calendar.National(), "2026-05-16", -1, "2026-05-13"},
		"a year without a table counts Mon to Fri":     {calendar.National(), "2019-12-24", 3, "2019-12-27"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tt.calendar.AddWorkdays(tt.from, tt.days); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestRule24_ThreeWorkingDaysAcrossNyepiAndIdulFitri(t *testing.T) {
	t.Parallel()

	if got := calendar.National().AddWorkdays("2026-03-17", 3); got != "2026-03-27" {
		t.Errorf("got %s, want 2026-03-27", got)
	}
	if got := calendar.National().CutiIsWorkday().AddWorkdays("2026-03-17", 3); got != "2026-03-23" {
		t.Errorf("without cuti bersama: got %s, want 2026-03-23", got)
	}
}

func TestRule35_BreachNoticeIsDueIn72HoursHolidaysIncluded(t *testing.T) {
	t.Parallel()

	opened := calendar.Day("2026-02-14").In(calendar.WITA, 10, 0)
	deadline := opened.Add(72 * time.Hour)
	if want := calendar.Day("2026-02-17").In(calendar.WITA, 10, 0); !deadline.Equal(want) {
		t.Errorf("got %s, want %s", deadline, want)
	}
	if got, want := calendar.Clock(deadline, calendar.WITA, calendar.ID), "17 Feb 2026 10.00 WITA"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := calendar.National().WorkdaysBetween("2026-02-14", "2026-02-17"); got != 0 {
		t.Errorf("%d working days pass, want none: the case is meant to span only days off", got)
	}
}

func TestWorkingDaysBetweenTwoDays(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		from, to calendar.Day
		want     int
	}{
		"the first day does not count, the last does": {"2026-03-17", "2026-03-27", 3},
		"the other way round":                         {"2026-03-27", "2026-03-17", -3},
		"the same day":                                {"2026-03-17", "2026-03-17", 0},
		"over a weekend":                              {"2026-11-20", "2026-11-23", 1},
		"the working days of 2026":                    {"2025-12-31", "2026-12-31", 261 - 21},
		"from no day":                                 {"", "2026-03-17", 0},
		"to a day that does not exist":                {"2026-03-17", "2026-02-30", 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := calendar.National().WorkdaysBetween(tt.from, tt.to); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}

func TestDueDateMayRollBackToo(t *testing.T) {
	t.Parallel()

	tests := map[calendar.Day]calendar.Day{
		"2021-01-30": "2021-01-29",
		"2026-03-24": "2026-03-17",
		"2026-03-25": "2026-03-25",
		"":           "",
	}
	for d, want := range tests {
		if got := calendar.National().OnOrBefore(d); got != want {
			t.Errorf("%q: got %q, want %q", d, got, want)
		}
	}
}

func TestNoDayIsNoWorkingDay(t *testing.T) {
	t.Parallel()

	c := calendar.National()
	for _, d := range []calendar.Day{"", "2026-02-30", "besok"} {
		if c.Workday(d) {
			t.Errorf("%q passes for a working day", d)
		}
		if got := c.AddWorkdays(d, 3); got != "" {
			t.Errorf("3 working days after %q is %q, want no day", d, got)
		}
		if got := c.OnOrAfter(d); got != "" {
			t.Errorf("on or after %q is %q, want no day", d, got)
		}
	}
}

func TestCountingEndsWithinTheYears1To9999(t *testing.T) {
	t.Parallel()

	c := calendar.National()
	if got := c.AddWorkdays("2026-01-05", math.MaxInt); got != "9999-12-31" {
		t.Errorf("got %s, want 9999-12-31", got)
	}
	if got := c.AddWorkdays("2026-01-05", math.MinInt); got != "0001-01-01" {
		t.Errorf("got %s, want 0001-01-01", got)
	}
	if got := c.AddWorkdays("0001-01-01", -1); got != "0001-01-01" {
		t.Errorf("before the first day: got %s, want 0001-01-01", got)
	}
	if got := c.AddWorkdays("2030-01-01", 5*52*100); got != "2129-08-30" {
		t.Errorf("26.000 working days without a table are 5.200 weeks: got %s, want 2129-08-30", got)
	}
}

// FuzzWorkdaysAgreeWithCountingByHand checks the search against the plain walk
// from day to day.
func FuzzWorkdaysAgreeWithCountingByHand(f *testing.F) {
	f.Add(0, 30)
	f.Add(800, -17)
	f.Add(1_200, 1)
	f.Fuzz(func(t *testing.T, offset, n int) {
		offset, n = offset%2_000, n%200
		from := calendar.Day("2023-06-01").Add(offset)
		for _, c := range []*calendar.Calendar{
			calendar.National(), calendar.National().CutiIsWorkday(), calendar.National().SixDayWeek(),
		} {
			step, left, want := 1, n, from
			if n < 0 {
				step, left = -1, -n
			}
			for left > 0 {
				want = want.Add(step)
				if c.Workday(want) {
					left--
				}
			}
			if got := c.AddWorkdays(from, n); got != want {
				t.Errorf("%s: %d working days from %s: got %s, want %s", c.Version(), n, from, got, want)
			}
			between := 0
			for d := from; d < want; {
				d = d.Add(1)
				if c.Workday(d) {
					between++
				}
			}
			if got := c.WorkdaysBetween(from, want); n >= 0 && got != between {
				t.Errorf("%s: from %s to %s: got %d, want %d", c.Version(), from, want, got, between)
			}
		}
	})
}

func BenchmarkAddWorkdays(b *testing.B) {
	c := calendar.National()
	for b.Loop() {
		c.AddWorkdays("2026-03-02", 30)
	}
}
