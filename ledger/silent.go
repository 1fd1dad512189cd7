package ledger

import (
	"payung/domain/calendar"
	"payung/models"
)

// SilentUnit is a unit of which nothing has come for a year's duty, with whom
// to ask.
type SilentUnit struct {
	models.Obligation
	UnitName string
	Parent   string // the kecamatan: villages of two have the same name
	Files    int64  // that came and are no list yet, such as a photo
	DaysLate int    `gorm:"-"`
	// Asked is the day until which more time is asked for; "": it is not.
	Asked calendar.Day `gorm:"-"`
	// Contacts hold the unit's posts now and can be called.
	Contacts []Contact `gorm:"-"`
}

// Contact is somebody to call.
type Contact struct {
	UnitID string
	Title  string // of the post
	Name   string
	Phone  string
}

// Silent lists the units that have not answered for a year, by kecamatan and
// name. With no notice delivered nobody has asked them yet; one whose clock is
// stopped waits for the other side and is not among them.
func (tx *Tx) Silent(agreementID, periodID string) ([]SilentUnit, error) {
	a, err := tx.Agreement(agreementID)
	if err != nil {
		return nil, err
	}
	p, err := tx.period(a.ID, periodID)
	if err != nil {
		return nil, err
	}
	var rows []SilentUnit
	err = tx.owingLists(p.ID).Where("obligations.state = ? AND obligations.paused_at = 0", StateOpen).
		Select(`obligations.*, u.name AS unit_name, COALESCE(k.name, '') AS parent,
			(SELECT COUNT(*) FROM uploads f WHERE f.obligation_id = obligations.id AND f.state IN ('needs_sheet', 'placed')) AS files`).
		Joins("JOIN units u ON u.id = obligations.unit_id").Joins("LEFT JOIN units k ON k.id = u.parent_id AND k.kind = 'kecamatan'").
		Order("parent, unit_name, obligations.id").Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	today := tx.today(a.Zone)
	var contacts []Contact
	err = tx.from("post_holders").Select("p.unit_id, p.title, post_holders.name, post_holders.phone").
		Joins("JOIN posts p ON p.id = post_holders.post_id").
		Where("p.party_id = ? AND p.unit_id <> '' AND post_holders.phone <> '' AND "+inOffice, a.PemdaPartyID, string(today), string(today)).
		Order("p.unit_id, p.title, post_holders.id").Find(&contacts).Error
	if err != nil {
		return nil, err
	}
	of := map[string][]Contact{}
	for _, c := range contacts {
		of[c.UnitID] = append(of[c.UnitID], c)
	}
	asked, err := tx.WaitingExtensions(a.ID)
	if err != nil {
		return nil, err
	}
	for i, r := range rows {
		rows[i].Contacts, rows[i].Asked = of[r.UnitID], asked[r.ID]
		if target := calendar.Day(r.TargetOn); target != "" && target < today {
			rows[i].DaysLate = today.Sub(target)
		}
	}
	return rows, nil
}
