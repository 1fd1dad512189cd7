package ledger

import (
	"gorm.io/gorm"

	"payung/letter"
	"payung/models"
)

// LetterView is a letter with everything it says and what became of it.
type LetterView struct {
	models.Letter
	Content    letter.Letter
	Delivery   Delivery
	Head       string        // name of the letterhead
	Zone       string        // of its agreement
	Earlier    models.Letter // the one it refers to
	Replaces   models.Letter
	ReplacedBy models.Letter
	Duties     []LetterDutyView
	Scan       models.Upload
	Signed     models.Upload
}

// LetterDutyView is a duty a letter is about, with the unit that owes it.
type LetterDutyView struct {
	models.Obligation
	UnitName  string
	Kecamatan string
}

// LetterView reads one letter with everything around it.
func (tx *Tx) LetterView(id string) (LetterView, error) {
	l, err := tx.Letter(id)
	if err != nil {
		return LetterView{}, err
	}
	v := LetterView{Letter: l}
	if v.Content, err = tx.content(l); err != nil {
		return v, err
	}
	if v.Delivery, err = tx.delivery(l); err != nil {
		return v, err
	}
	if err := tx.db.Model(&models.Letterhead{}).Select("name").Where("id = ?", l.LetterheadID).Scan(&v.Head).Error; err != nil {
		return v, err
	}
	if err := tx.db.Model(&models.Agreement{}).Select("zone").Where("id = ?", l.AgreementID).Scan(&v.Zone).Error; err != nil {
		return v, err
	}
	for id, into := range map[string]*models.Letter{l.EarlierID: &v.Earlier, l.ReplacesID: &v.Replaces} {
		if id == "" {
			continue
		}
		if err := tx.db.Limit(1).Find(into, "id = ?", id).Error; err != nil {
			return v, err
		}
	}
	if err := tx.db.Limit(1).Find(&v.ReplacedBy, "replaces_id = ?", l.ID).Error; err != nil {
		return v, err
	}
	for id, into := range map[string]*models.Upload{l.ScanID: &v.Scan, l.SignedID: &v.Signed} {
		if id == "" {
			continue
		}
		if err := tx.db.Limit(1).Find(into, "id = ?", id).Error; err != nil {
			return v, err
		}
	}
	v.Duties, err = tx.letterDuties(l.ID)
	return v, err
}

// letterDuties are the duties of a letter that the actor may see.
func (tx *Tx) letterDuties(id string) ([]LetterDutyView, error) {
	var rows []LetterDutyView
	err := tx.namedDuties().Joins("JOIN letter_duties d ON d.obligation_id = obligations.id AND d.letter_id = ?", id).
		Order("kecamatan, unit_name, obligations.id").Find(&rows).Error
	return rows, wrap("duties of a letter", err)
}

// namedDuties is from, with the names of the units that owe and of their
// kecamatan.
func (tx *Tx) namedDuties() *gorm.DB {
	return tx.from("obligations").Select("obligations.*, COALESCE(u.name, '') AS unit_name, COALESCE(k.name, '') AS kecamatan").
		Joins("LEFT JOIN units u ON u.id = obligations.unit_id LEFT JOIN units k ON k.id = u.parent_id AND k.kind = 'kecamatan'")
}
