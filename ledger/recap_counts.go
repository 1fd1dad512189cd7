package ledger

import (
	"time"

	"gorm.io/gorm"

	"payung/domain/calendar"
	"payung/models"
)

// DutyCount counts an agreement's duties on a day, each in one of Answered,
// Nihil, Submitted, Paused, NoAnswer and NotRegistered. Late and Undated are
// counted beside them, among the open ones.
type DutyCount struct {
	All           int64
	Answered      int64
	Nihil         int64
	Submitted     int64 // handed in, not accepted yet
	Paused        int64 // the other side holds the matter
	NoAnswer      int64 // a dated request was delivered and nothing came
	NotRegistered int64 // nobody has been asked yet
	Late          int64 // open past the target date
	LateSince     calendar.Day
	Undated       int64 // open with no date: somebody has to set one
	SetAside      int64 // could not be stepped; see its fault
}

// Open is how many wait for an answer.
func (c DutyCount) Open() int64 { return c.NoAnswer + c.NotRegistered + c.Paused }

// dutyCounts counts duties by agreement: those of no year, those of the given
// years, and whatever older years still owe.
func (tx *Tx) dutyCounts(only string, d calendar.Day, years []string) (map[string]DutyCount, error) {
	late := gorm.Expr("o.state = 'open' AND o.paused_at = 0 AND o.target_at > 0 AND o.target_at < ?", tx.micros())
	if d != "" {
		late = gorm.Expr("o.state = 'open' AND o.paused_at = 0 AND o.target_on <> '' AND o.target_on < ?", string(d))
	}
	var list []struct {
		AgreementID string
		DutyCount
	}
	err := tx.db.Table("(?) AS o", about(tx.standing(d, time.Time{}), only)).Where("o.state <> 'cancelled'").
		Where("o.period_id = '' OR o.state = 'open' OR o.period_id IN ?", years).
		Select(`o.agreement_id, COUNT(*) AS "all",
			SUM(CASE WHEN o.state = 'closed' AND o.closed_how <> 'nihil' THEN 1 ELSE 0 END) AS answered,
			SUM(CASE WHEN o.state = 'closed' AND o.closed_how = 'nihil' THEN 1 ELSE 0 END) AS nihil,
			SUM(CASE WHEN o.state = 'submitted' THEN 1 ELSE 0 END) AS submitted,
			SUM(CASE WHEN o.state = 'open' AND o.paused_at <> 0 THEN 1 ELSE 0 END) AS paused,
			SUM(CASE WHEN o.state = 'open' AND o.paused_at = 0 AND o.noticed_at > 0 THEN 1 ELSE 0 END) AS no_answer,
			SUM(CASE WHEN o.state = 'open' AND o.paused_at = 0 AND o.noticed_at = 0 THEN 1 ELSE 0 END) AS not_registered,
			SUM(CASE WHEN ? THEN 1 ELSE 0 END) AS late, COALESCE(MIN(CASE WHEN ? THEN o.target_on END), '') AS late_since,
			SUM(CASE WHEN o.state = 'open' AND o.target_on = '' THEN 1 ELSE 0 END) AS undated,
			SUM(CASE WHEN o.fault <> '' THEN 1 ELSE 0 END) AS set_aside`, late, late).
		Group("o.agreement_id").Scan(&list).Error
	out := make(map[string]DutyCount, len(list))
	for _, r := range list {
		out[r.AgreementID] = r.DutyCount
	}
	return out, err
}

// snapshotAge is how old a snapshot may be to stand for a day: the daily round
// may have missed a night or two.
const snapshotAge = 3

// peopleCounts counts people by agreement and state, of the year each line is
// in. Agreements with one year so far are read from counters; the others, and
// past days without a snapshot, from what units have reported.
func (tx *Tx) peopleCounts(only string, d calendar.Day, periods map[string][]models.Period, today func(agreement string) calendar.Day) (map[string]People, error) {
	out := map[string]People{}
	counted, err := tx.counters(only, d)
	if err != nil {
		return nil, err
	}
	var years []string
	for agreement, list := range periods {
		running := runningYears(list, today(agreement))
		several := len(list) > len(running)
		if p, ok := counted[agreement]; ok && !several {
			out[agreement] = p
		} else if d != "" || several {
			years = append(years, running...)
		}
	}
	if len(years) == 0 {
		return out, nil
	}
	var list []struct {
		AgreementID, State string
		People             int64
	}
	err = tx.db.Table("(?) AS s", tx.statusesOn(d).Where("period_id IN ?", years)).Where("s.nth = 1").
		Select("s.agreement_id, s.state, SUM(s.people) AS people").Group("s.agreement_id, s.state").Scan(&list).Error
	for _, r := range list {
		p := out[r.AgreementID]
		p.add(r.State, r.People)
		out[r.AgreementID] = p
	}
	return out, err
}

// runningYears lists the period each line is in on a day: the last one that has
// begun, or the first one to come. People are counted in it and never added up
// over years.
func runningYears(list []models.Period, d calendar.Day) []string {
	index := map[string]int{}
	var ids []string
	for _, p := range list { // in order of their first day
		i, ok := index[p.LineID]
		switch {
		case !ok:
			index[p.LineID] = len(ids)
			ids = append(ids, p.ID)
		case calendar.Day(p.FromDay) <= d:
			ids[i] = p.ID
		}
	}
	return ids
}

// dutyYears lists the periods whose duties count on a day: of each line the one
// it is in and those to come.
func dutyYears(list []models.Period, d calendar.Day) []string {
	ids := runningYears(list, d)
	for _, p := range list {
		if calendar.Day(p.FromDay) > d {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// statusesOn is a query for reported states of units as they had happened by a
// day ("": now), in which the row that counts has nth = 1.
func (tx *Tx) statusesOn(d calendar.Day) *gorm.DB {
	return by(tx.from("statuses"), "statuses", d).Where("known_to = 0").
		Select("agreement_id, line_id, period_id, unit_id, state, people, until, " +
			"ROW_NUMBER() OVER (PARTITION BY period_id, unit_id, state ORDER BY on_day DESC, id DESC) AS nth")
}

// counters reads people from the rollups with what is not folded yet, or from a
// day's snapshot.
func (tx *Tx) counters(only string, d calendar.Day) (map[string]People, error) {
	var list []struct {
		AgreementID, Measure string
		Value                int64
	}
	mine := tx.from("agreements").Select("agreements.id")
	var err error
	if d == "" {
		sum := tx.db.Raw("? UNION ALL ?",
			tx.db.Model(&models.Rollup{}).Select("agreement_id, measure, value"),
			tx.db.Model(&models.CounterDelta{}).Select("agreement_id, measure, delta"))
		err = about(tx.db.Table("(?) AS r", sum), only).Where("agreement_id IN (?)", mine).
			Select("agreement_id, measure, SUM(value) AS value").Group("agreement_id, measure").Scan(&list).Error
	} else {
		nearest := tx.db.Model(&models.DailyFigure{}).Select("agreement_id, MAX(day) AS day").
			Where("day <= ? AND day >= ?", string(d), string(d.Add(-snapshotAge))).Group("agreement_id")
		err = about(tx.db.Table("(?) AS r", tx.db.Model(&models.DailyFigure{}).
			Select("daily_figures.agreement_id, daily_figures.measure, daily_figures.value").
			Joins("JOIN (?) n ON n.agreement_id = daily_figures.agreement_id AND n.day = daily_figures.day", nearest)), only).
			Where("agreement_id IN (?)", mine).
			Select("agreement_id, measure, SUM(value) AS value").Group("agreement_id, measure").Scan(&list).Error
	}
	out := map[string]People{}
	for _, r := range list {
		p := out[r.AgreementID]
		p.add(r.Measure, r.Value)
		out[r.AgreementID] = p
	}
	return out, err
}

// Next is what falls due next in an agreement.
type Next struct {
	At    time.Time    // when something happens by itself; zero in a past view
	Step  string       // its step's code
	On    calendar.Day // the target date it is about; "": nothing is due
	Kind  string
	Group string
	Count int64
}

// nexts finds what falls due next, by agreement. Of a past day it is the next
// target date after it.
func (tx *Tx) nexts(only string, d calendar.Day) (map[string]Next, error) {
	var list []struct {
		AgreementID, NextStep, TargetOn, Kind, GroupCode string
		NextAt, N                                        int64
	}
	var q *gorm.DB
	if d == "" {
		first := tx.db.Table("obligations").Select("agreement_id, MIN(next_at) AS next_at").Where("next_at > 0").Group("agreement_id")
		q = tx.from("obligations").Select("obligations.*").
			Joins("JOIN (?) f ON f.agreement_id = obligations.agreement_id AND f.next_at = obligations.next_at", first)
	} else {
		q = tx.standing(d, time.Time{})
	}
	q = about(tx.db.Table("(?) AS o", q), only)
	if d != "" {
		q = q.Where("state = 'open' AND target_on >= ?", string(d))
	}
	err := q.Select("agreement_id, next_at, next_step, target_on, kind, group_code, COUNT(*) AS n").
		Group("agreement_id, next_at, next_step, target_on, kind, group_code").
		Order("next_at, target_on, n DESC, kind, group_code").Scan(&list).Error
	out := map[string]Next{}
	for _, r := range list {
		if _, ok := out[r.AgreementID]; ok {
			continue
		}
		n := Next{Step: r.NextStep, On: calendar.Day(r.TargetOn), Kind: r.Kind, Group: r.GroupCode, Count: r.N}
		if r.NextAt > 0 {
			n.At = time.UnixMicro(r.NextAt).UTC()
		}
		out[r.AgreementID] = n
	}
	return out, err
}
