package api

import "payung/ledger"

// Addressee is who is told today what goes to a post.
type Addressee struct {
	PostID    string   `json:"post_id"`
	PostTitle string   `json:"post_title"`
	UnitID    string   `json:"unit_id,omitempty"`
	UnitName  string   `json:"unit_name,omitempty"`
	Via       string   `json:"via,omitempty" enum:"holder,deputy,superior" doc:"absent: nobody holds the post, stands in or is above"`
	ViaPostID string   `json:"via_post_id,omitempty" doc:"the post whose holder it is"`
	HolderID  string   `json:"holder_id,omitempty"`
	Name      string   `json:"name,omitempty"`
	Capacity  string   `json:"capacity,omitempty" enum:"definitive,plt,pj"`
	Mandate   string   `json:"mandate,omitempty"`
	Language  string   `json:"language" enum:"id,en"`
	Channels  []string `json:"channels" doc:"those that can reach the holder, the preferred one first"`
	Stopped   []string `json:"stopped" doc:"those by which no reminders come; an official dated request still does"`
	Reachable bool     `json:"reachable" doc:"a message would leave the house"`
}

func addresseeView(a ledger.Addressee) Addressee {
	out := Addressee{
		PostID: a.PostID, PostTitle: a.PostTitle, UnitID: a.UnitID, UnitName: a.UnitName, Via: a.Via, ViaPostID: a.ViaPostID, HolderID: a.HolderID,
		Name: a.Name, Capacity: a.Capacity, Mandate: a.Mandate, Language: a.Language, Channels: append([]string{}, a.Channels...), Stopped: []string{}, Reachable: a.Reachable(),
	}
	for _, c := range ledger.Channels() {
		if a.Stopped[c] {
			out.Stopped = append(out.Stopped, c)
		}
	}
	return out
}

// PostState is a post with who is told for it and how much hangs on it.
type PostState struct {
	Post      Post      `json:"post"`
	UnitName  string    `json:"unit_name,omitempty"`
	Kecamatan string    `json:"kecamatan,omitempty"`
	Vacant    bool      `json:"vacant" doc:"nobody holds it today"`
	Told      Addressee `json:"told"`
	Open      int64     `json:"open_duties"`
}

// PostStateQuery narrows the list of posts.
type PostStateQuery struct {
	ByID
	Which string `query:"which" enum:"all,vacant,unheard" default:"all" doc:"vacant: nobody holds it; unheard: nobody can be told"`
}

func addresseeRoutes(s *server) {
	read(s, PolicyRead, "/posts/{id}/addressee", "get-addressee", "Who is told today what goes to a post",
		func(tx *ledger.Tx, in *ByID) (Addressee, error) {
			a, err := tx.Addressee(in.ID)
			return addresseeView(a), err
		})
	read(s, PolicyRead, "/parties/{id}/post-states", "list-post-states", "A party's posts with who is told for each and what hangs on it",
		func(tx *ledger.Tx, in *PostStateQuery) (List[PostState], error) {
			rows, err := tx.PostRows(in.ID)
			out := []PostState{}
			for _, r := range rows {
				if in.Which == "vacant" && !r.Vacant() || in.Which == "unheard" && !r.Unheard() {
					continue
				}
				out = append(out, PostState{Post: postView(r.Post), UnitName: r.UnitName, Kecamatan: r.Kecamatan, Vacant: r.Vacant(), Told: addresseeView(r.Told), Open: r.Open})
			}
			return List[PostState]{Items: out}, err
		})
}
