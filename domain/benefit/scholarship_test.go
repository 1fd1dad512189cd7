package benefit_test

import (
	"testing"

	"payung/domain/benefit"
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/rupiah"
)

func award(t *testing.T, q benefit.ScholarshipQuery) benefit.Award {
	t.Helper()
	a, err := benefit.National().Scholarship(q)
	if err != nil {
		t.Fatalf("Scholarship(%+v): %v", q, err)
	}
	return a
}

func children(births ...calendar.Day) []benefit.Child {
	var cs []benefit.Child
	for _, b := range births {
		cs = append(cs, benefit.Child{Birth: b})
	}
	return cs
}

func TestRule05_TwoChildrenGetAtMost87MillionEachUntil23MarriageOrWork(t *testing.T) {
	t.Parallel()

	q := benefit.ScholarshipQuery{Event: benefit.Death, When: calendar.On("2023-05-01"), Months: 36}

	t.Run("the levels add up", func(t *testing.T) {
		t.Parallel()
		want := map[string]rupiah.Amount{"tk": 3_000_000, "sd": 9_000_000, "smp": 6_000_000, "sma": 9_000_000, "s1": 60_000_000}
		a := award(t, q)
		for _, l := range a.Levels {
			if l.Total() != want[l.Code] {
				t.Errorf("%s pays %d, want %d", l.Code, l.Total(), want[l.Code])
			}
		}
		if len(a.Levels) != len(want) || a.Max != 0 {
			t.Errorf("got %d levels, and %d without children", len(a.Levels), a.Max)
		}
	})
	t.Run("the third child gets nothing", func(t *testing.T) {
		t.Parallel()
		q := q
		q.Children = children("2015-01-01", "2017-01-01", "2020-01-01")
		a := award(t, q)
		if a.Children[0].Max != 87_000_000 || a.Children[1].Max != 87_000_000 || a.Max != 174_000_000 {
			t.Errorf("got %+v, in all %d", a.Children, a.Max)
		}
		if third := a.Children[2]; third.Max != 0 || third.Why != benefit.BeyondMaxChildren || third.Runs("2023-06-01") {
			t.Errorf("the third child: got %+v", third)
		}
	})
	t.Run("a grown-up child takes no place", func(t *testing.T) {
		t.Parallel()
		q := q
		q.Children = children("2000-05-01", "2015-01-01", "2017-01-01")
		a := award(t, q)
		if a.Children[0].Max != 0 || a.Children[0].Why != benefit.EndsByAge || a.Max != 174_000_000 {
			t.Errorf("got %+v, in all %d", a.Children, a.Max)
		}
	})

	ends := map[string]struct {
		child benefit.Child
		until calendar.Day
		why   string
	}{
		"by the 23rd birthday":            {benefit.Child{Birth: "2010-08-17"}, "2033-08-17", benefit.EndsByAge},
		"by marriage before it":           {benefit.Child{Birth: "2010-08-17", Married: "2030-01-05"}, "2030-01-05", benefit.EndsByMarriage},
		"by work before it":               {benefit.Child{Birth: "2010-08-17", Working: "2029-07-01"}, "2029-07-01", benefit.EndsByWork},
		"by whichever comes first":        {benefit.Child{Birth: "2010-08-17", Married: "2030-01-05", Working: "2029-07-01"}, "2029-07-01", benefit.EndsByWork},
		"by age if the marriage is later": {benefit.Child{Birth: "2010-08-17", Married: "2034-01-01"}, "2033-08-17", benefit.EndsByAge},
	}
	for name, tt := range ends {
		t.Run("it ends "+name, func(t *testing.T) {
			t.Parallel()
			q := q
			q.Children = []benefit.Child{tt.child}
			got := award(t, q).Children[0]
			if got.Until != tt.until || got.Why != tt.why {
				t.Errorf("got %+v, want the end %s on %s", got, tt.why, tt.until)
			}
			if !got.Runs(tt.until.Add(-1)) || got.Runs(tt.until) {
				t.Errorf("it runs to the day before %s", tt.until)
			}
		})
	}
}

func TestRule06_OnlyADeathThatWasNoAccidentNeedsThreeYearsOfContributions(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		event  benefit.Event
		months int
		want   rupiah.Amount
		why    string
	}{
		"death after 36 months":         {benefit.Death, 36, 87_000_000, benefit.EndsByAge},
		"death after 35 months":         {benefit.Death, 35, 0, benefit.ContributionsTooShort},
		"accident in the first month":   {benefit.AccidentDeath, 0, 87_000_000, benefit.EndsByAge},
		"total disability at once":      {benefit.TotalDisability, 0, 87_000_000, benefit.EndsByAge},
		"partial disability gives none": {benefit.PartialDisability, 60, 0, benefit.NoScholarship},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := award(t, benefit.ScholarshipQuery{
				Event: tt.event, When: calendar.On("2023-05-01"), Months: tt.months, Children: children("2015-01-01"),
			})
			if a.Max != tt.want || a.Children[0].Why != tt.why {
				t.Errorf("got %d because of %s, want %d because of %s", a.Max, a.Children[0].Why, tt.want, tt.why)
			}
		})
	}
}

func TestTheOlderTablePaidOneChildALumpSumOnConditionsThatAreUnsettled(t *testing.T) {
	t.Parallel()

	a := award(t, benefit.ScholarshipQuery{
		Event: benefit.Death, When: calendar.On("2019-10-07"), Months: 9, Children: children("2010-01-01", "2012-01-01"),
	})
	if a.Max != 12_000_000 || a.Children[1].Why != benefit.BeyondMaxChildren || !a.Children[0].Runs("2040-01-01") {
		t.Errorf("got %+v", a)
	}
	if len(a.Notes) != 1 || a.Notes[0].Key != "scholarship_condition_unsettled" {
		t.Errorf("got notes %v", a.Notes)
	}
}

func TestAScholarshipThatCannotBeAnsweredIsRefused(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		code string
		with func(*benefit.ScholarshipQuery)
	}{
		"an unknown event":      {benefit.UnknownEvent, func(q *benefit.ScholarshipQuery) { q.Event = "illness" }},
		"negative months":       {benefit.BadMonths, func(q *benefit.ScholarshipQuery) { q.Months = -1 }},
		"a child without birth": {benefit.BadDate, func(q *benefit.ScholarshipQuery) { q.Children = children("") }},
		"a marriage on no day":  {benefit.BadDate, func(q *benefit.ScholarshipQuery) { q.Children[0].Married = "soon" }},
		"work on no day":        {benefit.BadDate, func(q *benefit.ScholarshipQuery) { q.Children[0].Working = "2023-02-30" }},
		"a date across two tables": {benefit.AmbiguousDateCode, func(q *benefit.ScholarshipQuery) {
			q.When = calendar.When{On: "2019-12-01", Precision: calendar.Monthly}
		}},
		"a day before the first":     {benefit.NoTable, func(q *benefit.ScholarshipQuery) { q.When = calendar.On("2015-06-30") }},
		"no day of the event at all": {benefit.BadDate, func(q *benefit.ScholarshipQuery) { q.When = calendar.When{} }},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := benefit.ScholarshipQuery{
				Event: benefit.Death, When: calendar.On("2023-05-01"), Months: 36, Children: children("2015-01-01"),
			}
			tt.with(&q)
			if a, err := benefit.National().Scholarship(q); !fault.Is(err, tt.code) {
				t.Errorf("got %+v, %v; want %s", a, err, tt.code)
			}
		})
	}
}
