package api

import (
	"payung/domain/agreement"
	"payung/ledger"
	"payung/models"
)

// BasisInput ties an agreement to a regulation from a day on.
type BasisInput struct {
	RegulationID string   `json:"regulation_id" maxLength:"64"`
	GroupCodes   []string `json:"group_codes,omitempty" maxItems:"50" doc:"by default every group"`
	From         Date     `json:"from"`
	SourceID     string   `json:"source_id,omitempty" maxLength:"64"`
}

func (in BasisInput) input() ledger.BasisInput {
	return ledger.BasisInput{RegulationID: in.RegulationID, GroupCodes: in.GroupCodes, From: in.From.when(), SourceID: in.SourceID}
}

// ReplacementInput puts one regulation in the place of another.
type ReplacementInput struct {
	BasisInput
	ReplacesID string `json:"replaces_regulation_id" maxLength:"64"`
	Reason     string `json:"reason,omitempty" maxLength:"1000"`
}

func (in ReplacementInput) input() ledger.BasisInput {
	out := in.BasisInput.input()
	out.ReplacesID, out.Reason = in.ReplacesID, in.Reason
	return out
}

// Basis is a regulation an agreement rests on, for one group or all.
type Basis struct {
	ID           string `json:"id"`
	RegulationID string `json:"regulation_id"`
	GroupCode    string `json:"group_code,omitempty" doc:"absent: every group"`
	From         string `json:"from" format:"date"`
	To           string `json:"to,omitempty" format:"date"`
	SourceID     string `json:"source_id,omitempty"`
}

func basisView(b models.Basis) Basis {
	return Basis{ID: b.ID, RegulationID: b.RegulationID, GroupCode: b.GroupCode, From: b.FromDay, To: b.ToDay, SourceID: b.SourceID}
}

func basisRoutes(s *server) {
	create(s, PolicyWrite, "/agreements/{id}/bases", "create-basis", "Record that an agreement rests on a regulation, as a fact",
		func(tx *ledger.Tx, in *Of[BasisInput]) (List[Basis], error) {
			if err := tx.RecordBasis(in.ID, in.Body.input()); err != nil {
				return List[Basis]{}, err
			}
			return ofAgreement(tx, in.ID, tx.Bases, basisView)
		})
	read(s, PolicyRead, "/agreements/{id}/bases", "list-bases", "List an agreement's legal bases",
		func(tx *ledger.Tx, in *ByID) (List[Basis], error) { return ofAgreement(tx, in.ID, tx.Bases, basisView) })
	decision(s, agreement.BringBasisIntoForce, "bring-basis-into-force", "Make a regulation the agreement's basis", BasisInput.input)
	decision(s, agreement.ReplaceBasis, "replace-basis", "Put one regulation in the place of another", ReplacementInput.input)
}
