package ledger

import (
	"gorm.io/gorm"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// Who stood on a version of a list: put there by it or one before, and not taken
// off by then. What the list of another year takes off is off that one from
// then on; what a version said stays.
const (
	goneSince = `LEFT JOIN rosters gone ON gone.id = roster_rows.removed_by AND gone.obligation_id = v.obligation_id`
	stoodOn   = `(gone.id IS NULL OR gone.version > ?)`
)

// RosterRows lists the people on one version of a list, in the order in which
// versions put them there. A page begins after the row it names.
func (tx *Tx) RosterRows(rosterID string, p Page) ([]RosterPerson, error) {
	r, err := take[models.Roster](tx, "rosters", "roster", rosterID)
	if err != nil {
		return nil, err
	}
	if r.Version == 0 {
		return nil, fault.New(fault.Conflict, "roster_pending", "this list is still being prepared")
	}
	return tx.listPage(r.ObligationID, r.Version, p, func(q *gorm.DB) *gorm.DB { return q.Joins(goneSince).Where(stoodOn, r.Version) })
}

// Listed lists the people who were on a unit's list on a day, as it is known
// now; "" is today. Whoever left stays on it until the last day, whoever was
// struck was never there. The order is that of [Tx.RosterRows].
func (tx *Tx) Listed(obligationID string, on calendar.Day, p Page) ([]RosterPerson, error) {
	o, err := tx.Obligation(obligationID)
	if err != nil {
		return nil, err
	}
	if on == "" {
		a, err := tx.Agreement(o.AgreementID)
		if err != nil {
			return nil, err
		}
		on = tx.today(a.Zone)
	}
	last, err := tx.lastVersion(o.ID)
	if err != nil {
		return nil, err
	}
	day := string(on)
	return tx.listPage(o.ID, last.Version, p, func(q *gorm.DB) *gorm.DB {
		return q.Joins("LEFT JOIN periods y ON y.id = v.period_id").Where("(roster_rows.removed_by = '' OR roster_rows.to_day <> '')").
			Where("COALESCE(NULLIF(roster_rows.from_day, ''), y.from_day, '') <= ? AND COALESCE(NULLIF(roster_rows.to_day, ''), y.to_day, '9999') >= ?", day, day)
	})
}

// listPage reads a page of the people that the versions of a list up to one have
// put there. It goes through the versions by the index of their rows, so a page
// costs the same at the beginning and at the end of a long list.
func (tx *Tx) listPage(obligationID string, upTo int, p Page, narrow func(*gorm.DB) *gorm.DB) ([]RosterPerson, error) {
	var versions []models.Roster
	err := tx.from("rosters").Where("obligation_id = ? AND version > 0 AND version <= ?", obligationID, upTo).Order("version").Find(&versions).Error
	if err != nil {
		return nil, err
	}
	at, after := 0, p.After
	if after != "" {
		var of string
		if err := tx.from("roster_rows").Where("roster_rows.id = ?", after).Pluck("roster_id", &of).Error; err != nil {
			return nil, err
		}
		for at < len(versions) && versions[at].ID != of {
			at++
		}
	}
	var out []RosterPerson
	for at < len(versions) && len(out) < p.Size {
		some := versionsAtOnce(versions[at:], p.Size)
		q := tx.from("roster_rows").Select(rosterPerson).
			Joins("JOIN persons p ON p.id = roster_rows.person_id JOIN rosters v ON v.id = roster_rows.roster_id").
			Where("roster_rows.roster_id IN ?", some)
		order := "v.version, roster_rows.id"
		switch {
		case len(some) == 1: // said so that the index leads
			q, order = q.Where("roster_rows.id > ?", after), "roster_rows.id"
		case after != "":
			q = q.Where("(roster_rows.roster_id <> ? OR roster_rows.id > ?)", versions[at].ID, after)
		}
		var rows []RosterPerson
		if err := narrow(q).Order(order).Limit(p.Size - len(out)).Find(&rows).Error; err != nil {
			return nil, err
		}
		out = append(out, rows...)
		at, after = at+len(some), ""
	}
	return out, nil
}

// versionsAtOnce are the IDs of the first of some versions that are asked for at once:
// one, or as many small ones as put no more people on the list than a page has.
func versionsAtOnce(versions []models.Roster, size int) []string {
	ids, people := []string{versions[0].ID}, versions[0].Added
	for _, v := range versions[1:] {
		if people += v.Added; people > int64(size) {
			break
		}
		ids = append(ids, v.ID)
	}
	return ids
}
