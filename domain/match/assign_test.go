package match_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"payung/domain/match"
)

// written is a list as a clerk typed it.
func written(r *rand.Rand, villages []match.Candidate, share int, grouped bool) []match.Query {
	queries := make([]match.Query, len(villages))
	for i, v := range villages {
		text := v.Name
		if r.IntN(100) < share && len(text) > 3 {
			text = misspell(r, text)
		}
		queries[i].Text = dress(r, text)
		if grouped {
			queries[i].Group = v.Group
		}
	}
	return queries
}

// marks counts sure matches, questions, and questions whose choices lack the
// right answer; a sure match that is wrong fails.
func marks(t *testing.T, x *match.Index, queries []match.Query, want func(int) string) (sure, asked, lost int) {
	t.Helper()
	for i, got := range x.Assign(queries) {
		if got.Verdict == match.Sure {
			if sure++; got.ID != want(i) {
				t.Errorf("%q in %q became %s, not %q", queries[i].Text, queries[i].Group, got.ID, want(i))
			}
			continue
		}
		asked++
		found := false
		for _, h := range got.Hits {
			found = found || h.ID == want(i)
		}
		if !found {
			lost++
		}
	}
	return sure, asked, lost
}

func TestAMisspeltListLeavesFewQuestionsAndNoWrongAnswer(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		regency string
		share   int // of names misspelt, in percent
		grouped bool
		most    int // questions in a hundred villages
	}{
		{"74.05", 12, true, 1},
		{"74.05", 40, true, 3},
		{"74.05", 12, false, 13},
		{"74.09", 12, true, 2},
		{"33.22", 12, true, 2},
		{"35.15", 40, true, 3},
		{"11.08", 12, true, 2}, // the kabupaten with the most villages, most of them "Gampong"
		{"11.08", 40, true, 3},
		{"33.22", 40, false, 25},
	} {
		t.Run(fmt.Sprintf("%s, %d%% misspelt, kecamatan %v", tt.regency, tt.share, tt.grouped), func(t *testing.T) {
			t.Parallel()
			villages, _ := villagesOf(tt.regency)
			x := match.New(villages)
			for seed := range uint64(3) {
				queries := written(rand.New(rand.NewPCG(seed, 1)), villages, tt.share, tt.grouped)
				sure, asked, lost := marks(t, x, queries, func(i int) string { return villages[i].ID })
				if 100*asked > tt.most*len(villages) || 5*lost > asked+10 {
					t.Errorf("%d villages: %d sure, %d asked, %d of them without the right choice", len(villages), sure, asked, lost)
				}
			}
		})
	}
}

func TestAVillageTheTableLacksIsNotTakenForAnother(t *testing.T) {
	t.Parallel()
	villages, _ := villagesOf("74.05")
	for seed := range uint64(7) {
		r := rand.New(rand.NewPCG(seed, 2))
		var known []match.Candidate
		missing := map[string]bool{}
		for _, v := range villages {
			if r.IntN(7) == 0 {
				missing[v.ID] = true
				continue
			}
			known = append(known, v)
		}
		queries := written(r, villages, 12, true)
		for i, got := range match.New(known).Assign(queries) {
			if got.Verdict == match.Sure && got.ID != villages[i].ID {
				t.Errorf("%q, which the table lacks: %v, in %q became %s", queries[i].Text, missing[villages[i].ID], queries[i].Group, got.ID)
			}
		}
	}
}

func BenchmarkAWholeKabupaten(b *testing.B) {
	villages, _ := villagesOf("11.08") // 852 desa
	x := match.New(villages)
	queries := written(rand.New(rand.NewPCG(1, 1)), villages, 12, true)
	for b.Loop() {
		x.Assign(queries[:336])
	}
}
