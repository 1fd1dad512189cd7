package obligation_test

import (
	"testing"
	"time"

	"payung/domain/calendar"
	"payung/domain/obligation"
)

func TestNobodyIsWrittenToInQuietHours(t *testing.T) {
	t.Parallel()
	usual := obligation.DefaultHours()
	six := calendar.National().SixDayWeek()
	tests := map[string]struct {
		hours    obligation.Hours
		calendar *calendar.Calendar
		at, want time.Time
	}{
		"in the morning":               {usual, calendar.National(), wita("2026-11-18", 8), wita("2026-11-18", 8)},
		"at the opening":               {usual, calendar.National(), wita("2026-11-18", 7), wita("2026-11-18", 7)},
		"before it":                    {usual, calendar.National(), wita("2026-11-18", 7).Add(-1), wita("2026-11-18", 7)},
		"just before closing":          {usual, calendar.National(), wita("2026-11-18", 17).Add(-1), wita("2026-11-18", 17).Add(-1)},
		"at closing":                   {usual, calendar.National(), wita("2026-11-18", 17), wita("2026-11-19", 7)},
		"on a Friday evening":          {usual, calendar.National(), wita("2026-11-20", 20), wita("2026-11-23", 7)},
		"the same in a six-day week":   {usual, six, wita("2026-11-20", 20), wita("2026-11-21", 7)},
		"early on a Sunday":            {usual, six, wita("2026-11-22", 3), wita("2026-11-23", 7)},
		"before a week of holidays":    {usual, calendar.National(), wita("2026-03-17", 18), wita("2026-03-25", 7)},
		"nothing settled is the usual": {obligation.Hours{}, calendar.National(), wita("2026-11-18", 20), wita("2026-11-19", 7)},
		"around the clock":             {obligation.Hours{Morning: 8, Closes: 24}, calendar.National(), wita("2026-11-18", 23), wita("2026-11-18", 23)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tt.hours.Next(tt.at, calendar.WITA, tt.calendar); !got.Equal(tt.want) {
				t.Errorf("after %s comes %s, want %s", tt.at, got, tt.want)
			}
			if quiet := tt.hours.Quiet(tt.at, calendar.WITA, tt.calendar); quiet == tt.at.Equal(tt.want) {
				t.Errorf("quiet at %s: %t", tt.at, quiet)
			}
		})
	}
}

func TestHoursThatLeaveNoTimeAreRefused(t *testing.T) {
	t.Parallel()
	for name, h := range map[string]obligation.Hours{
		"nothing":              {},
		"closed before open":   {Morning: 9, Opens: 10, Closes: 9},
		"no time at all":       {Morning: 9, Opens: 9, Closes: 9},
		"before midnight":      {Morning: 8, Opens: -1, Closes: 17},
		"after midnight":       {Morning: 8, Opens: 7, Closes: 25},
		"a quiet morning":      {Morning: 6, Opens: 7, Closes: 17},
		"a morning at closing": {Morning: 17, Opens: 7, Closes: 17},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if h.Check() == nil {
				t.Errorf("%+v was accepted", h)
			}
		})
	}
	if err := obligation.DefaultHours().Check(); err != nil {
		t.Error(err)
	}
}

func TestTheMorningOfAPemdaIsItsOwn(t *testing.T) {
	t.Parallel()
	terms := due("2026-11-18", obligation.Default())
	terms.Hours = obligation.Hours{Morning: 10, Opens: 9, Closes: 15}
	for _, p := range obligation.Plan(terms, calendar.National()) {
		if hour := p.At.In(calendar.WITA.Location()).Hour(); !p.Lapse && hour != 10 {
			t.Errorf("%s falls on %d o'clock", p.Code, hour)
		}
	}
}
