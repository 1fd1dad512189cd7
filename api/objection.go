package api

import (
	"payung/ledger"
	"payung/models"
)

// Objection is what somebody said against a public list. What was written, and
// by whom, is there for whoever decides it.
type Objection struct {
	ID           string `json:"id"`
	WindowID     string `json:"window_id"`
	ObligationID string `json:"obligation_id"`
	UnitID       string `json:"unit_id"`
	Code         string `json:"code" doc:"of the receipt"`
	Kind         string `json:"kind" enum:"should_not_be_listed,missing_person,wrong_data,deceased"`
	RowID        string `json:"row_id,omitempty" doc:"whom it is about; absent: nobody on the list"`
	Listed       string `json:"listed,omitempty" doc:"the name of that person"`
	Text         string `json:"text,omitempty"`
	Name         string `json:"name,omitempty" doc:"of who objects"`
	Contact      string `json:"contact,omitempty"`
	State        string `json:"state" enum:"open,upheld,rejected"`
	Reason       string `json:"reason,omitempty"`
	DecidedBy    string `json:"decided_by,omitempty"`
	DecidedAt    string `json:"decided_at,omitempty" format:"date-time"`
	RosterID     string `json:"roster_id,omitempty" doc:"the list that followed; absent for an upheld one: still to be done"`
	CreatedAt    string `json:"created_at" format:"date-time"`
}

// Verdict is somebody's decision of an objection.
type Verdict struct {
	Upheld bool   `json:"upheld"`
	Reason string `json:"reason" maxLength:"1000" doc:"whoever objected can read it"`
}

// FollowUp names the list that took up an objection.
type FollowUp struct {
	RosterID string `json:"roster_id" maxLength:"64"`
}

// ObjectionQuery narrows the objections of a window.
type ObjectionQuery struct {
	Page
	State string `query:"state" enum:"open,upheld,rejected"`
}

func objectionView(o models.Objection, zone string) Objection {
	return Objection{
		ID: o.ID, WindowID: o.WindowID, ObligationID: o.ObligationID, UnitID: o.UnitID, Code: o.Code, Kind: o.Kind, RowID: o.RowID, State: o.State,
		Reason: o.Reason, DecidedBy: o.DecidedBy, DecidedAt: instant(o.DecidedAt, zone), RosterID: o.RosterID, CreatedAt: instant(o.CreatedAt, zone),
	}
}

func objectionRoutes(s *server) {
	read(s, PolicyRead, "/windows/{id}/objections", "list-objections", "What was said against the lists of a window",
		func(tx *ledger.Tx, in *ObjectionQuery) (List[Objection], error) {
			w, err := tx.Window(in.ID)
			if err != nil {
				return List[Objection]{}, err
			}
			rows := func(p ledger.Page) ([]ledger.ObjectionView, error) {
				return tx.Objections(ledger.ObjectionFilter{WindowID: w.ID, State: in.State}, p)
			}
			return paged(in.PageQuery, rows, func(o ledger.ObjectionView) string { return o.ID }, func(o ledger.ObjectionView) Objection {
				out := objectionView(o.Objection, w.Zone)
				out.Listed, out.Text, out.Name, out.Contact = o.Listed, o.Text, o.Name, o.Contact
				return out
			})
		})
	change(s, PolicyDecide, "/objections/{id}/decide", "decide-objection", "Uphold or reject an objection; the list changes only by joining, leaving or a new one",
		func(tx *ledger.Tx, in *Of[Verdict]) (Objection, error) {
			o, err := tx.DecideObjection(in.ID, ledger.Verdict(in.Body))
			return objectionView(o, clocksOf(tx).zone(o.AgreementID)), err
		})
	change(s, PolicyWrite, "/objections/{id}/follow", "follow-objection", "Name the list that took up an upheld objection",
		func(tx *ledger.Tx, in *Of[FollowUp]) (Objection, error) {
			o, err := tx.FollowObjection(in.ID, in.Body.RosterID)
			return objectionView(o, clocksOf(tx).zone(o.AgreementID)), err
		})
}
