package api

import (
	"payung/domain/agreement"
	"payung/ledger"
	"payung/models"
)

// SigningInput is a signing: who signed for whom, who witnessed.
type SigningInput struct {
	SignedOn   Date             `json:"signed_on"`
	Place      string           `json:"place,omitempty" maxLength:"300"`
	Signatures []SignatureInput `json:"signatures,omitempty" maxItems:"100"`
	SourceID   string           `json:"source_id,omitempty" maxLength:"64"`
}

// SignatureInput is one signer or witness, by post.
type SignatureInput struct {
	PartyID   string `json:"party_id,omitempty" maxLength:"64" doc:"whom a signer signs for"`
	Witness   bool   `json:"witness,omitempty"`
	PostTitle string `json:"post_title" maxLength:"200"`
	Name      string `json:"name,omitempty" maxLength:"200"`
	Mandate   string `json:"mandate,omitempty" maxLength:"200" doc:"surat kuasa, if not by office"`
}

func (in SigningInput) input() ledger.SigningInput {
	return ledger.SigningInput{
		On: in.SignedOn.when(), Place: in.Place, SourceID: in.SourceID,
		Signatures: each(in.Signatures, func(s SignatureInput) ledger.SignatureInput { return ledger.SignatureInput(s) }),
	}
}

// Signature is who signed or witnessed.
type Signature struct {
	ID string `json:"id"`
	SignatureInput
	Place    string `json:"place,omitempty"`
	SignedOn Date   `json:"signed_on"`
	SourceID string `json:"source_id,omitempty"`
}

func signatureView(r models.Signature) Signature {
	return Signature{
		ID: r.ID, Place: r.Place, SignedOn: dateOf(r.OnDay, r.Precision), SourceID: r.SourceID,
		SignatureInput: SignatureInput{PartyID: r.PartyID, Witness: r.Role == "witness", PostTitle: r.PostTitle, Name: r.Name, Mandate: r.Mandate},
	}
}

func signingRoutes(s *server) {
	create(s, PolicyWrite, "/agreements/{id}/signatures", "create-signing", "Record a signing that took place, as a fact",
		func(tx *ledger.Tx, in *Of[SigningInput]) (List[Signature], error) {
			if err := tx.RecordSigning(in.ID, in.Body.input()); err != nil {
				return List[Signature]{}, err
			}
			return ofAgreement(tx, in.ID, tx.Signatures, signatureView)
		})
	read(s, PolicyRead, "/agreements/{id}/signatures", "list-signatures", "Who signed and witnessed",
		func(tx *ledger.Tx, in *ByID) (List[Signature], error) {
			return ofAgreement(tx, in.ID, tx.Signatures, signatureView)
		})
	decision(s, agreement.Sign, "sign", "Sign the agreement", SigningInput.input)
}
