package matter_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"payung/domain/calendar"
	"payung/domain/matter"
)

const today calendar.Day = "2026-12-21"

func kinds(list []matter.Matter) []matter.Kind {
	out := make([]matter.Kind, len(list))
	for i, m := range list {
		out[i] = m.Kind
	}
	return out
}

func TestDecisionsComeInTheOrderOfWhatTheyStop(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		all  []matter.Matter
		want []matter.Kind
	}{
		"nothing waits": {nil, []matter.Kind{}},
		"without a date the kind decides": {
			[]matter.Matter{{Kind: matter.Late}, {Kind: matter.WriteLetter}, {Kind: matter.Budget}, {Kind: matter.Renewal}},
			[]matter.Kind{matter.Renewal, matter.Budget, matter.WriteLetter},
		},
		"what is near comes before what is grave and far": {
			[]matter.Matter{{Kind: matter.Renewal, By: "2027-06-01"}, {Kind: matter.Extension, By: "2027-01-04"}},
			[]matter.Kind{matter.Extension, matter.Renewal},
		},
		"what is too late comes first": {
			[]matter.Matter{{Kind: matter.Renewal, By: "2026-12-21"}, {Kind: matter.Late, By: "2026-12-20"}},
			[]matter.Kind{matter.Late, matter.Renewal},
		},
		"what has waited for more than two weeks is near": {
			[]matter.Matter{{Kind: matter.Extension, Since: "2026-12-07"}, {Kind: matter.Desk, Since: "2026-12-06"}},
			[]matter.Kind{matter.Desk, matter.Extension},
		},
		"one of each kind before a second of any": {
			[]matter.Matter{{Kind: matter.Budget, Amount: 1}, {Kind: matter.Budget, Amount: 2}, {Kind: matter.Basis}, {Kind: matter.Late}},
			[]matter.Kind{matter.Basis, matter.Budget, matter.Late},
		},
		"a second of a kind where nothing else waits": {
			[]matter.Matter{{Kind: matter.Budget, Amount: 1}, {Kind: matter.Budget, Amount: 2}},
			[]matter.Kind{matter.Budget, matter.Budget},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := kinds(matter.First(tt.all, today, 3)); !slices.Equal(got, tt.want) {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
}

func TestTheLargerOfTwoOfAKindComesFirst(t *testing.T) {
	t.Parallel()
	got := matter.First([]matter.Matter{{Kind: matter.Budget, Amount: 1}, {Kind: matter.Budget, Amount: 2}}, today, 1)
	if len(got) != 1 || got[0].Amount != 2 {
		t.Errorf("%+v", got)
	}
}

func TestTheSameMattersInAnyOrderAreOneList(t *testing.T) {
	t.Parallel()
	var all []matter.Matter
	for i, k := range matter.Kinds() {
		all = append(all, matter.Matter{Kind: k, Count: int64(i)}, matter.Matter{Kind: k, By: today.Add(i * 3), About: "a"}, matter.Matter{Kind: k, Since: today.Add(-i * 3)})
	}
	want := matter.First(all, today, len(all))
	if len(want) != len(all) {
		t.Fatalf("%d of %d", len(want), len(all))
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if got := matter.First(all, today, len(all)); !slices.Equal(got, want) {
			t.Fatalf("%v\nwant %v", got, want)
		}
	}
}

func TestTheWorstOfficesAreThoseThatLeaveMostPeopleOut(t *testing.T) {
	t.Parallel()
	all := []matter.Hold{
		{ID: "soon", Name: "A", Silent: 40, Of: 40, People: 4000, Since: "2026-12-31"},
		{ID: "young", Name: "B", Silent: 5, Of: 9, Late: 5, People: 250, Since: "2026-12-18"},
		{ID: "old", Name: "C", Silent: 5, Of: 9, Late: 5, People: 250, Since: "2026-11-18"},
		{ID: "large", Name: "D", Silent: 2, Of: 9, Late: 1, People: 600, Since: "2026-12-20"},
		{ID: "unknown", Name: "E", Silent: 9, Of: 9, Late: 9, Since: "2026-01-01"},
		{ID: "twin", Name: "B", Silent: 5, Of: 9, Late: 5, People: 250, Since: "2026-12-18"},
	}
	var got []string
	for _, h := range matter.Worst(all, 5) {
		got = append(got, h.ID)
	}
	if want := []string{"large", "old", "twin", "young", "unknown"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if all[0].ID != "soon" {
		t.Error("the list that was handed in has changed")
	}
	if n := len(matter.Worst(all[:2], 5)); n != 2 {
		t.Errorf("%d of two", n)
	}
}
