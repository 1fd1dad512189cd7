package benefit_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"payung/domain/benefit"
	"payung/domain/calendar"
	"payung/domain/contribution"
	"payung/domain/fault"
	"payung/domain/rupiah"
	"payung/domain/worker"
)

func compute(t *testing.T, q benefit.Query) benefit.Result {
	t.Helper()
	r, err := benefit.Compute(q)
	if err != nil {
		t.Fatalf("Compute(%+v): %v", q, err)
	}
	return r
}

func death(d calendar.Day) benefit.Query {
	return benefit.Query{Event: benefit.Death, When: calendar.On(d)}
}

// rentan is a vulnerable worker of the lowest class who met with an accident.
func rentan(e benefit.Event, d calendar.Day) benefit.Query {
	return benefit.Query{Event: e, When: calendar.On(d), Segment: worker.BPU, Wage: 1_000_000}
}

func parts(r benefit.Result) map[benefit.Kind]rupiah.Amount {
	of := map[benefit.Kind]rupiah.Amount{}
	for _, c := range r.Components {
		of[c.Kind] += c.Amount
	}
	return of
}

func TestRule01_ADeathOn7October2019Pays24Million(t *testing.T) {
	t.Parallel()

	r := compute(t, death("2019-10-07"))
	of := parts(r)
	if of[benefit.LumpSum] != 16_200_000 || of[benefit.Periodic] != 4_800_000 || of[benefit.Funeral] != 3_000_000 {
		t.Errorf("got %v", of)
	}
	if r.Total != 24_000_000 || r.Table != "pp_44_2015" {
		t.Errorf("got %d by %s, want 24000000", r.Total, r.Table)
	}
}

func TestRule02_DeathBenefitDependsOnDateOfEvent(t *testing.T) {
	t.Parallel()

	tests := map[calendar.Day]rupiah.Amount{
		"2015-07-01": 24_000_000,
		"2019-12-01": 24_000_000,
		"2019-12-02": 42_000_000,
		"2021-10-27": 42_000_000,
	}
	for d, want := range tests {
		if got := compute(t, death(d)).Total; got != want {
			t.Errorf("a death on %s pays %d, want %d", d, got, want)
		}
	}
	of := parts(compute(t, death("2021-10-27")))
	if of[benefit.LumpSum] != 20_000_000 || of[benefit.Periodic] != 12_000_000 || of[benefit.Funeral] != 10_000_000 {
		t.Errorf("got %v, want 20, 12 and 10 million", of)
	}
}

func TestRule03_ADeathBeforeTheRaiseClaimedAfterItPaysTheOldAmount(t *testing.T) {
	t.Parallel()

	const event, claimed calendar.Day = "2019-11-30", "2020-03-01"
	deadline, err := benefit.National().ClaimDeadline(event, benefit.LastDayCounts)
	if err != nil || deadline.Expired(claimed) {
		t.Fatalf("the claim is in time: %+v, %v", deadline, err)
	}
	if got := compute(t, death(event)).Total; got != 24_000_000 {
		t.Errorf("got %d, want 24000000", got)
	}
	if got := compute(t, death(claimed)).Total; got != 42_000_000 {
		t.Errorf("a death on the day of the claim would pay %d, want 42000000", got)
	}
}

func TestRule07_AccidentsPayByWage(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		query       benefit.Query
		lump, total rupiah.Amount
	}{
		"death of an own-account worker of the lowest class": {rentan(benefit.AccidentDeath, "2023-05-01"), 48_000_000, 70_000_000},
		"total disability of the same":                       {rentan(benefit.TotalDisability, "2023-05-01"), 56_000_000, 68_000_000},
		"death of a village official on the minimum wage": {benefit.Query{
			Event: benefit.AccidentDeath, When: calendar.On("2019-12-02"), Segment: worker.PPU, Wage: 2_351_870,
		}, 112_889_760, 134_889_760},
		"total disability of a village official": {benefit.Query{
			Event: benefit.TotalDisability, When: calendar.On("2019-12-02"), Segment: worker.PPU, Wage: 2_351_870,
		}, 131_704_720, 143_704_720},
		"death by the older table": {rentan(benefit.AccidentDeath, "2019-12-01"), 48_000_000, 55_800_000},
		"an income inside a class counts as its nominal wage": {benefit.Query{
			Event: benefit.AccidentDeath, When: calendar.On("2023-05-01"), Segment: worker.BPU, Wage: 1_250_000,
		}, 57_600_000, 79_600_000},
		"the loss of a part pays its percentage of 80 wages": {benefit.Query{
			Event: benefit.PartialDisability, When: calendar.On("2023-05-01"), Segment: worker.BPU, Loss: 4_000,
		}, 32_000_000, 32_000_000},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := compute(t, tt.query)
			if lump := parts(r)[benefit.LumpSum]; lump != tt.lump || r.Total != tt.total {
				t.Errorf("got %d, in all %d; want %d and %d", lump, r.Total, tt.lump, tt.total)
			}
		})
	}
}

func TestAPartialLossIsRoundedAsAgreed(t *testing.T) {
	t.Parallel()

	q := benefit.Query{
		Event: benefit.PartialDisability, When: calendar.On("2023-05-01"), Segment: worker.PPU, Wage: 2_351_871, Loss: 333,
	}
	// 80 x 2,351,871 x 3.33 % = 6,265,384.344.
	if got := compute(t, q).Total; got != 6_265_384 {
		t.Errorf("half up: got %d, want 6265384", got)
	}
	q.Rounding = rupiah.Ceil
	if got := compute(t, q).Total; got != 6_265_385 {
		t.Errorf("up: got %d, want 6265385", got)
	}
}

func TestTransportIsRefundedUpToACeilingOnTopOfAnyTotal(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		day             calendar.Day
		land, sea, air  rupiah.Amount
		ceilings, total int
	}{
		"before the raise": {"2019-12-01", 1_000_000, 1_500_000, 2_500_000, 3, 55_800_000},
		"after it":         {"2019-12-02", 5_000_000, 2_000_000, 10_000_000, 4, 70_000_000},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := compute(t, rentan(benefit.AccidentDeath, tt.day))
			got := map[string]rupiah.Amount{}
			for _, c := range r.Ceilings {
				got[c.Kind] = c.Amount
			}
			if got["transport_land"] != tt.land || got["transport_sea"] != tt.sea || got["transport_air"] != tt.air || len(got) != tt.ceilings {
				t.Errorf("got %v", got)
			}
			if r.Total != rupiah.Amount(tt.total) {
				t.Errorf("got total %d, want %d", r.Total, tt.total)
			}
		})
	}
	if r := compute(t, death("2023-05-01")); len(r.Ceilings) != 0 {
		t.Errorf("a death that was no accident refunds %v", r.Ceilings)
	}
}

func TestADateThatIsNotExactIsEnoughInsideOneTable(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		when    calendar.When
		want    rupiah.Amount
		assumed bool
	}{
		"before 7 October 2019":        {calendar.When{On: "2019-10-07", Precision: calendar.Before}, 24_000_000, true},
		"some day in November 2019":    {calendar.When{On: "2019-11-01", Precision: calendar.Monthly}, 24_000_000, false},
		"some day in 2018":             {calendar.When{On: "2018-01-01", Precision: calendar.Yearly}, 24_000_000, false},
		"some day in 2020":             {calendar.When{On: "2020-01-01", Precision: calendar.Yearly}, 42_000_000, false},
		"since 2 December 2019":        {calendar.When{On: "2019-12-02", Precision: calendar.Since}, 42_000_000, false},
		"early March 2022":             {calendar.When{On: "2022-03-01", Precision: calendar.Early}, 42_000_000, false},
		"up to the eve of the raise":   {calendar.When{On: "2019-12-01", Precision: calendar.Before}, 24_000_000, true},
		"an exact day needs no favour": {calendar.On("2019-10-06"), 24_000_000, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := compute(t, benefit.Query{Event: benefit.Death, When: tt.when})
			assumed := slices.ContainsFunc(r.Notes, func(n worker.Note) bool { return n.Key == "assumed_not_before_first_table" })
			if r.Total != tt.want || assumed != tt.assumed {
				t.Errorf("got %d, assumed a beginning: %v; want %d, %v", r.Total, assumed, tt.want, tt.assumed)
			}
		})
	}
}

func TestADateAcrossTwoTablesGivesBothAndSaysWhichDayMatters(t *testing.T) {
	t.Parallel()

	type amounts = []rupiah.Amount
	tests := map[string]struct {
		when calendar.When
		turn calendar.Day
		want amounts
	}{
		"some day in December 2019":     {calendar.When{On: "2019-12-01", Precision: calendar.Monthly}, "2019-12-02", amounts{24_000_000, 42_000_000}},
		"some day in 2019":              {calendar.When{On: "2019-01-01", Precision: calendar.Yearly}, "2019-12-02", amounts{24_000_000, 42_000_000}},
		"before 2 December 2019":        {calendar.When{On: "2019-12-02", Precision: calendar.Before}, "2019-12-02", amounts{24_000_000, 42_000_000}},
		"since 1 December 2019":         {calendar.When{On: "2019-12-01", Precision: calendar.Since}, "2019-12-02", amounts{24_000_000, 42_000_000}},
		"some day in 2015, partly none": {calendar.When{On: "2015-01-01", Precision: calendar.Yearly}, "2015-07-01", amounts{24_000_000}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := benefit.Compute(benefit.Query{Event: benefit.Death, When: tt.when})
			f, _ := fault.Of(err)
			unclear, ok := errors.AsType[*benefit.AmbiguousDate](err)
			if !ok || f == nil || f.Code != benefit.AmbiguousDateCode {
				t.Fatalf("got %v, want %s", err, benefit.AmbiguousDateCode)
			}
			if !slices.Equal(unclear.Turns, []calendar.Day{tt.turn}) || len(f.Reasons) != 1 || f.Reasons[0].About != string(tt.turn) {
				t.Errorf("got turns %v and reasons %v, want %s", unclear.Turns, f.Reasons, tt.turn)
			}
			var got amounts
			for _, r := range unclear.Possible {
				got = append(got, r.Total)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestEventsBefore1July2015HaveNoTable(t *testing.T) {
	t.Parallel()

	for _, w := range []calendar.When{
		calendar.On("2015-06-30"),
		{On: "2015-06-30", Precision: calendar.Before},
		{On: "2014-01-01", Precision: calendar.Yearly},
	} {
		if r, err := benefit.Compute(benefit.Query{Event: benefit.Death, When: w}); !fault.Is(err, benefit.NoTable) {
			t.Errorf("%v: got %v, %v", w, r, err)
		}
	}
}

func TestAQueryThatMakesNoSenseIsRefused(t *testing.T) {
	t.Parallel()

	accident := rentan(benefit.AccidentDeath, "2023-05-01")
	tests := map[string]struct {
		code string
		with func(*benefit.Query)
	}{
		"an unknown event":              {benefit.UnknownEvent, func(q *benefit.Query) { q.Event = "illness" }},
		"no day":                        {benefit.BadDate, func(q *benefit.Query) { q.When = calendar.When{} }},
		"a day that does not exist":     {benefit.BadDate, func(q *benefit.Query) { q.When.On = "2023-02-30" }},
		"a day of another age":          {benefit.BadDate, func(q *benefit.Query) { q.When.On = "9999-12-31" }},
		"an accident without segment":   {contribution.UnknownSegment, func(q *benefit.Query) { q.Segment = "" }},
		"a negative wage":               {contribution.NegativeWage, func(q *benefit.Query) { q.Wage = -1 }},
		"a wage earner without wage":    {contribution.WageMissing, func(q *benefit.Query) { q.Segment, q.Wage = worker.PPU, 0 }},
		"a partial loss of nothing":     {benefit.BadLoss, func(q *benefit.Query) { q.Event = benefit.PartialDisability }},
		"a partial loss over the whole": {benefit.BadLoss, func(q *benefit.Query) { q.Event, q.Loss = benefit.PartialDisability, 10_001 }},
		"an unknown rounding":           {contribution.UnknownRounding, func(q *benefit.Query) { q.Rounding = "up" }},
		"a wage beyond all sums":        {benefit.TooLarge, func(q *benefit.Query) { q.Segment, q.Wage = worker.PPU, math.MaxInt64 }},
		"a lump sum beyond all sums":    {benefit.TooLarge, func(q *benefit.Query) { q.Segment, q.Wage = worker.PPU, math.MaxInt64/48+1 }},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := accident
			tt.with(&q)
			if r, err := benefit.Compute(q); !fault.Is(err, tt.code) {
				t.Errorf("got %+v, %v; want %s", r, err, tt.code)
			}
		})
	}
}

func TestAResultSaysItsRulesAndSources(t *testing.T) {
	t.Parallel()

	r := compute(t, rentan(benefit.AccidentDeath, "2019-11-30"))
	if r.Table != "pp_44_2015" || r.From != "2015-07-01" || r.To != "2019-12-01" || r.RuleVersion == "" {
		t.Errorf("got %+v", r)
	}
	lump := r.Components[0]
	if lump.Confidence != worker.Plausible || lump.Explain.Params["base"] != "1000000" || lump.Explain.Params["months"] != "80" {
		t.Errorf("got %+v", lump)
	}
	if now := compute(t, death("2026-11-22")); now.To != "" {
		t.Errorf("the table in force ends on %s", now.To)
	}
}

func TestAnAccidentOnALowWageMayPayLessThanAnotherDeathAndSaysSo(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		wage rupiah.Amount
		want bool
	}{
		"48 wages make 42 million": {875_000, false},
		"48 wages make less":       {874_999, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := compute(t, benefit.Query{
				Event: benefit.AccidentDeath, When: calendar.On("2023-05-01"), Segment: worker.PPU, Wage: tt.wage,
			})
			got := slices.ContainsFunc(r.Notes, func(n worker.Note) bool { return n.Key == "lump_sum_below_death_benefit" })
			if got != tt.want {
				t.Errorf("said so: %v, want %v", got, tt.want)
			}
		})
	}
}
