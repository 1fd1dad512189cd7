package ledger

import (
	"bytes"
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"payung/domain/fault"
	"payung/models"
)

// Upload reads what is known of one file.
func (tx *Tx) Upload(id string) (models.Upload, error) {
	var u models.Upload
	err := tx.uploads().Where("uploads.id = ?", id).Take(&u).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = notFound("upload")
	}
	return u, err
}

func (tx *Tx) ownUpload(id string) (models.Upload, error) {
	u, err := tx.Upload(id)
	if err == nil {
		err = tx.actor.may(u.Scope)
	}
	return u, err
}

// UploadFilter narrows a list of files.
type UploadFilter struct {
	Batch, State, ObligationID, UnitID string
}

// Uploads lists files by ID, oldest first.
func (tx *Tx) Uploads(f UploadFilter, p Page) ([]models.Upload, error) {
	var rows []models.Upload
	err := f.narrow(tx.uploads()).Where("id > ? AND state <> ?", p.After, UploadReceiving).Order("id").Limit(p.Size).Find(&rows).Error
	return rows, err
}

// UploadContent is the file as it was received.
func (tx *Tx) UploadContent(id string) (models.Upload, []byte, error) {
	u, err := tx.Upload(id)
	if err != nil {
		return u, nil, err
	}
	if u.State == UploadReceiving {
		return u, nil, fault.New(fault.Conflict, "upload_incomplete", "this file has not been received completely")
	}
	content, err := tx.partsOf(u)
	return u, content, err
}

// partsOf puts the parts of a file together.
func (tx *Tx) partsOf(u models.Upload) ([]byte, error) {
	var out bytes.Buffer
	out.Grow(int(u.Size))
	for seq := 0; out.Len() < int(u.Size); seq++ {
		var part models.UploadPart
		if err := tx.db.Take(&part, "upload_id = ? AND seq = ?", u.ID, seq).Error; err != nil {
			return nil, wrap("part of a file", err)
		}
		plain, err := tx.l.keys.Open(part.Data, partOf(u.ID, seq))
		if err != nil {
			return nil, wrap("part of a file", err)
		}
		out.Write(plain)
	}
	return out.Bytes(), nil
}

// ForgetUploads drops files whose sender gave up half way, a day later.
func (l *Ledger) ForgetUploads(ctx context.Context) error {
	const stale = "state = 'receiving' AND created_at < ?"
	before := l.now().Add(-24 * time.Hour).UnixMicro()
	var old int64
	err := l.Read(ctx, System("sweep"), func(tx *Tx) error {
		return tx.db.Model(&models.Upload{}).Where(stale, before).Limit(1).Count(&old).Error
	})
	if err != nil || old == 0 {
		return err
	}
	return l.Write(ctx, System("sweep"), func(tx *Tx) error {
		if err := tx.db.Exec("DELETE FROM upload_parts WHERE upload_id IN (SELECT id FROM uploads WHERE "+stale+")", before).Error; err != nil {
			return err
		}
		return tx.db.Where(stale, before).Delete(&models.Upload{}).Error
	})
}
