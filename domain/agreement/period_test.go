package agreement_test

import (
	"math/rand/v2"
	"testing"

	"payung/domain/agreement"
	"payung/domain/calendar"
)

func period(from, to calendar.Day) agreement.Period { return agreement.Period{From: from, To: to} }

func TestTheNextPeriodBeginsTheDayAfterAndIsAsLong(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		p, want agreement.Period
	}{
		"a budget year":                             {agreement.BudgetYear(2026), agreement.BudgetYear(2027)},
		"into a leap year":                          {agreement.BudgetYear(2027), agreement.BudgetYear(2028)},
		"out of a leap year":                        {agreement.BudgetYear(2028), agreement.BudgetYear(2029)},
		"half a year":                               {period("2026-07-01", "2026-12-31"), period("2027-01-01", "2027-06-30")},
		"a month":                                   {period("2026-01-01", "2026-01-31"), period("2026-02-01", "2026-02-28")},
		"a February":                                {period("2027-02-01", "2027-02-28"), period("2027-03-01", "2027-03-31")},
		"a leap February":                           {period("2028-02-01", "2028-02-29"), period("2028-03-01", "2028-03-31")},
		"March to February, into a leap year":       {period("2026-03-01", "2027-02-28"), period("2027-03-01", "2028-02-29")},
		"March to February, out of a leap year":     {period("2027-03-01", "2028-02-29"), period("2028-03-01", "2029-02-28")},
		"a signing's year from the 27th":            {period("2026-01-27", "2027-01-26"), period("2027-01-27", "2028-01-26")},
		"a month from the 27th":                     {period("2026-01-27", "2026-02-26"), period("2026-02-27", "2026-03-26")},
		"a year from the 31st":                      {period("2026-01-31", "2027-01-30"), period("2027-01-31", "2028-01-30")},
		"two months from the 31st":                  {period("2026-01-31", "2026-03-30"), period("2026-03-31", "2026-05-30")},
		"a month from the 31st that ends February":  {period("2026-01-31", "2026-02-28"), period("2026-03-01", "2026-03-31")},
		"a month from the 31st to the 30th":         {period("2026-12-31", "2027-01-30"), period("2027-01-31", "2027-02-28")},
		"a year from a leap day":                    {period("2024-02-29", "2025-02-28"), period("2025-03-01", "2026-02-28")},
		"two years":                                 {period("2027-01-01", "2028-12-31"), period("2029-01-01", "2030-12-31")},
		"three years from the 27th":                 {period("2026-01-27", "2029-01-26"), period("2029-01-27", "2032-01-26")},
		"five years over a leap day":                {period("2024-02-29", "2029-02-28"), period("2029-03-01", "2034-02-28")},
		"a single day":                              {period("2026-12-31", "2026-12-31"), period("2027-01-01", "2027-01-01")},
		"a single first of a month":                 {period("2026-12-01", "2026-12-01"), period("2026-12-02", "2026-12-02")},
		"a number of days that are no months":       {period("2026-01-10", "2026-01-19"), period("2026-01-20", "2026-01-29")},
		"a few days over the end of a month":        {period("2026-01-25", "2026-02-03"), period("2026-02-04", "2026-02-13")},
		"a year from the middle, over the leap day": {period("2027-08-15", "2028-08-14"), period("2028-08-15", "2029-08-14")},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tt.p.Next(); got != tt.want {
				t.Errorf("after %v comes %v, want %v", tt.p, got, tt.want)
			}
		})
	}
}

func TestRenewalsFollowEachOtherWithoutAGap(t *testing.T) {
	t.Parallel()
	for range 2000 {
		seed := rand.Uint64()
		r := rand.New(rand.NewPCG(seed, 0))
		p := agreement.Period{From: calendar.Day("2020-01-01").Add(r.IntN(4000))}
		p.To = p.From.Add(r.IntN(1800))
		for range 5 {
			next := p.Next()
			if _, gap := agreement.Gap(p, next); gap || p.Overlaps(next) || next.From != p.To.Add(1) || next.To < next.From {
				t.Fatalf("seed %d: after %v comes %v", seed, p, next)
			}
			// Months differ by at most three days, and a leap day, for each end.
			if d := next.Days() - p.Days(); d < -4 || d > 4 {
				t.Fatalf("seed %d: after %v (%d days) comes %v (%d days)", seed, p, p.Days(), next, next.Days())
			}
			p = next
		}
	}
}

func TestABudgetYearStaysOneForTwentyRenewals(t *testing.T) {
	t.Parallel()
	p := agreement.BudgetYear(2021)
	for year := 2022; year <= 2041; year++ {
		if p = p.Next(); p != agreement.BudgetYear(year) {
			t.Fatalf("%d became %v", year, p)
		}
	}
}

func TestAPeriodIsRefusedThatCannotBe(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		p  agreement.Period
		ok bool
	}{
		"a budget year":               {agreement.BudgetYear(2026), true},
		"a single day":                {period("2026-12-31", "2026-12-31"), true},
		"five years to the day":       {period("2024-01-01", "2028-12-31"), true},
		"five years from the 27th":    {period("2026-01-27", "2031-01-26"), true},
		"a day more than five years":  {period("2024-01-01", "2029-01-01"), false},
		"ending before it begins":     {period("2026-12-31", "2026-12-30"), false},
		"no beginning":                {period("", "2026-12-31"), false},
		"no end":                      {period("2026-01-01", ""), false},
		"a day that does not exist":   {period("2026-01-01", "2026-02-30"), false},
		"a word for a day":            {period("2026-01-01", "akhir tahun"), false},
		"an end ten years in advance": {period("2026-01-01", "2036-01-01"), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := tt.p.Check(); (err == nil) != tt.ok {
				t.Errorf("%v: %v", tt.p, err)
			}
		})
	}
}

func TestAPeriodKnowsItsDays(t *testing.T) {
	t.Parallel()
	p := agreement.BudgetYear(2028)
	if p.Days() != 366 || agreement.BudgetYear(2027).Days() != 365 || period("2027-03-01", "2027-03-01").Days() != 1 {
		t.Error("the days of a leap year, a year and a day are not 366, 365 and 1")
	}
	for day, want := range map[calendar.Day]bool{"2027-12-31": false, "2028-01-01": true, "2028-02-29": true, "2028-12-31": true, "2029-01-01": false} {
		if p.Contains(day) != want {
			t.Errorf("2028 contains %s: %t", day, !want)
		}
	}
	for name, tt := range map[string]struct {
		o    agreement.Period
		want bool
	}{
		"itself":          {p, true},
		"its last day":    {period("2028-12-31", "2029-06-30"), true},
		"its first day":   {period("2027-06-30", "2028-01-01"), true},
		"a day inside":    {period("2028-05-05", "2028-05-05"), true},
		"all around it":   {period("2027-01-01", "2029-12-31"), true},
		"the year after":  {agreement.BudgetYear(2029), false},
		"the year before": {agreement.BudgetYear(2027), false},
	} {
		if p.Overlaps(tt.o) != tt.want || tt.o.Overlaps(p) != tt.want {
			t.Errorf("%s: overlaps is not %t both ways", name, tt.want)
		}
	}
}

func TestAGapIsTheDaysNobodyIsCovered(t *testing.T) {
	t.Parallel()
	year := agreement.BudgetYear(2026)
	for name, tt := range map[string]struct {
		after agreement.Period
		want  agreement.Period
		ok    bool
	}{
		"none after a renewal":    {year.Next(), agreement.Period{}, false},
		"none where they overlap": {period("2026-12-01", "2027-11-30"), agreement.Period{}, false},
		"one day":                 {period("2027-01-02", "2027-12-31"), period("2027-01-01", "2027-01-01"), true},
		"two months":              {period("2027-03-01", "2027-12-31"), period("2027-01-01", "2027-02-28"), true},
		"a whole year":            {agreement.BudgetYear(2028), agreement.BudgetYear(2027), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, ok := agreement.Gap(year, tt.after)
			if ok != tt.ok || ok && got != tt.want {
				t.Errorf("gap %v, %t; want %v, %t", got, ok, tt.want, tt.ok)
			}
		})
	}
}
