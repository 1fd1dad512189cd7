package ledger

import (
	"cmp"
	"slices"

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
	return tx.addStatuses(a, []models.Status{{
		ID: newID(), Scope: s, AgreementID: a.ID, LineID: lineID, PeriodID: periodID, State: in.State, People: in.People, Until: in.Until,
		OnDay: string(in.On.On), Precision: string(in.On.Precision), SourceID: in.SourceID, Recorded: tx.recorded(),
	}})
}

// addStatuses records how many people of units have reached one state of one
// year, each unit once, with a few statements whatever their number.
func (tx *Tx) addStatuses(a models.Agreement, rows []models.Status) error {
	if len(rows) == 0 {
		return nil
	}
	slices.SortFunc(rows, func(a, b models.Status) int { return cmp.Compare(a.UnitID, b.UnitID) })
	if err := insert(tx, rows); err != nil {
		return err
	}
	for part := range slices.Chunk(rows, 300) {
		if err := tx.setCounters(a, part); err != nil {
			return err
		}
	}
	return nil
}

// setCounters makes the latest statuses their units' counters and notes the
// difference for the rollup. A status that is older than the one counted
// changes nothing now; as_of still finds it. The counters are there and locked,
// in order of unit, before they are read, so two counts that come at once take
// turns.
func (tx *Tx) setCounters(a models.Agreement, rows []models.Status) error {
	period, state := rows[0].PeriodID, rows[0].State
	units, zero := make([]string, len(rows)), make([]models.UnitCounter, len(rows))
	for i, s := range rows {
		units[i], zero[i] = s.UnitID, models.UnitCounter{PeriodID: period, UnitID: s.UnitID, State: state}
	}
	if err := insert(tx, zero, clause.OnConflict{DoNothing: true}); err != nil {
		return err
	}
	var was []models.UnitCounter
	err := tx.forChange(tx.db.Model(&models.UnitCounter{}).Where("period_id = ? AND state = ? AND unit_id IN ?", period, state, units)).
		Order("unit_id").Find(&was).Error
	if err != nil {
		return err
	}
	var latest []struct{ UnitID, OnDay string }
	err = tx.db.Model(&models.Status{}).Select("unit_id, MAX(on_day) AS on_day").
		Where("period_id = ? AND state = ? AND known_to = 0 AND unit_id IN ?", period, state, units).Group("unit_id").Find(&latest).Error
	if err != nil {
		return err
	}
	last, before := make(map[string]string, len(rows)), make(map[string]int64, len(rows))
	for _, l := range latest {
		last[l.UnitID] = l.OnDay
	}
	for _, c := range was {
		before[c.UnitID] = c.People
	}
	var now []models.UnitCounter
	var change int64
	for _, s := range rows {
		if last[s.UnitID] > s.OnDay {
			continue
		}
		now = append(now, models.UnitCounter{PeriodID: period, UnitID: s.UnitID, State: state, People: s.People, Until: s.Until})
		change += s.People - before[s.UnitID]
	}
	err = insert(tx, now, clause.OnConflict{
		Columns:   []clause.Column{{Name: "period_id"}, {Name: "unit_id"}, {Name: "state"}},
		DoUpdates: clause.AssignmentColumns([]string{"people", "until"}),
	})
	if err != nil {
		return err
	}
	line, err := tx.line(a.ID, rows[0].LineID)
	if err != nil {
		return err
	}
	return tx.count(a.ID, line.GroupCode, state, change)
}
