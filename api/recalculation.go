package api

import "payung/ledger"

// RecalculationQuery narrows the list of recalculations.
type RecalculationQuery struct {
	PageQuery
	AgreementID string `query:"agreement_id" maxLength:"64"`
	PartyID     string `query:"party_id" maxLength:"64" doc:"of the Pemda"`
}

// Recalculation is what a change of ladder, hours or calendar did to the open
// obligations of one agreement.
type Recalculation struct {
	ID          string `json:"id"`
	AgreementID string `json:"agreement_id"`
	Agreement   string `json:"agreement"`
	ChangeID    string `json:"change_id" doc:"shared by all agreements one change concerns"`
	Cause       string `json:"cause" enum:"ladder,hours,holiday,table" doc:"table: a release with other built-in holidays"`
	Reason      string `json:"reason,omitempty"`
	Actor       string `json:"actor"`
	At          string `json:"at" format:"date-time"`
	DoneAt      string `json:"done_at,omitempty" format:"date-time" doc:"absent: still to do"`
	Effect      Effect `json:"effect"`
}

func recalculationRoutes(s *server) {
	read(s, PolicyRead, "/recalculations", "list-recalculations", "What changes of ladders, hours and holidays did to open obligations, newest first",
		func(tx *ledger.Tx, in *RecalculationQuery) (List[Recalculation], error) {
			f := ledger.RecalculationFilter{AgreementID: in.AgreementID, PartyID: in.PartyID}
			rows := func(p ledger.Page) ([]ledger.RecalculationView, error) { return tx.Recalculations(f, p) }
			return paged(in.PageQuery, rows, func(r ledger.RecalculationView) string { return r.ID }, recalculationView)
		})
}

func recalculationView(r ledger.RecalculationView) Recalculation {
	return Recalculation{
		ID: r.ID, AgreementID: r.AgreementID, Agreement: r.Title, ChangeID: r.ChangeID, Cause: r.Cause, Reason: r.Reason, Actor: r.Actor,
		At: instant(r.CreatedAt, r.Zone), DoneAt: instant(r.DoneAt, r.Zone), Effect: ruledView(r.Effect, func(string) string { return r.Zone }),
	}
}
