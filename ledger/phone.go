package ledger

import (
	"strings"

	"payung/domain/calendar"
)

// PhoneOwners are the units whose post holders have a phone number, whatever
// way it is written; none for what is no number.
func (tx *Tx) PhoneOwners(partyID, phone string) ([]string, error) {
	want := phoneKey(phone)
	if len(want) < 8 {
		return nil, nil
	}
	today := string(tx.today(string(calendar.WITA)))
	var held []struct{ UnitID, Phone string }
	err := tx.from("post_holders").Select("p.unit_id, post_holders.phone").
		Joins("JOIN posts p ON p.id = post_holders.post_id").
		Where("p.party_id = ? AND p.unit_id <> '' AND post_holders.phone <> '' AND "+inOffice, partyID, today, today).
		Order("p.unit_id").Find(&held).Error
	var units []string
	for _, h := range held {
		if phoneKey(h.Phone) == want {
			units = append(units, h.UnitID)
		}
	}
	return units, err
}

// phoneKey is a number's digits without what stands before the subscriber's
// own: +62 812 and 0812 are the same.
func phoneKey(s string) string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
	if rest, ok := strings.CutPrefix(digits, "62"); ok {
		digits = rest
	}
	return strings.TrimLeft(digits, "0")
}
