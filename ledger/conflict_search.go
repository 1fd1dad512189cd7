package ledger

import (
	"slices"

	"payung/models"
)

// listedElsewhere are the people on a new version of a list who stand on another
// one of the year. Of a long list, whoever came with its file can only be on one
// that was made since.
func (tx *Tx) listedElsewhere(r models.Roster) ([]string, error) {
	const (
		who   = `SELECT n.person_id FROM roster_rows n WHERE n.roster_id = ? AND `
		since = `(n.person_id || '') >= ? AND n.person_id IN (SELECT s.person_id FROM rosters w JOIN roster_rows s ON s.roster_id = w.id AND s.removed_by = ''
			WHERE w.regency_code = ? AND w.listed_at >= ? AND w.id <> ?) AND `
	)
	var all, fresh []string
	if r.ImportID == "" || r.Added <= int64(tx.l.StageSize()) {
		err := tx.db.Raw(who+elsewhere+" ORDER BY n.person_id", r.ID, r.ObligationID, r.PeriodID).Scan(&all).Error
		return all, err
	}
	if err := tx.db.Raw(who+knownBefore+" AND "+elsewhere, r.ID, r.ImportID, r.ObligationID, r.PeriodID).Scan(&all).Error; err != nil {
		return nil, err
	}
	begun := r.CreatedAt - 2*patience.Microseconds() // what began earlier may have ended later
	err := tx.db.Raw(who+since+elsewhere, r.ID, r.ImportID, r.RegencyCode, begun, r.ID, r.ObligationID, r.PeriodID).Scan(&fresh).Error
	all = append(all, fresh...)
	slices.Sort(all)
	return slices.Compact(all), err
}

// holdLists lets lists of a kabupaten come to count one after the other: of two
// with the same person, the second finds the first.
func (tx *Tx) holdLists(s models.Scope) error { return tx.hold("lists", s, "") }
