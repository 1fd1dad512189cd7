package api

import "payung/ledger"

// SuperiorsInput names the posts at the head of a party's lines.
type SuperiorsInput struct {
	RegentPostID   string `json:"regent_post_id,omitempty" maxLength:"64" doc:"above the Sekda"`
	SekdaPostID    string `json:"sekda_post_id,omitempty" maxLength:"64" doc:"above the heads of offices"`
	VillagesPostID string `json:"villages_post_id,omitempty" maxLength:"64" doc:"head of the DPMD: above every camat"`
	Secretaries    bool   `json:"secretaries,omitempty" doc:"the secretary of an office stands in for a head who has no deputy"`
}

// SuperiorPlan is what setting a party's lines changes.
type SuperiorPlan struct {
	Changes   []SuperiorChange `json:"changes"`
	Unchanged int              `json:"unchanged"`
	Loose     []Post           `json:"loose" doc:"heads of villages that lie in no kecamatan with a camat"`
}

// SuperiorChange is one post that gets another superior or deputy.
type SuperiorChange struct {
	PostID string `json:"post_id"`
	Title  string `json:"title"`
	What   string `json:"what" enum:"superior,deputy"`
	From   string `json:"from,omitempty" doc:"title of the post that had the place"`
	To     string `json:"to"`
}

func superiorPlanView(p ledger.SuperiorPlan) SuperiorPlan {
	return SuperiorPlan{Unchanged: p.Unchanged, Loose: each(p.Loose, postView), Changes: each(p.Changes, func(c ledger.SuperiorChange) SuperiorChange {
		out := SuperiorChange{PostID: c.Post.ID, Title: c.Post.Title, What: "superior", From: c.From, To: c.To}
		if c.Deputy() {
			out.What = "deputy"
		}
		return out
	})}
}

// SuperiorsQuery asks what would change.
type SuperiorsQuery struct {
	ByID
	RegentPostID   string `query:"regent_post_id" maxLength:"64"`
	SekdaPostID    string `query:"sekda_post_id" maxLength:"64"`
	VillagesPostID string `query:"villages_post_id" maxLength:"64"`
	Secretaries    bool   `query:"secretaries"`
	Guess          bool   `query:"guess" doc:"find the posts by their roles and titles instead"`
}

func superiorRoutes(s *server) {
	read(s, PolicyRead, "/parties/{id}/superiors", "plan-superiors", "What putting a party's posts under each other would change",
		func(tx *ledger.Tx, in *SuperiorsQuery) (SuperiorPlan, error) {
			asked := ledger.SuperiorsInput{RegentPostID: in.RegentPostID, SekdaPostID: in.SekdaPostID, VillagesPostID: in.VillagesPostID, Secretaries: in.Secretaries}
			if in.Guess {
				var err error
				if asked, err = tx.GuessSuperiors(in.ID); err != nil {
					return SuperiorPlan{}, err
				}
			}
			p, err := tx.PlanSuperiors(in.ID, asked)
			return superiorPlanView(p), err
		})
	change(s, PolicyWrite, "/parties/{id}/superiors", "set-superiors", "Put a party's posts under each other: villages under camat, camat under the DPMD, offices under the Sekda, the Sekda under the Bupati",
		func(tx *ledger.Tx, in *Of[SuperiorsInput]) (SuperiorPlan, error) {
			p, err := tx.SetSuperiors(in.ID, ledger.SuperiorsInput(in.Body))
			return superiorPlanView(p), err
		})
}
