package contribution_test

import (
	"testing"

	"payung/domain/calendar"
	"payung/domain/contribution"
	"payung/domain/rupiah"
	"payung/domain/worker"
)

func monthOf(t *testing.T, s string) calendar.Month {
	t.Helper()
	m, err := calendar.ParseMonth(s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestRule19_HalfIsPaidIn2026ButNotByPublicBudgets(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		payer  worker.Payer
		sector contribution.Sector
		month  calendar.Month
		want   rupiah.Amount
	}{
		"an APBD-paid vulnerable worker in January":    {worker.APBD, "", "2026-01", 16_800},
		"an APBD-paid vulnerable worker in June":       {worker.APBD, "", "2026-06", 16_800},
		"an APBD-paid driver":                          {worker.APBD, contribution.Transport, "2026-01", 16_800},
		"an APBN-paid farmer":                          {worker.APBN, contribution.OtherSector, "2026-06", 16_800},
		"a self-paid driver before it begins":          {worker.Self, contribution.Transport, "2025-12", 16_800},
		"a self-paid driver in January":                {worker.Self, contribution.Transport, "2026-01", 8_400},
		"a self-paid driver in the last month":         {worker.Self, contribution.Transport, "2027-03", 8_400},
		"a self-paid driver after the end":             {worker.Self, contribution.Transport, "2027-04", 16_800},
		"a self-paid farmer in January":                {worker.Self, contribution.OtherSector, "2026-01", 16_800},
		"a self-paid farmer in March":                  {worker.Self, contribution.OtherSector, "2026-03", 16_800},
		"a self-paid farmer in April":                  {worker.Self, contribution.OtherSector, "2026-04", 8_400},
		"a self-paid farmer in June":                   {worker.Self, contribution.OtherSector, "2026-06", 8_400},
		"a self-paid farmer in December":               {worker.Self, contribution.OtherSector, "2026-12", 8_400},
		"a self-paid farmer in January after":          {worker.Self, contribution.OtherSector, "2027-01", 16_800},
		"a self-paid farmer in April after":            {worker.Self, contribution.OtherSector, "2027-04", 16_800},
		"a donor pays half":                            {worker.Donor, contribution.OtherSector, "2026-06", 8_400},
		"no sector counts as another than transport":   {worker.Self, "", "2026-01", 16_800},
		"a village pays in full, nothing else is said": {worker.APBDes, contribution.OtherSector, "2026-06", 16_800},
		"an unknown payer pays in full":                {"", contribution.OtherSector, "2026-06", 16_800},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := rentan(tt.month)
			q.Payer, q.Sector = tt.payer, tt.sector
			if got := compute(t, q).Total; got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}

func TestAReliefThatDoesNotApplySaysWhy(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		payer worker.Payer
		note  string
	}{
		"public money is excluded":               {worker.APBD, "relief_excludes_payer"},
		"for village budgets it is not settled":  {worker.APBDes, "relief_not_settled_for_payer"},
		"for an unknown payer it is not settled": {"", "relief_not_settled_for_payer"},
		"for the worker it applies":              {worker.Self, "relief_applied"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := rentan("2026-06")
			q.Payer = tt.payer
			for _, it := range compute(t, q).Items {
				if !noted(it.Explain, tt.note) {
					t.Errorf("%s explains %v, want %s", it.Programme, it.Explain, tt.note)
				}
			}
		})
	}
}

func TestHalfPriceIsForOwnAccountWorkersAndNotForTheirSavings(t *testing.T) {
	t.Parallel()

	earner := official("2026-06")
	earner.Payer = worker.Employer
	if got := compute(t, earner).Total; got != 12_700 {
		t.Errorf("a wage earner: got %d, want 12700", got)
	}
	saver := rentan("2026-06")
	saver.Payer, saver.Programmes = worker.Self, []worker.Programme{worker.JHT}
	if got := compute(t, saver).Total; got != 20_000 {
		t.Errorf("savings: got %d, want 20000", got)
	}
}
