package ledger

import (
	"context"
	"time"

	"gorm.io/gorm"

	"payung/domain/enrolment"
	"payung/models"
	"payung/protocol"
)

// stirEnrolment marks a batch for the relay, in the transaction of the change.
func (tx *Tx) stirEnrolment(e models.Enrolment) error {
	tx.stirs = true
	return tx.db.Create(&models.Outbox{ID: newID(), AgreementID: e.AgreementID, EnrolmentID: e.ID, CreatedAt: tx.micros()}).Error
}

// batchHasNews compares what a batch's workflow was last told with what is
// committed: a first start, another instant, or its end. An answer about a row
// rarely is any of these.
func (tx *Tx) batchHasNews(id string) (bool, error) {
	var e models.Enrolment
	if err := tx.db.Limit(1).Find(&e, "id = ?", id).Error; err != nil || e.ID == "" {
		return false, err
	}
	if e.ClosedOn != "" {
		return !e.HeardEnd, nil
	}
	return e.Version == 0 || e.NextAt != e.ArmedUntil || e.HeardEnd, nil
}

// turnBatch begins an activity's transaction on a batch: it checks the epoch,
// locks the batch and raises its version.
func (tx *Tx) turnBatch(id string, epoch int64) (models.Enrolment, models.Agreement, error) {
	var e models.Enrolment
	var a models.Agreement
	if err := tx.mustBeEpoch(epoch); err != nil {
		return e, a, err
	}
	res := tx.db.Exec("UPDATE enrolments SET version = version + 1 WHERE id = ?", id)
	if res.Error != nil {
		return e, a, res.Error
	}
	if res.RowsAffected == 0 {
		return e, a, notFound("enrolment")
	}
	if err := tx.db.Take(&e, "id = ?", id).Error; err != nil {
		return e, a, err
	}
	a, err := tx.fresh(e.AgreementID)
	return e, a, err
}

// batchWord ends an activity's transaction: what the workflow is told is
// remembered.
func (tx *Tx) batchWord(id string, epoch int64) (protocol.Snapshot, error) {
	var e models.Enrolment
	if err := tx.db.Take(&e, "id = ?", id).Error; err != nil {
		return protocol.Snapshot{}, err
	}
	s := protocol.Snapshot{Epoch: epoch, Version: e.Version, NextAt: e.NextAt, Closed: e.ClosedOn != ""}
	if s.NextAt != 0 {
		s.NextWhat = "menunggu jawaban cabang / waiting for the branch"
	}
	return s, tx.db.Model(&models.Enrolment{}).Where("id = ?", id).Updates(map[string]any{"armed_until": s.NextAt, "heard_end": s.Closed}).Error
}

// ReadEnrolment is the snapshot of a batch that its workflow asks for after a
// poke.
func (l *Ledger) ReadEnrolment(ctx context.Context, in protocol.EnrolmentQuestion) (out protocol.Snapshot, err error) {
	err = l.Write(ctx, System("clock"), func(tx *Tx) error {
		if _, _, err := tx.turnBatch(in.EnrolmentID, in.Epoch); err != nil {
			return err
		}
		out, err = tx.batchWord(in.EnrolmentID, in.Epoch)
		return err
	})
	return out, err
}

// StepEnrolment is the activity of a batch's wake: if the branch has had its
// time and the patience after it, waiting ends. Taken twice it does nothing new.
func (l *Ledger) StepEnrolment(ctx context.Context, in protocol.EnrolmentQuestion) (out protocol.Snapshot, err error) {
	err = l.Write(ctx, System("clock"), func(tx *Tx) error {
		e, a, err := tx.turnBatch(in.EnrolmentID, in.Epoch)
		if err != nil {
			return err
		}
		if e.NextAt != 0 && e.NextAt <= tx.micros() {
			if err := tx.stopWaiting(a, e); err != nil {
				return err
			}
		}
		out, err = tx.batchWord(in.EnrolmentID, in.Epoch)
		return err
	})
	return out, err
}

// doubtful is how long a clock that is not believed puts the end of waiting off.
const doubtful = 10 * time.Minute

// stopWaiting lets go of the names that nobody answered, so that they can be
// sent again, and tells who sent them. A branch that was given more time keeps
// it, and nothing ends by a clock that is in doubt.
func (tx *Tx) stopWaiting(a models.Agreement, e models.Enrolment) error {
	end, err := tx.answersEnd(a, e)
	if err != nil {
		return err
	}
	trusted, err := tx.clockTrusted()
	if err != nil {
		return err
	}
	if !trusted {
		end = tx.at.Add(doubtful)
	}
	if end.After(tx.at) {
		return tx.db.Model(&models.Enrolment{}).Where("id = ?", e.ID).Update("next_at", end.UnixMicro()).Error
	}
	waiting := func() *gorm.DB {
		return tx.db.Model(&models.EnrolmentRow{}).Where("enrolment_id = ? AND state = ?", e.ID, enrolment.Waiting)
	}
	var units []string
	if err := waiting().Distinct().Order("unit_id").Pluck("unit_id", &units).Error; err != nil || len(units) == 0 {
		return err
	}
	res := waiting().Updates(map[string]any{"state": enrolment.Unanswered, "on_day": string(tx.today(a.Zone))})
	if res.Error != nil {
		return res.Error
	}
	on := tx.today(a.Zone)
	if err := tx.countPeople(a, e, on, units); err != nil {
		return err
	}
	if err := tx.settleBatch(a, e, on); err != nil {
		return err
	}
	err = tx.tell(models.News{
		PostID: e.DeskPostID, AgreementID: a.ID, Kind: "enrolment_unanswered", SubjectKind: "enrolment", SubjectID: e.ID,
		Values: `{"n":"` + itoa(res.RowsAffected) + `"}`, Key: "enrolment_unanswered/" + e.ID + "/" + string(on),
	})
	if err != nil {
		return err
	}
	return tx.audit("enrolment.unanswered", "enrolment", e.ID, e.Scope, map[string]any{"people": res.RowsAffected})
}
