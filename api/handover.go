package api

import (
	"payung/ledger"
)

// PostDuty is something a post owes, with what was told about it.
type PostDuty struct {
	ObligationID string `json:"obligation_id"`
	AgreementID  string `json:"agreement_id"`
	Agreement    string `json:"agreement"`
	Kind         string `json:"kind"`
	GroupCode    string `json:"group_code,omitempty"`
	Year         int    `json:"year,omitempty"`
	UnitID       string `json:"unit_id,omitempty"`
	UnitName     string `json:"unit_name,omitempty"`
	TargetOn     string `json:"target_on,omitempty" format:"date"`
	FatalOn      string `json:"fatal_on,omitempty" format:"date"`
	State        string `json:"state"`
	Notices      int    `json:"notices" doc:"sent to this post"`
	LastStep     string `json:"last_step,omitempty"`
	LastAt       string `json:"last_at,omitempty" format:"date-time"`
	Groups       int    `json:"groups" doc:"times it was named in a chat group"`
}

func postDutyView(d ledger.PostDuty) PostDuty {
	return PostDuty{
		ObligationID: d.ID, AgreementID: d.AgreementID, Agreement: d.Agreement, Kind: d.Kind, GroupCode: d.GroupCode, Year: d.Year, UnitID: d.UnitID, UnitName: d.UnitName,
		TargetOn: d.TargetOn, FatalOn: d.FatalOn, State: d.State, Notices: d.Told, LastStep: d.LastStep, LastAt: instant(d.LastAt, d.Zone), Groups: d.Groups,
	}
}

// Handover is what passes from one holder of a post to the next.
type Handover struct {
	PostID string     `json:"post_id"`
	Title  string     `json:"title"`
	From   Holder     `json:"from"`
	To     *Holder    `json:"to,omitempty" doc:"absent: nobody follows yet"`
	On     string     `json:"on" format:"date" doc:"the end of this day"`
	Duties []PostDuty `json:"duties" doc:"open then, the most urgent first"`
	Below  []PostOpen `json:"below" doc:"posts right below with something open now"`
}

// PostOpen is a post and how much is open on it.
type PostOpen struct {
	PostID string `json:"post_id"`
	Title  string `json:"title"`
	Open   int64  `json:"open_duties"`
}

func handoverRoutes(s *server) {
	read(s, PolicyRead, "/posts/{id}/duties", "list-post-duties", "What a post owes now",
		func(tx *ledger.Tx, in *ByID) (List[PostDuty], error) {
			rows, err := tx.PostDuties(in.ID)
			return listed(rows, err, postDutyView)
		})
	read(s, PolicyRead, "/holders/{id}/handover", "get-handover", "The handover note of a holder: what is open and what was told",
		func(tx *ledger.Tx, in *ByID) (Handover, error) {
			n, err := tx.Handover(in.ID)
			if err != nil {
				return Handover{}, err
			}
			out := Handover{
				PostID: n.Post.ID, Title: n.Post.Title, From: holderView(n.From), On: string(n.On), Duties: each(n.Duties, postDutyView),
				Below: each(n.Below, func(r ledger.PostRow) PostOpen { return PostOpen{r.ID, r.Title, r.Open} }),
			}
			if n.To.ID != "" {
				to := holderView(n.To)
				out.To = &to
			}
			return out, nil
		})
}
