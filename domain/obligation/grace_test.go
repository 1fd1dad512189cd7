package obligation

import (
	"testing"
	"time"

	"payung/domain/calendar"
)

var fair = Grace{Zone: calendar.WITA, Office: Office{8, 16}, Days: 2, Least: 2 * time.Hour}

// at is a local time, such as "2026-11-26 09:30".
func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, calendar.WITA.Location())
	if err != nil {
		panic(err)
	}
	return t
}

// The deadline is Friday, 27 November 2026; Thursday is the other day that
// counts.
func TestAnOutageInOfficeHoursBeforeADeadlineEarnsMoreTime(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		from, to string
		until    calendar.Day
		lost     time.Duration
	}{
		"a whole morning on the last day":               {"2026-11-27 08:00", "2026-11-27 12:00", "2026-11-30", 4 * time.Hour},
		"a day and a half":                              {"2026-11-26 08:00", "2026-11-27 12:00", "2026-12-01", 12 * time.Hour},
		"longer ago than counts":                        {"2026-11-24 08:00", "2026-11-25 16:00", "", 0},
		"from before the days that count":               {"2026-11-23 08:00", "2026-11-26 12:00", "2026-11-30", 4 * time.Hour},
		"too short":                                     {"2026-11-27 09:00", "2026-11-27 10:59", "", 119 * time.Minute},
		"just long enough":                              {"2026-11-27 09:00", "2026-11-27 11:00", "2026-11-30", 2 * time.Hour},
		"past the deadline, back on Wednesday":          {"2026-11-27 08:00", "2026-12-02 10:00", "2026-12-03", 8 * time.Hour},
		"past the deadline, back before Monday's hours": {"2026-11-27 08:00", "2026-11-30 07:30", "2026-11-30", 8 * time.Hour},
		"the day after the deadline":                    {"2026-11-30 08:00", "2026-11-30 16:00", "", 0},
	} {
		until, lost := fair.Until(at(c.from), at(c.to), "2026-11-27", calendar.National())
		if until != c.until || lost != c.lost {
			t.Errorf("%s: until %q after %s lost, want %q after %s", name, until, lost, c.until, c.lost)
		}
	}
}

func TestAComputerThatIsOffAtNightOrOnDaysOffEarnsNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		from, to string
		deadline calendar.Day
	}{
		"every night":                       {"2026-11-26 16:00", "2026-11-27 08:00", "2026-11-27"},
		"home early and in late":            {"2026-11-26 15:05", "2026-11-27 08:55", "2026-11-27"},
		"the weekend":                       {"2026-11-27 16:30", "2026-11-30 07:45", "2026-11-30"},
		"a deadline on a Sunday":            {"2026-11-27 16:30", "2026-11-30 07:45", "2026-11-29"},
		"collective leave and Christmas":    {"2026-12-23 16:00", "2026-12-28 08:00", "2026-12-28"},
		"a morning in the zone of the East": {"2026-11-27 06:00", "2026-11-27 08:00", "2026-11-27"},
	} {
		if until, lost := fair.Until(at(c.from), at(c.to), c.deadline, calendar.National()); until != "" {
			t.Errorf("%s: until %s after %s", name, until, lost)
		}
	}
}

func TestAnOutageThatNeverWasEarnsNothing(t *testing.T) {
	t.Parallel()
	none := Grace{Zone: calendar.WITA, Office: Office{8, 16}, Days: 2}
	if until, lost := none.Until(at("2026-11-27 10:00"), at("2026-11-27 10:00"), "2026-11-27", calendar.National()); until != "" || lost != 0 {
		t.Errorf("until %q after %s", until, lost)
	}
}
