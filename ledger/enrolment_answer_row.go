package ledger

import (
	"fmt"

	"payung/domain/enrolment"
	"payung/models"
)

// answerRows answers row by row and returns the units whose rows changed.
func (tx *Tx) answerRows(a models.Agreement, e models.Enrolment, in []enrolment.Answer, out *Answered) ([]string, error) {
	rows, elsewhere, err := tx.rowsToAnswer(e, in)
	if err != nil {
		return nil, err
	}
	var units []string
	seen := map[string]bool{}
	for _, said := range in {
		row, ok := rows[said.Number]
		state := enrolment.State(row.State)
		switch {
		case !ok:
			out.Problems = append(out.Problems, AnswerProblem{said.Number, enrolment.LineUnknownRow})
			continue
		case said.State == enrolment.Registered && elsewhere[row.PersonID]:
			out.Problems = append(out.Problems, AnswerProblem{said.Number, SentAgain})
			continue
		case said.State == enrolment.Rejected && (state == enrolment.Corrected || state == enrolment.Withdrawn):
			out.Unchanged++ // it was rejected, and its unit has seen to it
			continue
		}
		changed, err := tx.answerRow(row, said)
		if err != nil {
			return nil, err
		}
		switch {
		case !changed:
			out.Unchanged++
			continue
		case said.State == enrolment.Registered:
			out.Registered++
		default:
			out.Rejected++
		}
		if !seen[row.UnitID] {
			seen[row.UnitID] = true
			units = append(units, row.UnitID)
		}
	}
	if len(units) == 0 {
		return nil, nil
	}
	return units, tx.settleRejected(a, "enrolment_id = ?", e.ID)
}

// rowsToAnswer reads the rows that are answered, and who of their people is with
// the branch in another batch.
func (tx *Tx) rowsToAnswer(e models.Enrolment, in []enrolment.Answer) (map[int64]models.EnrolmentRow, map[string]bool, error) {
	numbers := make([]int64, len(in))
	for i, said := range in {
		numbers[i] = said.Number
	}
	var list []models.EnrolmentRow
	if err := tx.db.Where("enrolment_id = ? AND number IN ?", e.ID, numbers).Find(&list).Error; err != nil {
		return nil, nil, err
	}
	rows, people := make(map[int64]models.EnrolmentRow, len(list)), make([]string, len(list))
	for i, r := range list {
		rows[r.Number], people[i] = r, r.PersonID
	}
	var there []string
	err := tx.db.Model(&models.EnrolmentRow{}).
		Where("period_id = ? AND person_id IN ? AND state IN ? AND enrolment_id <> ?", e.PeriodID, people, []enrolment.State{enrolment.Waiting, enrolment.Registered}, e.ID).
		Pluck("person_id", &there).Error
	elsewhere := make(map[string]bool, len(there))
	for _, p := range there {
		elsewhere[p] = true
	}
	return rows, elsewhere, err
}

// answerRow writes one answer and reports whether it says anything new. A number
// that is known stays until another one is given.
func (tx *Tx) answerRow(row models.EnrolmentRow, said enrolment.Answer) (bool, error) {
	card, err := tx.cardOf(row)
	if err != nil {
		return false, err
	}
	change := map[string]any{"state": said.State, "reason": said.Reason, "on_day": string(said.On)}
	fresh := row.State != string(said.State) || row.Reason != said.Reason
	if said.Employer != "" && said.Employer != row.Employer {
		change["employer"], fresh = said.Employer, true
	}
	switch {
	case said.State == enrolment.Rejected:
		change["card"] = []byte{}
	case said.Card != "" && said.Card != card:
		change["card"], fresh = tx.l.keys.Seal([]byte(said.Card), cardPlace(row.EnrolmentID, row.Number)), true
	}
	if !fresh {
		return false, nil
	}
	return true, tx.db.Model(&models.EnrolmentRow{}).Where("enrolment_id = ? AND number = ?", row.EnrolmentID, row.Number).Updates(change).Error
}

// cardOf is the card number of a row; "": none.
func (tx *Tx) cardOf(r models.EnrolmentRow) (string, error) {
	if len(r.Card) == 0 {
		return "", nil
	}
	plain, err := tx.l.keys.Open(r.Card, cardPlace(r.EnrolmentID, r.Number))
	return string(plain), wrap("card number", err)
}

func cardPlace(enrolmentID string, number any) string {
	return fmt.Sprint("enrolment_rows/", enrolmentID, "/", number, "/card")
}
