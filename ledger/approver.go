package ledger

import (
	"cmp"
	"slices"

	"payung/domain/fault"
	"payung/models"
)

// topRoles are the posts that approve where nobody stands above the owner.
var topRoles = []string{"coordinator", "sekda", "regent"}

// approvers are the posts of an agreement's Pemda that may give more time.
type approvers struct {
	level int
	posts map[string]models.Post
}

// approversOf reads who may give more time in an agreement: a post far enough
// above the one that owes, by the Pemda's policy, or its deputy. Who sits there
// is not checked before there is sign-in.
func (tx *Tx) approversOf(a models.Agreement) (approvers, error) {
	f, err := tx.fairness(a.PemdaPartyID)
	if err != nil {
		return approvers{}, err
	}
	var rows []models.Post
	day := string(tx.today(a.Zone))
	err = tx.db.Where("party_id IN ? AND (valid_to = '' OR valid_to >= ?)", []string{a.PemdaPartyID, a.BPJSPartyID, a.ServingPartyID}, day).
		Order("title, id").Find(&rows).Error
	out := approvers{f.ApproverLevel, make(map[string]models.Post, len(rows))}
	for _, p := range rows {
		out.posts[p.ID] = p
	}
	return out, wrap("approvers", err)
}

// above lists the posts that may give the owner of a duty more time, the lowest
// first.
func (w approvers) above(owner string) []models.Post {
	var line []models.Post
	for p := w.posts[owner].SuperiorID; p != "" && len(line) < climb; p = w.posts[p].SuperiorID {
		if above, ok := w.posts[p]; ok && !slices.ContainsFunc(line, func(q models.Post) bool { return q.ID == p }) {
			line = append(line, above)
			continue
		}
		break
	}
	if len(line) == 0 {
		for _, p := range w.posts {
			if p.ID != owner && slices.Contains(topRoles, p.Role) {
				line = append(line, p)
			}
		}
		slices.SortFunc(line, func(a, b models.Post) int {
			return cmp.Or(cmp.Compare(slices.Index(topRoles, a.Role), slices.Index(topRoles, b.Role)), cmp.Compare(a.ID, b.ID))
		})
	} else {
		line = line[min(w.level, len(line))-1:]
	}
	var out []models.Post
	for _, p := range line {
		for _, q := range []models.Post{p, w.posts[p.DeputyID]} {
			if q.ID != "" && q.ID != owner && !slices.ContainsFunc(out, func(r models.Post) bool { return r.ID == q.ID }) {
				out = append(out, q)
			}
		}
	}
	return out
}

// must refuses a post that may not give the owner of a duty more time.
func (w approvers) must(owner, post string) error {
	line := w.above(owner)
	switch {
	case len(line) == 0:
		return fault.New(fault.Refused, "no_approver", "no post above this one is recorded; record the line of posts first").On("approver_post_id")
	case post == "":
		return missing("approver_post_id")
	case !slices.ContainsFunc(line, func(p models.Post) bool { return p.ID == post }):
		return fault.New(fault.Refused, "wrong_approver", "this post does not stand above the one that owes").On("approver_post_id")
	}
	return nil
}

// Approvers lists the posts that may give more time to each of an agreement's
// duties, the lowest first: for several, those that may for all.
func (tx *Tx) Approvers(agreementID string, ownerPostIDs []string) ([]models.Post, error) {
	a, err := tx.Agreement(agreementID)
	if err != nil {
		return nil, err
	}
	w, err := tx.approversOf(a)
	if err != nil {
		return nil, err
	}
	var out []models.Post
	for i, owner := range slices.Compact(slices.Sorted(slices.Values(ownerPostIDs))) {
		line := w.above(owner)
		if i == 0 {
			out = line
			continue
		}
		out = slices.DeleteFunc(out, func(p models.Post) bool {
			return !slices.ContainsFunc(line, func(q models.Post) bool { return q.ID == p.ID })
		})
	}
	return out, nil
}
