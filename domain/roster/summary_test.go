package roster_test

import (
	"fmt"
	"slices"
	"testing"

	"payung/domain/calendar"
	"payung/domain/contribution"
	"payung/domain/roster"
	"payung/domain/rupiah"
	"payung/domain/worker"
)

func TestASummaryCountsEqualFindingsTogether(t *testing.T) {
	t.Parallel()
	rows := [][]any{{"NIK", "Nama"}, {"", "", ""}}
	for i := range 8 {
		rows = append(rows, []any{"123", fmt.Sprint("Ahmad ", "ABCDEFGH"[i:i+1]), "05-07-1980"})
	}
	rows = append(rows, []any{someone(1), "Siti", "06-07-1980"}, []any{someone(2), "Budi", "05-07-1980"}, []any{someone(3), "Siti", "06-07-1980"})
	var s roster.Summary
	for _, c := range sheetOf(plain(), rows...) {
		s.Add(&c)
	}
	if s.Rows != 13 || s.Skipped != 2 || s.Data != 11 || s.Refused != 8 || s.Warned != 2 {
		t.Errorf("%+v", s)
	}
	if s.BadShare() != 728 {
		t.Errorf("%d of a thousand are bad, want 728", s.BadShare())
	}
	want := []roster.Count{
		{Rule: roster.NIKTooShort, Level: roster.Error, Times: 8, Rows: []int{3, 4, 5, 6, 7}},
		{Rule: roster.SamePerson, Level: roster.Warning, Times: 2, Rows: []int{11, 13}},
		{Rule: roster.NIKBirthDiffers, Level: roster.Warning, Times: 2, Rows: []int{11, 13}},
	}
	if got := fmt.Sprint(s.Counts()); got != fmt.Sprint(want) {
		t.Errorf("%s, want %v", got, want)
	}
	if s.Times(roster.NIKTooShort) != 8 || s.Times(roster.NIKTooLong) != 0 {
		t.Errorf("%d too short, %d too long", s.Times(roster.NIKTooShort), s.Times(roster.NIKTooLong))
	}
}

func TestAListWithTooManyBadRowsWaitsForAPerson(t *testing.T) {
	t.Parallel()
	policy := roster.Policy{MaxBadShare: 100, Spare: 3}
	refused := []roster.Finding{{Level: roster.Error, Rule: roster.OtherYear}}
	for name, tt := range map[string]struct {
		data, refused int
		file          []roster.Finding
		want          roster.Verdict
	}{
		"no bad row":                     {50, 0, nil, roster.Accept},
		"a tenth is bad":                 {100, 10, nil, roster.Accept},
		"more than a tenth is bad":       {100, 11, nil, roster.HoldBad},
		"three of five are spared":       {5, 3, nil, roster.Accept},
		"four of five are not":           {5, 4, nil, roster.HoldBad},
		"nobody is good":                 {2, 2, nil, roster.HoldBad},
		"nobody is there":                {0, 0, nil, roster.HoldEmpty},
		"the file is of another year":    {50, 0, refused, roster.HoldRefuse},
		"the file has no more than that": {50, 0, []roster.Finding{{Level: roster.Warning}}, roster.Accept},
	} {
		s := roster.Summary{Data: tt.data, Refused: tt.refused}
		if got := policy.Decide(&s, tt.file); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
	if p := roster.UsualPolicy(); p.MaxBadShare == 0 || !p.Stated() {
		t.Errorf("the usual policy is %+v", p)
	}
	for _, file := range []string{`{}`, `{"max_bad_share":1001,"spare":0,"source":"x","confidence":"U"}`, `{"max_bad_share":1,"spare":0}`, `[`} {
		if _, err := roster.ParsePolicy([]byte(file)); err == nil {
			t.Errorf("%s is a policy", file)
		}
	}
}

// rentan is the plan of vulnerable workers paid by the regency for a year.
func rentan(t *testing.T) roster.Plan {
	t.Helper()
	return roster.Plan{
		Query:  contribution.For(group(t, "vulnerable"), "2027-01", 0, worker.APBD),
		Months: 12, Ceiling: 71_971_200,
	}
}

func TestTheEffectOfAListIsPeopleMoneyDuplicatesAndLimits(t *testing.T) {
	t.Parallel()
	e, err := roster.Weigh(contribution.National(), rentan(t), roster.Change{
		Added: 312, Duplicates: 41,
		Units: []roster.UnitCount{{Unit: "Desa Wunduhaka", People: 38, Minimum: 50}, {Unit: "Desa Landono", People: 274, Minimum: 50, Quota: 300}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if e.Cost != 62_899_200 { // 312 × Rp16,800 × 12
		t.Errorf("312 people cost %s a year", e.Cost)
	}
	want := "+312 people, Rp62,899,200 a year, 41 duplicates, 38 of the minimum 50, Rp9,072,000 under the ceiling"
	if got := e.Say(calendar.EN); got != want {
		t.Errorf("%s", got)
	}
	want = "+312 orang, Rp62.899.200 setahun, 41 ganda, 38 dari target minimal 50, Rp9.072.000 di bawah pagu"
	if got := e.Say(calendar.ID); got != want {
		t.Errorf("%s", got)
	}
}

func TestTheEffectTellsOnlyWhatApplies(t *testing.T) {
	t.Parallel()
	plan := rentan(t)
	plan.Months, plan.Ceiling = 7, 1_000_000
	e, err := roster.Weigh(contribution.National(), plan, roster.Change{
		Added: 2, Removed: 1, Unchanged: 8,
		Units: []roster.UnitCount{{Unit: "Desa A", People: 4, Minimum: 5}, {Unit: "Desa B", People: 6, Quota: 5}},
	})
	want := "+2 people, -1 people, 8 people as before, Rp1,176,000 for 7 months, Desa A: 4 of the minimum 5, Desa B: 6 for 5 places, Rp176,000 over the ceiling"
	if got := e.Say(calendar.EN); err != nil || got != want {
		t.Errorf("%s, %v", got, err)
	}
	plan.Months, plan.Ceiling = 0, 0
	e, err = roster.Weigh(contribution.National(), plan, roster.Change{Added: 2})
	if err != nil || e.Cost != 0 || e.HasCeiling {
		t.Errorf("nothing is left to pay, yet %+v, %v", e, err)
	}
}

func TestWageEarnersCostByTheirOwnWages(t *testing.T) {
	t.Parallel()
	plan := roster.Plan{Query: contribution.For(group(t, "non_asn"), "2027-01", 0, worker.APBD), OwnWage: true, Months: 2}
	e, err := roster.Weigh(contribution.National(), plan, roster.Change{
		Added: 3, Wages: map[rupiah.Amount]int64{1_000_000: 2, 2_000_000: 1},
	})
	if want := rupiah.Amount(2 * (2*5_400 + 10_800)); err != nil || e.Cost != want {
		t.Errorf("%s, %v, want %s", e.Cost, err, want)
	}
	if _, err := roster.Weigh(contribution.National(), plan, roster.Change{Added: 1, Wages: map[rupiah.Amount]int64{0: 1}}); err == nil {
		t.Error("a wage earner without wage has a contribution")
	}
}

func TestOnlyWholeMonthsOfThePeriodAreLeft(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		on    calendar.Day
		first calendar.Month
		n     int
	}{
		{"2026-11-22", "2027-01", 12}, {"2027-01-01", "2027-01", 12}, {"2027-01-02", "2027-02", 11}, {"2027-12-01", "2027-12", 1}, {"2027-12-02", "", 0}, {"2028-05-01", "", 0},
	} {
		if first, n := roster.MonthsLeft(tt.on, "2027-01", "2027-12"); first != tt.first || n != tt.n {
			t.Errorf("on %s: %d from %s, want %d from %s", tt.on, n, first, tt.n, tt.first)
		}
	}
}

func TestPeopleAreComparedWithTheListBefore(t *testing.T) {
	t.Parallel()
	added, removed, unchanged := roster.Compare([]string{"a", "b", "c", "c"}, []string{"c", "d", "b", "d"})
	if added != 1 || removed != 1 || unchanged != 2 {
		t.Errorf("%d added, %d removed, %d unchanged", added, removed, unchanged)
	}
}

func TestReservesTakeThePlacesOfRefusedPeopleInOrder(t *testing.T) {
	t.Parallel()
	list := []roster.Place{
		{Row: 2},
		{Row: 3, Refused: true},
		{Row: 4, Reserve: true},
		{Row: 5},
		{Row: 6, Refused: true},
		{Row: 7, Reserve: true, Refused: true},
		{Row: 8, Reserve: true},
		{Row: 9, Reserve: true},
	}
	for name, tt := range map[string]struct {
		quota                   int
		regular, moved, waiting []int
		over                    int
	}{
		"no quota":                  {0, []int{2, 5}, []int{4, 8}, []int{9}, 0},
		"room for all":              {10, []int{2, 5}, []int{4, 8}, []int{9}, 0},
		"room for one reserve":      {3, []int{2, 5}, []int{4}, []int{8, 9}, 0},
		"full without them":         {2, []int{2, 5}, nil, []int{4, 8, 9}, 0},
		"too many without reserves": {1, []int{2, 5}, nil, []int{4, 8, 9}, 1},
	} {
		f := roster.Fill(list, tt.quota)
		if !slices.Equal(f.Regular, tt.regular) || !slices.Equal(f.Moved, tt.moved) || !slices.Equal(f.Waiting, tt.waiting) || f.Over != tt.over {
			t.Errorf("%s: %+v", name, f)
		}
	}
}
