package benefit_test

import (
	"testing"

	"payung/domain/benefit"
	"payung/domain/calendar"
	"payung/domain/fault"
)

func TestRule04_AClaimExpiresFiveYearsAfterTheEvent(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		event    calendar.Day
		boundary benefit.Boundary
		filed    calendar.Day
		expired  bool
	}{
		"filed on the day the years are full":              {"2021-10-27", benefit.LastDayCounts, "2026-10-27", false},
		"filed a day later":                                {"2021-10-27", benefit.LastDayCounts, "2026-10-28", true},
		"the anniversary counts unless said otherwise":     {"2021-10-27", "", "2026-10-27", false},
		"filed on that day where it is already expired":    {"2021-10-27", benefit.LastDayExpired, "2026-10-27", true},
		"filed the day before, where it is":                {"2021-10-27", benefit.LastDayExpired, "2026-10-26", false},
		"two years before PP 82/2019":                      {"2019-12-01", benefit.LastDayCounts, "2021-12-01", false},
		"a day more than two years before PP 82/2019":      {"2019-12-01", benefit.LastDayCounts, "2021-12-02", true},
		"five years from the first day of PP 82/2019":      {"2019-12-02", benefit.LastDayCounts, "2024-12-02", false},
		"after a leap day the years are full on 1 March":   {"2020-02-29", benefit.LastDayCounts, "2025-03-01", false},
		"and the claim is expired on 2 March":              {"2020-02-29", benefit.LastDayCounts, "2025-03-02", true},
		"after a leap day, the anniversary being expired":  {"2020-02-29", benefit.LastDayExpired, "2025-03-01", true},
		"after a leap day, the day before the anniversary": {"2020-02-29", benefit.LastDayExpired, "2025-02-28", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, err := benefit.National().ClaimDeadline(tt.event, tt.boundary)
			if err != nil || d.Expired(tt.filed) != tt.expired || d.Source == "" {
				t.Errorf("got %+v, %v; filed on %s, want expired %v", d, err, tt.filed, tt.expired)
			}
		})
	}
}

func TestAClaimNeedsATableAndAPolicy(t *testing.T) {
	t.Parallel()

	if _, err := benefit.National().ClaimDeadline("2015-06-30", ""); !fault.Is(err, benefit.NoTable) {
		t.Errorf("before the first table: got %v", err)
	}
	if _, err := benefit.National().ClaimDeadline("2021-10-27", "never"); !fault.Is(err, benefit.UnknownBoundary) {
		t.Errorf("an unknown boundary: got %v", err)
	}
}
