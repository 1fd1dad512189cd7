package ledger

import (
	"gorm.io/gorm"

	"payung/models"
)

func (f UploadFilter) narrow(q *gorm.DB) *gorm.DB {
	for _, c := range [...][2]string{{"batch", f.Batch}, {"state", f.State}, {"obligation_id", f.ObligationID}, {"unit_id", f.UnitID}} {
		if c[1] != "" {
			q = q.Where("uploads."+c[0]+" = ?", c[1])
		}
	}
	return q
}

// NewestUploads lists files, the newest first; before, if any, is the ID of the
// last one of the page before.
func (tx *Tx) NewestUploads(f UploadFilter, before string, limit int) ([]models.Upload, error) {
	q := f.narrow(tx.uploads()).Where("uploads.state <> ?", UploadReceiving)
	if before != "" {
		q = q.Where("uploads.id < ?", before)
	}
	var rows []models.Upload
	err := q.Order("uploads.id DESC").Limit(limit).Find(&rows).Error
	return rows, err
}

// CountUploads counts files by state.
func (tx *Tx) CountUploads(f UploadFilter) (map[string]int64, error) {
	var rows []struct {
		State string
		N     int64
	}
	err := f.narrow(tx.uploads()).Where("uploads.state <> ?", UploadReceiving).Select("uploads.state, COUNT(*) AS n").Group("uploads.state").Find(&rows).Error
	out := map[string]int64{}
	for _, r := range rows {
		out[r.State] = r.N
	}
	return out, err
}

// LastReadings are the latest readings of files that were not dropped, by file.
func (tx *Tx) LastReadings(uploadIDs []string) (map[string]models.Import, error) {
	var rows []models.Import
	err := tx.from("imports").Where("upload_id IN ? AND state <> ?", uploadIDs, ImportDropped).Order("id").Find(&rows).Error
	out := make(map[string]models.Import, len(rows))
	for _, r := range rows {
		out[r.UploadID] = r
	}
	return out, err
}

// FirstFindings are the first things one rule has to say about a file.
func (tx *Tx) FirstFindings(importID, rule, level string, limit int) ([]models.ImportFinding, error) {
	if _, err := tx.Import(importID); err != nil {
		return nil, err
	}
	var rows []models.ImportFinding
	err := tx.db.Where("import_id = ? AND rule = ? AND level = ?", importID, rule, level).Order("number, seq").Limit(limit).Find(&rows).Error
	return rows, err
}
