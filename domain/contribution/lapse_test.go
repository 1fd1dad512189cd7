package contribution_test

import (
	"slices"
	"testing"

	"payung/domain/calendar"
	"payung/domain/contribution"
	"payung/domain/fault"
)

type months = []calendar.Month

func TestRule21_MembershipEndsAfterMoreThanThreeUnpaidMonthsAndPayingBeginsAnew(t *testing.T) {
	t.Parallel()

	late := contribution.Exception{
		First: "2026-02", Last: "2026-05", Actor: "Kepala Kantor Cabang Kendari", Note: "APBD disbursed in June",
	}
	tests := map[string]struct {
		history contribution.History
		want    []contribution.Period
		arrears months // of the last period
	}{
		"nothing was ever paid": {contribution.History{Through: "2026-06"}, nil, nil},
		"three months unpaid are arrears": {
			contribution.History{Paid: months{"2026-01"}, Through: "2026-04"},
			[]contribution.Period{{First: "2026-01", LastPaid: "2026-01", Unpaid: months{"2026-02", "2026-03", "2026-04"}}},
			months{"2026-02", "2026-03", "2026-04"},
		},
		"the fourth ends it and nothing is collected": {
			contribution.History{Paid: months{"2026-01"}, Through: "2026-05"},
			[]contribution.Period{{First: "2026-01", LastPaid: "2026-01", Unpaid: months{"2026-02", "2026-03", "2026-04", "2026-05"}, Ended: "2026-05"}},
			nil,
		},
		"by another limit the third ends it": {
			contribution.History{Paid: months{"2026-01"}, Through: "2026-04", Limit: 2},
			[]contribution.Period{{First: "2026-01", LastPaid: "2026-01", Unpaid: months{"2026-02", "2026-03", "2026-04"}, Ended: "2026-04"}},
			nil,
		},
		"paying again begins a new period without old arrears": {
			contribution.History{Paid: months{"2026-08", "2026-01"}, Through: "2026-09"},
			[]contribution.Period{
				{First: "2026-01", LastPaid: "2026-01", Unpaid: months{"2026-02", "2026-03", "2026-04", "2026-05"}, Ended: "2026-05"},
				{First: "2026-08", LastPaid: "2026-08", Unpaid: months{"2026-09"}},
			},
			months{"2026-09"},
		},
		"a payment in between counts the months anew": {
			contribution.History{Paid: months{"2026-01", "2026-05"}, Through: "2026-08"},
			[]contribution.Period{{First: "2026-01", LastPaid: "2026-05", Unpaid: months{"2026-02", "2026-03", "2026-04", "2026-06", "2026-07", "2026-08"}}},
			months{"2026-02", "2026-03", "2026-04", "2026-06", "2026-07", "2026-08"},
		},
		"months that are not due yet are not unpaid": {
			contribution.History{Paid: months{"2026-01", "2026-12"}, Through: "2026-02"},
			[]contribution.Period{{First: "2026-01", LastPaid: "2026-12", Unpaid: months{"2026-02"}}},
			months{"2026-02"},
		},
		"a decision on late public money keeps it going": {
			contribution.History{Paid: months{"2026-01"}, Through: "2026-06", Kept: []contribution.Exception{late}},
			[]contribution.Period{{First: "2026-01", LastPaid: "2026-01", Unpaid: months{"2026-02", "2026-03", "2026-04", "2026-05", "2026-06"}}},
			months{"2026-02", "2026-03", "2026-04", "2026-05", "2026-06"},
		},
		"the months after the decision count": {
			contribution.History{Paid: months{"2026-01"}, Through: "2026-09", Kept: []contribution.Exception{late}},
			[]contribution.Period{{
				First: "2026-01", LastPaid: "2026-01",
				Unpaid: months{"2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09"}, Ended: "2026-09",
			}},
			nil,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := contribution.BPUPeriods(tt.history)
			if err != nil || !slices.EqualFunc(got, tt.want, samePeriod) {
				t.Fatalf("got %+v, %v; want %+v", got, err, tt.want)
			}
			if len(got) > 0 && !slices.Equal(got[len(got)-1].Arrears(), tt.arrears) {
				t.Errorf("got arrears %v, want %v", got[len(got)-1].Arrears(), tt.arrears)
			}
		})
	}
}

func samePeriod(a, b contribution.Period) bool {
	return a.First == b.First && a.LastPaid == b.LastPaid && a.Ended == b.Ended && slices.Equal(a.Unpaid, b.Unpaid)
}

func TestAHistoryThatMakesNoSenseIsRefused(t *testing.T) {
	t.Parallel()

	kept := func(e contribution.Exception) contribution.History {
		return contribution.History{Paid: months{"2026-01"}, Through: "2026-06", Kept: []contribution.Exception{e}}
	}
	tests := map[string]struct {
		history contribution.History
		code    string
	}{
		"an exception nobody decided":      {kept(contribution.Exception{First: "2026-02", Last: "2026-03", Note: "late"}), contribution.UnrecordedException},
		"an exception without a reason":    {kept(contribution.Exception{First: "2026-02", Last: "2026-03", Actor: "branch"}), contribution.UnrecordedException},
		"an exception that ends too early": {kept(contribution.Exception{First: "2026-03", Last: "2026-02", Actor: "branch", Note: "late"}), contribution.UnrecordedException},
		"an exception without months":      {kept(contribution.Exception{Actor: "branch", Note: "late"}), contribution.BadMonth},
		"a month that does not exist":      {contribution.History{Paid: months{"2026-00"}, Through: "2026-06"}, contribution.BadMonth},
		"a month before the law":           {contribution.History{Paid: months{"2014-01"}, Through: "2026-06"}, contribution.BeforeLaw},
		"no month to look at":              {contribution.History{Paid: months{"2026-01"}}, contribution.BadMonth},
		"a negative limit":                 {contribution.History{Paid: months{"2026-01"}, Through: "2026-06", Limit: -1}, contribution.BadCount},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := contribution.BPUPeriods(tt.history); !fault.Is(err, tt.code) {
				t.Errorf("got %+v, %v; want %s", got, err, tt.code)
			}
		})
	}
}
