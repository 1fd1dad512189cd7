package calendar_test

import (
	"strings"
	"testing"
	"time"

	"payung/domain/calendar"
)

func TestRule38_EndOfADayIsThreeInstantsInThreeZones(t *testing.T) {
	t.Parallel()

	d := calendar.Day("2026-01-15")
	for z, hour := range map[calendar.Zone]int{calendar.WIB: 16, calendar.WITA: 15, calendar.WIT: 14} {
		if got, want := d.In(z, 23, 59), time.Date(2026, 1, 15, hour, 59, 0, 0, time.UTC); !got.Equal(want) {
			t.Errorf("%s: got %s, want %s", z.Label(), got.UTC(), want)
		}
	}
}

func TestRule38_NewCutiBersamaMovesOnlyWhatIsJudgedByTheNewCalendar(t *testing.T) {
	t.Parallel()

	judgedBy := calendar.National()
	version := judgedBy.Version()
	amended := judgedBy.With(calendar.Holiday{
		Day: "2026-06-02", Kind: calendar.Cuti, Name: "Cuti bersama tambahan", DecreedOn: "2026-05-20",
	})

	if got := amended.AddWorkdays("2026-05-29", 1); got != "2026-06-03" {
		t.Errorf("new calendar: got %s, want 2026-06-03", got)
	}
	if got := judgedBy.AddWorkdays("2026-05-29", 1); got != "2026-06-02" {
		t.Errorf("old calendar: got %s, want 2026-06-02", got)
	}
	if judgedBy.Version() != version || amended.Version() == version {
		t.Errorf("versions: before %s, old now %s, new %s", version, judgedBy.Version(), amended.Version())
	}
	if got := amended.AsOf("2026-05-19").AddWorkdays("2026-05-29", 1); got != "2026-06-02" {
		t.Errorf("new calendar as of the day before the decree: got %s, want 2026-06-02", got)
	}
}

func TestDayAddedInMidYearWasNotKnownBefore(t *testing.T) {
	t.Parallel()

	before, after := calendar.National().AsOf("2025-08-06"), calendar.National().AsOf("2025-08-07")
	if got := before.OnOrAfter("2025-08-16"); got != "2025-08-18" {
		t.Errorf("before the amendment: got %s, want 2025-08-18", got)
	}
	if got := after.OnOrAfter("2025-08-16"); got != "2025-08-19" {
		t.Errorf("after the amendment: got %s, want 2025-08-19", got)
	}
	if before.Version() == after.Version() {
		t.Errorf("both are called %s", before.Version())
	}
	h, ok := after.Holiday("2025-08-18")
	if !ok || h.Kind != calendar.Cuti || h.AddedOn != "2025-08-07" || !strings.Contains(h.Decree, "933/2025") {
		t.Errorf("got %+v, %t", h, ok)
	}
}

func TestTableHoldsTheDaysOfEachDecree(t *testing.T) {
	t.Parallel()

	tests := map[int]struct {
		libur, cuti int
		verified    bool
	}{
		2024: {17 + 2, 10, false}, // and two election days
		2025: {17, 10 + 1, true},  // and 18 August
		2026: {17, 8, true},
		2027: {18, 8, false},
	}
	for year, want := range tests {
		count := map[calendar.HolidayKind]int{}
		var last calendar.Day
		for _, h := range calendar.National().Holidays(year) {
			count[h.Kind]++
			if h.Day <= last || h.Day.Year() != year {
				t.Errorf("%s comes after %s in %d", h.Day, last, year)
			}
			last = h.Day
			if h.Name == "" || h.Decree == "" || !h.DecreedOn.Valid() || h.Verified != want.verified {
				t.Errorf("%+v", h)
			}
			if (h.Kind == calendar.Cuti) != strings.HasPrefix(h.Name, "Cuti bersama ") {
				t.Errorf("%s is of kind %s and called %q", h.Day, h.Kind, h.Name)
			}
		}
		if count[calendar.Libur] != want.libur || count[calendar.Cuti] != want.cuti {
			t.Errorf("%d: got %v, want %d libur and %d cuti", year, count, want.libur, want.cuti)
		}
	}
}

func TestCollectiveLeaveNeverFallsOnAWeekend(t *testing.T) {
	t.Parallel()

	for year := 2024; year <= 2027; year++ {
		for _, h := range calendar.National().Holidays(year) {
			if w := h.Day.Weekday(); h.Kind == calendar.Cuti && (w == time.Saturday || w == time.Sunday) {
				t.Errorf("%s is a %s", h.Day, w)
			}
		}
	}
}

func TestCalendarSaysWhichYearsItKnows(t *testing.T) {
	t.Parallel()

	c := calendar.National()
	for year, want := range map[int]bool{2023: false, 2024: true, 2026: true, 2027: true, 2028: false} {
		if got := c.Covers(year); got != want {
			t.Errorf("%d: got %t, want %t", year, got, want)
		}
	}
	if c.AsOf("2026-09-14").Covers(2027) {
		t.Error("2027 is known before its decree")
	}
	local := c.With(calendar.Holiday{Day: "2028-01-02", Kind: calendar.Libur, Name: "Hari jadi kabupaten"})
	if local.Covers(2028) {
		t.Error("a local holiday passes for the decree of a year")
	}
	decreed := c.With(calendar.Holiday{Day: "2028-01-01", Kind: calendar.Libur, Name: "Tahun Baru 2028 Masehi"})
	if !decreed.Covers(2028) {
		t.Error("a later decree is not taken for one")
	}
}

func TestLocalHolidayIsOffInItsPemdaOnly(t *testing.T) {
	t.Parallel()

	local := calendar.National().With(
		calendar.Holiday{Day: "2026-05-02", Kind: calendar.Libur, Name: "Hari jadi kabupaten"},
		calendar.Holiday{Day: "2026-05-04", Kind: calendar.Libur, Name: "Hari jadi kabupaten, diperingati"},
		calendar.Holiday{Day: "2026-02-30", Kind: calendar.Libur, Name: "Hari yang tidak ada"},
	)
	if local.Workday("2026-05-04") || !calendar.National().Workday("2026-05-04") {
		t.Error("a local holiday is worked on, or is off everywhere")
	}
	if !calendar.National().SixDayWeek().Workday("2026-05-02") || local.SixDayWeek().Workday("2026-05-02") {
		t.Error("a local holiday on a Saturday must take a working day from a six-day week")
	}
	if got := local.WorkdaysBetween("2026-04-30", "2026-05-08"); got != 4 {
		t.Errorf("got %d working days, want 4", got)
	}
	if _, ok := local.Holiday("2026-02-30"); ok {
		t.Error("a day that does not exist is a holiday")
	}
	if _, ok := local.AsOf("2020-01-01").Holiday("2026-05-04"); !ok {
		t.Error("a local holiday without a decree was always known")
	}
}

func TestPublicHolidayGoesBeforeCollectiveLeaveOnOneDay(t *testing.T) {
	t.Parallel()

	c := calendar.National().With(
		calendar.Holiday{Day: "2026-05-15", Kind: calendar.Libur, Name: "Hari jadi kabupaten"},
		calendar.Holiday{Day: "2026-05-14", Kind: calendar.Libur, Name: "Hari jadi kota"},
	)
	if h, _ := c.Holiday("2026-05-15"); h.Name != "Hari jadi kabupaten" {
		t.Errorf("got %q", h.Name)
	}
	if c.CutiIsWorkday().Workday("2026-05-15") {
		t.Error("a local public holiday is worked on because it is collective leave too")
	}
	if h, _ := c.Holiday("2026-05-14"); h.Name != "Kenaikan Yesus Kristus" {
		t.Errorf("the national holiday has become %q", h.Name)
	}
	if got := len(c.Holidays(2026)); got != 25 {
		t.Errorf("got %d holidays, want 25: one entry a day", got)
	}
}

func TestVersionNamesTableAndSettings(t *testing.T) {
	t.Parallel()

	c := calendar.National()
	if !strings.HasPrefix(c.Version(), "skb-2026-09-15-") || !strings.HasSuffix(c.Version(), "/5d") {
		t.Errorf("got %s", c.Version())
	}
	if got := c.SixDayWeek().CutiIsWorkday().Version(); !strings.HasSuffix(got, "/6d/cuti-kerja") {
		t.Errorf("got %s", got)
	}
	if c.CutiIsWorkday().SixDayWeek().Version() != c.SixDayWeek().CutiIsWorkday().Version() {
		t.Error("the order of settings shows in the version")
	}
	if got := c.With().Version(); got != c.Version() {
		t.Errorf("adding nothing changes the version to %s", got)
	}
	if got := c.AsOf("2020-01-01").Version(); !strings.HasPrefix(got, "skb-undated-") {
		t.Errorf("an empty table: got %s", got)
	}
}
