package ledger

import (
	"errors"

	"gorm.io/gorm"

	"payung/domain/calendar"
	"payung/models"
)

// DutyView is one duty with the names people know it by.
type DutyView struct {
	models.Obligation
	UnitName   string
	Kecamatan  string
	Agreement  string // its title
	Zone       calendar.Zone
	Year       int // 0: of no year
	From, To   calendar.Day
	Terminated bool             // the agreement is
	Statement  models.Statement `gorm:"-"` // the last one that was signed
	Asked      calendar.Day     `gorm:"-"` // more time is asked for, until then; "": it is not
	Pause      PauseView        `gorm:"-"` // in which its clock stands; without an ID it runs
}

// Duty reads one duty with its names.
func (tx *Tx) Duty(id string) (DutyView, error) {
	var d DutyView
	err := tx.from("obligations").Select(`obligations.*, COALESCE(u.name, '') AS unit_name, COALESCE(k.name, '') AS kecamatan, a.title AS agreement, a.zone,
			COALESCE(y.year, 0) AS year, COALESCE(y.from_day, '') AS "from", COALESCE(y.to_day, '') AS "to", a.closed_on <> '' AS terminated`).
		Joins("JOIN agreements a ON a.id = obligations.agreement_id LEFT JOIN periods y ON y.id = obligations.period_id").
		Joins("LEFT JOIN units u ON u.id = obligations.unit_id LEFT JOIN units k ON k.id = u.parent_id AND k.kind = 'kecamatan'").
		Where("obligations.id = ?", id).Take(&d).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return d, notFound("obligation")
	}
	if err != nil {
		return d, wrap("duty", err)
	}
	if d.Statement, err = tx.Statement(id); err != nil {
		return d, err
	}
	if d.Asked, err = tx.AskedUntil(id); err != nil {
		return d, err
	}
	d.Pause, err = tx.PauseOf(id)
	return d, err
}

// PlaceView is one person's place on a list.
type PlaceView struct {
	RosterPerson
	ObligationID string
	RemovedBy    string // ID of the version that took it away; "": it stands
}

// Place reads one person's place on a list.
func (tx *Tx) Place(rowID string) (PlaceView, error) {
	var p PlaceView
	err := tx.from("roster_rows").Select(rosterPerson+", v.obligation_id, roster_rows.removed_by").
		Joins("JOIN persons p ON p.id = roster_rows.person_id JOIN rosters v ON v.id = roster_rows.roster_id AND v.version > 0").
		Where("roster_rows.id = ?", rowID).Take(&p).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return p, notFound("person")
	}
	return p, wrap("place on a list", err)
}
