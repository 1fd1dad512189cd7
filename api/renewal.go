package api

import (
	"payung/domain/agreement"
	"payung/ledger"
	"payung/models"
)

// RenewalInput opens the question of the next year, as a duty of a post.
type RenewalInput struct {
	OwnerPostID string `json:"owner_post_id" maxLength:"64"`
}

// RenewalAnswer answers an open renewal.
type RenewalAnswer struct {
	Answer   string `json:"answer" enum:"renew,decline"`
	Reason   string `json:"reason,omitempty" maxLength:"1000" doc:"needed for decline"`
	TargetOn string `json:"target_on,omitempty" format:"date" doc:"by when the units hand in their lists"`
	FatalOn  string `json:"fatal_on,omitempty" format:"date"`
}

func (in RenewalAnswer) input() ledger.RenewalInput {
	return ledger.RenewalInput{Answer: agreement.Answer(in.Answer), Reason: in.Reason, TargetOn: in.TargetOn, FatalOn: in.FatalOn}
}

// Renewal is the question whether a year is followed by another.
type Renewal struct {
	ID        string `json:"id"`
	Year      int    `json:"year" doc:"the year it would open"`
	State     string `json:"state" enum:"open,renewed,declined"`
	Reason    string `json:"reason,omitempty"`
	OpenedOn  string `json:"opened_on" format:"date"`
	DecidedOn string `json:"decided_on,omitempty" format:"date"`
}

func renewalView(r models.Renewal) Renewal {
	return Renewal{ID: r.ID, Year: r.Year, State: r.State, Reason: r.Reason, OpenedOn: r.OpenedOn, DecidedOn: r.DecidedOn}
}

func renewalRoutes(s *server) {
	create(s, PolicyWrite, "/agreements/{id}/renewals", "open-renewal", "Ask whether the next year is to be covered",
		func(tx *ledger.Tx, in *Of[RenewalInput]) (Renewal, error) {
			r, err := tx.OpenRenewal(in.ID, in.Body.OwnerPostID)
			return renewalView(r), err
		})
	read(s, PolicyRead, "/agreements/{id}/renewals", "list-renewals", "List an agreement's renewals, newest first",
		func(tx *ledger.Tx, in *ByID) (List[Renewal], error) {
			return ofAgreement(tx, in.ID, tx.Renewals, renewalView)
		})
	decision(s, agreement.DecideRenewal, "decide-renewal", "Renew or decline", RenewalAnswer.input)
}
