package ledger

import (
	"time"

	"gorm.io/gorm"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// AsOf reads a day somebody asks about: "" is now; a day that has begun nowhere
// in Indonesia yet is refused, because nobody knows what was true on it.
func (tx *Tx) AsOf(day string) (calendar.Day, error) {
	if day == "" {
		return "", nil
	}
	d, err := checkDay("as_of", day)
	if err != nil {
		return "", err
	}
	if d > tx.today(string(calendar.WIT)) {
		return "", fault.New(fault.Invalid, "as_of_in_future", "%s has not come yet", d).On("as_of").With("date", day)
	}
	return d, nil
}

// dayEnd is when a day is over everywhere: in the west.
func dayEnd(d calendar.Day) time.Time { return d.End(calendar.WIB) }

// by is the condition that what a row dates had surely happened by the end of a
// day; it is [calendar.When.Known] in SQL. "" is no condition.
func by(db *gorm.DB, table string, d calendar.Day) *gorm.DB {
	if d == "" {
		return db
	}
	next := d.Add(1)
	early := d.Month() // the last month whose first ten days are over
	if d < early.First().Add(9) {
		early = early.Add(-1)
	}
	spring := d.Year() // the last year whose first four months are over
	if d < calendar.NewDay(spring, 4, 30) {
		spring--
	}
	on := table + ".on_day"
	return db.Where("CASE "+table+".precision WHEN 'month' THEN "+on+" < ? WHEN 'year' THEN "+on+" < ? "+
		"WHEN 'early' THEN CASE WHEN "+on+" LIKE '%-01-01' THEN "+on+" <= ? ELSE "+on+" <= ? END ELSE "+on+" <= ? END",
		string(next.Month().First()), string(calendar.NewDay(next.Year(), 1, 1)),
		string(calendar.NewDay(spring, 1, 1)), string(early.Last()), string(d))
}

// listBy reads the current rows of a recorded, dated table for one agreement,
// as far as they had happened by a day, in order of date.
func listBy[T any](tx *Tx, table, agreementID string, d calendar.Day) ([]T, error) {
	var rows []T
	err := by(tx.from(table), table, d).Where("agreement_id = ? AND known_to = 0", agreementID).Order("on_day, id").Find(&rows).Error
	return rows, wrap(table, err)
}

// standing is a query for obligations as they were at the end of a day, as far
// as it was recorded by an instant: they exist from the day they were opened,
// begin open with their first dates, and are what the last change made them.
// Without a day it is what they are now.
func (tx *Tx) standing(d calendar.Day, knownAt time.Time) *gorm.DB {
	o := tx.from("obligations")
	if d == "" && knownAt.IsZero() {
		return o.Select("obligations.*")
	}
	changes := tx.db.Table("obligation_changes").
		Select("obligation_id, kind, on_day, state, closed_how, target_on, fatal_on, generation, recorded_at, " +
			"ROW_NUMBER() OVER (PARTITION BY obligation_id ORDER BY recorded_at DESC, id DESC) AS nth")
	seen := knownAt
	if d != "" {
		changes = changes.Where("on_day <= ?", string(d))
		o = o.Where("obligations.opened_on <= ?", string(d))
		if end := dayEnd(d); seen.IsZero() || end.Before(seen) {
			seen = end
		}
	}
	if !knownAt.IsZero() {
		changes = changes.Where("recorded_at <= ?", knownAt.UnixMicro())
		o = o.Where("obligations.created_at <= ?", knownAt.UnixMicro())
	}
	at := seen.UnixMicro()
	return o.Joins("LEFT JOIN (?) c ON c.obligation_id = obligations.id AND c.nth = 1", changes).
		Select(`obligations.id, obligations.province_code, obligations.regency_code, obligations.unit_id, obligations.branch_id,
			obligations.agreement_id, obligations.line_id, obligations.period_id, obligations.group_code, obligations.kind,
			obligations.owner_post_id, obligations.destination, obligations.ordered_by, obligations.ordered_by_id, obligations.ladder,
			COALESCE(c.target_on, obligations.first_target) AS target_on, COALESCE(c.fatal_on, obligations.first_fatal) AS fatal_on,
			0 AS target_at, 0 AS fatal_at, COALESCE(c.generation, 1) AS generation, COALESCE(c.state, 'open') AS state,
			COALESCE(c.closed_how, '') AS closed_how, CASE WHEN c.state = 'closed' THEN c.on_day ELSE '' END AS closed_on,
			CASE WHEN c.kind = 'paused' THEN c.recorded_at ELSE 0 END AS paused_at, obligations.extensions, obligations.taken_until,
			0 AS next_at, '' AS next_step,
			CASE WHEN obligations.noticed_at <= ? THEN obligations.noticed_at ELSE 0 END AS noticed_at,
			CASE WHEN obligations.lapsed_at <= ? THEN obligations.lapsed_at ELSE 0 END AS lapsed_at, '' AS fault,
			obligations.opened_on, obligations.first_target, obligations.first_fatal, obligations.source_id, obligations.created_at`, at, at)
}

// ObligationsAsOf lists an agreement's obligations as they were at the end of
// a day ("": now), as far as it had been recorded by an instant (zero: all that
// is recorded). A past view has no instants: TargetAt, FatalAt and NextAt are
// 0, and Extensions is today's.
func (tx *Tx) ObligationsAsOf(agreementID string, asOf calendar.Day, knownAt time.Time) ([]models.Obligation, error) {
	var rows []models.Obligation
	err := tx.db.Table("(?) AS o", tx.standing(asOf, knownAt).Where("obligations.agreement_id = ?", agreementID)).Order("o.id").Scan(&rows).Error
	return rows, wrap("obligations as of a day", err)
}
