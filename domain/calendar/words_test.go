package calendar_test

import (
	"testing"
	"time"

	"payung/domain/calendar"
)

func TestDaysAreWrittenInBothLanguages(t *testing.T) {
	t.Parallel()

	tests := map[calendar.Day][4]string{
		"2019-10-07": {"Senin, 7 Oktober 2019", "Monday, 7 October 2019", "7 Okt 2019", "7 Oct 2019"},
		"2026-08-16": {"Minggu, 16 Agustus 2026", "Sunday, 16 August 2026", "16 Agu 2026", "16 Aug 2026"},
		"2026-05-16": {"Sabtu, 16 Mei 2026", "Saturday, 16 May 2026", "16 Mei 2026", "16 May 2026"},
		"2026-12-31": {"Kamis, 31 Desember 2026", "Thursday, 31 December 2026", "31 Des 2026", "31 Dec 2026"},
		"2026-01-02": {"Jumat, 2 Januari 2026", "Friday, 2 January 2026", "2 Jan 2026", "2 Jan 2026"},
		"":           {},
		"2026-02-30": {},
	}
	for d, want := range tests {
		got := [4]string{d.Long(calendar.ID), d.Long(calendar.EN), d.Short(calendar.ID), d.Short(calendar.EN)}
		if got != want {
			t.Errorf("%q: got %q, want %q", d, got, want)
		}
	}
}

func TestMonthsAreWrittenInBothLanguages(t *testing.T) {
	t.Parallel()

	tests := map[calendar.Month][2]string{
		"2026-01": {"Januari 2026", "January 2026"},
		"2022-03": {"Maret 2022", "March 2022"},
		"":        {},
		"2026-13": {},
	}
	for m, want := range tests {
		if got := [2]string{m.Long(calendar.ID), m.Long(calendar.EN)}; got != want {
			t.Errorf("%q: got %q, want %q", m, got, want)
		}
	}
}

func TestFuzzyDatesAreWordedAsTheirSourcesWordThem(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		day       calendar.Day
		precision calendar.Precision
		id, en    string
	}{
		"exact":               {"2019-10-07", calendar.Exact, "7 Oktober 2019", "7 October 2019"},
		"a month":             {"2022-03-01", calendar.Monthly, "Maret 2022", "March 2022"},
		"a year":              {"2019-01-01", calendar.Yearly, "2019", "2019"},
		"early in a month":    {"2022-03-01", calendar.Early, "awal Maret 2022", "early March 2022"},
		"early in a year":     {"2019-01-01", calendar.Early, "awal 2019", "early 2019"},
		"before a day":        {"2019-10-07", calendar.Before, "sebelum 7 Oktober 2019", "before 7 October 2019"},
		"since a year began":  {"2019-01-01", calendar.Since, "sejak awal 2019", "since the beginning of 2019"},
		"since a day in May":  {"2019-05-02", calendar.Since, "sejak 2 Mei 2019", "since 2 May 2019"},
		"since 1 of a month":  {"2019-05-01", calendar.Since, "sejak 1 Mei 2019", "since 1 May 2019"},
		"no date has no word": {"", calendar.Monthly, "", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := calendar.When{On: tt.day, Precision: tt.precision}
			if got := w.Words(calendar.ID); got != tt.id {
				t.Errorf("id: got %q, want %q", got, tt.id)
			}
			if got := w.Words(calendar.EN); got != tt.en {
				t.Errorf("en: got %q, want %q", got, tt.en)
			}
		})
	}
}

func TestClockNamesItsZone(t *testing.T) {
	t.Parallel()

	instant := time.Date(2026, 11, 27, 8, 0, 0, 0, time.UTC)
	tests := map[calendar.Zone][2]string{
		calendar.WIB:  {"27 Nov 2026 15.00 WIB", "27 Nov 2026 15:00 WIB"},
		calendar.WITA: {"27 Nov 2026 16.00 WITA", "27 Nov 2026 16:00 WITA"},
		calendar.WIT:  {"27 Nov 2026 17.00 WIT", "27 Nov 2026 17:00 WIT"},
	}
	for z, want := range tests {
		if got := [2]string{calendar.Clock(instant, z, calendar.ID), calendar.Clock(instant, z, calendar.EN)}; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got, want := calendar.Clock(instant.Add(8*time.Hour+5*time.Minute), calendar.WITA, calendar.ID), "28 Nov 2026 00.05 WITA"; got != want {
		t.Errorf("past midnight: got %q, want %q", got, want)
	}
}
