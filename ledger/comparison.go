package ledger

import (
	"maps"
	"slices"

	"payung/domain/worker"
	"payung/models"
)

// AlikeElsewhere is the warning that somebody of the same name and date of
// birth is known in the kabupaten under another NIK.
const AlikeElsewhere = "alike_elsewhere"

// current are the rows that stand on a duty's list today.
const current = `roster_rows r JOIN rosters v ON v.id = r.roster_id AND v.version > 0 AND r.removed_by = ''`

// Comparison is what a prepared roster would change of the list as it stands.
type Comparison struct {
	Before    int64 // people on the list
	Added     int64
	Same      int64
	Changed   int64 // the same person, written otherwise
	Elsewhere int64 // added ones who stand on another list of the year
	Alike     int64 // added ones who may be somebody known under another NIK
}

// Compare sets a prepared roster beside the list as it stands, and keeps who is
// found elsewhere with the findings of the file.
func (tx *Tx) Compare(importID string) (Comparison, error) {
	var c Comparison
	i, err := tx.ownImport(importID)
	if err != nil {
		return c, err
	}
	if err := tx.survey(i.Good); err != nil {
		return c, err
	}
	err = tx.db.Raw(`SELECT COUNT(*) AS "before", COUNT(CASE WHEN n.content = r.content THEN 1 END) AS same,
		COUNT(CASE WHEN n.content <> r.content THEN 1 END) AS changed
		FROM `+current+` LEFT JOIN roster_rows n ON n.roster_id = ? AND n.person_id = r.person_id WHERE v.obligation_id = ?`,
		i.RosterID, i.ObligationID).Scan(&c).Error
	if err != nil {
		return c, err
	}
	c.Added = i.Good - c.Same - c.Changed
	if c.Elsewhere, err = tx.findElsewhere(i); err != nil {
		return c, err
	}
	if c.Alike, err = tx.findAlike(i); err != nil {
		return c, err
	}
	return c, tx.db.Exec(noteRows+dead+` ON CONFLICT DO NOTHING`, i.ID, 904, RecordedDead, i.RosterID).Error
}

// RecordedDead is the warning that somebody on a list died, as far as is known.
const RecordedDead = "recorded_dead"

// dead reports of a row n whether the person left a list by death.
const dead = `EXISTS (SELECT 1 FROM roster_rows r WHERE r.person_id = n.person_id AND r.leaving = '` + string(worker.Died) + `'` + once

// manyRows is from how many new rows on PostgreSQL should look at its tables
// again before it plans anything about them.
const manyRows = 2000

// survey has the engine count what a large file has brought in, unless that is
// little beside what it knows of. It does so by itself, but minutes later.
func (tx *Tx) survey(rows int64) error {
	if tx.l.engine != "postgres" || rows < manyRows {
		return nil
	}
	var known float64
	if err := tx.db.Raw("SELECT reltuples FROM pg_class WHERE oid = 'roster_rows'::regclass").Scan(&known).Error; err != nil {
		return err
	}
	if known > float64(5*rows) {
		return nil
	}
	return tx.db.Exec("ANALYZE roster_rows, persons").Error
}

// once makes an EXISTS be looked up for each row by its index. Left to itself,
// PostgreSQL may join whole tables it has no statistics of yet.
const once = ` LIMIT 1 OFFSET 0)`

// elsewhere reports of a row n of a roster whether the person has a place on
// another list of the same year; lists of terminated agreements do not count.
// It looks past the actor's scope, or no unit could be warned of another; what
// it reads is compared and never shown.
const elsewhere = `EXISTS (SELECT 1 FROM roster_rows r JOIN rosters v ON v.id = r.roster_id AND v.version > 0 AND v.obligation_id <> ?
	JOIN agreements a ON a.id = v.agreement_id AND a.closed_on = ''
	JOIN periods p ON p.id = v.period_id AND p.year = (SELECT year FROM periods WHERE id = ?)
	WHERE r.person_id = n.person_id AND r.removed_by = '' AND r.roster_id <> n.roster_id` + once

// alike reports of a row n whether somebody else in the kabupaten has the same
// name and date of birth.
const alike = `EXISTS (SELECT 1 FROM persons me JOIN persons other ON other.likeness = me.likeness AND other.id <> me.id
	AND other.regency_code = me.regency_code AND other.province_code = me.province_code
	WHERE me.id = n.person_id AND me.likeness <> 0` + once

const noteRows = `INSERT INTO import_findings (import_id, number, seq, column_no, field, level, rule, found, params)
	SELECT ?, n.number, ?, -1, 'nik', 'warning', ?, '', '{}' FROM roster_rows n WHERE n.roster_id = ? AND `

// findElsewhere asks only about people who were known before the file came: IDs
// are in order of time.
func (tx *Tx) findElsewhere(i models.Import) (int64, error) {
	res := tx.db.Exec(noteRows+`n.person_id < ? AND `+elsewhere+` ON CONFLICT DO NOTHING`,
		i.ID, 901, ListedElsewhere, i.RosterID, i.ID, i.ObligationID, tx.periodOf(i))
	return res.RowsAffected, res.Error
}

func (tx *Tx) findAlike(i models.Import) (int64, error) {
	res := tx.db.Exec(noteRows+alike+` ON CONFLICT DO NOTHING`, i.ID, 902, AlikeElsewhere, i.RosterID)
	return res.RowsAffected, res.Error
}

func (tx *Tx) periodOf(i models.Import) string {
	var id string
	_ = tx.db.Model(&models.Roster{}).Where("id = ?", i.RosterID).Pluck("period_id", &id).Error // none: nothing is found elsewhere
	return id
}

// MissingPerson is somebody of the list as it stands who is not in a file.
type MissingPerson struct {
	RowID    string
	PersonID string
	Name     string
	NIKLast4 string `gorm:"column:nik_last4"`
	Born     string
}

// MissingPeople lists who stands on the list a file is compared with, and not
// in the file, by name. Whom the file itself says to have left is not missing.
func (tx *Tx) MissingPeople(importID string, limit int) ([]MissingPerson, error) {
	i, err := tx.Import(importID)
	if err != nil || i.Base == "" {
		return nil, err
	}
	told, err := tx.told(i)
	if err != nil {
		return nil, err
	}
	maps.DeleteFunc(told, func(_ string, a answer) bool { return !a.File })
	var rows []MissingPerson
	err = tx.db.Raw(`SELECT r.id AS row_id, r.person_id, r.name, p.nik_last4, r.born FROM `+current+` JOIN persons p ON p.id = r.person_id
		WHERE v.obligation_id = (SELECT obligation_id FROM rosters WHERE id = ?)
		AND NOT EXISTS (SELECT 1 FROM roster_rows n WHERE n.roster_id = ? AND n.person_id = r.person_id)
		ORDER BY r.name, r.id LIMIT ?`, i.Base, i.RosterID, limit+len(told)).Scan(&rows).Error
	rows = slices.DeleteFunc(rows, func(m MissingPerson) bool { return told[m.RowID].File })
	return rows[:min(limit, len(rows))], err
}

// Reading is how the reading of a file ended.
type Reading struct {
	State   string // ready, held or refused
	Problem string // code of why, unless it is ready
	Sheet   string
	Mapping string // JSON of roster.Mapping, as it was used
	Base    string // ID of the roster to find missing people by; "": the file is no whole list
	Left    Departures
	Waiting int64  // reserves for whom there is no place
	Result  string // JSON for people to see
}

// FinishReading ends the reading of a file.
func (tx *Tx) FinishReading(importID string, r Reading) (models.Import, error) {
	i, err := tx.ownImport(importID)
	switch {
	case err != nil:
		return i, err
	case i.State != ImportReading:
		return i, importState(i)
	}
	if err := keepDepartures(&i, r.Left, r.Waiting); err != nil {
		return i, err
	}
	i.State, i.Problem, i.Sheet, i.Mapping, i.Base, i.Result, i.UpdatedAt = r.State, r.Problem, r.Sheet, r.Mapping, r.Base, r.Result, tx.micros()
	i.Total = i.Position // there is no more to come
	if err := tx.db.Model(&i).Select("State", "Total", "Problem", "Sheet", "Mapping", "Base", "Rows", "Leavers", "Waiting", "Answers", "Result", "UpdatedAt").Updates(i).Error; err != nil {
		return i, err
	}
	return i, tx.audit("import.read", "obligation", i.ObligationID, i.Scope, map[string]any{
		"import": i.ID, "state": i.State, "good": i.Good, "bad": i.Bad, "leavers": i.Leavers, "waiting": i.Waiting,
	})
}

// RuleCount is how often one rule spoke, and where first.
type RuleCount struct {
	Rule  string
	Level string
	Count int64
	First int64 // row
}

// RuleCounts groups what was found in a file, the most frequent errors first.
func (tx *Tx) RuleCounts(importID string) ([]RuleCount, error) {
	if _, err := tx.Import(importID); err != nil {
		return nil, err
	}
	var rows []RuleCount
	err := tx.db.Raw(`SELECT rule, level, COUNT(*) AS count, MIN(number) AS first FROM import_findings WHERE import_id = ?
		GROUP BY rule, level ORDER BY CASE level WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, COUNT(*) DESC, rule`, importID).Scan(&rows).Error
	return rows, err
}
