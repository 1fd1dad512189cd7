package contribution_test

import (
	"math"
	"testing"

	"payung/domain/calendar"
	"payung/domain/contribution"
	"payung/domain/fault"
	"payung/domain/rupiah"
	"payung/domain/worker"
)

var both = []worker.Programme{worker.JKK, worker.JKM}

// rentan is a vulnerable worker of the lowest class, paid from the APBD.
func rentan(m calendar.Month) contribution.Query {
	return contribution.Query{
		Segment: worker.BPU, Programmes: both, Month: m, Wage: 1_000_000, Payer: worker.APBD,
	}
}

// official is a village official on the provincial minimum wage of 2019.
func official(m calendar.Month) contribution.Query {
	return contribution.Query{
		Segment: worker.PPU, Programmes: both, Month: m, Wage: 2_351_870, Payer: worker.APBDes,
	}
}

func compute(t *testing.T, q contribution.Query) contribution.Result {
	t.Helper()
	r, err := contribution.Compute(q)
	if err != nil {
		t.Fatalf("Compute(%+v): %v", q, err)
	}
	return r
}

func estimate(t *testing.T, q contribution.Query, people int64, months int) contribution.Estimate {
	t.Helper()
	e, err := contribution.EstimateFor(q, people, months)
	if err != nil {
		t.Fatalf("EstimateFor(%+v, %d, %d): %v", q, people, months, err)
	}
	return e
}

func noted(notes []worker.Note, key string) bool {
	for _, n := range notes {
		if n.Key == key {
			return true
		}
	}
	return false
}

func TestRule08_TheLowestClassCosts16800AMonthAnd201600AYear(t *testing.T) {
	t.Parallel()

	r := compute(t, rentan("2023-02"))
	if r.Of(worker.JKK) != 10_000 || r.Of(worker.JKM) != 6_800 || r.Total != 16_800 {
		t.Errorf("got %d + %d = %d, want 10000 + 6800 = 16800", r.Of(worker.JKK), r.Of(worker.JKM), r.Total)
	}
	if e := estimate(t, rentan("2023-01"), 1, 12); e.Total != 201_600 {
		t.Errorf("a year: got %d, want 201600", e.Total)
	}
}

func TestRule09_FiftyVulnerableWorkersInEachOf336Villages(t *testing.T) {
	t.Parallel()

	const people = 50 * 336
	if people != 16_800 {
		t.Fatalf("50 in each of 336 villages are %d people", people)
	}
	month, year := estimate(t, rentan("2023-03"), people, 1), estimate(t, rentan("2023-01"), people, 12)
	if month.Total != 282_240_000 || year.Total != 3_386_880_000 {
		t.Errorf("got %d a month and %d a year, want 282240000 and 3386880000", month.Total, year.Total)
	}
}

func TestRule10_WhatTheProgrammesOfThreeRegionsCostAYear(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		people int64
		want   rupiah.Amount
	}{
		"Penajam Paser Utara": {15_000, 3_024_000_000},
		"Muna Barat":          {11_560, 2_330_496_000},
		"Wakatobi":            {25_000, 5_040_000_000},
	}
	for region, tt := range tests {
		t.Run(region, func(t *testing.T) {
			t.Parallel()
			if got := estimate(t, rentan("2022-01"), tt.people, 12).Total; got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}

	vulnerable, honorer := estimate(t, rentan("2022-04"), 25_000, 9), estimate(t, official("2022-04"), 3_000, 9)
	if all := vulnerable.People + honorer.People; all != 28_000 {
		t.Errorf("Wakatobi protects %d people, want 28000", all)
	}
}

func TestRule12_AVillageOfficialOnTheMinimumWageOf2019Costs12700(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		rounding        rupiah.Rounding
		jkk, jkm, total rupiah.Amount
	}{
		"rounded half up by default, for each programme": {"", 5_644, 7_056, 12_700},
		"rounded half up by name":                        {rupiah.HalfUp, 5_644, 7_056, 12_700},
		"rounded down, one rupiah less":                  {rupiah.Floor, 5_644, 7_055, 12_699},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := official("2019-10")
			q.Rounding = tt.rounding
			r := compute(t, q)
			if r.Of(worker.JKK) != tt.jkk || r.Of(worker.JKM) != tt.jkm || r.Total != tt.total {
				t.Errorf("got %d + %d = %d, want %d + %d = %d",
					r.Of(worker.JKK), r.Of(worker.JKM), r.Total, tt.jkk, tt.jkm, tt.total)
			}
		})
	}
}

func TestRule13_WageBasedAndFlatContributionsStandInOneAgreementOnTwoAccounts(t *testing.T) {
	t.Parallel()

	officials, vulnerable := estimate(t, official("2023-02"), 3_000, 1), estimate(t, rentan("2023-02"), 16_800, 1)
	totals, all, err := contribution.Totals(officials, vulnerable)
	if err != nil || len(totals) != 2 {
		t.Fatalf("Totals: %v, %v", totals, err)
	}
	const jkk, jkm = 3_000*5_644 + 16_800*10_000, 3_000*7_056 + 16_800*6_800
	if totals[0] != (contribution.ProgrammeTotal{Programme: worker.JKK, Amount: jkk}) ||
		totals[1] != (contribution.ProgrammeTotal{Programme: worker.JKM, Amount: jkm}) || all != jkk+jkm {
		t.Errorf("got %v, %d; want JKK %d and JKM %d", totals, all, jkk, jkm)
	}

	accounts := map[worker.Programme]string{
		worker.JKK: "5.1.02.02.02.0006", worker.JKM: "5.1.02.02.02.0007", worker.JHT: "5.1.02.02.02.0010",
	}
	for p, want := range accounts {
		if a, ok := contribution.National().Account("non_asn", p); !ok || a.Code != want {
			t.Errorf("%s of contract staff is booked on %q, want %s", p, a.Code, want)
		}
	}
	if a, ok := contribution.National().Account("vulnerable", worker.JKK); ok {
		t.Errorf("the account for vulnerable workers is not known, got %s", a.Code)
	}
}

func TestRule20_OnlyWorkersInJobLossInsuranceHaveRecomposedRates(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		month    calendar.Month
		jkp      bool
		jkk, jkm int64 // hundredths of a per cent
	}{
		"not enrolled, before PP 49/2023":        {"2023-09", false, 24, 30},
		"not enrolled, after PP 49/2023":         {"2023-10", false, 24, 30},
		"not enrolled, after PP 6/2025":          {"2026-01", false, 24, 30},
		"enrolled, after PP 49/2023":             {"2023-10", true, 10, 20},
		"enrolled, last month before PP 6/2025":  {"2025-01", true, 10, 20},
		"enrolled, JKM whole again by PP 6/2025": {"2025-02", true, 10, 30},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := official(tt.month)
			q.JKP = tt.jkp
			r := compute(t, q)
			if r.Items[0].Hundredths != tt.jkk || r.Items[1].Hundredths != tt.jkm {
				t.Errorf("got %d and %d, want %d and %d", r.Items[0].Hundredths, r.Items[1].Hundredths, tt.jkk, tt.jkm)
			}
		})
	}
}

func TestTheLevelOfRiskSetsTheRateOfWorkAccidents(t *testing.T) {
	t.Parallel()

	tests := map[contribution.RiskLevel]struct{ ordinary, jkp int64 }{
		contribution.VeryLow:  {24, 10},
		contribution.Low:      {54, 40},
		contribution.Medium:   {89, 75},
		contribution.High:     {127, 113},
		contribution.VeryHigh: {174, 160},
	}
	for risk, tt := range tests {
		t.Run(string(risk), func(t *testing.T) {
			t.Parallel()
			q := official("2026-01")
			q.Risk = risk
			if got := compute(t, q).Items[0].Hundredths; got != tt.ordinary {
				t.Errorf("got %d, want %d", got, tt.ordinary)
			}
			q.JKP = true
			if got := compute(t, q).Items[0].Hundredths; got != tt.jkp {
				t.Errorf("in job loss insurance: got %d, want %d", got, tt.jkp)
			}
		})
	}
}

func TestARiskThatNobodyGaveIsNamedAsAssumed(t *testing.T) {
	t.Parallel()

	q := official("2026-01")
	if !noted(compute(t, q).Notes, "default_risk") {
		t.Error("the default is not named")
	}
	q.Risk = contribution.VeryLow
	if noted(compute(t, q).Notes, "default_risk") {
		t.Error("a given risk is called a default")
	}
}

func TestOldAgeSavingsAndPensionHaveTwoShares(t *testing.T) {
	t.Parallel()

	q := official("2026-01")
	q.Wage = 3_000_000
	q.Programmes = []worker.Programme{worker.JP, worker.JHT, worker.JKM, worker.JKK}
	type line struct {
		programme worker.Programme
		share     contribution.Share
		amount    rupiah.Amount
	}
	want := []line{
		{worker.JKK, contribution.EmployerShare, 7_200},
		{worker.JKM, contribution.EmployerShare, 9_000},
		{worker.JHT, contribution.EmployerShare, 111_000},
		{worker.JHT, contribution.WorkerShare, 60_000},
		{worker.JP, contribution.EmployerShare, 60_000},
		{worker.JP, contribution.WorkerShare, 30_000},
	}
	r := compute(t, q)
	if len(r.Items) != len(want) {
		t.Fatalf("got %d items, want %d", len(r.Items), len(want))
	}
	for i, it := range r.Items {
		if got := (line{it.Programme, it.Share, it.Amount}); got != want[i] {
			t.Errorf("item %d: got %v, want %v", i, got, want[i])
		}
	}
	if r.Total != 277_200 || r.Of(worker.JHT) != 171_000 {
		t.Errorf("got %d in all and %d of JHT", r.Total, r.Of(worker.JHT))
	}
	if !noted(r.Items[4].Explain, "pension_wage_ceiling_not_applied") {
		t.Error("the pension does not say that its ceiling is not applied")
	}
}

func TestAnOwnAccountWorkerWithSavingsPays36800(t *testing.T) {
	t.Parallel()

	q := rentan("2026-01")
	q.Programmes = []worker.Programme{worker.JKK, worker.JKM, worker.JHT}
	if got := compute(t, q).Total; got != 36_800 {
		t.Errorf("got %d, want 36800", got)
	}
}

func TestEveryItemSaysItsRuleItsSourceAndHowItCameAbout(t *testing.T) {
	t.Parallel()

	r := compute(t, rentan("2026-01"))
	jkk, jkm := r.Items[0], r.Items[1]
	if jkk.Rule != "jkk_bpu@2015-07" || jkk.Source == "" || jkk.Confidence != worker.Verified {
		t.Errorf("JKK: got rule %s, source %q", jkk.Rule, jkk.Source)
	}
	if n := jkk.Explain[0]; n.Key != "percent_of_class" || n.Params["base"] != "1000000" || n.Params["hundredths"] != "100" {
		t.Errorf("JKK: got %v", n)
	}
	if n := jkm.Explain[0]; n.Key != "flat_amount" || n.Params["amount"] != "6800" {
		t.Errorf("JKM: got %v", n)
	}
	if r.RuleVersion != contribution.National().Version || r.RuleVersion == "" {
		t.Errorf("got version %q", r.RuleVersion)
	}
}

func TestAQueryThatMakesNoSenseIsRefused(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		code string
		with func(*contribution.Query)
	}{
		"an unknown segment":                  {contribution.UnknownSegment, func(q *contribution.Query) { q.Segment = "PMI" }},
		"no programme":                        {contribution.NoProgramme, func(q *contribution.Query) { q.Programmes = nil }},
		"an unknown programme":                {contribution.UnknownProgramme, func(q *contribution.Query) { q.Programmes = []worker.Programme{"JKP"} }},
		"a programme twice":                   {contribution.RepeatedProgramme, func(q *contribution.Query) { q.Programmes = []worker.Programme{"JKK", "JKK"} }},
		"an unknown risk":                     {contribution.UnknownRisk, func(q *contribution.Query) { q.Risk = "none" }},
		"an unknown payer":                    {contribution.UnknownPayer, func(q *contribution.Query) { q.Payer = "bank" }},
		"an unknown sector":                   {contribution.UnknownSector, func(q *contribution.Query) { q.Sector = "farming" }},
		"an unknown rounding":                 {contribution.UnknownRounding, func(q *contribution.Query) { q.Rounding = "up" }},
		"a negative wage":                     {contribution.NegativeWage, func(q *contribution.Query) { q.Wage = -1 }},
		"a wage earner without wage":          {contribution.WageMissing, func(q *contribution.Query) { q.Wage = 0 }},
		"no month":                            {contribution.BadMonth, func(q *contribution.Query) { q.Month = "" }},
		"a month 13":                          {contribution.BadMonth, func(q *contribution.Query) { q.Month = "2026-13" }},
		"a month of another age":              {contribution.BadMonth, func(q *contribution.Query) { q.Month = "9999-12" }},
		"the month before PP 44/2015":         {contribution.BeforeLaw, func(q *contribution.Query) { q.Month = "2015-06" }},
		"job loss insurance before its rates": {contribution.NoRate, func(q *contribution.Query) { q.Month, q.JKP = "2022-01", true }},
		"pension for an own-account worker":   {contribution.NoRate, func(q *contribution.Query) { q.Segment, q.Programmes = worker.BPU, []worker.Programme{worker.JP} }},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := official("2026-01")
			tt.with(&q)
			r, err := contribution.Compute(q)
			if !fault.Is(err, tt.code) {
				t.Errorf("got %v, %v; want %s", r, err, tt.code)
			}
		})
	}
}

func TestTheLargestWageStillHasAContribution(t *testing.T) {
	t.Parallel()

	q := official("2026-01")
	q.Wage = math.MaxInt64
	if got := compute(t, q).Of(worker.JKM); got != 27_670_116_110_564_327 {
		t.Errorf("got %d, want three thousandths of it", got)
	}
}

func TestTheFirstMonthIsThatOfPP44Of2015(t *testing.T) {
	t.Parallel()

	if got := compute(t, rentan("2015-07")).Total; got != 16_800 {
		t.Errorf("got %d, want 16800", got)
	}
	_, err := contribution.Compute(rentan("2015-06"))
	f, ok := fault.Of(err)
	if !ok || f.Code != contribution.BeforeLaw || f.Params["first"] != "2015-07" || f.Params["law"] != "PP 44/2015" {
		t.Errorf("got %+v, want it to name July 2015 and PP 44/2015", f)
	}
}

func TestAnEstimateNeedsPeopleAndMonths(t *testing.T) {
	t.Parallel()

	for _, n := range []struct {
		people int64
		months int
	}{{-1, 12}, {1, 0}, {1, 121}} {
		if _, err := contribution.EstimateFor(rentan("2026-01"), n.people, n.months); !fault.Is(err, contribution.BadCount) {
			t.Errorf("%d people over %d months: got %v", n.people, n.months, err)
		}
	}
	if _, err := contribution.EstimateFor(rentan("2026-01"), math.MaxInt64, 1); !fault.Is(err, contribution.TooLarge) {
		t.Errorf("more people than money: got %v", err)
	}
}

func TestAnEstimateAppliesEachMonthItsOwnLaw(t *testing.T) {
	t.Parallel()

	farmer := rentan("2026-03")
	farmer.Payer = worker.Self
	e := estimate(t, farmer, 10, 2)
	if e.Monthly[0].Total != 16_800 || e.Monthly[1].Total != 8_400 || e.Total != 252_000 {
		t.Errorf("got %d, %d, in all %d; want 16800, 8400, 252000", e.Monthly[0].Total, e.Monthly[1].Total, e.Total)
	}
}

func TestAGroupThatNobodyInventedYetCostsWhatItsDataSays(t *testing.T) {
	t.Parallel()

	groups, err := worker.Parse([]byte(`{"as_of": "2026-11-22", "groups": [{
		"code": "ferry_crew", "name": {"id": "Awak feri", "en": "Ferry crew"},
		"segment": "PPU", "programmes": ["JKK", "JKM", "JHT"], "wage_bases": ["umk"],
		"funding": ["apbd_regency"], "lead": "transport_lead", "employer": "pemda", "needs_basis": true,
		"valid_from": "2026-01-01", "source": "invented", "confidence": "V"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	r := compute(t, contribution.For(groups[0], "2026-05", 2_000_000, worker.APBD))
	if r.Total != 4_800+6_000+74_000+40_000 || len(r.Items) != 4 {
		t.Errorf("got %d in %d items", r.Total, len(r.Items))
	}
}
