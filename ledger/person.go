package ledger

import (
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// RosterPerson is one place on a list as it may be shown: the NIK by its last
// four digits.
type RosterPerson struct {
	ID       string // of the row, for the next page
	PersonID string
	Name     string
	NIKLast4 string `gorm:"column:nik_last4"`
	Born     string
	Sex      string
	Wage     int64
	FromDay  string
	ToDay    string
	Leaving  string
	Since    int    // version that put the person there
	PutBy    string // who did
	OnBehalf string // for whom
	Findings string

	Elsewhere bool // stands on another list of the year too, which nobody has decided yet
}

const rosterPerson = `roster_rows.id, roster_rows.person_id, roster_rows.name, p.nik_last4, roster_rows.born, roster_rows.sex, roster_rows.wage, roster_rows.from_day,
	roster_rows.to_day, roster_rows.leaving, v.version AS since, v.actor AS put_by, v.on_behalf, roster_rows.findings,
	EXISTS (SELECT 1 FROM conflict_sides cs JOIN conflicts c ON c.id = cs.conflict_id AND c.state = 'open' WHERE cs.row_id = roster_rows.id) AS elsewhere`

// Who stood on a version of a list: put there by it or one before, and not taken
// off by then. What the list of another year takes off is off that one from
// then on; what a version said stays.
const (
	goneSince = `LEFT JOIN rosters gone ON gone.id = roster_rows.removed_by AND gone.obligation_id = v.obligation_id`
	stoodOn   = `v.obligation_id = ? AND v.version <= ? AND (gone.id IS NULL OR gone.version > ?)`
)

// RosterRows lists the people on one version of a list.
func (tx *Tx) RosterRows(rosterID string, p Page) ([]RosterPerson, error) {
	r, err := take[models.Roster](tx, "rosters", "roster", rosterID)
	if err != nil {
		return nil, err
	}
	if r.Version == 0 {
		return nil, fault.New(fault.Conflict, "roster_pending", "this list is still being prepared")
	}
	var rows []RosterPerson
	err = tx.from("roster_rows").Select(rosterPerson).
		Joins("JOIN persons p ON p.id = roster_rows.person_id JOIN rosters v ON v.id = roster_rows.roster_id AND v.version > 0").
		Joins(goneSince).Where(stoodOn, r.ObligationID, r.Version, r.Version).
		Where("roster_rows.id > ?", p.After).Order("roster_rows.id").Limit(p.Size).Find(&rows).Error
	return rows, err
}

// Listed lists the people who were on a unit's list on a day, as it is known
// now; "" is today. Whoever left stays on it until the last day, whoever was
// struck was never there.
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
	day := string(on)
	var rows []RosterPerson
	err = tx.from("roster_rows").Select(rosterPerson).
		Joins("JOIN persons p ON p.id = roster_rows.person_id JOIN rosters v ON v.id = roster_rows.roster_id AND v.version > 0").
		Joins("LEFT JOIN periods y ON y.id = v.period_id").
		Where("v.obligation_id = ? AND (roster_rows.removed_by = '' OR roster_rows.to_day <> '')", o.ID).
		Where("COALESCE(NULLIF(roster_rows.from_day, ''), y.from_day, '') <= ? AND COALESCE(NULLIF(roster_rows.to_day, ''), y.to_day, '9999') >= ?", day, day).
		Where("roster_rows.id > ?", p.After).Order("roster_rows.id").Limit(p.Size).Find(&rows).Error
	return rows, err
}

// KnownPerson is somebody a template was filled with, for the check of what
// comes back.
type KnownPerson struct {
	RowID    string
	PersonID string
	Name     string
	Born     string
	Sex      string
	Wage     int64
	NIKLast4 string `gorm:"column:nik_last4"`
}

// KnownPeople are the people standing on the list that a roster belongs to, for
// a template or the check of one.
func (tx *Tx) KnownPeople(rosterID string) ([]KnownPerson, error) {
	r, err := take[models.Roster](tx, "rosters", "roster", rosterID)
	if err != nil {
		return nil, err
	}
	var rows []KnownPerson
	err = tx.from("roster_rows").Select(knownPerson).Joins(knownBy).
		Where("v.obligation_id = ? AND roster_rows.removed_by = ''", r.ObligationID).Order("roster_rows.name, roster_rows.id").Find(&rows).Error
	return rows, err
}

const (
	knownPerson = "roster_rows.id AS row_id, roster_rows.person_id, roster_rows.name, roster_rows.born, roster_rows.sex, roster_rows.wage, p.nik_last4"
	knownBy     = "JOIN persons p ON p.id = roster_rows.person_id JOIN rosters v ON v.id = roster_rows.roster_id AND v.version > 0"
)

// LatestRoster is the last version of the list of a duty, or of the unit's list
// of the year before if there is none yet; the zero value if there is neither.
func (tx *Tx) LatestRoster(obligationID string) (models.Roster, error) {
	o, err := tx.Obligation(obligationID)
	if err != nil {
		return models.Roster{}, err
	}
	var r models.Roster
	err = tx.from("rosters").Where("rosters.obligation_id = ? AND rosters.version > 0", o.ID).Order("rosters.version DESC").Limit(1).Find(&r).Error
	if err != nil || r.ID != "" {
		return r, err
	}
	err = tx.from("rosters").Joins("JOIN periods y ON y.id = rosters.period_id JOIN periods mine ON mine.id = ?", o.PeriodID).
		Where("rosters.unit_id = ? AND rosters.line_id = ? AND rosters.version > 0 AND y.year < mine.year", o.UnitID, o.LineID).
		Order("y.year DESC, rosters.version DESC").Limit(1).Find(&r).Error
	return r, err
}
