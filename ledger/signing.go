package ledger

import (
	"strings"

	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/models"
)

// SigningInput is a signing: who signed for whom, who witnessed.
type SigningInput struct {
	On         calendar.When
	Place      string
	Signatures []SignatureInput
	SourceID   string
}

// SignatureInput is one signer or witness, by post.
type SignatureInput struct {
	PartyID   string // signers: the party; witnesses: ""
	Witness   bool
	PostTitle string
	Name      string
	Mandate   string // surat kuasa, if not by office
}

// sign records a signing. Each party needs somebody who signs, and there must
// be a group the agreement is about. Signing is never shown as cover.
func (tx *Tx) sign(a models.Agreement, in SigningInput) (map[string]string, error) {
	lines, err := tx.Lines(a.ID)
	if err != nil {
		return nil, err
	}
	signers := map[string]bool{}
	for _, s := range in.Signatures {
		if !s.Witness {
			signers[s.PartyID] = true
		}
	}
	active := false
	for _, l := range lines {
		active = active || l.State == "active"
	}
	if err := agreement.Refusal(agreement.Sign, agreement.Missing(
		agreement.Wanted{Code: agreement.NeedLine, Met: active},
		agreement.Wanted{Code: agreement.NeedSignatory, About: "pemda", Met: signers[a.PemdaPartyID]},
		agreement.Wanted{Code: agreement.NeedSignatory, About: "bpjs", Met: signers[a.BPJSPartyID]},
	)); err != nil {
		return nil, err
	}
	return map[string]string{"signatures": itoa(int64(len(in.Signatures)))}, tx.addSigning(a, in)
}

// RecordSigning records a signing that took place, as a fact.
func (tx *Tx) RecordSigning(agreementID string, in SigningInput) error {
	a, err := tx.Agreement(agreementID)
	if err != nil {
		return err
	}
	if err := tx.addSigning(a, in); err != nil {
		return err
	}
	return tx.stir(a.ID)
}

func (tx *Tx) addSigning(a models.Agreement, in SigningInput) error {
	if err := checkWhen("signed_on", in.On); err != nil {
		return err
	}
	if err := tx.mustSource(in.SourceID); err != nil {
		return err
	}
	rows := make([]models.Signature, 0, len(in.Signatures))
	for i, s := range in.Signatures {
		if strings.TrimSpace(s.PostTitle) == "" {
			return missing("signatures.post_title")
		}
		role := "signer"
		if s.Witness {
			role = "witness"
		}
		rows = append(rows, models.Signature{
			ID: newID(), Scope: a.Scope, AgreementID: a.ID, PartyID: s.PartyID, Role: role, PostTitle: s.PostTitle, Name: s.Name, Mandate: s.Mandate,
			Place: in.Place, Position: i + 1, OnDay: string(in.On.On), Precision: string(in.On.Precision), SourceID: in.SourceID, Recorded: tx.recorded(),
		})
	}
	if err := create(tx, a.Scope, rows...); err != nil {
		return err
	}
	if err := tx.reach(a, mark{code: agreement.Signed, when: in.On, sourceID: in.SourceID}, in.On.On); err != nil {
		return err
	}
	return tx.audit("agreement.signed", "agreement", a.ID, a.Scope, map[string]any{"on": in.On, "signatures": len(rows)})
}

// Signatures lists who signed and witnessed.
func (tx *Tx) Signatures(agreementID string) ([]models.Signature, error) {
	return list[models.Signature](tx, "signatures", agreementID)
}
