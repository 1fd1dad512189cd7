package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"payung/domain/fault"
	"payung/models"
)

// RevealedRow is a row of a batch with what is otherwise masked.
type RevealedRow struct {
	EnrolmentRowView
	NIK  string
	Card string
}

// RevealEnrolment returns the NIKs and card numbers of everybody in a batch, and
// writes down once who saw them and what for. Whoever asks later who saw the NIK
// of one of these people finds it; see [Tx.Reveals].
func (tx *Tx) RevealEnrolment(id, purpose string) ([]RevealedRow, error) {
	if !slices.Contains(RevealPurposes(), purpose) {
		return nil, fault.New(fault.Invalid, "unknown_purpose", "say what the number is needed for").On("purpose")
	}
	e, err := take[models.Enrolment](tx, "enrolments", "enrolment", id)
	if err != nil {
		return nil, err
	}
	if err := tx.actor.may(e.Scope); err != nil {
		return nil, err
	}
	rows, err := tx.batchRows(tx.from("enrolment_rows").Where("enrolment_rows.enrolment_id = ?", id).Order("enrolment_rows.number"))
	if err != nil {
		return nil, err
	}
	ciphers, err := tx.ciphersOf(id)
	if err != nil {
		return nil, err
	}
	out, seen := make([]RevealedRow, len(rows)), sha256.New()
	for i, r := range rows {
		out[i].EnrolmentRowView = r
		if out[i].Card, err = tx.cardOf(r.EnrolmentRow); err != nil {
			return nil, err
		}
		if out[i].NIK, err = tx.l.keys.OpenNIK(ciphers[r.PersonID], r.PersonID); err != nil {
			return nil, wrap("NIK", err)
		}
		seen.Write([]byte(r.PersonID + "\n"))
	}
	return out, tx.audit(revealed, "enrolment", id, e.Scope, map[string]any{"purpose": purpose, "people": len(out), "digest": hex.EncodeToString(seen.Sum(nil))})
}

// ciphersOf are the sealed NIKs of the people of a batch.
func (tx *Tx) ciphersOf(enrolmentID string) (map[string][]byte, error) {
	var people []models.Person
	err := tx.db.Select("id, nik_cipher").Where("id IN (?)", tx.db.Model(&models.EnrolmentRow{}).Select("person_id").Where("enrolment_id = ?", enrolmentID)).Find(&people).Error
	out := make(map[string][]byte, len(people))
	for _, p := range people {
		out[p.ID] = p.NIKCipher
	}
	return out, wrap("people of a batch", err)
}
