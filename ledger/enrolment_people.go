package ledger

import (
	"payung/domain/calendar"
	"payung/domain/enrolment"
	"payung/domain/worker"
	"payung/models"
)

// counted is how many people of a unit the batches of a year say are in one
// state, and what was said of them otherwise.
type countedState struct {
	UnitID, State string
	People        int64  // by the rows of batches
	Said          int64  // by the last count that somebody reported; it is never lowered by rows
	Last          string // day of the last count, of either kind
	Counter       int64  // as it stands
}

// countPeople brings the counts of the units of a batch, or of some of them, in
// line with its rows. Submitted is whoever is with the branch, registered
// whoever it accepted, protected whose cover has begun. A count that somebody
// reported holds until rows exceed it: the rows may be about the same people.
func (tx *Tx) countPeople(a models.Agreement, e models.Enrolment, on calendar.Day, units []string) error {
	if units == nil {
		if err := tx.db.Model(&models.EnrolmentRow{}).Where("enrolment_id = ?", e.ID).Distinct().Order("unit_id").Pluck("unit_id", &units).Error; err != nil {
			return err
		}
	}
	if len(units) == 0 {
		return nil
	}
	all, err := tx.statesOf(e, units)
	if err != nil {
		return err
	}
	rows := map[string][]models.Status{}
	for _, c := range all {
		people := max(c.People, c.Said)
		if people == c.Counter {
			continue
		}
		s := a.Scope
		s.UnitID = c.UnitID
		rows[c.State] = append(rows[c.State], models.Status{
			ID: newID(), Scope: s, AgreementID: a.ID, LineID: e.LineID, PeriodID: e.PeriodID, State: c.State, People: people,
			OnDay: max(string(on), c.Last), Precision: string(calendar.Exact), SourceID: e.SourceID, EnrolmentID: e.ID, Recorded: tx.recorded(),
		})
	}
	for _, state := range []string{"submitted", "registered", "protected"} {
		if err := tx.addStatuses(a, rows[state]); err != nil {
			return err
		}
	}
	return nil
}

// statesOf counts the rows of a year's batches for units, beside what is said of
// them.
func (tx *Tx) statesOf(e models.Enrolment, units []string) ([]countedState, error) {
	covered := "0"
	group, _ := worker.Find(e.GroupCode)
	for _, card := range []string{"", "known"} {
		if (enrolment.Answer{State: enrolment.Registered, Card: card, On: "2025-01-01"}).Protects(group.Segment) {
			covered = map[string]string{"": "1", "known": "CASE WHEN length(card) > 0 THEN 1 ELSE 0 END"}[card]
			break
		}
	}
	var out []countedState
	err := tx.db.Raw(`SELECT t.unit_id, t.state, SUM(t.n) AS people, COALESCE(MAX(said.people), 0) AS said, COALESCE(MAX(last.on_day), '') AS last, COALESCE(MAX(c.people), 0) AS counter
		FROM (
			SELECT unit_id, 'submitted' AS state, SUM(CASE WHEN state IN ('waiting', 'registered') THEN 1 ELSE 0 END) AS n FROM enrolment_rows WHERE period_id = ? AND unit_id IN ? GROUP BY unit_id
			UNION ALL SELECT unit_id, 'registered', SUM(CASE WHEN state = 'registered' THEN 1 ELSE 0 END) FROM enrolment_rows WHERE period_id = ? AND unit_id IN ? GROUP BY unit_id
			UNION ALL SELECT unit_id, 'protected', SUM(CASE WHEN state = 'registered' THEN `+covered+` ELSE 0 END) FROM enrolment_rows WHERE period_id = ? AND unit_id IN ? GROUP BY unit_id
		) t
		LEFT JOIN (SELECT unit_id, state, people, ROW_NUMBER() OVER (PARTITION BY unit_id, state ORDER BY on_day DESC, id DESC) AS nth FROM statuses
			WHERE period_id = ? AND unit_id IN ? AND known_to = 0 AND enrolment_id = '') said ON said.unit_id = t.unit_id AND said.state = t.state AND said.nth = 1
		LEFT JOIN (SELECT unit_id, state, MAX(on_day) AS on_day FROM statuses WHERE period_id = ? AND unit_id IN ? AND known_to = 0 GROUP BY unit_id, state) last
			ON last.unit_id = t.unit_id AND last.state = t.state
		LEFT JOIN unit_counters c ON c.period_id = ? AND c.unit_id = t.unit_id AND c.state = t.state
		GROUP BY t.unit_id, t.state ORDER BY t.unit_id, t.state`,
		e.PeriodID, units, e.PeriodID, units, e.PeriodID, units, e.PeriodID, units, e.PeriodID, units, e.PeriodID).Scan(&out).Error
	return out, wrap("people of batches", err)
}
