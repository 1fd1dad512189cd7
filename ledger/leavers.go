package ledger

import (
	"encoding/json"
	"slices"

	"gorm.io/gorm/clause"

	"payung/models"
)

// LeaverUnlisted is the warning that a file says of somebody who stands on no
// list to have left it.
const LeaverUnlisted = "leaver_unlisted"

// unlistedSeq is the place of that warning, after everything the rules find in
// a row.
const unlistedSeq = 903

// LeaverRow is a row of a file that says that somebody has left.
type LeaverRow struct {
	Number int64 // of the row in the sheet
	NIK    Digits
	Leaver
}

// Departures are people whom a file says to have left, where they stand.
type Departures struct {
	Rows int64 // of the file
	Own  int64 // people who leave the list of the duty itself

	answers map[string]answer
}

// FindLeavers finds where people stand whom a file says to have left: on the
// list of its duty, and on the one a roster belongs to, if any. It keeps a
// warning with the findings of the file for those who never stood on either.
func (tx *Tx) FindLeavers(importID, rosterID string, rows []LeaverRow) (Departures, error) {
	d := Departures{Rows: int64(len(rows)), answers: map[string]answer{}}
	if len(rows) == 0 {
		return d, nil
	}
	i, err := tx.ownImport(importID)
	if err != nil {
		return d, err
	}
	var unlisted []models.ImportFinding
	for part := range slices.Chunk(rows, 500) {
		told := make(map[string]Leaver, len(part)) // by the index of the NIK
		indexes := make([][]byte, len(part))
		for n, row := range part {
			indexes[n] = tx.l.keys.Index(string(row.NIK))
			told[string(indexes[n])] = row.Leaver
		}
		var found []struct {
			NIKIndex                    []byte `gorm:"column:nik_index"`
			ID, RemovedBy, ObligationID string
		}
		err := tx.db.Raw(`SELECT p.nik_index, r.id, r.removed_by, v.obligation_id FROM persons p JOIN roster_rows r ON r.person_id = p.id
			JOIN rosters v ON v.id = r.roster_id AND v.version > 0 AND v.obligation_id IN (?, (SELECT obligation_id FROM rosters WHERE id = ?))
			WHERE p.province_code = ? AND p.regency_code = ? AND p.nik_index IN ?`,
			i.ObligationID, rosterID, i.ProvinceCode, i.RegencyCode, indexes).Scan(&found).Error
		if err != nil {
			return d, err
		}
		listed := make(map[string]bool, len(found))
		for _, f := range found {
			listed[string(f.NIKIndex)] = true
			if f.RemovedBy != "" {
				continue // an earlier file may have said so already
			}
			d.answers[f.ID] = answer{told[string(f.NIKIndex)], true}
			if f.ObligationID == i.ObligationID {
				d.Own++
			}
		}
		for n, row := range part {
			if !listed[string(indexes[n])] {
				unlisted = append(unlisted, models.ImportFinding{
					ImportID: i.ID, Number: row.Number, Seq: unlistedSeq, Column: -1, Field: "nik", Level: "warning", Rule: LeaverUnlisted, Params: "{}",
				})
			}
		}
	}
	return d, insert(tx, unlisted, clause.OnConflict{DoNothing: true})
}

// keepDepartures puts what a file says of people who have left into the answers
// of its import, and counts the rows that are neither on the list nor bad.
func keepDepartures(i *models.Import, d Departures, waiting int64) error {
	known, err := answersOf(*i)
	if err != nil {
		return err
	}
	for row, a := range d.answers {
		if err := checkLeaver(a.Leaver); err != nil {
			return err
		}
		known[row] = a
	}
	raw, err := json.Marshal(known)
	if err != nil {
		return wrap("answers", err)
	}
	i.Answers, i.Leavers, i.Waiting = string(raw), d.Rows, waiting
	i.Rows = i.Good + i.Bad + i.Leavers + i.Waiting
	return nil
}
