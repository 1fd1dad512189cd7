package api

import "payung/ledger"

// Claim is the claim of the heirs of somebody who died while on a list.
type Claim struct {
	ID           string `json:"id"`
	AgreementID  string `json:"agreement_id"`
	ObligationID string `json:"obligation_id"`
	UnitID       string `json:"unit_id"`
	UnitName     string `json:"unit_name"`
	RowID        string `json:"row_id" doc:"the place on the list"`
	PersonID     string `json:"person_id"`
	Name         string `json:"name"`
	NIK          string `json:"nik,omitempty" doc:"the last four digits behind a mask"`
	GroupCode    string `json:"group_code"`
	Event        string `json:"event" enum:"death,accident_death"`
	On           string `json:"on" format:"date" doc:"of the event"`
	State        string `json:"state" enum:"open,complete,withdrawn"`
	Estimate     int64  `json:"estimate" doc:"rupiah, without scholarship, by the tables in force on the day of the event; 0: see problem"`
	Problem      string `json:"problem,omitempty" doc:"code of why there is no estimate"`
	RuleTable    string `json:"rule_table,omitempty" example:"pp_82_2019"`
	RuleVersion  string `json:"rule_version,omitempty"`
	ReportBy     string `json:"report_by,omitempty" format:"date" doc:"of an accident at work; a late report does not void the right"`
	ClaimBy      string `json:"claim_by,omitempty" format:"date" doc:"last day of the right to claim"`
	CompleteOn   string `json:"complete_on,omitempty" format:"date"`
	PayBy        string `json:"pay_by,omitempty" format:"date" doc:"working days after a complete claim"`
	Missing      int    `json:"missing" doc:"papers it still needs"`

	Documents []ClaimDocument `json:"documents"`
}

// ClaimDocument is one paper of a claim.
type ClaimDocument struct {
	Code       string `json:"code"`
	NameID     string `json:"name_id"`
	NameEN     string `json:"name_en"`
	Optional   bool   `json:"optional"`
	ReceivedOn string `json:"received_on,omitempty" format:"date" doc:"absent: not yet"`
	Source     string `json:"source"`
	Confidence string `json:"confidence"`
}

// PaperInput says that a paper of a claim has come in.
type PaperInput struct {
	On      string `json:"on,omitempty" format:"date" doc:"by default today"`
	Missing bool   `json:"missing,omitempty" doc:"it has not come in after all"`
}

// OfPaper names one paper of a claim in the path.
type OfPaper struct {
	ByID
	Code string `path:"code" maxLength:"64"`
	Body PaperInput
}

// ClaimQuery narrows a list of claims.
type ClaimQuery struct {
	Page
	State  string `query:"state" enum:"open,complete,withdrawn"`
	UnitID string `query:"unit_id" maxLength:"64"`
}

func claimView(c ledger.ClaimView) Claim {
	out := Claim{
		ID: c.ID, AgreementID: c.AgreementID, ObligationID: c.ObligationID, UnitID: c.UnitID, UnitName: c.UnitName, RowID: c.RowID, PersonID: c.PersonID, Name: c.Name,
		GroupCode: c.GroupCode, Event: c.Event, On: c.OnDay, State: c.State, Estimate: c.Estimate, Problem: c.Problem, RuleTable: c.RuleTable,
		RuleVersion: c.RuleVersion, ReportBy: c.ReportBy, ClaimBy: c.ClaimBy, CompleteOn: c.CompleteOn, PayBy: c.PayBy, Missing: c.Missing(),
		Documents: each(c.Papers, func(p ledger.Paper) ClaimDocument {
			return ClaimDocument{
				Code: p.Code, NameID: p.Name.ID, NameEN: p.Name.EN, Optional: p.Optional, ReceivedOn: string(p.ReceivedOn), Source: p.Source,
				Confidence: string(p.Confidence),
			}
		}),
	}
	if c.NIKLast4 != "" {
		out.NIK = "************" + c.NIKLast4
	}
	return out
}

func claimRoutes(s *server) {
	read(s, PolicyRead, "/agreements/{id}/claims", "list-claims", "Claims that deaths on an agreement's lists have opened",
		func(tx *ledger.Tx, in *ClaimQuery) (List[Claim], error) {
			if _, err := tx.Agreement(in.ID); err != nil {
				return List[Claim]{}, err
			}
			f := ledger.ClaimFilter{AgreementID: in.ID, State: in.State, UnitID: in.UnitID}
			rows := func(p ledger.Page) ([]ledger.ClaimView, error) { return tx.Claims(f, p) }
			return paged(in.PageQuery, rows, func(c ledger.ClaimView) string { return c.ID }, claimView)
		})
	read(s, PolicyRead, "/claims/{id}", "get-claim", "One claim with its papers and terms",
		func(tx *ledger.Tx, in *ByID) (Claim, error) {
			c, err := tx.Claim(in.ID)
			return claimView(c), err
		})
	change(s, PolicyWrite, "/claims/{id}/documents/{code}", "receive-claim-document", "Note that a paper of a claim has come in",
		func(tx *ledger.Tx, in *OfPaper) (Claim, error) {
			c, err := tx.ReceivePaper(in.ID, in.Code, ledger.PaperInput(in.Body))
			return claimView(c), err
		})
}
