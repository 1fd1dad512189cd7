package ledger

import (
	"gorm.io/gorm/clause"

	"payung/models"
)

// markBad remembers that nobody is at the address of a message, so that it is
// used no more and everybody sees that it has to be mended.
func (tx *Tx) markBad(m models.Message, reason string) error {
	b := models.BadAddress{
		ID: newID(), Scope: m.Scope, Channel: m.Channel, Recipient: m.Recipient, PostID: m.PostID, HolderID: m.HolderID, Reason: reason,
		MessageID: m.ID, CreatedAt: tx.micros(),
	}
	err := insert(tx, []models.BadAddress{b}, clause.OnConflict{DoNothing: true})
	if err != nil {
		return wrap("bad address", err)
	}
	return tx.audit("address.bad", "post", m.PostID, m.Scope, map[string]any{"channel": m.Channel, "message": m.ID})
}

// clearBad lets an address be used again.
func (tx *Tx) clearBad(channel string, recipient []byte) error {
	return wrap("clear a bad address", tx.db.Model(&models.BadAddress{}).Where("channel = ? AND recipient = ? AND cleared_at = 0", channel, recipient).
		Update("cleared_at", tx.micros()).Error)
}

// BadAddresses lists the addresses of a post's holders that nobody is at, as
// long as they are not used.
func (tx *Tx) BadAddresses(postID string) ([]models.BadAddress, error) {
	if _, err := tx.Post(postID); err != nil {
		return nil, err
	}
	var rows []models.BadAddress
	err := tx.from("bad_addresses").Where("post_id = ? AND cleared_at = 0", postID).Order("id").Find(&rows).Error
	return rows, wrap("bad addresses", err)
}

// ClearBadAddress lets an address be used again: it was a mistake, or it has
// been mended elsewhere.
func (tx *Tx) ClearBadAddress(id string) error {
	b, err := take[models.BadAddress](tx, "bad_addresses", "bad address", id)
	if err != nil {
		return err
	}
	if err := tx.actor.may(b.Scope); err != nil {
		return err
	}
	if err := tx.clearBad(b.Channel, b.Recipient); err != nil {
		return err
	}
	return tx.audit("address.cleared", "post", b.PostID, b.Scope, map[string]any{"channel": b.Channel})
}
