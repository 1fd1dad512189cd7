package ledger

import (
	"gorm.io/gorm"

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
		Joins("LEFT JOIN rosters gone ON gone.id = roster_rows.removed_by").
		Where("v.obligation_id = ? AND v.version <= ? AND (gone.id IS NULL OR gone.version > ?)", r.ObligationID, r.Version, r.Version).
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
	q, _, err := tx.known(rosterID, "")
	if err != nil {
		return nil, err
	}
	var rows []KnownPerson
	return rows, q.Find(&rows).Error
}

func (tx *Tx) known(rosterID, more string) (*gorm.DB, models.Roster, error) {
	r, err := take[models.Roster](tx, "rosters", "roster", rosterID)
	if err != nil {
		return nil, r, err
	}
	return tx.from("roster_rows").Select("roster_rows.id AS row_id, roster_rows.person_id, roster_rows.name, roster_rows.born, roster_rows.sex, roster_rows.wage, p.nik_last4"+more).
		Joins("JOIN persons p ON p.id = roster_rows.person_id JOIN rosters v ON v.id = roster_rows.roster_id AND v.version > 0").
		Where("v.obligation_id = ? AND roster_rows.removed_by = ''", r.ObligationID).Order("roster_rows.name, roster_rows.id"), r, nil
}

// CarriedPerson is somebody a template was filled with, with the NIK the
// template shows the end of.
type CarriedPerson struct {
	KnownPerson
	NIK Digits `gorm:"-"`

	NIKCipher []byte `gorm:"column:nik_cipher"`
}

// CarriedPeople are the people standing on the list that a roster belongs to,
// for the reading of a template that was filled from it. It is for the system's
// own use: nobody is shown a NIK this way, and that they were compared is
// audited.
func (tx *Tx) CarriedPeople(rosterID string) ([]CarriedPerson, error) {
	if tx.actor.Reach != Everything {
		return nil, fault.New(fault.Forbidden, "outside_scope", "only the reading of a file compares whole NIKs")
	}
	q, r, err := tx.known(rosterID, ", p.nik_cipher")
	if err != nil {
		return nil, err
	}
	var out []CarriedPerson
	if err := q.Find(&out).Error; err != nil {
		return nil, err
	}
	for i, p := range out {
		digits, err := tx.l.keys.OpenNIK(p.NIKCipher, p.PersonID)
		if err != nil {
			return nil, wrap("NIK of a person", err)
		}
		out[i].NIK, out[i].NIKCipher = Digits(digits), nil
	}
	return out, tx.audit("nik.compared", "roster", r.ID, r.Scope, map[string]any{"people": len(out)})
}

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
