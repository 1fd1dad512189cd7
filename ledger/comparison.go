package ledger

import (
	"maps"
	"slices"
)

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

// Compare sets a prepared roster beside the list as it stands, once its people
// were looked up.
func (tx *Tx) Compare(importID string) (Comparison, error) {
	var c Comparison
	i, err := tx.ownImport(importID)
	if err != nil {
		return c, err
	}
	err = tx.db.Raw(`SELECT COUNT(*) AS "before", COUNT(CASE WHEN n.content = r.content THEN 1 END) AS same,
		COUNT(CASE WHEN n.content <> r.content THEN 1 END) AS changed
		FROM `+current+` LEFT JOIN roster_rows n ON n.roster_id = ? AND n.person_id = r.person_id WHERE v.obligation_id = ?`,
		i.RosterID, i.ObligationID).Scan(&c).Error
	if err != nil {
		return c, err
	}
	var found struct{ Elsewhere, Alike int64 }
	err = tx.db.Raw(`SELECT COUNT(CASE WHEN rule = ? THEN 1 END) AS elsewhere, COUNT(CASE WHEN rule = ? THEN 1 END) AS alike
		FROM import_findings WHERE import_id = ? AND seq IN ?`, ListedElsewhere, AlikeElsewhere, i.ID, []int{elsewhereSeq, alikeSeq}).Scan(&found).Error
	c.Added, c.Elsewhere, c.Alike = i.Good-c.Same-c.Changed, found.Elsewhere, found.Alike
	return c, err
}

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

// MissingPerson is somebody of the list as it stands who is not in a file.
type MissingPerson struct {
	RowID    string
	PersonID string
	Name     string
	NIKLast4 string `gorm:"column:nik_last4;serializer:digits"`
	Born     string
	FirstDay string // on the list
	PeriodID string // of the list
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
	err = tx.db.Raw(`SELECT r.id AS row_id, r.person_id, r.name, p.nik_last4, r.born, COALESCE(NULLIF(r.from_day, ''), y.from_day) AS first_day, v.period_id
		FROM `+current+` JOIN persons p ON p.id = r.person_id JOIN periods y ON y.id = v.period_id
		WHERE v.obligation_id = (SELECT obligation_id FROM rosters WHERE id = ?)
		AND NOT EXISTS (SELECT 1 FROM roster_rows n WHERE n.roster_id = ? AND n.person_id = r.person_id)
		ORDER BY r.name, r.id LIMIT ?`, i.Base, i.RosterID, limit+len(told)).Scan(&rows).Error
	rows = slices.DeleteFunc(rows, func(m MissingPerson) bool { return told[m.RowID].File })
	return rows[:min(limit, len(rows))], err
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
