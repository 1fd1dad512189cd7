package ledger

import (
	"payung/domain/calendar"
	"payung/domain/enrolment"
	"payung/domain/fault"
	"payung/models"
)

// openCorrections puts rejected rows into one duty for each unit, and tells the
// unit. Rows that are rejected while that duty is open join it.
func (tx *Tx) openCorrections(a models.Agreement, e models.Enrolment, on calendar.Day) error {
	var units []string
	err := tx.db.Model(&models.EnrolmentRow{}).Where("enrolment_id = ? AND state = ? AND correction_id = ''", e.ID, enrolment.Rejected).
		Distinct().Order("unit_id").Pluck("unit_id", &units).Error
	if err != nil || len(units) == 0 {
		return err
	}
	terms, err := termsOf(e)
	if err != nil {
		return err
	}
	open, err := tx.runningCorrections(e, units)
	if err != nil {
		return err
	}
	heads, err := tx.headPosts(units)
	if err != nil {
		return err
	}
	for _, unit := range units {
		id := open[unit]
		if id == "" {
			o, err := tx.batchDuty(a, e, KindCorrection, heads[unit], on, terms.Correction.Workdays)
			if err != nil {
				return err
			}
			id = o.ID
			if err := tx.tellCorrection(e, o); err != nil {
				return err
			}
		}
		err := tx.db.Model(&models.EnrolmentRow{}).Where("enrolment_id = ? AND unit_id = ? AND state = ? AND correction_id = ''", e.ID, unit, enrolment.Rejected).
			Update("correction_id", id).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// runningCorrections are the open corrections of a batch by unit.
func (tx *Tx) runningCorrections(e models.Enrolment, units []string) (map[string]string, error) {
	var rows []models.Obligation
	err := tx.forChange(tx.db.Model(&models.Obligation{})).
		Where("agreement_id = ? AND state IN ? AND kind = ? AND ordered_by_id = ? AND unit_id IN ?", e.AgreementID, []string{StateOpen, StateSubmitted}, KindCorrection, e.ID, units).
		Order("id").Find(&rows).Error
	out := make(map[string]string, len(rows))
	for _, o := range rows {
		out[o.UnitID] = o.ID
	}
	return out, err
}

// headPosts are the posts that owe for units. A unit without one owes all the
// same; whoever looks at it sees that nobody can be told.
func (tx *Tx) headPosts(units []string) (map[string]models.Post, error) {
	rows, err := inParts[models.Post](tx, "posts", "unit_id", units)
	out := make(map[string]models.Post, len(units))
	for _, u := range units {
		out[u] = models.Post{Scope: models.Scope{UnitID: u}}
	}
	for _, p := range rows {
		if p.Role == "head" && p.ValidTo == "" && out[p.UnitID].ID == "" {
			out[p.UnitID] = p
		}
	}
	return out, err
}

// tellCorrection tells a unit that names of its list came back.
func (tx *Tx) tellCorrection(e models.Enrolment, o models.Obligation) error {
	if o.OwnerPostID == "" {
		return nil
	}
	return tx.tell(models.News{
		Scope: o.Scope, PostID: o.OwnerPostID, AgreementID: e.AgreementID, Kind: "correction", SubjectKind: "correction", SubjectID: o.ID,
		Values: `{"until":"` + o.TargetOn + `"}`, Key: "correction/" + o.ID,
	})
}

// settleRejected looks at rejected rows whose place on the list is not what it
// was: a mended row may be sent again, and who is off the list needs nothing
// more. Duties with no such row left end. Where is a condition on rows.
func (tx *Tx) settleRejected(a models.Agreement, where string, args ...any) error {
	err := tx.db.Exec(`UPDATE enrolment_rows SET state = CASE WHEN EXISTS (SELECT 1 FROM roster_rows r JOIN rosters v ON v.id = r.roster_id AND v.version > 0
			WHERE v.obligation_id = enrolment_rows.obligation_id AND r.person_id = enrolment_rows.person_id AND r.removed_by = '') THEN 'corrected' ELSE 'withdrawn' END
		WHERE state = 'rejected' AND EXISTS (SELECT 1 FROM roster_rows g WHERE g.id = enrolment_rows.row_id AND g.removed_by <> '') AND `+where, args...).Error
	if err != nil {
		return wrap("rejected rows", err)
	}
	return tx.endCorrections(a)
}

// endCorrections closes the corrections of an agreement that have nothing left
// to mend.
func (tx *Tx) endCorrections(a models.Agreement) error {
	var done []models.Obligation
	err := tx.forChange(tx.db.Model(&models.Obligation{})).
		Where("agreement_id = ? AND state IN ? AND kind = ?", a.ID, []string{StateOpen, StateSubmitted}, KindCorrection).
		Where("NOT EXISTS (SELECT 1 FROM enrolment_rows b WHERE b.correction_id = obligations.id AND b.state = ?)", enrolment.Rejected).
		Order("id").Find(&done).Error
	if err != nil {
		return err
	}
	for _, o := range done {
		if err := tx.close(o, ByDone, change{kind: "closed", on: tx.today(a.Zone)}); err != nil {
			return err
		}
	}
	return nil
}

// listChanged follows a new version of a unit's list: what it mends or takes
// away of rejected rows is settled.
func (tx *Tx) listChanged(a models.Agreement, r models.Roster) error {
	var waiting int64
	err := tx.db.Model(&models.EnrolmentRow{}).Where("period_id = ? AND unit_id = ? AND obligation_id = ? AND state = ?", r.PeriodID, r.UnitID, r.ObligationID, enrolment.Rejected).
		Limit(1).Count(&waiting).Error
	if err != nil || waiting == 0 {
		return err
	}
	return tx.settleRejected(a, "period_id = ? AND unit_id = ? AND obligation_id = ?", r.PeriodID, r.UnitID, r.ObligationID)
}

// Ways in which a rejected row is settled although the list stays as it is.
const (
	SettleAgain = "again" // the list was right: send the row once more
	SettleLeave = "leave" // the person will not be enrolled in this year
)

// SettleRejection settles one rejected row by word instead of by a mended list.
func (tx *Tx) SettleRejection(id string, number int64, how string) (EnrolmentRowView, error) {
	row, err := tx.EnrolmentRow(id, number)
	if err != nil {
		return row, err
	}
	if err := tx.actor.may(row.Scope); err != nil {
		return row, err
	}
	state := map[string]enrolment.State{SettleAgain: enrolment.Corrected, SettleLeave: enrolment.Withdrawn}[how]
	if state == "" {
		return row, fault.New(fault.Invalid, "unknown_settlement", "a rejected row is sent again or left out").On("how")
	}
	res := tx.db.Model(&models.EnrolmentRow{}).Where("enrolment_id = ? AND number = ? AND state = ?", id, number, enrolment.Rejected).Update("state", state)
	switch {
	case res.Error != nil:
		return row, res.Error
	case res.RowsAffected == 0:
		return row, fault.New(fault.Conflict, "row_not_rejected", "this row is not rejected")
	}
	a, err := tx.fresh(row.AgreementID)
	if err != nil {
		return row, err
	}
	if err := tx.endCorrections(a); err != nil {
		return row, err
	}
	if err := tx.audit("enrolment.settled", "enrolment", id, row.Scope, map[string]any{"number": number, "how": how}); err != nil {
		return row, err
	}
	return tx.EnrolmentRow(id, number)
}
