package ledger

import (
	"errors"

	"gorm.io/gorm"

	"payung/domain/fault"
	"payung/models"
)

// received finds a file with that content; the zero value if the government
// has received none.
func (tx *Tx) received(scope models.Scope, hash []byte) (models.Upload, error) {
	var u models.Upload
	marks := [][]byte{tx.markOfFile(hash), hash} // the first versions kept the hash itself
	err := tx.uploads().Where("regency_code = ? AND province_code = ? AND hash IN ? AND state <> ?", scope.RegencyCode, scope.ProvinceCode, marks, UploadReceiving).
		Order("id").Limit(1).Find(&u).Error
	return u, err
}

// markOfFile is what a file is found again by. Its hash would tell who is on a
// short list to anybody who tries out all NIKs.
func (tx *Tx) markOfFile(hash []byte) []byte { return tx.l.keys.Fingerprint("file", hash) }

// twin finds the same file received while this one was still coming, as when
// somebody presses a button twice, and drops this one. Files of one government
// end one after the other, so that one of two always finds the other.
func (tx *Tx) twin(u models.Upload) (models.Upload, error) {
	var queue []models.Party
	err := tx.locked("parties").Where("regency_code = ? AND province_code = ?", u.RegencyCode, u.ProvinceCode).Order("id").Find(&queue).Error
	if err != nil {
		return u, err
	}
	twin, err := tx.received(u.Scope, u.Hash)
	if err != nil || twin.ID == "" {
		return twin, err
	}
	if err := tx.db.Where("upload_id = ?", u.ID).Delete(&models.UploadPart{}).Error; err != nil {
		return twin, err
	}
	return twin, tx.db.Delete(&models.Upload{}, "id = ?", u.ID).Error
}

// OpenUpload notes that somebody opens a file, which holds whole NIKs, before
// they are shown it. As says what they get: the file, or a workbook made of it.
func (tx *Tx) OpenUpload(id, as string) (models.Upload, error) {
	u, err := tx.ownUpload(id)
	switch {
	case err != nil:
		return u, err
	case u.State == UploadReceiving:
		return u, fault.New(fault.Conflict, "upload_incomplete", "this file has not been received completely")
	}
	return u, tx.audit("upload.opened", "upload", u.ID, u.Scope, map[string]any{"as": as, "size": u.Size})
}

// SameImport finds the reading that a request to read a file as the list of a
// duty would only repeat: one that waits, or the one that the list as it stands
// came from. Whoever wants other columns gets another reading. The file is
// locked, so that of two requests at once the second finds what the first began.
func (tx *Tx) SameImport(uploadID string, in ImportInput) (models.Import, bool, error) {
	var none models.Import
	if in.Mapping != "" {
		return none, false, nil
	}
	var u models.Upload
	err := tx.forChange(tx.uploads()).Where("uploads.id = ?", uploadID).Take(&u).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = notFound("upload")
	}
	if err == nil {
		err = tx.actor.may(u.Scope)
	}
	if err != nil {
		return none, false, err
	}
	var last models.Import
	err = tx.from("imports").Where("upload_id = ? AND obligation_id = ? AND state <> ?", u.ID, in.ObligationID, ImportDropped).
		Order("id DESC").Limit(1).Find(&last).Error
	switch {
	case err != nil || last.ID == "":
		return none, false, err
	case in.Sheet != "" && inWords(in.Sheet) != last.Sheet, in.On != "" && in.On != last.OnDay:
		return none, false, nil
	case last.State != ImportAccepted:
		return last, true, nil
	}
	latest, err := tx.LatestRoster(in.ObligationID)
	return last, latest.ID == last.RosterID, err
}
