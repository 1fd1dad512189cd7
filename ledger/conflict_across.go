package ledger

import (
	"payung/domain/fault"
	"payung/models"
)

// Across is somebody who stands on lists of several kabupaten in one year.
type Across struct {
	ID     string // of the person as the first of them knows them
	Places []AcrossPlace
}

// AcrossPlace is one of the lists.
type AcrossPlace struct {
	models.Scope
	PersonID      string
	Name          string
	NIKLast4      string `gorm:"column:nik_last4;serializer:digits"`
	Born          string
	UnitName      string
	ObligationID  string
	AgreementID   string
	GroupCode     string
	FundingSource string
	NIKIndex      []byte `gorm:"column:nik_index" json:"-"`
}

// listedIn are the places of people on lists of a year that count.
const listedIn = ` FROM roster_rows r JOIN rosters v ON v.id = r.roster_id AND v.version > 0 AND r.removed_by = ''
	JOIN periods y ON y.id = v.period_id AND y.year = ? JOIN agreements g ON g.id = v.agreement_id AND g.closed_on = ''`

// Across lists who stands on lists of several kabupaten. Each kabupaten knows
// its own people only; whoever oversees several finds them by the keyed index of
// their NIK.
func (tx *Tx) Across(year int, p Page) ([]Across, error) {
	switch tx.actor.Reach {
	case Everything, Province, Branch:
	default:
		return nil, fault.New(fault.Forbidden, "outside_scope", "only a province or a branch sees several kabupaten")
	}
	onList := `EXISTS (SELECT 1` + listedIn + ` WHERE r.person_id = persons.id)`
	everybody := tx.from("persons").Where(onList, year)
	twice := tx.from("persons").Where(onList, year).Select("nik_index").Group("nik_index").Having("COUNT(*) > 1")
	var heads []struct {
		ID       string
		NIKIndex []byte `gorm:"column:nik_index"`
	}
	err := everybody.Select("MIN(id) AS id, nik_index").Where("nik_index IN (?)", twice).
		Group("nik_index").Having("MIN(id) > ?", p.After).Order("MIN(id)").Limit(p.Size).Find(&heads).Error
	if err != nil || len(heads) == 0 {
		return nil, err
	}
	out, at, indexes := make([]Across, len(heads)), map[string]int{}, make([][]byte, len(heads))
	for i, h := range heads {
		out[i].ID, at[string(h.NIKIndex)], indexes[i] = h.ID, i, h.NIKIndex
	}
	var places []AcrossPlace
	err = tx.from("persons").Select(`r.province_code, r.regency_code, r.unit_id, r.branch_id, r.person_id, r.name, persons.nik_last4, r.born, u.name AS unit_name,
		v.obligation_id, v.agreement_id, l.group_code, l.funding_source, persons.nik_index`).
		Joins("JOIN roster_rows r ON r.person_id = persons.id AND r.removed_by = ''").
		Joins("JOIN rosters v ON v.id = r.roster_id AND v.version > 0").Joins("JOIN periods y ON y.id = v.period_id AND y.year = ?", year).
		Joins("JOIN agreements g ON g.id = v.agreement_id AND g.closed_on = ''").Joins("JOIN lines l ON l.id = v.line_id").
		Joins("JOIN units u ON u.id = r.unit_id").Where("persons.nik_index IN ?", indexes).Order("persons.id, r.id").Find(&places).Error
	for _, place := range places {
		i := at[string(place.NIKIndex)]
		out[i].Places = append(out[i].Places, place)
	}
	return out, err
}
