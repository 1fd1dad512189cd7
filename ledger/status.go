package ledger

import (
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// maxPeople bounds a count typed by hand: more people than Indonesia has in a
// province is a slip of the keyboard.
const maxPeople = 60_000_000

func badCount(field string) error {
	return fault.New(fault.Invalid, "bad_count", "%s must be between 0 and %d", field, maxPeople).On(field).With("field", field)
}

// PeopleStates are the states people of a unit go through, in order. None
// implies another: a list handed in is not a registration, a signature is not
// cover.
func PeopleStates() []string {
	return []string{"listed", "submitted", "registered", "paid", "protected"}
}

// StatusInput is how many people of a unit have reached a state.
type StatusInput struct {
	State    string
	People   int64
	Until    string // paid or protected up to that day
	On       calendar.When
	SourceID string
}

// RecordStatus records a count of people in a state for one unit of a year,
// such as BPJS's answer to an enrolment.
func (tx *Tx) RecordStatus(agreementID, periodID, unitID string, in StatusInput) error {
	a, err := tx.Agreement(agreementID)
	if err != nil {
		return err
	}
	p, err := tx.period(a.ID, periodID)
	if err != nil {
		return err
	}
	u, err := take[models.Unit](tx, "units", "unit", unitID)
	if err != nil {
		return err
	}
	s := a.Scope
	s.UnitID = u.ID
	if err := tx.actor.may(s); err != nil {
		return err
	}
	if err := tx.mustSource(in.SourceID); err != nil {
		return err
	}
	if err := tx.addStatus(a, p.LineID, p.ID, u.ID, in); err != nil {
		return err
	}
	return tx.audit("status.recorded", "unit", u.ID, s, map[string]any{"agreement": a.ID, "state": in.State, "people": in.People})
}

func (tx *Tx) addStatus(a models.Agreement, lineID, periodID, unitID string, in StatusInput) error {
	if in.People < 0 || in.People > maxPeople {
		return badCount("people")
	}
	known := false
	for _, s := range PeopleStates() {
		known = known || s == in.State
	}
	if !known {
		return fault.New(fault.Invalid, "unknown_state", "people are listed, submitted, registered, paid or protected").On("state")
	}
	if err := checkWhen("on", in.On); err != nil {
		return err
	}
	if in.Until != "" {
		if _, err := checkDay("until", in.Until); err != nil {
			return err
		}
	}
	if periodID == "" {
		return notFound("period")
	}
	s := a.Scope
	s.UnitID = unitID
	row := models.Status{
		ID: newID(), Scope: s, AgreementID: a.ID, LineID: lineID, PeriodID: periodID, State: in.State, People: in.People, Until: in.Until,
		OnDay: string(in.On.On), Precision: string(in.On.Precision), SourceID: in.SourceID, Recorded: tx.recorded(),
	}
	if err := insert(tx, []models.Status{row}); err != nil {
		return err
	}
	return tx.setCounter(a, lineID, row)
}

// setCounter makes the latest status the unit's counter and notes the
// difference for the rollup. A status that is older than the one counted
// changes nothing now; as_of still finds it. The counter is there and locked
// before it is read, so two counts that come at once take turns.
func (tx *Tx) setCounter(a models.Agreement, lineID string, s models.Status) error {
	was := models.UnitCounter{PeriodID: s.PeriodID, UnitID: s.UnitID, State: s.State}
	if err := insert(tx, []models.UnitCounter{was}, clause.OnConflict{DoNothing: true}); err != nil {
		return err
	}
	counter := func() *gorm.DB {
		return tx.db.Model(&models.UnitCounter{}).Where("period_id = ? AND unit_id = ? AND state = ?", s.PeriodID, s.UnitID, s.State)
	}
	if err := tx.forChange(counter()).Take(&was).Error; err != nil {
		return err
	}
	var later int64
	err := tx.db.Model(&models.Status{}).
		Where("period_id = ? AND unit_id = ? AND state = ? AND known_to = 0 AND id <> ? AND on_day > ?", s.PeriodID, s.UnitID, s.State, s.ID, s.OnDay).
		Count(&later).Error
	if err != nil || later > 0 {
		return err
	}
	if err := counter().Updates(map[string]any{"people": s.People, "until": s.Until}).Error; err != nil {
		return err
	}
	line, err := tx.line(a.ID, lineID)
	if err != nil {
		return err
	}
	return tx.count(a.ID, line.GroupCode, s.State, s.People-was.People)
}
