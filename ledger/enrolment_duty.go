package ledger

import (
	"errors"

	"gorm.io/gorm"

	"payung/domain/calendar"
	"payung/models"
)

// openBatchDuty opens an obligation that a batch brings with it. Its date is
// counted in working days; without a term it has none, and somebody has to set
// one.
func (tx *Tx) openBatchDuty(a models.Agreement, e models.Enrolment, kind string, owner models.Post, from calendar.Day, workdays int) error {
	_, err := tx.batchDuty(a, e, kind, owner, from, workdays)
	return err
}

func (tx *Tx) batchDuty(a models.Agreement, e models.Enrolment, kind string, owner models.Post, from calendar.Day, workdays int) (models.Obligation, error) {
	d, err := tx.countFrom(a, from, workdays)
	if err != nil {
		return models.Obligation{}, err
	}
	o := models.Obligation{
		ID: newID(), Scope: a.Scope, AgreementID: a.ID, LineID: e.LineID, GroupCode: e.GroupCode, Kind: kind, OwnerPostID: owner.ID, Destination: "bpjs",
		OrderedBy: OrderedByEnrolment, OrderedByID: e.ID, Generation: 1, State: StateOpen, TakenUntil: tx.micros(), OpenedOn: string(from),
		FirstTarget: string(d.target), SourceID: e.SourceID, CreatedAt: tx.micros(),
	}
	o.UnitID = owner.UnitID
	if kind == KindCards {
		o.Destination = "pemda"
	}
	d.apply(&o, calendar.Zone(a.Zone))
	if err := tx.planner(a).arm(&o); err != nil {
		return o, err
	}
	if err := insert(tx, []models.Obligation{o}); err != nil {
		return o, err
	}
	if err := tx.count(a.ID, o.GroupCode, MeasureDuties, 1); err != nil {
		return o, err
	}
	return o, tx.stir(a.ID)
}

// runningDuty is the open obligation of one kind of a batch, locked; the zero
// value if there is none. Whoever reports a fact about the batch need not see
// whose duty it ends.
func (tx *Tx) runningDuty(e models.Enrolment, kind string) (models.Obligation, error) {
	var o models.Obligation
	err := tx.forChange(tx.db.Model(&o)).
		Where("agreement_id = ? AND state IN ? AND kind = ? AND ordered_by = ? AND ordered_by_id = ?",
			e.AgreementID, []string{StateOpen, StateSubmitted}, kind, OrderedByEnrolment, e.ID).
		Limit(1).Find(&o).Error
	return o, err
}

// endBatchDuty closes the open obligation of one kind, if there is one.
func (tx *Tx) endBatchDuty(e models.Enrolment, kind string, on calendar.Day) error {
	o, err := tx.runningDuty(e, kind)
	if err != nil || o.ID == "" {
		return err
	}
	return tx.close(o, ByDone, change{kind: "closed", on: on})
}

// cancelBatchDuty takes the open obligation of one kind back, if there is one:
// nobody has done it, and nobody has to any more.
func (tx *Tx) cancelBatchDuty(a models.Agreement, e models.Enrolment, kind, reason string) error {
	o, err := tx.runningDuty(e, kind)
	if err != nil || o.ID == "" {
		return err
	}
	o.State, o.NextAt, o.NextStep = StateCancelled, 0, ""
	if err := tx.keep(o, change{kind: "cancelled", reason: reason, on: tx.today(a.Zone)}); err != nil {
		return err
	}
	if err := tx.count(a.ID, o.GroupCode, MeasureDuties, -1); err != nil {
		return err
	}
	return tx.stir(a.ID)
}

// deskPost is who completes the forms and hands the cards over: the post that
// was named, else the head of an office that leads the line, else the Sekda.
func (tx *Tx) deskPost(a models.Agreement, line models.Line, named string) (models.Post, error) {
	if named != "" {
		return tx.postOf(a.PemdaPartyID, named)
	}
	var p models.Post
	err := tx.db.Table("posts").Select("posts.*").
		Joins("LEFT JOIN line_leads l ON l.lead_unit_id = posts.unit_id AND posts.unit_id <> '' AND l.line_id = ? AND l.known_to = 0", line.ID).
		Where("posts.party_id = ? AND posts.valid_to = '' AND (l.id IS NOT NULL AND posts.role = 'head' OR posts.role = 'sekda')", a.PemdaPartyID).
		Order("CASE WHEN l.id IS NOT NULL THEN 0 ELSE 1 END, posts.id").Limit(1).Take(&p).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return p, missing("desk_post_id")
	}
	return p, err
}

// branchPost is who registers at the branch that serves the agreement: the post
// that was named, else an officer of it, else its head; the zero value if none
// is on record.
func (tx *Tx) branchPost(a models.Agreement, named string) (models.Post, error) {
	if named != "" {
		return tx.postOf(a.BranchID, named)
	}
	var p models.Post
	err := tx.db.Where("party_id = ? AND valid_to = ''", a.BranchID).
		Order("CASE role WHEN 'officer' THEN 0 WHEN 'branch_head' THEN 1 ELSE 2 END, id").Limit(1).Find(&p).Error
	return p, err
}

func (tx *Tx) postOf(partyID, id string) (models.Post, error) {
	p, err := take[models.Post](tx, "posts", "post", id)
	if err == nil && p.PartyID != partyID {
		err = notFound("post")
	}
	return p, err
}
