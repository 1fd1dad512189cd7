package ledger

import (
	"payung/domain/fault"
	"payung/models"
)

// CarriedPerson is somebody a template was filled with, with the NIK the
// template shows the end of.
type CarriedPerson struct {
	KnownPerson
	NIK  Digits `gorm:"-"`
	Left bool   `gorm:"column:has_left"` // the person was taken off since, and stands on no list the template is about

	NIKCipher []byte `gorm:"column:nik_cipher"`
}

// whoLeft reports of a row that nobody of that person stands on the list it
// belongs to, or on that of a duty, any more, since somebody left and was not
// put back.
const whoLeft = `roster_rows.removed_by <> '' AND roster_rows.leaving NOT IN ('', '` + Undone + `')
	AND NOT EXISTS (SELECT 1 FROM roster_rows n JOIN rosters nv ON nv.id = n.roster_id AND nv.version > 0 AND n.removed_by = ''
		WHERE n.person_id = roster_rows.person_id AND nv.obligation_id IN (v.obligation_id, ?))`

// CarriedPeople are the people who stood on a version of a list, for the reading
// of a template for a duty that was filled from it: a second round of the same
// template has the same rows, whatever the first has changed. Another unit's
// list is not found. It is for the system's own use: nobody is shown a NIK this
// way, and that they were compared is audited.
func (tx *Tx) CarriedPeople(obligationID, rosterID string) ([]CarriedPerson, error) {
	if tx.actor.Reach != Everything {
		return nil, fault.New(fault.Forbidden, "outside_scope", "only the reading of a file compares whole NIKs")
	}
	o, err := tx.Obligation(obligationID)
	if err != nil {
		return nil, err
	}
	r, err := take[models.Roster](tx, "rosters", "roster", rosterID)
	if err != nil {
		return nil, err
	}
	if r.UnitID != o.UnitID || r.LineID != o.LineID || r.Version == 0 {
		return nil, notFound("roster")
	}
	var out []CarriedPerson
	err = tx.from("roster_rows").Select(knownPerson+", p.nik_cipher, "+whoLeft+" AS has_left", o.ID).Joins(knownBy).Joins(goneSince).
		Where("v.obligation_id = ? AND v.version <= ?", r.ObligationID, r.Version).Where(stoodOn, r.Version).Order("roster_rows.id").Find(&out).Error
	if err != nil {
		return nil, err
	}
	for i, p := range out {
		digits, err := tx.l.keys.OpenNIK(p.NIKCipher, p.PersonID)
		if err != nil {
			return nil, wrap("NIK of a person", err)
		}
		out[i].NIK, out[i].NIKCipher = Digits(digits), nil
	}
	return out, tx.audit("nik.compared", "roster", r.ID, r.Scope, map[string]any{"people": len(out)})
}
