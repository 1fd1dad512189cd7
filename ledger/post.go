package ledger

import (
	"cmp"
	"strings"

	"payung/domain/calendar"
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

// HolderInput puts a person into a post.
type HolderInput struct {
	Name, Email, Phone string
	Capacity           string // definitive, plt, pj
	Mandate            string // the letter that lets a Plt or Pj act
	ValidFrom, ValidTo string
}

// AssignHolder records who holds a post from a day on. Whoever held it before
// ends the day before.
func (tx *Tx) AssignHolder(postID string, in HolderInput) (models.PostHolder, error) {
	post, err := take[models.Post](tx, "posts", "post", postID)
	if err != nil {
		return models.PostHolder{}, err
	}
	h := models.PostHolder{
		ID: newID(), Scope: post.Scope, PostID: postID, Name: strings.TrimSpace(in.Name), Email: in.Email, Phone: in.Phone,
		Capacity: in.Capacity, Mandate: in.Mandate, ValidFrom: in.ValidFrom, ValidTo: in.ValidTo, CreatedAt: tx.micros(),
	}
	if h.Name == "" {
		return h, missing("name")
	}
	from, err := calendar.ParseDay(in.ValidFrom)
	if err != nil {
		return h, badDate("valid_from")
	}
	if err := tx.actor.may(post.Scope); err != nil {
		return h, err
	}
	err = tx.db.Exec("UPDATE post_holders SET valid_to = ? WHERE post_id = ? AND (valid_to = '' OR valid_to >= ?) AND valid_from < ?",
		string(from.Add(-1)), postID, string(from), string(from)).Error
	if err != nil {
		return h, err
	}
	if err := create(tx, h.Scope, h); err != nil {
		return h, err
	}
	return h, tx.audit("post.held", "post", postID, h.Scope, map[string]any{"holder": h.ID, "capacity": h.Capacity, "from": h.ValidFrom})
}

// Holders lists who has held a post, newest first.
func (tx *Tx) Holders(postID string) ([]models.PostHolder, error) {
	var rows []models.PostHolder
	err := tx.from("post_holders").Where("post_id = ?", postID).Order("valid_from DESC").Limit(100).Find(&rows).Error
	return rows, err
}
