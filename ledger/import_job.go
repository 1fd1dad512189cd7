package ledger

import "payung/models"

// Job is what the reading of a file has to know.
type Job struct {
	Import     models.Import
	Upload     models.Upload
	Obligation models.Obligation
	Agreement  models.Agreement
	Line       models.Line
	Period     models.Period
	Unit       models.Unit
	Quota      models.Quota  // zero: none is set
	Others     int64         // people on the lists of the period's other units
	Latest     models.Roster // the list as it stands, or last year's; see [Tx.LatestRoster]
}

// Job reads it.
func (tx *Tx) Job(importID string) (Job, error) {
	var j Job
	var err error
	if j.Import, err = tx.Import(importID); err != nil {
		return j, err
	}
	if j.Upload, err = take[models.Upload](tx, "uploads", "upload", j.Import.UploadID); err != nil {
		return j, err
	}
	err = tx.asked(&j, j.Import.ObligationID)
	return j, err
}

// StageSize is how many rows one [Ledger.StageBatch] takes well: enough that
// the transaction is worth its while, few enough that it stays short where
// there is one writer.
func (l *Ledger) StageSize() int {
	if l.engine == "postgres" {
		return 5000
	}
	return 2000
}

// UnfinishedImports are readings that stopped: nobody has written to them for a
// while.
func (tx *Tx) UnfinishedImports(before int64) ([]models.Import, error) {
	var rows []models.Import
	err := tx.from("imports").Where("state = ? AND updated_at < ?", ImportReading, before).Order("id").Limit(100).Find(&rows).Error
	return rows, err
}
