package ledger

import (
	"errors"
	"slices"
	"strings"

	"gorm.io/gorm/clause"

	"payung/domain/calendar"
	"payung/domain/nik"
	"payung/models"
)

// sealed is a person as it is stored: the NIK encrypted and findable, never in
// clear.
func (tx *Tx) sealed(a models.Agreement, n nik.NIK, r RosterRowInput, born calendar.Day) models.Person {
	p := models.Person{
		ID: newID(), Scope: a.Scope, KeyID: tx.l.keys.ID(), Name: strings.TrimSpace(r.Name), Born: string(born), Sex: r.Sex, CreatedAt: tx.micros(),
	}
	if !n.IsZero() {
		digits := n.Reveal()
		p.NIKCipher, p.NIKIndex, p.NIKLast4 = tx.l.keys.SealNIK(digits, p.ID), tx.l.keys.Index(digits), digits[len(digits)-4:]
	}
	return p
}

// persons finds or stores each person and maps blind indexes to IDs.
func (tx *Tx) persons(a models.Agreement, people []models.Person) (map[string]string, error) {
	err := insert(tx, people, clause.OnConflict{
		Columns:   []clause.Column{{Name: "province_code"}, {Name: "regency_code"}, {Name: "nik_index"}},
		DoNothing: true,
	})
	if err != nil {
		return nil, err
	}
	ids := make(map[string]string, len(people))
	for part := range slices.Chunk(people, 500) {
		indexes := make([][]byte, len(part))
		for i, p := range part {
			indexes[i] = p.NIKIndex
		}
		var rows []models.Person
		err := tx.db.Select("id, nik_index").
			Where("province_code = ? AND regency_code = ? AND nik_index IN ?", a.ProvinceCode, a.RegencyCode, indexes).Find(&rows).Error
		if err != nil {
			return nil, err
		}
		for _, p := range rows {
			ids[string(p.NIKIndex)] = p.ID
		}
	}
	if len(ids) == 0 && len(people) > 0 {
		return nil, errors.New("ledger: persons were stored and not found again")
	}
	return ids, nil
}

// RosterPerson is one row of a list as it may be shown: the NIK by its last
// four digits.
type RosterPerson struct {
	ID       string // of the row, for the next page
	Name     string
	NIKLast4 string `gorm:"column:nik_last4"`
	Born     string
	Wage     int64
	Findings string
}

// RosterRows lists the people on one version of a list.
func (tx *Tx) RosterRows(rosterID string, p Page) ([]RosterPerson, error) {
	if _, err := take[models.Roster](tx, "rosters", "roster", rosterID); err != nil {
		return nil, err
	}
	var rows []RosterPerson
	err := tx.from("roster_rows").Select("roster_rows.id, roster_rows.name, p.nik_last4, roster_rows.born, roster_rows.wage, roster_rows.findings").
		Joins("JOIN persons p ON p.id = roster_rows.person_id").
		Where("roster_rows.roster_id = ? AND roster_rows.id > ?", rosterID, p.After).Order("roster_rows.id").Limit(p.Size).Find(&rows).Error
	return rows, err
}
