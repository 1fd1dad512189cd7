package api

import (
	"payung/ledger"
	"payung/models"
)

// ReasonInput says why.
type ReasonInput struct {
	Reason string `json:"reason" maxLength:"1000"`
}

// ClosingInput is how an obligation ends without a list of names.
type ClosingInput struct {
	How       string `json:"how" enum:"nihil,receiver,done" doc:"nihil: a signed statement that there is nobody; receiver: who receives has it; done: a task is done"`
	People    int64  `json:"people,omitempty" doc:"receiver: the count it confirms"`
	Signatory string `json:"signatory,omitempty" maxLength:"200" doc:"nihil: the post that signed the statement (SPTJM)"`
	SignedBy  string `json:"signed_by,omitempty" maxLength:"200" doc:"nihil: who holds that post"`
	SignedOn  string `json:"signed_on,omitempty" format:"date" doc:"nihil: by default the day of closing"`
	Number    string `json:"number,omitempty" maxLength:"100" doc:"nihil: of the statement"`
	Text      string `json:"text,omitempty" maxLength:"4000" doc:"nihil: what the statement says"`
	UploadID  string `json:"upload_id,omitempty" maxLength:"64" doc:"nihil: of its scan, a file of the same unit"`
	Note      string `json:"note,omitempty" maxLength:"1000"`
	On        string `json:"on,omitempty" format:"date" doc:"by default today"`
	SourceID  string `json:"source_id,omitempty" maxLength:"64"`
}

func dutyRoutes(s *server) {
	change(s, PolicyWrite, "/obligations/{id}/close", "close-obligation", "End a duty by nihil, by the receiver's word, or because it is done",
		func(tx *ledger.Tx, in *Of[ClosingInput]) (Obligation, error) {
			o, err := tx.Close(in.ID, ledger.Closing(in.Body))
			return seen(tx, o, err)
		})
	change(s, PolicyWrite, "/obligations/{id}/mend", "mend-obligation", "Put a duty that was set aside back on its clock",
		func(tx *ledger.Tx, in *ByID) (Obligation, error) {
			o, err := tx.Mend(in.ID)
			return seen(tx, o, err)
		})
}

// seen shows an obligation after a change.
func seen(tx *ledger.Tx, o models.Obligation, err error) (Obligation, error) {
	if err != nil {
		return Obligation{}, err
	}
	return obligationView(o, clocksOf(tx).zone(o.AgreementID)), nil
}
