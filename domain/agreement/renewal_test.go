package agreement_test

import (
	"slices"
	"testing"

	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/domain/obligation"
)

// reminded is the local days a renewal of a period is reminded of, by code.
func reminded(p agreement.Period) map[string]calendar.Day {
	days := map[string]calendar.Day{}
	for _, s := range obligation.Plan(obligation.Terms{
		Target: p.To.End(calendar.WITA), Zone: calendar.WITA, Ladder: agreement.RenewalLadder(),
	}, calendar.National()) {
		days[s.Code] = calendar.WITA.DayOf(s.At)
	}
	return days
}

func TestRule33_RenewalIsAskedForInTimeForTheDraftBudgetAndBeforeTheYearEnds(t *testing.T) {
	t.Parallel()
	for year := 2024; year <= 2040; year++ { // leap years change none of these distances
		p := agreement.BudgetYear(year)
		if first := p.To.Add(-180); first != calendar.NewDay(year, 7, 4) {
			t.Errorf("180 days before %s is %s", p.To, first)
		}
		// The second week of July begins on the 8th at the earliest: KUA-PPAS goes
		// to the council then (PP 12/2019, art. 89 and 90).
		if got := reminded(p)["T-180"]; got < calendar.NewDay(year, 7, 4) || got > calendar.NewDay(year, 7, 7) {
			t.Errorf("in %d the first reminder comes on %s", year, got)
		}
	}
	want := map[string]calendar.Day{
		"T-180": "2026-07-06", // 4 July is a Saturday
		"T-120": "2026-09-02",
		"T-90":  "2026-10-02",
		"T-60":  "2026-11-02", // 1 November is a Sunday
		"T-30":  "2026-12-01",
		"fatal": "2027-01-01",
	}
	got := reminded(agreement.BudgetYear(2026))
	for code, day := range want {
		if got[code] != day {
			t.Errorf("%s falls on %s, want %s", code, got[code], day)
		}
	}
	if len(got) != len(want) {
		t.Errorf("planned %v", got)
	}
}

func TestRule33_AGapFromTheFirstOfJanuaryIsShownAsUncovered(t *testing.T) {
	t.Parallel()
	gap, uncovered := agreement.Gap(agreement.BudgetYear(2026), period("2027-04-01", "2027-12-31"))
	if !uncovered || gap != period("2027-01-01", "2027-03-31") || gap.Days() != 90 {
		t.Errorf("uncovered %t: %v", uncovered, gap)
	}
}

func TestTheRenewalLadderCanBeKept(t *testing.T) {
	t.Parallel()
	l := agreement.RenewalLadder()
	if err := l.Check(); err != nil {
		t.Error(err)
	}
	var codes []string
	for _, s := range l.Steps {
		codes = append(codes, s.Code)
	}
	if want := []string{"T-180", "T-120", "T-90", "T-60", "T-30"}; !slices.Equal(codes, want) {
		t.Errorf("steps %v, want %v", codes, want)
	}
}
