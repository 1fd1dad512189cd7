package calendar_test

import (
	"testing"
	"time"

	"payung/domain/calendar"
)

func TestOnlyExistingDaysAreRead(t *testing.T) {
	t.Parallel()

	for _, s := range []string{"2026-03-27", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"} {
		if d, err := calendar.ParseDay(s); err != nil || d != calendar.Day(s) {
			t.Errorf("%q: got %q, %v", s, d, err)
		}
	}
	for _, s := range []string{
		"", "2026-02-29", "1900-02-29", "2026-04-31", "2026-00-10", "2026-13-10", "2026-01-00",
		"2026-1-1", "26-01-01", "2026/01/01", "2026-01-01 ", "01-01-2026", "2026-01-1x", "2026-01-+1", "２026-01-1",
	} {
		if d, err := calendar.ParseDay(s); err == nil || d != "" {
			t.Errorf("%q: read as %q, want an error", s, d)
		}
	}
}

func FuzzParseDay(f *testing.F) {
	for _, s := range []string{"2026-03-27", "2024-02-29", "2026-02-29", "0000-02-29", "9999-12-31", "2026-13-01", "-001-01-01", "kosong"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := calendar.ParseDay(s)
		oracle, oracleErr := time.Parse(time.DateOnly, s)
		if (err == nil) != (oracleErr == nil) {
			t.Fatalf("%q: %v, the standard library says %v", s, err, oracleErr)
		}
		if err != nil {
			return
		}
		if y, m, day := d.Date(); y != oracle.Year() || m != oracle.Month() || day != oracle.Day() {
			t.Errorf("%q is read as %d %s %d", s, day, m, y)
		}
		if again := calendar.NewDay(d.Date()); again != d {
			t.Errorf("%q comes back as %q", d, again)
		}
	})
}

func TestDaysAreCountedAcrossMonthsAndYears(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		from calendar.Day
		add  int
		want calendar.Day
	}{
		"over the new year":    {"2026-12-31", 1, "2027-01-01"},
		"over a leap day":      {"2024-02-28", 2, "2024-03-01"},
		"back over a leap day": {"2024-03-01", -1, "2024-02-29"},
		"no leap day in 1900":  {"1900-02-28", 1, "1900-03-01"},
		"fourteen days' grace": {"2023-07-20", 14, "2023-08-03"},
		"none":                 {"2026-03-27", 0, "2026-03-27"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tt.from.Add(tt.add); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			if got := tt.want.Sub(tt.from); got != tt.add {
				t.Errorf("got %d days back, want %d", got, tt.add)
			}
		})
	}
	if got := calendar.Day("").Add(3); got != "" {
		t.Errorf("no day and three days is %q, want no day", got)
	}
}

func TestDayKnowsItsParts(t *testing.T) {
	t.Parallel()

	d := calendar.Day("2019-10-07")
	if got := d.Weekday(); got != time.Monday {
		t.Errorf("weekday %s, want Monday", got)
	}
	if d.Year() != 2019 || d.Month() != "2019-10" {
		t.Errorf("got year %d and month %q", d.Year(), d.Month())
	}
	if got := calendar.NewDay(2026, 2, 29); got != "2026-03-01" {
		t.Errorf("29 February 2026 is normalised to %s, want 2026-03-01", got)
	}
	if calendar.Day("").Valid() || calendar.Day("").Month() != "" {
		t.Error("no day passes for a day or has a month")
	}
}

func TestMonthsBeginEndAndFollowEachOther(t *testing.T) {
	t.Parallel()

	tests := map[calendar.Month]struct{ last, next, yearAgo string }{
		"2026-01": {"2026-01-31", "2026-02", "2025-01"},
		"2024-02": {"2024-02-29", "2024-03", "2023-02"},
		"2026-02": {"2026-02-28", "2026-03", "2025-02"},
		"2026-12": {"2026-12-31", "2027-01", "2025-12"},
	}
	for m, want := range tests {
		if got := m.First(); got != calendar.Day(m+"-01") {
			t.Errorf("%s begins on %s", m, got)
		}
		if got := m.Last(); string(got) != want.last {
			t.Errorf("%s ends on %s, want %s", m, got, want.last)
		}
		if got := m.Add(1); string(got) != want.next {
			t.Errorf("%s is followed by %s, want %s", m, got, want.next)
		}
		if got := m.Add(-12); string(got) != want.yearAgo {
			t.Errorf("a year before %s is %s, want %s", m, got, want.yearAgo)
		}
	}
}

func FuzzParseMonth(f *testing.F) {
	for _, s := range []string{"2026-03", "2026-13", "2026-00", "2026-3", "2026", "0000-01", "2026-03-01"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := calendar.ParseMonth(s)
		if _, dayErr := calendar.ParseDay(s + "-01"); (err == nil) != (dayErr == nil) {
			t.Fatalf("%q: month %v, its first day %v", s, err, dayErr)
		}
		if err == nil && m.First().Month() != calendar.Month(s) {
			t.Errorf("%q has its first day in %s", s, m.First().Month())
		}
	})
}

func TestZonesAreReadByTheirFullNames(t *testing.T) {
	t.Parallel()

	for name, label := range map[string]string{"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"} {
		z, err := calendar.ParseZone(name)
		if err != nil || z.Label() != label {
			t.Errorf("%s: got %s, %v, want %s", name, z.Label(), err, label)
		}
	}
	for _, name := range []string{"", "WITA", "Asia/Singapore", "asia/makassar"} {
		if z, err := calendar.ParseZone(name); err == nil {
			t.Errorf("%q is read as %s, want an error", name, z)
		}
	}
}

func TestZoneDecidesWhichDayAnInstantIs(t *testing.T) {
	t.Parallel()

	instant := time.Date(2026, 5, 15, 15, 30, 0, 0, time.UTC)
	for z, want := range map[calendar.Zone]calendar.Day{
		calendar.WIB: "2026-05-15", calendar.WITA: "2026-05-15", calendar.WIT: "2026-05-16",
	} {
		if got := z.DayOf(instant); got != want {
			t.Errorf("%s: got %s, want %s", z.Label(), got, want)
		}
	}
}

func TestDutyMayStillBeDoneInTheLastSecondOfItsDay(t *testing.T) {
	t.Parallel()

	got := calendar.Day("2026-05-15").End(calendar.WITA)
	if want := time.Date(2026, 5, 15, 15, 59, 59, 0, time.UTC); !got.Equal(want) {
		t.Errorf("got %s, want %s", got, want)
	}
}
