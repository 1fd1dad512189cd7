package contribution_test

import (
	"testing"

	"payung/domain/calendar"
	"payung/domain/contribution"
	"payung/domain/fault"
	"payung/domain/worker"
)

func due(t *testing.T, s worker.Segment, m calendar.Month, c *calendar.Calendar) contribution.Due {
	t.Helper()
	d, err := contribution.DueDate(s, m, c)
	if err != nil {
		t.Fatalf("DueDate(%s, %s): %v", s, m, err)
	}
	return d
}

func TestRule15_WageEarnersPayByThe15thOfTheNextMonthUnlessItIsNoWorkingDay(t *testing.T) {
	t.Parallel()

	leave := calendar.National()
	if d := due(t, worker.PPU, "2026-04", leave); d.Day != "2026-05-18" || d.Nominal != "2026-05-15" {
		t.Errorf("cuti bersama is a day off: got %s, want 2026-05-18", d.Day)
	}
	if d := due(t, worker.PPU, "2026-04", leave.CutiIsWorkday()); d.Day != "2026-05-15" {
		t.Errorf("cuti bersama is a working day: got %s, want 2026-05-15", d.Day)
	}
}

func TestRule16_TheDueDateOfTwoSegmentsMayFallOnOneDay(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		calendar *calendar.Calendar
		want     calendar.Day
	}{
		"cuti bersama is a day off":     {calendar.National(), "2026-02-18"},
		"cuti bersama is a working day": {calendar.National().CutiIsWorkday(), "2026-02-16"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := due(t, worker.PPU, "2026-01", tt.calendar).Day; got != tt.want {
				t.Errorf("wage earners for January: got %s, want %s", got, tt.want)
			}
			if got := due(t, worker.BPU, "2026-02", tt.calendar).Day; got != tt.want {
				t.Errorf("own-account workers for February: got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestRule17_UnderPP49Of2020TheDateMovesBack(t *testing.T) {
	t.Parallel()

	independence := calendar.National().With(calendar.Holiday{Day: "2020-08-17", Kind: calendar.Libur, Name: "Proklamasi"})
	tests := map[string]struct {
		month        calendar.Month
		nominal, day calendar.Day
	}{
		"the last month before it":            {"2020-07", "2020-08-15", "2020-08-18"},
		"the first month":                     {"2020-08", "2020-09-30", "2020-09-30"},
		"December, due on a Saturday":         {"2020-12", "2021-01-30", "2021-01-29"},
		"January, there being no 30 February": {"2021-01", "2021-02-28", "2021-02-26"},
		"the first month after it":            {"2021-02", "2021-03-15", "2021-03-15"},
		"the next Saturday, moved onward":     {"2021-04", "2021-05-15", "2021-05-17"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := due(t, worker.PPU, tt.month, independence)
			if d.Nominal != tt.nominal || d.Day != tt.day {
				t.Errorf("got %s, moved to %s; want %s and %s", d.Nominal, d.Day, tt.nominal, tt.day)
			}
		})
	}
}

func TestADueDateSaysItsGrounds(t *testing.T) {
	t.Parallel()

	c := calendar.National()
	d := due(t, worker.BPU, "2026-02", c)
	if d.Rule != "due_bpu@2021-02" || d.Source == "" || d.Calendar != c.Version() || !d.HolidaysKnown {
		t.Errorf("got %+v", d)
	}
	if far := due(t, worker.BPU, "2900-01", c); far.HolidaysKnown {
		t.Error("nobody knows the holidays of 2900")
	}
	relief := due(t, worker.BPU, "2020-12", c)
	if relief.Confidence != worker.Uncertain {
		t.Errorf("that PP 49/2020 moved the date of own-account workers is not certain, got %s", relief.Confidence)
	}
}

func TestADueDateNeedsASegmentAndAMonth(t *testing.T) {
	t.Parallel()

	if _, err := contribution.DueDate("PMI", "2026-01", calendar.National()); !fault.Is(err, contribution.UnknownSegment) {
		t.Errorf("got %v", err)
	}
	if _, err := contribution.DueDate(worker.PPU, "2015-06", calendar.National()); !fault.Is(err, contribution.BeforeLaw) {
		t.Errorf("got %v", err)
	}
}
