package ledger

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"payung/domain/worker"
	"payung/models"
)

// What the ledger finds out about people of a file, with the place of each
// after everything the rules find in a row.
const (
	elsewhereSeq = 901
	alikeSeq     = 902
	deadSeq      = 904
)

// AlikeElsewhere is the warning that somebody of the same name and date of
// birth is known in the kabupaten under another NIK.
const AlikeElsewhere = "alike_elsewhere"

// RecordedDead refuses a row about somebody who died, as far as is known. Their
// heirs have a claim; a contribution paid for them would protect nobody.
const RecordedDead = "recorded_dead"

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

// dead reports of a row n whether the person left a list by death.
const dead = `EXISTS (SELECT 1 FROM roster_rows r WHERE r.person_id = n.person_id AND r.leaving = '` + string(worker.Died) + `'` + once

// stretch is a part of the people on a prepared roster, in the order of their
// IDs. Its zero value is all of them.
type stretch struct {
	after, upTo string // IDs of people; "": from the first, to the last
}

// LookUp looks up the people of a file of many stretches in the lists of others,
// in short transactions, and keeps what it finds with the findings of the file.
// Done again it changes nothing.
func (l *Ledger) LookUp(ctx context.Context, actor Actor, importID string) error {
	for s := (stretch{}); ; s.after = s.upTo {
		err := l.Write(ctx, actor, func(tx *Tx) error {
			i, err := tx.ownImport(importID)
			switch {
			case err != nil:
				return err
			case i.State != ImportReading:
				return importState(i)
			}
			if s.after == "" {
				if err := tx.survey(i.Good); err != nil {
					return err
				}
			}
			s.upTo = ""
			err = tx.db.Model(&models.RosterRow{}).Where("roster_id = ? AND person_id > ?", i.RosterID, s.after).
				Order("person_id").Offset(tx.l.StageSize()-1).Limit(1).Pluck("person_id", &s.upTo).Error
			if err != nil {
				return err
			}
			return tx.lookUp(i, s)
		})
		if err != nil || s.upTo == "" {
			return err
		}
	}
}

// knownBefore tells of a row n whether the person was known before the file came: IDs
// are in order of time. It is no bare column, or PostgreSQL would go through
// everybody who was.
const knownBefore = `(n.person_id || '') < ?`

// lookUp looks up a part of the people of a file. Those who were not known
// before the file came stand on no other list.
func (tx *Tx) lookUp(i models.Import, of stretch) error {
	within, args := "n.roster_id = ?", []any{i.RosterID}
	if of.after != "" {
		within, args = within+" AND n.person_id > ?", append(args, of.after)
	}
	if of.upTo != "" {
		within, args = within+" AND n.person_id <= ?", append(args, of.upTo)
	}
	var r models.Roster
	if err := tx.db.Take(&r, "id = ?", i.RosterID).Error; err != nil {
		return err
	}
	note := func(seq int, level, rule, where string, more ...any) (int64, error) {
		all := slices.Concat([]any{i.ID, seq, level, rule}, args, more)
		res := tx.db.Exec(`INSERT INTO import_findings (import_id, number, seq, column_no, field, level, rule, found, params)
			SELECT ?, n.number, ?, -1, 'nik', ?, ?, '', '{}' FROM roster_rows n WHERE `+within+` AND `+where+` ON CONFLICT DO NOTHING`, all...)
		return res.RowsAffected, res.Error
	}
	died, err := note(deadSeq, "error", RecordedDead, knownBefore+" AND "+dead, i.ID)
	if err != nil {
		return err
	}
	if died > 0 {
		if err := tx.refuseDead(i, died); err != nil {
			return err
		}
	}
	if _, err := note(elsewhereSeq, "warning", ListedElsewhere, knownBefore+" AND "+elsewhere, i.ID, i.ObligationID, r.PeriodID); err != nil {
		return err
	}
	if _, err = note(alikeSeq, "warning", AlikeElsewhere, alike); err != nil {
		return err
	}
	// Counted in advance, so that the list comes to count in a moment.
	if of.after == "" {
		r.Added, r.Digest = 0, nil
	}
	n, sum, err := tx.sum("(SELECT n.person_id, n.content FROM roster_rows n WHERE "+within+") r", args...)
	if err != nil {
		return err
	}
	r.Added, r.Digest = r.Added+n, digest(r.Digest).plus(sum)
	return tx.db.Model(&r).Select("Added", "Digest").Updates(r).Error
}

// refuseDead takes people off a prepared roster who were found to have died, and
// counts their rows as bad.
func (tx *Tx) refuseDead(i models.Import, n int64) error {
	err := tx.db.Exec(`DELETE FROM roster_rows WHERE roster_id = ?
		AND number IN (SELECT number FROM import_findings WHERE import_id = ? AND seq = ?)`, i.RosterID, i.ID, deadSeq).Error
	if err != nil {
		return err
	}
	return tx.db.Model(&models.Import{}).Where("id = ?", i.ID).
		Updates(map[string]any{"good": gorm.Expr("good - ?", n), "bad": gorm.Expr("bad + ?", n)}).Error
}
