package api

import (
	"cmp"

	"payung/domain/obligation"
	"payung/ledger"
)

// PauseInput says why a duty's clock is to stand, and who holds the matter.
type PauseInput struct {
	ReasonCode   string `json:"reason_code,omitempty" enum:"bpjs_answer,dukcapil_answer,transfer,budget,signature,regulation,other" doc:"by default other"`
	Reason       string `json:"reason,omitempty" maxLength:"1000" doc:"in words; needed for other"`
	HolderPostID string `json:"holder_post_id,omitempty" maxLength:"64" doc:"the post that holds it"`
	Holder       string `json:"holder,omitempty" maxLength:"200" doc:"who holds it, where it is no post that is recorded"`
	SinceOn      string `json:"since_on,omitempty" format:"date" doc:"by default today; the clock has stood since then"`
}

// HandOnInput says who holds a matter now.
type HandOnInput struct {
	ReasonCode   string `json:"reason_code,omitempty" enum:"bpjs_answer,dukcapil_answer,transfer,budget,signature,regulation,other" doc:"by default the one before"`
	Reason       string `json:"reason,omitempty" maxLength:"1000" doc:"in words"`
	HolderPostID string `json:"holder_post_id,omitempty" maxLength:"64"`
	Holder       string `json:"holder,omitempty" maxLength:"200"`
}

// Pause is a time in which somebody else held a matter.
type Pause struct {
	ID           string `json:"id"`
	AgreementID  string `json:"agreement_id"`
	ObligationID string `json:"obligation_id"`
	UnitID       string `json:"unit_id,omitempty"`
	UnitName     string `json:"unit_name,omitempty"`
	Kecamatan    string `json:"kecamatan,omitempty"`
	ReasonCode   string `json:"reason_code"`
	Reason       string `json:"reason,omitempty"`
	HolderPostID string `json:"holder_post_id,omitempty"`
	Holder       string `json:"holder,omitempty" doc:"title of the post, or in words; absent: nobody was named"`
	SinceOn      string `json:"since_on" format:"date"`
	AskAt        string `json:"ask_at,omitempty" format:"date-time" doc:"when somebody is asked how long it will be"`
	Asked        int    `json:"asked" doc:"how often somebody was"`
	EndedAt      string `json:"ended_at,omitempty" format:"date-time" doc:"absent: it goes on"`
	EndedNote    string `json:"ended_note,omitempty"`
	Actor        string `json:"actor"`
}

func pauseView(v ledger.PauseView, zone string) Pause {
	return Pause{
		ID: v.ID, AgreementID: v.AgreementID, ObligationID: v.ObligationID, UnitID: v.UnitID, UnitName: v.UnitName, Kecamatan: v.Kecamatan,
		ReasonCode: v.Reason, Reason: v.Note, HolderPostID: v.HolderPostID, Holder: cmp.Or(v.Desk, v.Holder), SinceOn: v.SinceOn, AskAt: instant(v.AskAt, zone),
		Asked: v.Asked, EndedAt: instant(v.EndedAt, zone), EndedNote: v.EndedNote, Actor: v.Actor,
	}
}

// Desk is somebody who holds duties whose clocks stand.
type Desk struct {
	PostID  string `json:"post_id,omitempty"`
	Title   string `json:"title,omitempty" doc:"of the post, or in words; absent: nobody was named"`
	Duties  int    `json:"duties"`
	SinceOn string `json:"since_on" format:"date" doc:"of the one that has lain there longest"`
	Overdue int    `json:"overdue" doc:"of which somebody was asked how long it will be"`
}

// PauseQuery narrows the pauses of an agreement.
type PauseQuery struct {
	Page
	Standing bool `query:"standing" doc:"only those in which a clock stands"`
}

func pauseRoutes(s *server) {
	change(s, PolicyWrite, "/obligations/{id}/pause", "pause-obligation", "Stop the clock while somebody else holds the matter",
		func(tx *ledger.Tx, in *Of[PauseInput]) (Obligation, error) {
			b := in.Body
			o, err := tx.Pause(in.ID, ledger.PauseInput{
				Reason: obligation.PauseReason(b.ReasonCode), Note: b.Reason, HolderPostID: b.HolderPostID, Holder: b.Holder, SinceOn: b.SinceOn,
			})
			return seen(tx, o, err)
		})
	change(s, PolicyWrite, "/obligations/{id}/resume", "resume-obligation", "Start the clock again; the dates move by the days it stood",
		func(tx *ledger.Tx, in *Of[ReasonInput]) (Obligation, error) {
			o, err := tx.Resume(in.ID, in.Body.Reason)
			return seen(tx, o, err)
		})
	change(s, PolicyWrite, "/pauses/{id}/hand-on", "hand-on-pause", "Somebody else holds the matter now; its clock goes on standing",
		func(tx *ledger.Tx, in *Of[HandOnInput]) (Pause, error) {
			b := in.Body
			p, err := tx.HandOn(in.ID, ledger.PauseInput{Reason: obligation.PauseReason(b.ReasonCode), Note: b.Reason, HolderPostID: b.HolderPostID, Holder: b.Holder})
			if err != nil {
				return Pause{}, err
			}
			v, err := tx.PauseOf(p.ObligationID)
			return pauseView(v, clocksOf(tx).zone(p.AgreementID)), err
		})
	read(s, PolicyRead, "/agreements/{id}/pauses", "list-pauses", "An agreement's pauses with who holds what, oldest first",
		func(tx *ledger.Tx, in *PauseQuery) (List[Pause], error) {
			a, err := tx.Agreement(in.ID)
			if err != nil {
				return List[Pause]{}, err
			}
			f := ledger.PauseFilter{AgreementID: a.ID, Standing: in.Standing}
			rows := func(p ledger.Page) ([]ledger.PauseView, error) { return tx.Pauses(f, p) }
			return paged(in.PageQuery, rows, func(v ledger.PauseView) string { return v.ID }, func(v ledger.PauseView) Pause { return pauseView(v, a.Zone) })
		})
	read(s, PolicyRead, "/agreements/{id}/desks", "list-desks", "Who holds an agreement's duties, and since when",
		func(tx *ledger.Tx, in *ByID) (List[Desk], error) {
			rows, err := tx.Desks(in.ID)
			return listed(rows, err, func(d ledger.Desk) Desk {
				return Desk{PostID: d.PostID, Title: d.Title, Duties: d.Duties, SinceOn: string(d.Since), Overdue: d.Overdue}
			})
		})
}
