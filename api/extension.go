package api

import (
	"payung/ledger"
	"payung/models"
)

// ExtensionInput gives one unit more time that was approved on paper.
type ExtensionInput struct {
	TargetOn   string `json:"target_on" format:"date"`
	FatalOn    string `json:"fatal_on,omitempty" format:"date"`
	Reason     string `json:"reason" maxLength:"1000"`
	ApprovedBy string `json:"approved_by" maxLength:"200" doc:"the post that approved"`
}

// ExtensionAsk is a unit's wish for more time.
type ExtensionAsk struct {
	UntilOn     string `json:"until_on" format:"date"`
	Reason      string `json:"reason" maxLength:"1000"`
	AskedBy     string `json:"asked_by,omitempty" maxLength:"200" doc:"who asks, in words; by default whoever records it"`
	AskedPostID string `json:"asked_post_id,omitempty" maxLength:"64" doc:"the post that asks for the unit, such as its camat; it hears the answer too"`
	UploadID    string `json:"upload_id,omitempty" maxLength:"64" doc:"of the letter"`
}

// ExtensionAnswer approves or refuses requests of one agreement, all or none.
type ExtensionAnswer struct {
	IDs            []string `json:"ids" minItems:"1" maxItems:"1000" maxLength:"64"`
	Approve        bool     `json:"approve"`
	UntilOn        string   `json:"until_on,omitempty" format:"date" doc:"another date than was asked for"`
	ApproverPostID string   `json:"approver_post_id" maxLength:"64" doc:"who decides; it stands above the post that owes"`
	Reason         string   `json:"reason,omitempty" maxLength:"1000" doc:"needed for a refusal"`
}

// ExtensionRequest is a wish for more time and what became of it.
type ExtensionRequest struct {
	ID             string `json:"id"`
	AgreementID    string `json:"agreement_id"`
	ObligationID   string `json:"obligation_id"`
	UnitID         string `json:"unit_id,omitempty"`
	UnitName       string `json:"unit_name,omitempty"`
	Kecamatan      string `json:"kecamatan,omitempty"`
	TargetOn       string `json:"target_on" format:"date" doc:"the date it was asked about"`
	FatalOn        string `json:"fatal_on,omitempty" format:"date"`
	NowOn          string `json:"now_on,omitempty" format:"date" doc:"the duty's date now"`
	UntilOn        string `json:"until_on" format:"date" doc:"the date that is asked for"`
	Reason         string `json:"reason"`
	AskedBy        string `json:"asked_by,omitempty"`
	AskedPostID    string `json:"asked_post_id,omitempty"`
	UploadID       string `json:"upload_id,omitempty"`
	Late           bool   `json:"late" doc:"asked after the last day had passed"`
	State          string `json:"state" enum:"waiting,approved,refused,withdrawn"`
	Moot           bool   `json:"moot" doc:"nothing is left to decide: the duty is answered, or its date has moved that far"`
	ApprovedOn     string `json:"approved_on,omitempty" format:"date" doc:"the date that was given"`
	ApproverPostID string `json:"approver_post_id,omitempty"`
	Approver       string `json:"approver,omitempty" doc:"title of that post"`
	Answer         string `json:"answer,omitempty"`
	AnsweredBy     string `json:"answered_by,omitempty"`
	AnsweredAt     string `json:"answered_at,omitempty" format:"date-time"`
	Extensions     int    `json:"extensions" doc:"the duty has had"`
	Actor          string `json:"actor"`
	CreatedAt      string `json:"created_at" format:"date-time"`
}

func extensionView(v ledger.ExtensionView, zone string) ExtensionRequest {
	return ExtensionRequest{
		ID: v.ID, AgreementID: v.AgreementID, ObligationID: v.ObligationID, UnitID: v.UnitID, UnitName: v.UnitName, Kecamatan: v.Kecamatan,
		TargetOn: v.TargetOn, FatalOn: v.FatalOn, NowOn: v.NowOn, UntilOn: v.UntilOn, Reason: v.Reason, AskedBy: v.AskedBy, AskedPostID: v.AskedPostID,
		UploadID: v.UploadID, Late: v.Late, State: v.State, Moot: v.Moot(), ApprovedOn: v.ApprovedOn, ApproverPostID: v.ApproverPostID, Approver: v.Approver,
		Answer: v.Answer, AnsweredBy: v.AnsweredBy, AnsweredAt: instant(v.AnsweredAt, zone), Extensions: v.Extensions, Actor: v.Actor,
		CreatedAt: instant(v.CreatedAt, zone),
	}
}

// ExtensionQuery narrows the requests of an agreement.
type ExtensionQuery struct {
	Page
	State string `query:"state" enum:"waiting,approved,refused,withdrawn"`
}

func extensionRoutes(s *server) {
	change(s, PolicyWrite, "/obligations/{id}/extend", "extend-obligation", "Record more time that was approved on paper",
		func(tx *ledger.Tx, in *Of[ExtensionInput]) (Obligation, error) {
			o, err := tx.Extend(in.ID, ledger.Extension(in.Body))
			return seen(tx, o, err)
		})
	create(s, PolicyWrite, "/obligations/{id}/extension-requests", "ask-extension", "Ask for more time for a duty",
		func(tx *ledger.Tx, in *Of[ExtensionAsk]) (ExtensionRequest, error) {
			r, err := tx.AskExtension(in.ID, ledger.ExtensionAsk(in.Body))
			return extensionSeen(tx, r, err)
		})
	read(s, PolicyRead, "/agreements/{id}/extension-requests", "list-extension-requests", "An agreement's requests for more time, oldest first",
		func(tx *ledger.Tx, in *ExtensionQuery) (List[ExtensionRequest], error) {
			a, err := tx.Agreement(in.ID)
			if err != nil {
				return List[ExtensionRequest]{}, err
			}
			f := ledger.ExtensionFilter{AgreementID: a.ID, State: in.State}
			rows := func(p ledger.Page) ([]ledger.ExtensionView, error) { return tx.Extensions(f, p) }
			return paged(in.PageQuery, rows, func(v ledger.ExtensionView) string { return v.ID }, func(v ledger.ExtensionView) ExtensionRequest {
				return extensionView(v, a.Zone)
			})
		})
	change(s, PolicyDecide, "/agreements/{id}/extension-requests/answer", "answer-extension-requests", "Approve or refuse requests for more time, all or none",
		func(tx *ledger.Tx, in *Of[ExtensionAnswer]) (List[ExtensionRequest], error) {
			b := in.Body
			rows, err := tx.AnswerExtensions(in.ID, b.IDs, ledger.ExtensionAnswer{
				Approve: b.Approve, UntilOn: b.UntilOn, ApproverPostID: b.ApproverPostID, Reason: b.Reason,
			})
			if err != nil {
				return List[ExtensionRequest]{}, err
			}
			out := make([]ExtensionRequest, len(rows))
			for i, r := range rows {
				if out[i], err = extensionSeen(tx, r, nil); err != nil {
					return List[ExtensionRequest]{}, err
				}
			}
			return List[ExtensionRequest]{Items: out}, nil
		})
	change(s, PolicyWrite, "/extension-requests/{id}/withdraw", "withdraw-extension-request", "Take back a request nobody has answered yet",
		func(tx *ledger.Tx, in *Of[ReasonInput]) (ExtensionRequest, error) {
			r, err := tx.WithdrawExtension(in.ID, in.Body.Reason)
			return extensionSeen(tx, r, err)
		})
	read(s, PolicyRead, "/obligations/{id}/approvers", "list-approvers", "The posts that may give a duty more time",
		func(tx *ledger.Tx, in *ByID) (List[Post], error) {
			o, err := tx.Obligation(in.ID)
			if err != nil {
				return List[Post]{}, err
			}
			rows, err := tx.Approvers(o.AgreementID, []string{o.OwnerPostID})
			return listed(rows, err, postView)
		})
}

// extensionSeen shows a request after a change.
func extensionSeen(tx *ledger.Tx, r models.ExtensionRequest, err error) (ExtensionRequest, error) {
	if err != nil {
		return ExtensionRequest{}, err
	}
	v, err := tx.Extension(r.ID)
	return extensionView(v, clocksOf(tx).zone(r.AgreementID)), err
}
