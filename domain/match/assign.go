package match

import (
	"cmp"
	"slices"
)

// pair is a candidate by its place in the index, with its score.
type pair struct {
	at    int
	score float64
}

// Assign matches the texts of one file together: no two of them get the same
// candidate, so what is sure of one leaves less to doubt for the others. Texts
// that claim the same candidate with equal right are all asked about.
func (x *Index) Assign(queries []Query) []Result {
	a := assignment{x: x, queries: queries, near: make([][]pair, len(queries)), got: make([]int, len(queries)), owner: make([]int, len(x.list))}
	for i := range a.owner {
		a.owner[i] = nobody
	}
	for i, q := range queries {
		a.got[i] = nobody
		if q.Fixed == "" {
			a.near[i] = x.scored(q)
		} else if at := slices.IndexFunc(x.list, func(c Candidate) bool { return c.ID == q.Fixed }); at >= 0 {
			a.give(i, at)
		}
	}
	a.settle(a.same)
	for a.settle(a.clear) {
	}
	out := make([]Result, len(queries))
	for i := range queries {
		out[i] = a.result(i)
	}
	return out
}

const nobody = -1

type assignment struct {
	x       *Index
	queries []Query
	near    [][]pair // of each query, best first
	got     []int    // candidate of each query
	owner   []int    // query of each candidate
}

// scored lists the candidates near a query, best first.
func (x *Index) scored(q Query) []pair {
	var out []pair
	places, offices := formsOf(q.Text, false), formsOf(q.Text, true)
	for at, c := range x.list {
		forms := places
		if c.Kind == Office {
			forms = offices
		}
		best := x.score(forms, at)
		if q.Group != "" && c.Group != q.Group {
			best -= elsewhere
		}
		if best >= near-elsewhere {
			out = append(out, pair{at, best})
		}
	}
	slices.SortStableFunc(out, func(a, b pair) int { return cmp.Compare(b.score, a.score) })
	return out
}

// score is that of the best reading of a text for a candidate.
func (x *Index) score(forms []form, at int) float64 {
	best, kind := 0.0, x.list[at].Kind
	for n := range forms {
		f := &forms[n]
		for i := range x.forms[at] {
			s := score(f, &x.forms[at][i])
			switch {
			case f.kind == "" || f.kind == kind || kind == Office:
			case f.kind == District || kind == District:
				s -= otherLevel
			default:
				s -= otherKind
			}
			best = max(best, s)
		}
	}
	return best
}

func (a *assignment) give(query, at int) { a.got[query], a.owner[at] = at, query }

// settle gives every query what choose says, unless two queries want the same;
// it reports whether anything was given.
func (a *assignment) settle(choose func(query int) (at int, ok bool)) bool {
	wanted := map[int][]int{}
	for i := range a.queries {
		if a.got[i] != nobody || a.queries[i].Fixed != "" {
			continue
		}
		if at, ok := choose(i); ok {
			wanted[at] = append(wanted[at], i)
		}
	}
	given := false
	for at := range a.x.list {
		if by := wanted[at]; len(by) == 1 && a.owner[at] == nobody {
			a.give(by[0], at)
			given = true
		}
	}
	return given
}

// same finds the one candidate of the same name: in the kecamatan of the
// heading, or alone of its name where none is known.
func (a *assignment) same(query int) (int, bool) {
	list := a.near[query]
	if len(list) == 0 {
		return 0, false
	}
	best, next := list[0], 0.0
	if len(list) > 1 {
		next = list[1].score
	}
	if best.score >= sameName {
		// A kelurahan of that name is no less likely than a desa.
		return best.at, next < min(best.score, sameName)-otherKind
	}
	return 0, false
}

// clear finds the candidate that is near and alone: no other candidate is as
// near to the text, and no other text as near to the candidate.
func (a *assignment) clear(query int) (int, bool) {
	best, next := pair{at: nobody}, 0.0
	for _, p := range a.near[query] {
		if a.owner[p.at] != nobody {
			if best.at == nobody && p.score > 0.9 {
				return 0, false // the same village twice in one file, rather than another
			}
			continue
		}
		if best.at == nobody {
			best = p
			continue
		}
		next = p.score
		break
	}
	if best.at == nobody {
		return 0, false
	}
	needed, apart := sureInside, margin
	switch {
	case a.queries[query].Group == "":
		needed = sureAlone
	case a.x.list[best.at].Group != a.queries[query].Group:
		return 0, false
	case best.score < sureInside:
		needed, apart = oneSlip, wideMargin
	}
	if best.score < needed || best.score-next < apart {
		return 0, false
	}
	for i, list := range a.near {
		if i == query || a.got[i] != nobody {
			continue
		}
		for _, p := range list {
			if p.at == best.at && p.score > best.score-apart {
				return 0, false
			}
		}
	}
	return best.at, true
}

// result tells what became of a query. The hits are what is still free.
func (a *assignment) result(query int) Result {
	if at := a.got[query]; at != nobody {
		hit := Hit{ID: a.x.list[at].ID, Score: 1}
		for _, p := range a.near[query] {
			if p.at == at {
				hit.Score = p.score
			}
		}
		return Result{Verdict: Sure, ID: hit.ID, Hits: []Hit{hit}}
	}
	out := Result{Verdict: None}
	for _, p := range a.near[query] {
		if a.owner[p.at] != nobody && p.score < 0.9 {
			continue
		}
		if p.score >= near {
			out.Verdict = Ask
		}
		if worth := out.Verdict == None || p.score >= near-otherKind; worth && len(out.Hits) < MaxHits {
			out.Hits = append(out.Hits, Hit{ID: a.x.list[p.at].ID, Score: p.score})
		}
	}
	return out
}
