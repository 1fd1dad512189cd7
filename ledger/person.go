package ledger

import "payung/models"

// RosterPerson is one place on a list as it may be shown: the NIK by its last
// four digits.
type RosterPerson struct {
	ID       string // of the row, for the next page
	PersonID string
	Name     string
	NIKLast4 string `gorm:"column:nik_last4;serializer:digits"`
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

// KnownPerson is somebody a template was filled with, for the check of what
// comes back.
type KnownPerson struct {
	RowID    string
	PersonID string
	Name     string
	Born     string
	Sex      string
	Wage     int64
	NIKLast4 string `gorm:"column:nik_last4;serializer:digits"`
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
