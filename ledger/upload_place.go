package ledger

import (
	"strings"

	"payung/domain/fault"
	"payung/models"
)

// PlaceUpload says which duty a file answers, and for whom the actor says so.
func (tx *Tx) PlaceUpload(uploadID, obligationID, onBehalf string) (models.Upload, error) {
	u, err := tx.ownUpload(uploadID)
	if err != nil {
		return u, err
	}
	o, _, err := tx.own(obligationID)
	switch {
	case err != nil:
		return u, err
	case o.Kind != KindRoster:
		return u, notARoster()
	case u.State == UploadReceiving:
		return u, fault.New(fault.Conflict, "upload_incomplete", "this file has not been received completely")
	case o.RegencyCode != u.RegencyCode || o.ProvinceCode != u.ProvinceCode:
		return u, fault.New(fault.Forbidden, "outside_scope", "this belongs to another region or unit")
	}
	u.ObligationID, u.AgreementID, u.UnitID = o.ID, o.AgreementID, o.UnitID
	if onBehalf = inWords(onBehalf); onBehalf != "" {
		u.OnBehalf = onBehalf
	}
	if u.State != UploadNeedsSheet {
		u.State = UploadPlaced
	}
	if err := tx.db.Model(&u).Select("State", "ObligationID", "AgreementID", "UnitID", "OnBehalf").Updates(u).Error; err != nil {
		return u, err
	}
	return u, tx.audit("upload.placed", "upload", u.ID, u.Scope, map[string]any{"obligation": o.ID, "on_behalf": u.OnBehalf != ""})
}

// SetAsideUpload says that a file is not needed: a duplicate, a holiday photo.
// It stays.
func (tx *Tx) SetAsideUpload(uploadID, reason string) (models.Upload, error) {
	u, err := tx.ownUpload(uploadID)
	switch {
	case err != nil:
		return u, err
	case strings.TrimSpace(reason) == "":
		return u, missing("reason")
	}
	u.State = UploadSetAside
	if err := tx.db.Model(&u).Update("state", u.State).Error; err != nil {
		return u, err
	}
	return u, tx.audit("upload.set_aside", "upload", u.ID, u.Scope, map[string]any{"reason": inWords(reason)})
}
