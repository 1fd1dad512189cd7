package web

import (
	"cmp"
	"slices"

	"payung/ledger"
)

// postNode is a post with those below it.
type postNode struct {
	ledger.PostRow
	Below  []postNode
	Size   int // posts below, at any depth
	Vacant int // of these and this one
	Open   bool
}

// treeOf puts posts below their superiors. A circle, which older data may hold,
// is shown at the top.
func treeOf(rows []ledger.PostRow) []postNode {
	known, below := map[string]bool{}, map[string][]ledger.PostRow{}
	for _, r := range rows {
		known[r.ID] = true
	}
	for _, r := range rows {
		if known[r.SuperiorID] {
			below[r.SuperiorID] = append(below[r.SuperiorID], r)
		}
	}
	seen := map[string]bool{}
	var grow func(r ledger.PostRow) postNode
	grow = func(r ledger.PostRow) postNode {
		seen[r.ID] = true
		n := postNode{PostRow: r}
		if r.Vacant() {
			n.Vacant = 1
		}
		for _, b := range below[r.ID] {
			if seen[b.ID] {
				continue
			}
			child := grow(b)
			n.Below = append(n.Below, child)
			n.Size += 1 + child.Size
			n.Vacant += child.Vacant
		}
		return n
	}
	var out []postNode
	for _, top := range []bool{true, false} {
		for _, r := range rows {
			if !seen[r.ID] && (!top || !known[r.SuperiorID]) {
				n := grow(r)
				n.Open = n.Size > 0
				out = append(out, n)
			}
		}
	}
	// Who heads a line comes before clerks whom nobody has put under anybody.
	slices.SortStableFunc(out, func(a, b postNode) int { return cmp.Compare(min(b.Size, 1), min(a.Size, 1)) })
	for i := range out {
		out[i].spread()
	}
	return out
}

// spread opens what leads to a few posts each: the Bupati, the Sekda, but not
// every kecamatan.
func (n *postNode) spread() {
	n.Open = n.Size > 0 && (n.UnitID == "" || n.Size <= 3)
	for i := range n.Below {
		n.Below[i].spread()
	}
}
