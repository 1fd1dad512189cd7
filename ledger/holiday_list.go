package ledger

import (
	"cmp"
	"slices"
	"strconv"

	"payung/domain/calendar"
	"payung/models"
)

// Where a day off is from.
const (
	HolidayOfTable  = "table"  // built in
	HolidayOfDecree = "decree" // recorded here, national
	HolidayOfPemda  = "pemda"  // recorded here, local
)

// HolidayView is a day off, or one that is off no more, with where it is from.
type HolidayView struct {
	calendar.Holiday
	Origin string
	Worked bool // taken back by what Origin says
}

// Holidays lists the days of a year as a Pemda has them, with those that were
// taken back; of no party, the national ones. Known is false for a year no
// decree is on record for.
func (tx *Tx) Holidays(partyID string, year int) (days []HolidayView, known bool, err error) {
	c, err := tx.Calendar(partyID)
	if err != nil {
		return nil, false, err
	}
	var rows []models.Holiday
	of := strconv.Itoa(year)
	err = tx.from("holidays").Where("party_id IN ? AND known_to = 0 AND day >= ? AND day <= ?", []string{"", partyID}, of+"-01-01", of+"-12-31").
		Order("party_id, day").Find(&rows).Error
	if err != nil {
		return nil, false, wrap("recorded days", err)
	}
	recorded := map[calendar.Day]models.Holiday{} // a local record after the national one
	for _, h := range rows {
		recorded[calendar.Day(h.Day)] = h
	}
	for _, h := range c.Holidays(year) {
		v := HolidayView{Holiday: h, Origin: HolidayOfTable}
		if r, ok := recorded[h.Day]; ok && holidayOf(r) == h {
			v.Origin = originOf(r)
		}
		days = append(days, v)
	}
	for _, r := range rows {
		if _, off := c.Holiday(calendar.Day(r.Day)); r.Kind == string(Worked) && !off && recorded[calendar.Day(r.Day)].ID == r.ID {
			days = append(days, HolidayView{Holiday: holidayOf(r), Origin: originOf(r), Worked: true})
		}
	}
	slices.SortFunc(days, func(a, b HolidayView) int { return cmp.Compare(a.Day, b.Day) })
	return days, c.Covers(year), nil
}

func originOf(h models.Holiday) string {
	if h.PartyID == "" {
		return HolidayOfDecree
	}
	return HolidayOfPemda
}
