package api

import (
	"payung/ledger"
	"payung/models"
)

// PostInput is a new post: Sekda, Bupati, the officer of BPJS. Heads of units
// get theirs with the unit.
type PostInput struct {
	Title      string `json:"title" maxLength:"200" example:"Sekretaris Daerah"`
	Role       string `json:"role" maxLength:"40" example:"sekda"`
	UnitID     string `json:"unit_id,omitempty" maxLength:"64"`
	SuperiorID string `json:"superior_id,omitempty" maxLength:"64"`
	DeputyID   string `json:"deputy_id,omitempty" maxLength:"64" doc:"who stands in while nobody holds the post"`
	ValidFrom  string `json:"valid_from,omitempty" format:"date"`
}

// Post is an office that people hold.
type Post struct {
	ID         string `json:"id"`
	PartyID    string `json:"party_id"`
	UnitID     string `json:"unit_id,omitempty"`
	SuperiorID string `json:"superior_id,omitempty"`
	DeputyID   string `json:"deputy_id,omitempty"`
	Title      string `json:"title"`
	Role       string `json:"role"`
	ValidFrom  string `json:"valid_from,omitempty" format:"date"`
	ValidTo    string `json:"valid_to,omitempty" format:"date"`
}

func postView(p models.Post) Post {
	return Post{
		ID: p.ID, PartyID: p.PartyID, UnitID: p.UnitID, SuperiorID: p.SuperiorID, DeputyID: p.DeputyID, Title: p.Title, Role: p.Role, ValidFrom: p.ValidFrom, ValidTo: p.ValidTo,
	}
}

// PostChange is what a post is called, who is above it and who stands in.
type PostChange struct {
	Title      string `json:"title" maxLength:"200"`
	SuperiorID string `json:"superior_id,omitempty" maxLength:"64" doc:"absent: nobody is above"`
	DeputyID   string `json:"deputy_id,omitempty" maxLength:"64" doc:"absent: nobody stands in"`
}

// HolderInput puts a person into a post from a day on.
type HolderInput struct {
	Name      string `json:"name" maxLength:"200"`
	Email     string `json:"email,omitempty" format:"email" maxLength:"200"`
	Phone     string `json:"phone,omitempty" maxLength:"30"`
	Capacity  string `json:"capacity,omitempty" enum:"definitive,plt,pj" default:"definitive"`
	Mandate   string `json:"mandate,omitempty" maxLength:"200" doc:"the letter that lets a Plt or Pj act"`
	ValidFrom string `json:"valid_from" format:"date"`
	ValidTo   string `json:"valid_to,omitempty" format:"date"`
}

// VacateInput ends a holder's time.
type VacateInput struct {
	LastDay string `json:"last_day" format:"date"`
}

// Holder is a person in a post for a time.
type Holder struct {
	ID     string `json:"id"`
	PostID string `json:"post_id"`
	HolderInput
}

func holderView(h models.PostHolder) Holder {
	return Holder{ID: h.ID, PostID: h.PostID, HolderInput: HolderInput{
		Name: h.Name, Email: h.Email, Phone: h.Phone, Capacity: h.Capacity, Mandate: h.Mandate, ValidFrom: h.ValidFrom, ValidTo: h.ValidTo,
	}}
}

func postRoutes(s *server) {
	create(s, PolicyWrite, "/parties/{id}/posts", "create-post", "Record a post",
		func(tx *ledger.Tx, in *Of[PostInput]) (Post, error) {
			p, err := tx.CreatePost(in.ID, ledger.PostInput(in.Body))
			return postView(p), err
		})
	read(s, PolicyRead, "/parties/{id}/posts", "list-posts", "List a party's posts",
		func(tx *ledger.Tx, in *Page) (List[Post], error) {
			if _, err := tx.Party(in.ID); err != nil {
				return List[Post]{}, err
			}
			rows := func(p ledger.Page) ([]models.Post, error) { return tx.Posts(in.ID, p) }
			return paged(in.PageQuery, rows, func(p models.Post) string { return p.ID }, postView)
		})
	create(s, PolicyWrite, "/posts/{id}/holders", "assign-holder", "Put a person into a post",
		func(tx *ledger.Tx, in *Of[HolderInput]) (Holder, error) {
			h, err := tx.AssignHolder(in.ID, ledger.HolderInput(in.Body))
			return holderView(h), err
		})
	change(s, PolicyWrite, "/posts/{id}", "change-post", "Name a post, the post above it and its deputy",
		func(tx *ledger.Tx, in *Of[PostChange]) (Post, error) {
			p, err := tx.ChangePost(in.ID, ledger.PostChange(in.Body))
			return postView(p), err
		})
	change(s, PolicyWrite, "/holders/{id}/vacate", "vacate-post", "End a holder's time and leave the post empty",
		func(tx *ledger.Tx, in *Of[VacateInput]) (Holder, error) {
			h, err := tx.Vacate(in.ID, in.Body.LastDay)
			return holderView(h), err
		})
	read(s, PolicyRead, "/posts/{id}", "get-post", "One post",
		func(tx *ledger.Tx, in *ByID) (Post, error) {
			p, err := tx.Post(in.ID)
			return postView(p), err
		})
	read(s, PolicyRead, "/posts/{id}/holders", "list-holders", "Who has held a post, newest first",
		func(tx *ledger.Tx, in *ByID) (List[Holder], error) {
			if _, err := tx.Post(in.ID); err != nil {
				return List[Holder]{}, err
			}
			rows, err := tx.Holders(in.ID)
			return listed(rows, err, holderView)
		})
}
