package ledger

import "payung/models"

// NoticeFilter narrows a list of notices.
type NoticeFilter struct {
	AgreementID  string
	PostID       string
	ObligationID string
	Unread       bool
}

// Notices lists messages to posts by ID, oldest first.
func (tx *Tx) Notices(f NoticeFilter, p Page) ([]models.Notice, error) {
	q := tx.from("notices").Where("id > ?", p.After)
	for column, v := range map[string]string{"agreement_id": f.AgreementID, "post_id": f.PostID, "obligation_id": f.ObligationID} {
		if v != "" {
			q = q.Where(column+" = ?", v)
		}
	}
	if f.Unread {
		q = q.Where("read_at = 0")
	}
	var rows []models.Notice
	err := q.Order("id").Limit(p.Size).Find(&rows).Error
	return rows, err
}

// MarkRead notes that a message was opened. Opening it again changes nothing.
func (tx *Tx) MarkRead(noticeID string) error {
	n, err := take[models.Notice](tx, "notices", "notice", noticeID)
	if err != nil {
		return err
	}
	if err := tx.actor.may(n.Scope); err != nil {
		return err
	}
	return tx.db.Exec("UPDATE notices SET read_at = ? WHERE id = ? AND read_at = 0", tx.micros(), n.ID).Error
}

// ObligationFilter narrows a list of obligations.
type ObligationFilter struct {
	AgreementID string
	PeriodID    string
	UnitID      string
	Kind        string
	State       string
}

// Obligations lists obligations by ID.
func (tx *Tx) Obligations(f ObligationFilter, p Page) ([]models.Obligation, error) {
	q := tx.from("obligations").Where("id > ?", p.After)
	for column, v := range map[string]string{
		"agreement_id": f.AgreementID, "period_id": f.PeriodID, "unit_id": f.UnitID, "kind": f.Kind, "state": f.State,
	} {
		if v != "" {
			q = q.Where(column+" = ?", v)
		}
	}
	var rows []models.Obligation
	err := q.Order("id").Limit(p.Size).Find(&rows).Error
	return rows, err
}
