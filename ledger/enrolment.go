package ledger

import (
	"encoding/json"
	"strings"

	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/domain/enrolment"
	"payung/domain/fault"
	"payung/domain/worker"
	"payung/models"
)

// Kinds of the obligations that a batch brings with it: its three clocks, and
// what its units have to mend.
const (
	KindForms      = "enrolment_forms"    // the Pemda: complete forms and names to the branch
	KindCards      = "enrolment_cards"    // the branch: register, certificate and cards
	KindHandover   = "enrolment_handover" // the Pemda: cards to the workers
	KindCorrection = "correction"         // a unit: rows that the branch rejected
)

// OrderedByEnrolment is what orders these obligations; the ID beside it is that
// of the batch.
const OrderedByEnrolment = "enrolment"

// endsByItself reports whether an obligation ends with its batch and by nobody's
// word.
func endsByItself(kind string) bool {
	return kind == KindForms || kind == KindCards || kind == KindHandover || kind == KindCorrection
}

// EnrolmentInput opens a batch: the branch's forms have come.
type EnrolmentInput struct {
	PeriodID     string
	FormsOn      string // "": today
	Receipt      string // number of the receipt (tanda terima)
	DeskPostID   string // who completes the forms; "": the head of the office that leads the line, else the Sekda
	BranchPostID string // who registers; "": a post of the branch, if one is on record
	SourceID     string
}

// OpenEnrolment opens the next batch of a year and starts the clock of its
// forms. Names come into it when it is sent.
func (tx *Tx) OpenEnrolment(agreementID string, in EnrolmentInput) (models.Enrolment, error) {
	var e models.Enrolment
	a, err := tx.ownAgreement(agreementID)
	switch {
	case err != nil:
		return e, err
	case a.ClosedOn != "":
		return e, agreement.Closed()
	case a.Historical:
		return e, fault.New(fault.Refused, "historical", "this agreement is known from sources only; its batches are not followed here")
	}
	p, err := tx.period(a.ID, in.PeriodID)
	if err != nil {
		return e, err
	}
	line, err := tx.line(a.ID, p.LineID)
	if err != nil {
		return e, err
	}
	on, err := tx.dayOf(a, "forms_on", in.FormsOn)
	if err != nil {
		return e, err
	}
	if err := tx.mustSource(in.SourceID); err != nil {
		return e, err
	}
	e = models.Enrolment{
		ID: newID(), Scope: a.Scope, AgreementID: a.ID, LineID: line.ID, PeriodID: p.ID, GroupCode: line.GroupCode, FormsOn: string(on),
		FormsReceipt: strings.TrimSpace(in.Receipt), SourceID: in.SourceID, Actor: tx.actor.Name, CreatedAt: tx.micros(),
	}
	desk, err := tx.deskPost(a, line, in.DeskPostID)
	if err != nil {
		return e, err
	}
	branch, err := tx.branchPost(a, in.BranchPostID)
	if err != nil {
		return e, err
	}
	e.DeskPostID, e.BranchPostID = desk.ID, branch.ID
	group, _ := worker.Find(line.GroupCode)
	terms, ok := enrolment.National().On(group.Segment, on)
	if ok {
		raw, err := json.Marshal(terms)
		if err != nil {
			return e, wrap("terms", err)
		}
		e.Terms = string(raw)
	}
	if err := tx.db.Model(&models.Enrolment{}).Where("period_id = ?", p.ID).Select("COALESCE(MAX(number), 0) + 1").Scan(&e.Number).Error; err != nil {
		return e, err
	}
	if err := insert(tx, []models.Enrolment{e}); err != nil {
		return e, wrap("batch", err)
	}
	if err := tx.openBatchDuty(a, e, KindForms, desk, on, terms.Forms.Workdays); err != nil {
		return e, err
	}
	if err := tx.stirEnrolment(e); err != nil {
		return e, err
	}
	return e, tx.audit("enrolment.opened", "enrolment", e.ID, e.Scope, map[string]any{"agreement": a.ID, "period": p.ID, "number": e.Number, "forms_on": on})
}

// WithdrawEnrolment ends a batch that was opened by mistake. One that was sent
// goes on: the branch has it.
func (tx *Tx) WithdrawEnrolment(id, reason string) (models.Enrolment, error) {
	e, a, err := tx.ownEnrolment(id)
	switch {
	case err != nil:
		return e, err
	case e.SentOn != "":
		return e, fault.New(fault.Conflict, "batch_sent", "this batch is at the branch already")
	case e.ClosedOn != "":
		return e, fault.New(fault.Conflict, "batch_closed", "this batch has ended")
	case strings.TrimSpace(reason) == "":
		return e, missing("reason")
	}
	if err := tooLong("reason", reason, maxNote); err != nil {
		return e, err
	}
	e.ClosedOn, e.CloseReason = string(tx.today(a.Zone)), string(enrolment.StageWithdrawn)
	if err := tx.cancelBatchDuty(a, e, KindForms, inWords(reason)); err != nil {
		return e, err
	}
	if err := tx.keepEnrolment(e); err != nil {
		return e, err
	}
	return e, tx.audit("enrolment.withdrawn", "enrolment", e.ID, e.Scope, nil)
}

// withdrawUnsent ends the batches of an agreement that ends, as far as the branch
// does not have them. What it has it answers.
func (tx *Tx) withdrawUnsent(a models.Agreement, on calendar.Day) error {
	var open []models.Enrolment
	if err := tx.forChange(tx.db.Model(&models.Enrolment{})).Where("agreement_id = ? AND closed_on = '' AND sent_on = ''", a.ID).Order("id").Find(&open).Error; err != nil {
		return err
	}
	for _, e := range open {
		e.ClosedOn, e.CloseReason = string(on), string(enrolment.StageWithdrawn)
		if err := tx.keepEnrolment(e); err != nil {
			return err
		}
	}
	return nil
}

// dayOf reads the day of a fact; "" is today, and no day lies in the future.
func (tx *Tx) dayOf(a models.Agreement, field, day string) (calendar.Day, error) {
	today := tx.today(a.Zone)
	if day == "" {
		return today, nil
	}
	d, err := checkDay(field, day)
	if err == nil && d > today {
		err = fault.New(fault.Invalid, "day_in_future", "%s has not come yet", d).On(field).With("date", day)
	}
	return d, err
}

// ownEnrolment reads a batch for change: locked, within what the actor may
// write.
func (tx *Tx) ownEnrolment(id string) (models.Enrolment, models.Agreement, error) {
	e, err := takeLocked[models.Enrolment](tx, "enrolments", "enrolment", id)
	if err != nil {
		return e, models.Agreement{}, err
	}
	if err := tx.actor.may(e.Scope); err != nil {
		return e, models.Agreement{}, err
	}
	a, err := tx.fresh(e.AgreementID)
	return e, a, err
}

// termsOf are the terms a batch runs by; the zero value: none were in force.
func termsOf(e models.Enrolment) (t enrolment.Terms, err error) {
	if e.Terms == "" {
		return t, nil
	}
	return t, wrap("terms of a batch", json.Unmarshal([]byte(e.Terms), &t))
}

// keepEnrolment writes what facts change of a batch, and has its workflow told.
func (tx *Tx) keepEnrolment(e models.Enrolment) error {
	err := tx.db.Model(&models.Enrolment{ID: e.ID}).
		Select("SentOn", "SentReceipt", "CardsOn", "Certificate", "ClosedOn", "CloseReason", "NextAt", "HeardEnd").Updates(e).Error
	if err != nil {
		return err
	}
	return tx.stirEnrolment(e)
}
