package ledger

import (
	"time"

	"payung/domain/calendar"
	"payung/domain/enrolment"
	"payung/models"
)

// settleBatch draws the conclusions of a fact about a batch that was sent: which
// of its clocks end, whether it has ended itself, and when its workflow has to
// look at it next.
func (tx *Tx) settleBatch(a models.Agreement, e models.Enrolment, on calendar.Day) error {
	counts, err := tx.countsOf(e.ID)
	if err != nil {
		return err
	}
	c := counts[e.ID]
	if c.Waiting == 0 && (c.Left() == 0 || e.CardsOn != "") {
		if c.Unanswered > 0 && e.CardsOn == "" {
			err = tx.cancelBatchDuty(a, e, KindCards, string(enrolment.StageUnanswered))
		} else {
			err = tx.endBatchDuty(e, KindCards, on)
		}
		if err != nil {
			return err
		}
	}
	if c.Left() == 0 {
		if err := tx.endBatchDuty(e, KindHandover, on); err != nil {
			return err
		}
	}
	e.NextAt = 0
	if c.Waiting > 0 {
		end, err := tx.answersEnd(a, e)
		if err != nil {
			return err
		}
		if !end.IsZero() {
			e.NextAt = end.UnixMicro()
		}
	}
	stage := batchOf(e, c).Stage()
	switch {
	case stage.Ended() && e.ClosedOn == "":
		e.ClosedOn, e.CloseReason, e.HeardEnd = string(on), string(stage), false
	case stage.Ended():
		e.CloseReason = string(stage)
	case e.ClosedOn != "": // the branch answered after all
		e.ClosedOn, e.CloseReason = "", ""
	}
	return tx.keepEnrolment(e)
}

// batchOf is what the rules know of a batch.
func batchOf(e models.Enrolment, c enrolment.Counts) enrolment.Batch {
	return enrolment.Batch{
		SentOn: calendar.Day(e.SentOn), CardsOn: calendar.Day(e.CardsOn), Counts: c, Withdrawn: e.CloseReason == string(enrolment.StageWithdrawn),
	}
}

// countsOf counts the people of batches by state, and their cards. A unit has no
// more cards handed over than people registered.
func (tx *Tx) countsOf(ids ...string) (map[string]enrolment.Counts, error) {
	out := make(map[string]enrolment.Counts, len(ids))
	var states []struct {
		EnrolmentID string
		State       enrolment.State
		N           int64
	}
	err := tx.db.Model(&models.EnrolmentRow{}).Select("enrolment_id, state, COUNT(*) AS n").Where("enrolment_id IN ?", ids).
		Group("enrolment_id, state").Find(&states).Error
	if err != nil {
		return nil, wrap("rows of a batch", err)
	}
	for _, s := range states {
		c := out[s.EnrolmentID]
		c.Add(s.State, s.N)
		out[s.EnrolmentID] = c
	}
	var cards []struct {
		EnrolmentID        string
		Registered, Handed int64
	}
	err = tx.db.Raw(`SELECT h.enrolment_id, h.handed, COALESCE(b.registered, 0) AS registered
		FROM (SELECT enrolment_id, unit_id, SUM(people) AS handed FROM card_receipts WHERE enrolment_id IN ? GROUP BY enrolment_id, unit_id) h
		LEFT JOIN (SELECT enrolment_id, unit_id, COUNT(*) AS registered FROM enrolment_rows WHERE enrolment_id IN ? AND state = 'registered'
			GROUP BY enrolment_id, unit_id) b ON b.enrolment_id = h.enrolment_id AND b.unit_id = h.unit_id`, ids, ids).Scan(&cards).Error
	for _, h := range cards {
		c := out[h.EnrolmentID]
		c.Handed += min(h.Handed, h.Registered)
		out[h.EnrolmentID] = c
	}
	return out, wrap("cards of a batch", err)
}

// answersEnd is when waiting for the branch ends: the patience of the terms
// after the date the branch has now, which may have been moved. Where the clock
// of the branch stands still it is a day from now, so that somebody looks again.
// Zero: nobody knows.
func (tx *Tx) answersEnd(a models.Agreement, e models.Enrolment) (time.Time, error) {
	var o models.Obligation
	err := tx.db.Where("agreement_id = ? AND kind = ? AND ordered_by = ? AND ordered_by_id = ?", a.ID, KindCards, OrderedByEnrolment, e.ID).
		Order("id DESC").Limit(1).Find(&o).Error
	if err != nil || o.TargetOn == "" {
		return time.Time{}, err
	}
	terms, err := termsOf(e)
	if err != nil {
		return time.Time{}, err
	}
	days, err := tx.calendarOf(a)
	if err != nil {
		return time.Time{}, err
	}
	end := terms.Patience.End(days, calendar.Day(o.TargetOn)).End(calendar.Zone(a.Zone))
	if tomorrow := tx.at.Add(24 * time.Hour); o.PausedAt != 0 && end.Before(tomorrow) {
		end = tomorrow
	}
	return end, nil
}
