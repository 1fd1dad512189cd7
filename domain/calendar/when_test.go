package calendar_test

import (
	"testing"

	"payung/domain/calendar"
)

func TestDateIsNoSurerThanItsSource(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		day, precision   string
		earliest, latest calendar.Day
	}{
		"exact when nothing is said": {"2019-10-07", "", "2019-10-07", "2019-10-07"},
		"exact":                      {"2019-10-07", "day", "2019-10-07", "2019-10-07"},
		"a month":                    {"2022-03-01", "month", "2022-03-01", "2022-03-31"},
		"February of a leap year":    {"2024-02-01", "month", "2024-02-01", "2024-02-29"},
		"a year":                     {"2019-01-01", "year", "2019-01-01", "2019-12-31"},
		"early March":                {"2022-03-01", "early", "2022-03-01", "2022-03-10"},
		"early in a year":            {"2019-01-01", "early", "2019-01-01", "2019-04-30"},
		"before a day":               {"2019-10-07", "before", "", "2019-10-07"},
		"since a day":                {"2019-01-01", "since", "2019-01-01", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, err := calendar.ParseWhen(tt.day, tt.precision)
			if err != nil {
				t.Fatal(err)
			}
			if got := w.Earliest(); got != tt.earliest {
				t.Errorf("earliest %q, want %q", got, tt.earliest)
			}
			if got := w.Latest(); got != tt.latest {
				t.Errorf("latest %q, want %q", got, tt.latest)
			}
		})
	}
}

func TestSomethingIsKnownOnlyWhenItHasSurelyHappened(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		when calendar.When
		on   calendar.Day
		want bool
	}{
		"on its own day":                 {calendar.On("2022-03-05"), "2022-03-05", true},
		"the day before":                 {calendar.On("2022-03-05"), "2022-03-04", false},
		"early March on the 9th":         {calendar.When{On: "2022-03-01", Precision: calendar.Early}, "2022-03-09", false},
		"early March on the 10th":        {calendar.When{On: "2022-03-01", Precision: calendar.Early}, "2022-03-10", true},
		"a year on its last but one day": {calendar.When{On: "2019-01-01", Precision: calendar.Yearly}, "2019-12-30", false},
		"what goes on had begun":         {calendar.When{On: "2019-01-01", Precision: calendar.Since}, "2019-01-01", true},
		"what goes on had not begun":     {calendar.When{On: "2019-01-01", Precision: calendar.Since}, "2018-12-31", false},
		"before a day, on the day":       {calendar.When{On: "2019-10-07", Precision: calendar.Before}, "2019-10-07", true},
		"before a day, the day before":   {calendar.When{On: "2019-10-07", Precision: calendar.Before}, "2019-10-06", false},
		"no date is never known":         {calendar.When{}, "2026-01-01", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tt.when.Known(tt.on); got != tt.want {
				t.Errorf("got %t, want %t", got, tt.want)
			}
		})
	}
}

func TestUnknownPrecisionAndMissingDayAreRefused(t *testing.T) {
	t.Parallel()

	for _, in := range [][2]string{{"", "day"}, {"2022-03", "month"}, {"2022-03-01", "about"}, {"2022-03-01", "Day"}} {
		if w, err := calendar.ParseWhen(in[0], in[1]); err == nil || !w.Zero() {
			t.Errorf("%q, %q: got %v, want an error", in[0], in[1], w)
		}
	}
}
