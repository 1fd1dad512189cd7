package ledger

import (
	"strings"

	"gorm.io/gorm/clause"

	"payung/domain/fault"
	"payung/models"
)

// SetChat records in which Telegram chat a holder is reached; an empty one takes
// it away. The chat's number is kept sealed.
func (tx *Tx) SetChat(holderID, chat string) error {
	h, err := take[models.PostHolder](tx, "post_holders", "holder", holderID)
	if err != nil {
		return err
	}
	if err := tx.actor.may(h.Scope); err != nil {
		return err
	}
	chat = strings.TrimSpace(chat)
	if strings.Trim(strings.TrimPrefix(chat, "-"), "0123456789") != "" || len(chat) > 20 {
		return fault.New(fault.Invalid, "bad_chat", "a chat is a number, as the bot reports it").On("chat")
	}
	if err := tx.db.Where("holder_id = ? AND channel = ?", h.ID, ChannelTelegram).Delete(&models.ChatAddress{}).Error; err != nil {
		return wrap("chat", err)
	}
	if chat != "" {
		a := models.ChatAddress{ID: newID(), Scope: h.Scope, HolderID: h.ID, Channel: ChannelTelegram, Actor: tx.actor.Name, UpdatedAt: tx.micros()}
		a.Address = tx.l.keys.Seal([]byte(chat), chatOf(a.ID))
		if err := insert(tx, []models.ChatAddress{a}, clause.OnConflict{DoNothing: true}); err != nil {
			return wrap("chat", err)
		}
	}
	return tx.audit("holder.chat", "holder", h.ID, h.Scope, map[string]any{"set": chat != ""})
}
