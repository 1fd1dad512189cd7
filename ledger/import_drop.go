package ledger

import (
	"context"

	"payung/models"
)

// DropImport ends a reading that nobody wants. The file stays.
func (tx *Tx) DropImport(id string) (models.Import, error) {
	i, err := tx.ownImport(id)
	if err != nil {
		return i, err
	}
	if i.State == ImportAccepted {
		return i, importState(i)
	}
	if err := tx.dropImport(i); err != nil {
		return i, err
	}
	i.State = ImportDropped
	return i, tx.audit("import.dropped", "obligation", i.ObligationID, i.Scope, map[string]any{"import": i.ID})
}

func (tx *Tx) dropImport(i models.Import) error {
	err := tx.db.Model(&models.Import{}).Where("id = ?", i.ID).Updates(map[string]any{"state": ImportDropped, "updated_at": tx.micros()}).Error
	if err != nil {
		return err
	}
	if err := tx.db.Exec("DELETE FROM import_findings WHERE import_id = ?", i.ID).Error; err != nil {
		return err
	}
	_, err = tx.discard(i)
	return err
}

// discard takes a stretch of the rows of a prepared roster away, with the people
// nobody else has named; with the last of them the roster itself. More reports
// that there is more to take: [Ledger.Discard] does, soon.
func (tx *Tx) discard(i models.Import) (more bool, err error) {
	if err := tx.holdPeople(i.Scope, ""); err != nil {
		return false, err
	}
	var people []string
	err = tx.db.Model(&models.RosterRow{}).Where("roster_id = ?", i.RosterID).Order("person_id").Limit(tx.l.StageSize()).Pluck("person_id", &people).Error
	if err != nil {
		return false, err
	}
	if n := len(people); n > 0 {
		if err := tx.db.Exec("DELETE FROM roster_rows WHERE roster_id = ? AND person_id <= ?", i.RosterID, people[n-1]).Error; err != nil {
			return false, err
		}
		const orphans = "DELETE FROM persons WHERE id IN ? AND NOT EXISTS (SELECT 1 FROM roster_rows r WHERE r.person_id = persons.id)"
		if err := tx.db.Exec(orphans, people).Error; err != nil {
			return false, err
		}
	}
	if len(people) == tx.l.StageSize() {
		return true, nil
	}
	return false, tx.db.Exec("DELETE FROM rosters WHERE id = ? AND version = 0", i.RosterID).Error
}

// Discard takes away, in short transactions, what readings have prepared that
// were refused or dropped in the end.
func (l *Ledger) Discard(ctx context.Context) error {
	var left []models.Import
	err := l.Read(ctx, System("sweep"), func(tx *Tx) error {
		return tx.db.Joins("JOIN rosters r ON r.id = imports.roster_id AND r.version = 0").
			Where("imports.state IN ?", []string{ImportRefused, ImportDropped}).Order("imports.id").Limit(100).Find(&left).Error
	})
	if err != nil {
		return err
	}
	for _, i := range left {
		for more := true; more; {
			err := l.Write(ctx, System("sweep"), func(tx *Tx) (err error) {
				more, err = tx.discard(i)
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}
