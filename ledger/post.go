package ledger

import (
	"cmp"
	"strings"

	"payung/domain/fault"
	"payung/models"
)

// PostInput is a new post outside the heads of units: Sekda, Bupati, the BPJS
// officer.
type PostInput struct {
	Title      string
	Role       string // coordinator, sekda, regent, branch_head, officer, …
	UnitID     string
	SuperiorID string
	DeputyID   string // who stands in while nobody holds the post
	ValidFrom  string
}

// CreatePost records a post of a party.
func (tx *Tx) CreatePost(partyID string, in PostInput) (models.Post, error) {
	party, err := tx.Party(partyID)
	if err != nil {
		return models.Post{}, err
	}
	p := models.Post{
		ID: newID(), Scope: party.Scope, PartyID: partyID, SuperiorID: in.SuperiorID, DeputyID: in.DeputyID, Title: strings.TrimSpace(in.Title),
		Role: in.Role, ValidFrom: in.ValidFrom, CreatedAt: tx.micros(),
	}
	p.UnitID = in.UnitID
	if p.Title == "" {
		return p, missing("title")
	}
	if in.SuperiorID != "" {
		if _, err := take[models.Post](tx, "posts", "post", in.SuperiorID); err != nil {
			return p, err
		}
	}
	if in.DeputyID != "" {
		if _, err := take[models.Post](tx, "posts", "post", in.DeputyID); err != nil {
			return p, err
		}
	}
	if in.UnitID != "" {
		if u, err := take[models.Unit](tx, "units", "unit", in.UnitID); err != nil || u.PartyID != partyID {
			return p, cmp.Or(err, notFound("unit"))
		}
	}
	if err := create(tx, p.Scope, p); err != nil {
		return p, err
	}
	return p, tx.audit("post.created", "post", p.ID, p.Scope, map[string]any{"role": p.Role})
}

// Post reads one post.
func (tx *Tx) Post(id string) (models.Post, error) {
	return take[models.Post](tx, "posts", "post", id)
}

// Posts lists a party's posts by ID.
func (tx *Tx) Posts(partyID string, p Page) ([]models.Post, error) {
	q := tx.from("posts").Where("id > ?", p.After)
	if partyID != "" {
		q = q.Where("party_id = ?", partyID)
	}
	var rows []models.Post
	err := q.Order("id").Limit(p.Size).Find(&rows).Error
	return rows, err
}

// PostChange is what a post is called, who is above it and who stands in while
// nobody holds it.
type PostChange struct {
	Title      string
	SuperiorID string // "": nobody is above
	DeputyID   string // "": nobody stands in
}

// ChangePost changes a post. Nobody can be above somebody who is above them.
func (tx *Tx) ChangePost(id string, in PostChange) (models.Post, error) {
	p, err := takeLocked[models.Post](tx, "posts", "post", id)
	if err != nil {
		return p, err
	}
	if err := tx.actor.may(p.Scope); err != nil {
		return p, err
	}
	p.Title, p.SuperiorID, p.DeputyID = strings.TrimSpace(in.Title), in.SuperiorID, in.DeputyID
	if p.Title == "" {
		return p, missing("title")
	}
	posts, err := tx.postsOf(p.PartyID)
	if err != nil {
		return p, err
	}
	for field, other := range map[string]string{"superior_id": p.SuperiorID, "deputy_id": p.DeputyID} {
		if _, ok := posts[other]; other != "" && !ok {
			return p, fault.New(fault.Invalid, "unknown_post", "this is no post of the same party").On(field)
		}
	}
	if p.DeputyID == p.ID {
		return p, fault.New(fault.Invalid, "own_deputy", "nobody stands in for themselves").On("deputy_id")
	}
	posts[p.ID] = p
	if err := unbent(posts, p.ID); err != nil {
		return p, err
	}
	err = tx.db.Model(&models.Post{ID: p.ID}).Select("Title", "SuperiorID", "DeputyID").Updates(p).Error
	if err != nil {
		return p, wrap("change a post", err)
	}
	return p, tx.audit("post.changed", "post", p.ID, p.Scope, map[string]any{"superior": p.SuperiorID, "deputy": p.DeputyID})
}

// postsOf are a party's posts by ID.
func (tx *Tx) postsOf(partyID string) (map[string]models.Post, error) {
	var rows []models.Post
	err := tx.db.Where("party_id = ?", partyID).Find(&rows).Error
	out := make(map[string]models.Post, len(rows))
	for _, p := range rows {
		out[p.ID] = p
	}
	return out, wrap("posts of a party", err)
}

// unbent refuses posts whose superiors lead back to the post one starts from.
func unbent(posts map[string]models.Post, id string) error {
	seen := map[string]bool{}
	for at := id; at != ""; at = posts[at].SuperiorID {
		if seen[at] {
			return fault.New(fault.Invalid, "post_above_itself", "%s would be above itself", posts[at].Title).On("superior_id").With("post", posts[at].Title)
		}
		seen[at] = true
	}
	return nil
}
