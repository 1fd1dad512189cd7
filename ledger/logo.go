package ledger

import (
	"bytes"
	"crypto/sha256"

	"payung/logo"
	"payung/models"
)

// logoOf binds the picture of a logo to its row.
func logoOf(id string) string { return "logos/" + id + "/data" }

// SetLogo gives a letterhead another coat of arms. The old one stays for the
// letters that bear it; the same picture of a party is kept once.
func (tx *Tx) SetLogo(letterheadID string, picture logo.Picture) (Head, error) {
	h, err := tx.ownLetterhead(letterheadID)
	if err != nil {
		return h, err
	}
	sum := sha256.Sum256(picture.PNG)
	var known []models.Logo
	if err := tx.db.Select("id, hash").Where("party_id = ?", h.PartyID).Find(&known).Error; err != nil {
		return h, err
	}
	h.LogoID = ""
	for _, k := range known {
		if bytes.Equal(k.Hash, sum[:]) {
			h.LogoID = k.ID
		}
	}
	if h.LogoID == "" {
		l := models.Logo{
			ID: newID(), Scope: h.Scope, PartyID: h.PartyID, Hash: sum[:], Width: picture.Width, Height: picture.Height, Actor: tx.actor.Name, CreatedAt: tx.micros(),
		}
		l.Data = tx.l.keys.Seal(picture.PNG, logoOf(l.ID))
		if err := insert(tx, []models.Logo{l}); err != nil {
			return h, err
		}
		h.LogoID = l.ID
	}
	h.UpdatedAt = tx.micros()
	if err := tx.db.Model(&models.Letterhead{ID: h.ID}).Select("LogoID", "UpdatedAt").Updates(h.Letterhead).Error; err != nil {
		return h, err
	}
	return h, tx.audit("letterhead.logo", "letterhead", h.ID, h.Scope, map[string]any{"logo": h.LogoID, "bytes": len(picture.PNG)})
}

// Logo is the picture of a letterhead's coat of arms, a PNG; nil if it has
// none.
func (tx *Tx) Logo(letterheadID string) ([]byte, error) {
	h, err := tx.Letterhead(letterheadID)
	if err != nil {
		return nil, err
	}
	return tx.logo(h.LogoID)
}

// logo opens a picture by its own ID: who may read a letter may see what stands
// on it.
func (tx *Tx) logo(id string) ([]byte, error) {
	if id == "" {
		return nil, nil
	}
	var l models.Logo
	if err := tx.db.Take(&l, "id = ?", id).Error; err != nil {
		return nil, wrap("logo", err)
	}
	raw, err := tx.l.keys.Open(l.Data, logoOf(l.ID))
	return raw, wrap("logo", err)
}
