package web

import (
	"net/http"
	"slices"

	"payung/ledger"
	"payung/models"
)

// extensionsView is an agreement's queue of requests for more time, with what
// outages propose.
type extensionsView struct {
	frame
	Agreement models.Agreement
	Waiting   []ledger.ExtensionView
	Moot      []ledger.ExtensionView // nothing is left to decide of them
	Decided   []ledger.ExtensionView // the newest first
	Approvers []models.Post          // who may decide all that wait
	Graces    []graceRow
	Chosen    map[string]bool
	Form      form
	Told      string
	Path      string
}

// graceRow is what one outage proposes, with who may decide it.
type graceRow struct {
	ledger.GraceView
	Approvers []models.Post
	Form      form // what was typed for it
}

// extensionsShown is how many requests a page shows.
const extensionsShown = 1000

func (s *site) extensions(v *visit) error {
	return v.queueing(http.StatusOK, v.r.PathValue("id"), begin(), "")
}

// queueing shows the queue with a form: of the requests, or of one proposal.
func (v *visit) queueing(status int, agreementID string, f form, grace string) error {
	view := extensionsView{Told: v.told(), Chosen: map[string]bool{}, Form: begin(), Path: extensionsPath(agreementID)}
	if grace == "" {
		view.Form = f
		for _, id := range f.typed["request"] {
			view.Chosen[id] = true
		}
	}
	err := v.read(func(tx *ledger.Tx) error { return v.readQueue(tx, agreementID, &view) })
	if err != nil {
		return err
	}
	for i := range view.Graces {
		view.Graces[i].Form = begin("until_on", view.Graces[i].UntilOn)
		if view.Graces[i].ID == grace {
			view.Graces[i].Form = f
		}
	}
	if v.frame.Title, err = v.words.say("extensions.title"); err != nil {
		return err
	}
	v.frame.Nav = "recap"
	v.returned(view.Path)
	view.frame = v.frame
	return v.show(status, "extensions.html", view)
}

func (v *visit) readQueue(tx *ledger.Tx, agreementID string, view *extensionsView) (err error) {
	if view.Agreement, err = tx.Agreement(agreementID); err != nil {
		return err
	}
	rows, err := tx.Extensions(ledger.ExtensionFilter{AgreementID: agreementID}, ledger.Page{Size: extensionsShown})
	if err != nil {
		return err
	}
	var owners []string
	for _, r := range rows {
		switch {
		case r.Moot():
			view.Moot = append(view.Moot, r)
		case r.State == ledger.ExtensionWaiting:
			view.Waiting = append(view.Waiting, r)
			owners = append(owners, r.OwnerPostID)
		default:
			view.Decided = append(view.Decided, r)
		}
	}
	slices.Reverse(view.Decided)
	if view.Approvers, err = tx.Approvers(agreementID, owners); err != nil {
		return err
	}
	proposals, err := tx.Graces(agreementID)
	if err != nil {
		return err
	}
	for _, g := range proposals {
		row := graceRow{GraceView: g}
		if g.State == ledger.GraceWaiting && g.Open > 0 {
			owners, err := tx.GraceOwners(g.ID)
			if err != nil {
				return err
			}
			if row.Approvers, err = tx.Approvers(agreementID, owners); err != nil {
				return err
			}
		}
		view.Graces = append(view.Graces, row)
	}
	return nil
}

// queueLimit is how many bytes the form of a queue may have.
const queueLimit = 256 << 10

func (s *site) answerExtensions(v *visit) error {
	f, err := v.posted(queueLimit)
	if err != nil {
		return err
	}
	id := v.r.PathValue("id")
	err = v.write(func(tx *ledger.Tx) error {
		_, err := tx.AnswerExtensions(id, f.typed["request"], ledger.ExtensionAnswer{
			Approve: f.Value("answer") == "approve", UntilOn: f.text("until_on"), ApproverPostID: f.text("approver_post_id"), Reason: f.text("reason"),
		})
		return err
	})
	if err == nil {
		return v.done(extensionsPath(id), "extension_"+map[bool]string{true: "approved", false: "refused"}[f.Value("answer") == "approve"])
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.queueing(http.StatusUnprocessableEntity, id, f, "")
}

// answerGrace decides what an outage proposes.
func (s *site) answerGrace(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	var agreement string
	err = v.write(func(tx *ledger.Tx) error {
		g, err := tx.AnswerGrace(v.r.PathValue("id"), ledger.GraceAnswer{
			Approve: f.Value("answer") == "approve", UntilOn: f.text("until_on"), ApproverPostID: f.text("approver_post_id"), Reason: f.text("reason"),
		})
		agreement = g.AgreementID
		return err
	})
	if err == nil {
		return v.done(extensionsPath(agreement), "grace_answered")
	}
	if agreement == "" {
		return err
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.queueing(http.StatusUnprocessableEntity, agreement, f, v.r.PathValue("id"))
}

// extensionsFile is every request of an agreement as a file.
func (s *site) extensionsFile(v *visit) error {
	var view extensionsView
	err := v.read(func(tx *ledger.Tx) error { return v.readQueue(tx, v.r.PathValue("id"), &view) })
	if err != nil {
		return err
	}
	f, err := v.file("kecamatan", "unit", "duty", "target", "ext_until", "why", "ext_by", "ext_at", "ext_late", "status", "ext_given", "ext_approver", "ext_answer")
	if err != nil {
		return err
	}
	for _, r := range slices.Concat(view.Waiting, view.Moot, view.Decided) {
		duty, err := v.words.duty(r.Kind, r.GroupCode, r.Year)
		if err != nil {
			return err
		}
		late := ""
		if r.Late {
			late = v.words.text["extension.late"]
		}
		state := "extension." + r.State
		if r.Moot() {
			state = "extension.moot"
		}
		f.add(r.Kecamatan, r.UnitName, duty, r.TargetOn, r.UntilOn, r.Reason, r.AskedBy, v.clock(r.CreatedAt, view.Agreement.Zone), late, v.words.text[state],
			r.ApprovedOn, r.Approver, r.Answer)
	}
	return f.send("perpanjangan-"+view.Agreement.RegencyCode, "")
}

// deciding is the field that asks who decides.
type deciding struct {
	ID        string // of the form, where a page has several
	Approvers []models.Post
	Form      form
}
