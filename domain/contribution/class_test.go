package contribution_test

import (
	"testing"

	"payung/domain/contribution"
	"payung/domain/fault"
	"payung/domain/rupiah"
	"payung/domain/worker"
)

func TestRule11_IncomePicksTheClass(t *testing.T) {
	t.Parallel()

	tests := map[string]struct{ income, nominal, total rupiah.Amount }{
		"no income at all":                       {0, 1_000_000, 16_800},
		"the upper end of the lowest class":      {1_099_000, 1_000_000, 16_800},
		"the lower end of the second":            {1_100_000, 1_200_000, 18_800},
		"where the steps grow to 500,000":        {2_700_000, 2_950_000, 36_300},
		"just below it":                          {2_699_000, 2_600_000, 32_800},
		"where the steps grow to 1,000,000":      {8_200_000, 8_700_000, 93_800},
		"the last class with an upper end":       {20_199_000, 19_700_000, 203_800},
		"the highest class":                      {20_200_000, 20_700_000, 213_800},
		"an income no table thought of":          {900_000_000, 20_700_000, 213_800},
		"a gap belongs to the class below it":    {1_099_500, 1_000_000, 16_800},
		"the last rupiah of a gap too":           {1_099_999, 1_000_000, 16_800},
		"the last rupiah below the last class":   {20_199_999, 19_700_000, 203_800},
		"a nominal wage lies in its own class":   {1_000_000, 1_000_000, 16_800},
		"so does the nominal wage of the second": {1_200_000, 1_200_000, 18_800},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := rentan("2023-02")
			q.Wage = tt.income
			r := compute(t, q)
			if r.Items[0].Base != tt.nominal || r.Total != tt.total {
				t.Errorf("got class %d and %d, want %d and %d", r.Items[0].Base, r.Total, tt.nominal, tt.total)
			}
		})
	}
}

func TestAnIncomeBetweenTwoClassesIsReportedAsSuch(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		income rupiah.Amount
		want   bool
	}{
		"at the printed upper end": {1_099_000, false},
		"in the gap":               {1_099_500, true},
		"at the next lower end":    {1_100_000, false},
		"above everything":         {99_000_000, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := rentan("2023-02")
			q.Wage = tt.income
			if got := noted(compute(t, q).Notes, "income_between_classes"); got != tt.want {
				t.Errorf("reported %v, want %v", got, tt.want)
			}
		})
	}
}

func TestThereAre33ClassesAndEachContainsItsNominalWage(t *testing.T) {
	t.Parallel()

	table := contribution.National()
	rows := table.Classes[0].Rows
	if len(rows) != 33 {
		t.Fatalf("got %d classes, want 33", len(rows))
	}
	for _, row := range rows {
		got, err := table.Class(row.Nominal, "2026-01")
		if err != nil || got != row {
			t.Errorf("the nominal wage %d lies in %v, %v", row.Nominal, got, err)
		}
	}
}

func TestANegativeIncomeHasNoClass(t *testing.T) {
	t.Parallel()

	if _, err := contribution.National().Class(-1, "2026-01"); !fault.Is(err, contribution.NegativeWage) {
		t.Errorf("got %v", err)
	}
}

func TestRule14_In2020OneHundredthWasPaid(t *testing.T) {
	t.Parallel()

	bpu := map[string]rupiah.Amount{"2020-07": 16_800, "2020-08": 168, "2020-09": 168, "2021-01": 168, "2021-02": 16_800}
	for m, want := range bpu {
		q := rentan("2020-09")
		q.Month = monthOf(t, m)
		if got := compute(t, q).Total; got != want {
			t.Errorf("own-account worker in %s: got %d, want %d", m, got, want)
		}
	}
	r := compute(t, rentan("2020-09"))
	if r.Of(worker.JKK) != 100 || r.Of(worker.JKM) != 68 || r.Items[0].Full != 10_000 || r.Items[0].Relief != "pp_49_2020@2020-08" {
		t.Errorf("got %+v", r.Items)
	}
	if r := compute(t, official("2020-09")); r.Of(worker.JKK) != 56 || r.Of(worker.JKM) != 71 {
		t.Errorf("village official: got %d and %d, want 56 and 71", r.Of(worker.JKK), r.Of(worker.JKM))
	}
}
