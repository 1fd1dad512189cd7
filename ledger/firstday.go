package ledger

import (
	"payung/domain/calendar"
	"payung/models"
)

// keepFirstDays gives the rows of a prepared roster the first days that its file
// knows nothing of: whoever stands on the list since a day during the year still
// does since that day, and whoever left it is back from the day on which the
// file was handed in.
func (tx *Tx) keepFirstDays(o models.Obligation, r models.Roster) error {
	var rows []struct {
		ID                string
		Stands            bool
		FirstDay, LastDay string
	}
	// The list is looked through first: few have anybody of the kind.
	err := tx.db.Raw(`SELECT n.id, EXISTS (SELECT 1 FROM `+current+` WHERE v.obligation_id = ? AND r.person_id = n.person_id) AS stands,
			MAX(CASE WHEN s.removed_by = '' THEN s.from_day ELSE '' END) AS first_day, MAX(s.to_day) AS last_day
		FROM (SELECT r.person_id, r.from_day, r.to_day, r.removed_by FROM roster_rows r JOIN rosters v ON v.id = r.roster_id AND v.version > 0
			WHERE v.obligation_id = ? AND (r.removed_by = '' AND r.from_day <> '' OR r.to_day <> '')) s
		JOIN roster_rows n ON n.roster_id = ? AND n.person_id = s.person_id AND n.from_day = ''
		GROUP BY n.id, n.person_id`, o.ID, o.ID, r.ID).Scan(&rows).Error
	if err != nil {
		return err
	}
	for _, row := range rows {
		first := row.FirstDay
		if !row.Stands {
			first = max(string(calendar.Day(row.LastDay).Add(1)), r.OnDay)
		}
		if err := tx.db.Model(&models.RosterRow{}).Where("id = ?", row.ID).Update("from_day", first).Error; err != nil {
			return err
		}
	}
	return nil
}
