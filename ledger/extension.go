package ledger

import (
	"encoding/json"
	"strings"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// States of a request for more time.
const (
	ExtensionWaiting   = "waiting"
	ExtensionApproved  = "approved"
	ExtensionRefused   = "refused"
	ExtensionWithdrawn = "withdrawn"
)

// Extension gives one unit more time.
type Extension struct {
	TargetOn, FatalOn string
	Reason            string
	ApprovedBy        string // the post that approved
}

// Extend gives one unit a later date that was approved on paper. The old one
// stays in its history; the new one starts a new generation of reminders.
func (tx *Tx) Extend(id string, in Extension) (models.Obligation, error) {
	o, a, err := tx.own(id)
	if err != nil {
		return o, err
	}
	d, err := checkDated(in.TargetOn, in.FatalOn)
	switch {
	case err != nil:
		return o, err
	case !running(o):
		return o, notOpen(o)
	case strings.TrimSpace(in.Reason) == "":
		return o, missing("reason")
	case strings.TrimSpace(in.ApprovedBy) == "":
		return o, missing("approved_by")
	case d.target == "":
		return o, missing("target_on")
	}
	if err := tx.mayExtend(a, o); err != nil {
		return o, err
	}
	if d, err = prolonged(o, d, "target_on"); err != nil {
		return o, err
	}
	o.Extensions++
	return o, tx.redate(a, &o, d, change{kind: "extended", reason: in.Reason, approvedBy: in.ApprovedBy, on: tx.today(a.Zone)})
}

// mayExtend refuses more time to a duty that has had what its Pemda allows.
func (tx *Tx) mayExtend(a models.Agreement, o models.Obligation) error {
	f, err := tx.fairness(a.PemdaPartyID)
	if err == nil && o.Extensions >= f.MaxExtensions {
		err = fault.New(fault.Refused, "extensions_used_up", "this unit has had %d extensions; move the deadline for the group instead", o.Extensions).
			With("n", itoa(int64(o.Extensions)))
	}
	return err
}

// prolonged is the new dates of a duty, later than those it has: more time never
// brings the last day nearer.
func prolonged(o models.Obligation, d dated, field string) (dated, error) {
	if o.TargetOn != "" && string(d.target) <= o.TargetOn {
		return d, fault.New(fault.Invalid, "not_later", "more time needs a date after %s", o.TargetOn).On(field).With("date", o.TargetOn)
	}
	if d.fatal == "" && o.FatalOn > string(d.target) {
		d.fatal = calendar.Day(o.FatalOn)
	}
	if d.fatal != "" && string(d.fatal) < o.FatalOn {
		return d, fault.New(fault.Invalid, "not_later", "more time needs a fatal date not before %s", o.FatalOn).On("fatal_on").With("date", o.FatalOn)
	}
	return d, nil
}

// ExtensionAsk is a unit's wish for more time.
type ExtensionAsk struct {
	UntilOn     string
	Reason      string
	AskedBy     string // who asks, in words; "": whoever records it
	AskedPostID string // the post that asks for the unit and hears the answer too; "": its own
	UploadID    string // of the letter
}

// AskExtension records that more time is asked for. Reminders go on, and say
// so, until somebody has decided. Asking after the last day is allowed.
func (tx *Tx) AskExtension(obligationID string, in ExtensionAsk) (models.ExtensionRequest, error) {
	var r models.ExtensionRequest
	o, a, err := tx.own(obligationID)
	if err != nil {
		return r, err
	}
	until, err := checkDay("until_on", in.UntilOn)
	switch {
	case !running(o):
		return r, notOpen(o)
	case in.UntilOn == "":
		return r, missing("until_on")
	case err != nil:
		return r, err
	case strings.TrimSpace(in.Reason) == "":
		return r, missing("reason")
	case o.TargetOn == "":
		return r, fault.New(fault.Refused, "no_date_yet", "this duty has no date that could be moved")
	case until < tx.today(a.Zone):
		return r, fault.New(fault.Invalid, "date_has_passed", "%s has passed", until).On("until_on").With("date", string(until))
	}
	if _, err := prolonged(o, dated{target: until}, "until_on"); err != nil {
		return r, err
	}
	if err := tx.mayExtend(a, o); err != nil {
		return r, err
	}
	if err := tx.mustAskFor(o, in); err != nil {
		return r, err
	}
	r = models.ExtensionRequest{
		ID: newID(), Scope: o.Scope, AgreementID: a.ID, ObligationID: o.ID, Generation: o.Generation, TargetOn: o.TargetOn, FatalOn: o.FatalOn,
		UntilOn: string(until), Reason: inWords(in.Reason), AskedBy: inWords(in.AskedBy), AskedPostID: in.AskedPostID, UploadID: in.UploadID,
		Late: lastDay(o) < tx.today(a.Zone), State: ExtensionWaiting, Actor: tx.actor.Name, CreatedAt: tx.micros(),
	}
	if err := create(tx, r.Scope, r); err != nil {
		if duplicate(err) {
			return r, fault.New(fault.Conflict, "extension_waiting", "more time has been asked for and is being considered")
		}
		return r, err
	}
	if err := tx.tellApprover(a, o, r); err != nil {
		return r, err
	}
	return r, tx.audit("extension.asked", "obligation", o.ID, o.Scope, map[string]any{"request": r.ID, "until_on": r.UntilOn, "late": r.Late})
}

// mustAskFor checks what a request points to.
func (tx *Tx) mustAskFor(o models.Obligation, in ExtensionAsk) error {
	if in.AskedPostID != "" {
		if _, err := take[models.Post](tx, "posts", "post", in.AskedPostID); err != nil {
			return err
		}
	}
	if in.UploadID == "" {
		return nil
	}
	f, err := take[models.Upload](tx, "uploads", "upload", in.UploadID)
	if err == nil && f.UnitID != "" && f.UnitID != o.UnitID {
		err = notFound("upload")
	}
	return err
}

// lastDay is the day after which a duty is too late.
func lastDay(o models.Obligation) calendar.Day {
	if o.FatalOn != "" {
		return calendar.Day(o.FatalOn)
	}
	return calendar.Day(o.TargetOn)
}

// tellApprover tells the first post that may decide.
func (tx *Tx) tellApprover(a models.Agreement, o models.Obligation, r models.ExtensionRequest) error {
	w, err := tx.approversOf(a)
	if err != nil {
		return err
	}
	line := w.above(o.OwnerPostID)
	if len(line) == 0 {
		return nil // the queue shows it
	}
	return tx.tellExtension(line[0].ID, "extension_asked", r)
}

// tellExtension puts a request, or its answer, into a post's next list.
func (tx *Tx) tellExtension(post, kind string, r models.ExtensionRequest) error {
	return tx.tellOfDuty(kind, kind+"/"+r.ID+"/"+post, post, models.Obligation{ID: r.ObligationID, Scope: r.Scope, AgreementID: r.AgreementID},
		map[string]string{"target": r.TargetOn, "until": r.UntilOn, "approved": r.ApprovedOn})
}

// tellOfDuty puts something about a unit's duty into a post's next list.
func (tx *Tx) tellOfDuty(kind, key, post string, o models.Obligation, values map[string]string) error {
	names, err := tx.unitNames([]string{o.UnitID})
	if err != nil {
		return err
	}
	values["unit"] = names[o.UnitID]
	raw, err := json.Marshal(values)
	if err != nil {
		return wrap("news of a duty", err)
	}
	return tx.tell(models.News{
		PostID: post, AgreementID: o.AgreementID, Kind: kind, SubjectKind: "obligation", SubjectID: o.ID, Values: string(raw), Key: key,
	})
}

// WithdrawExtension takes back a request that nobody has answered yet.
func (tx *Tx) WithdrawExtension(id, reason string) (models.ExtensionRequest, error) {
	r, err := takeLocked[models.ExtensionRequest](tx, "extension_requests", "extension request", id)
	if err != nil {
		return r, err
	}
	if err := tx.actor.may(r.Scope); err != nil {
		return r, err
	}
	if r.State != ExtensionWaiting {
		return r, notWaiting(r.State)
	}
	r.State, r.Answer, r.AnsweredBy, r.AnsweredAt = ExtensionWithdrawn, inWords(reason), tx.actor.Name, tx.micros()
	if err := tx.keepExtensions([]string{r.ID}, r); err != nil {
		return r, err
	}
	return r, tx.audit("extension.withdrawn", "obligation", r.ObligationID, r.Scope, map[string]any{"request": r.ID})
}

func notWaiting(state string) error {
	return fault.New(fault.Conflict, "extension_answered", "this request is %s already", state).With("state", state)
}
