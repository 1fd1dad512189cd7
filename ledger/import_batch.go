package ledger

import (
	"context"

	"gorm.io/gorm/clause"

	"payung/models"
)

// Batch is a stretch of a file that was read and checked.
type Batch struct {
	Rows     []ListedRow
	Findings []models.ImportFinding
	Bad      int64
	Skipped  int64
	Position int64 // number of its last sheet row
	Total    int64 // rows to expect
}

// StageBatch keeps a stretch of a file under an import that is being read. A
// stretch that was kept already changes nothing, so a reading can begin again
// at any row.
func (l *Ledger) StageBatch(ctx context.Context, actor Actor, importID string, b Batch) error {
	return l.writeBulk(ctx, actor, func(tx *Tx) error { //nolint:contextcheck // a Tx has it
		_, err := tx.stageBatch(importID, b)
		return err
	})
}

// EndReading keeps the last stretch of a file and ends its reading with what end
// makes of the whole, in one transaction: a file of a single stretch is kept
// completely or not at all. One of several was looked up before; see
// [Ledger.LookUp].
func (l *Ledger) EndReading(ctx context.Context, actor Actor, importID string, last Batch, end func(*Tx) (Reading, error)) (i models.Import, err error) {
	err = l.writeBulk(ctx, actor, func(tx *Tx) error { //nolint:contextcheck // a Tx has it
		was, err := tx.stageBatch(importID, last)
		if err != nil {
			return err
		}
		if was.Position == 0 && len(last.Rows) > 0 {
			if err := tx.lookUp(was, stretch{}); err != nil {
				return err
			}
		}
		r, err := end(tx)
		if err != nil {
			return err
		}
		i, err = tx.FinishReading(importID, r)
		return err
	})
	return i, err
}

// stageBatch returns the import as it was before.
func (tx *Tx) stageBatch(importID string, b Batch) (models.Import, error) {
	i, err := tx.ownImport(importID)
	switch {
	case err != nil:
		return i, err
	case i.State != ImportReading:
		return i, importState(i)
	case b.Position <= i.Position:
		return i, nil
	}
	was := i
	r := models.Roster{ID: i.RosterID, Scope: i.Scope}
	repeated, err := tx.stage(r, b.Rows)
	if err != nil {
		return was, err
	}
	for _, n := range repeated {
		b.Findings = append(b.Findings, models.ImportFinding{
			ImportID: i.ID, Number: n, Seq: repeatedSeq, Column: -1, Field: "nik", Level: "error", Rule: "repeated", Params: "{}",
		})
	}
	b.Bad += int64(len(repeated))
	if err := insert(tx, b.Findings, clause.OnConflict{DoNothing: true}); err != nil {
		return was, err
	}
	i.Position, i.Total = b.Position, b.Total
	i.Good += int64(len(b.Rows) - len(repeated))
	i.Bad += b.Bad
	i.Skipped += b.Skipped
	i.Rows, i.UpdatedAt = i.Good+i.Bad, tx.micros()
	return was, tx.db.Model(&i).Select("Position", "Total", "Good", "Bad", "Skipped", "Rows", "UpdatedAt").Updates(i).Error
}

// repeatedSeq is the place, after everything the rules find in a row, of a
// person who is on the roster under another row.
const repeatedSeq = 900
