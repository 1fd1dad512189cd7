package ledger

import (
	"gorm.io/gorm"

	"payung/domain/enrolment"
	"payung/models"
)

// EnrolmentRowView is a row of a batch as it may be shown: NIK and card number
// by their last four digits.
type EnrolmentRowView struct {
	models.EnrolmentRow
	UnitName  string
	Name      string // as the unit wrote it
	NIKLast4  string `gorm:"column:nik_last4;serializer:digits"`
	Born      string
	Leaving   string // why the person has left the list since; "": not, or replaced by a mended row
	CardLast4 string `gorm:"-"` // "": no card number is known
}

// EnrolmentRowFilter narrows the rows of a batch.
type EnrolmentRowFilter struct {
	UnitID string
	State  string
	After  int64 // number of the last row seen
	Size   int
}

// EnrolmentRows lists rows of a batch by number.
func (tx *Tx) EnrolmentRows(id string, f EnrolmentRowFilter) ([]EnrolmentRowView, error) {
	q := tx.from("enrolment_rows").Where("enrolment_rows.enrolment_id = ? AND enrolment_rows.number > ?", id, f.After)
	if f.UnitID != "" {
		q = q.Where("enrolment_rows.unit_id = ?", f.UnitID)
	}
	if f.State != "" {
		q = q.Where("enrolment_rows.state = ?", f.State)
	}
	return tx.batchRows(q.Order("enrolment_rows.number").Limit(f.Size))
}

// EnrolmentRow reads one row of a batch.
func (tx *Tx) EnrolmentRow(id string, number int64) (EnrolmentRowView, error) {
	rows, err := tx.batchRows(tx.from("enrolment_rows").Where("enrolment_rows.enrolment_id = ? AND enrolment_rows.number = ?", id, number))
	if err == nil && len(rows) == 0 {
		err = notFound("row")
	}
	if err != nil {
		return EnrolmentRowView{}, err
	}
	return rows[0], nil
}

// Corrections lists the rows that a unit's correction is about, those still to
// be mended first.
func (tx *Tx) Corrections(obligationID string) ([]EnrolmentRowView, error) {
	if _, err := tx.Obligation(obligationID); err != nil {
		return nil, err
	}
	return tx.batchRows(tx.from("enrolment_rows").Where("enrolment_rows.correction_id = ? AND enrolment_rows.correction_id <> ''", obligationID).
		Order("CASE enrolment_rows.state WHEN 'rejected' THEN 0 ELSE 1 END, enrolment_rows.number"))
}

func (tx *Tx) batchRows(q *gorm.DB) ([]EnrolmentRowView, error) {
	var rows []EnrolmentRowView
	err := q.Select("enrolment_rows.*, COALESCE(u.name, '') AS unit_name, r.name, r.born, r.leaving, p.nik_last4").
		Joins("JOIN roster_rows r ON r.id = enrolment_rows.row_id JOIN persons p ON p.id = enrolment_rows.person_id LEFT JOIN units u ON u.id = enrolment_rows.unit_id").
		Find(&rows).Error
	if err != nil {
		return nil, wrap("rows of a batch", err)
	}
	for i, r := range rows {
		card, err := tx.cardOf(r.EnrolmentRow)
		if err != nil {
			return nil, err
		}
		if card != "" {
			rows[i].CardLast4 = card[len(card)-4:]
		}
	}
	return rows, nil
}

// EnrolmentPeople are the people of a batch by row, for the comparison with a
// file of answers.
func (tx *Tx) EnrolmentPeople(id string) (map[int64]enrolment.Person, error) {
	if _, err := take[models.Enrolment](tx, "enrolments", "enrolment", id); err != nil {
		return nil, err
	}
	var rows []struct {
		Number   int64
		Name     string
		NIKLast4 string `gorm:"column:nik_last4;serializer:digits"`
	}
	err := tx.from("enrolment_rows").Select("enrolment_rows.number, r.name, p.nik_last4").
		Joins("JOIN roster_rows r ON r.id = enrolment_rows.row_id JOIN persons p ON p.id = enrolment_rows.person_id").
		Where("enrolment_rows.enrolment_id = ?", id).Find(&rows).Error
	out := make(map[int64]enrolment.Person, len(rows))
	for _, r := range rows {
		out[r.Number] = enrolment.Person{Name: r.Name, Last4: r.NIKLast4}
	}
	return out, wrap("people of a batch", err)
}
