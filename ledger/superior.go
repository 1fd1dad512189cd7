package ledger

import (
	"cmp"
	"slices"
	"strings"

	"payung/domain/fault"
	"payung/models"
)

// SuperiorsInput names the posts at the head of a party's lines: heads of
// offices report to the Sekda and the Sekda to the Bupati; heads of villages to
// their camat and every camat to the head of the office for villages (DPMD). A
// post that is not named leaves its line as it is.
type SuperiorsInput struct {
	RegentPostID   string // Bupati or Wali Kota
	SekdaPostID    string
	VillagesPostID string // head of the DPMD
	Secretaries    bool   // the secretary of an office stands in for a head who has no deputy
}

// SuperiorChange is one post that would get another superior or deputy.
type SuperiorChange struct {
	Post  models.Post
	From  string // title of the post that has the place now; "": none
	To    string
	field string
	id    string // of the post it gets
}

// Deputy reports whether it is about who stands in.
func (c SuperiorChange) Deputy() bool { return c.field == "deputy_id" }

// SuperiorPlan is what setting a party's lines would change.
type SuperiorPlan struct {
	Changes   []SuperiorChange
	Unchanged int
	Loose     []models.Post // heads of villages that lie in no kecamatan with a camat
}

// GuessSuperiors finds the posts at the head of a party's lines by their roles
// and titles. What it does not find is empty.
func (tx *Tx) GuessSuperiors(partyID string) (SuperiorsInput, error) {
	in := SuperiorsInput{Secretaries: true}
	rows, err := tx.linesOf(partyID)
	for _, r := range rows {
		title := strings.ToLower(r.Title)
		office := strings.ToLower(r.UnitName)
		switch {
		case r.Role == "regent" || r.UnitID == "" && (title == "bupati" || title == "wali kota" || title == "walikota"):
			in.RegentPostID = cmp.Or(in.RegentPostID, r.ID)
		case r.Role == "sekda" || r.UnitID == "" && strings.HasPrefix(title, "sekretaris daerah"):
			in.SekdaPostID = cmp.Or(in.SekdaPostID, r.ID)
		case r.Role == "head" && r.UnitKind == "opd" && (r.UnitRole == "village_lead" || strings.Contains(office, "dpmd") || strings.Contains(office, "pemberdayaan masyarakat")):
			in.VillagesPostID = cmp.Or(in.VillagesPostID, r.ID)
		}
	}
	return in, err
}

// linePost is a post with what decides its place in the lines.
type linePost struct {
	models.Post
	UnitName, UnitKind, UnitRole, ParentID string
}

// linesOf are a party's posts, in the order of their titles.
func (tx *Tx) linesOf(partyID string) ([]linePost, error) {
	if _, err := tx.Party(partyID); err != nil {
		return nil, err
	}
	var rows []linePost
	err := tx.from("posts").Select("posts.*, COALESCE(u.name, '') AS unit_name, COALESCE(u.kind, '') AS unit_kind, COALESCE(u.role, '') AS unit_role, COALESCE(u.parent_id, '') AS parent_id").
		Joins("LEFT JOIN units u ON u.id = posts.unit_id").
		Where("posts.party_id = ? AND posts.valid_to = ''", partyID).Order("posts.title, posts.id").Scan(&rows).Error
	return rows, wrap("lines of a party", err)
}

// PlanSuperiors says what [Tx.SetSuperiors] would change, and refuses lines that
// lead back to themselves.
func (tx *Tx) PlanSuperiors(partyID string, in SuperiorsInput) (SuperiorPlan, error) {
	var plan SuperiorPlan
	rows, err := tx.linesOf(partyID)
	if err != nil {
		return plan, err
	}
	posts, heads, secretaries := map[string]models.Post{}, map[string]string{}, map[string]string{}
	for _, r := range rows {
		posts[r.ID] = r.Post
		switch {
		case r.UnitID != "" && r.Role == "head":
			heads[r.UnitID] = r.ID
		case r.UnitID != "" && r.Role == "secretary":
			secretaries[r.UnitID] = cmp.Or(secretaries[r.UnitID], r.ID)
		}
	}
	for field, id := range map[string]string{"regent_post_id": in.RegentPostID, "sekda_post_id": in.SekdaPostID, "villages_post_id": in.VillagesPostID} {
		if _, ok := posts[id]; id != "" && !ok {
			return plan, fault.New(fault.Invalid, "unknown_post", "this is no post of the same party").On(field)
		}
	}
	for _, r := range rows {
		above := in.above(r, heads)
		if above == "" && r.Role == "head" && (r.UnitKind == "desa" || r.UnitKind == "kelurahan") {
			plan.Loose = append(plan.Loose, r.Post)
		}
		plan.weigh(posts, r.Post, "superior_id", r.SuperiorID, above)
		if second := secretaries[r.UnitID]; in.Secretaries && r.Role == "head" && r.DeputyID == "" {
			plan.weigh(posts, r.Post, "deputy_id", "", second)
		}
	}
	for _, c := range plan.Changes {
		if c.field == "superior_id" {
			p := posts[c.Post.ID]
			p.SuperiorID = c.id
			posts[p.ID] = p
		}
	}
	for _, r := range rows {
		if err := unbent(posts, r.ID); err != nil {
			return plan, err
		}
	}
	return plan, nil
}

// above is the post that should be above another; "": nothing is known.
func (in SuperiorsInput) above(r linePost, heads map[string]string) string {
	switch {
	case r.ID == in.RegentPostID:
		return ""
	case r.ID == in.SekdaPostID:
		return in.RegentPostID
	case r.Role != "head":
		return ""
	case r.UnitKind == "desa" || r.UnitKind == "kelurahan":
		return heads[r.ParentID]
	case r.UnitKind == "kecamatan":
		return in.VillagesPostID
	}
	return in.SekdaPostID
}

// weigh notes a change, if it is one.
func (p *SuperiorPlan) weigh(posts map[string]models.Post, post models.Post, field, now, then string) {
	switch then {
	case "":
	case now:
		p.Unchanged++
	default:
		p.Changes = append(p.Changes, SuperiorChange{Post: post, From: posts[now].Title, To: posts[then].Title, field: field, id: then})
	}
}

// SetSuperiors puts a party's posts under each other, all of them or none.
func (tx *Tx) SetSuperiors(partyID string, in SuperiorsInput) (SuperiorPlan, error) {
	plan, err := tx.PlanSuperiors(partyID, in)
	if err != nil {
		return plan, err
	}
	party, err := tx.Party(partyID)
	if err != nil {
		return plan, err
	}
	if err := tx.actor.may(party.Scope); err != nil {
		return plan, err
	}
	type target struct{ field, id string }
	groups := map[target][]string{}
	var order []target
	for _, c := range plan.Changes {
		t := target{c.field, c.id}
		if groups[t] == nil {
			order = append(order, t)
		}
		groups[t] = append(groups[t], c.Post.ID)
	}
	for _, t := range order {
		for part := range slices.Chunk(groups[t], 500) {
			if err := tx.db.Model(&models.Post{}).Where("id IN ?", part).UpdateColumn(t.field, t.id).Error; err != nil {
				return plan, wrap("set superiors", err)
			}
		}
	}
	return plan, tx.audit("posts.lined_up", "party", party.ID, party.Scope, map[string]any{
		"changes": len(plan.Changes), "regent": in.RegentPostID, "sekda": in.SekdaPostID, "villages": in.VillagesPostID,
	})
}
