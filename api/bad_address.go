package api

import (
	"payung/domain/calendar"
	"payung/models"
)

// BadAddress is an address that nobody is at. It is not shown: whoever mends it
// finds it with the holder.
type BadAddress struct {
	ID        string `json:"id"`
	Channel   string `json:"channel" enum:"email,whatsapp,telegram,webhook,wa_link"`
	HolderID  string `json:"holder_id,omitempty"`
	Reason    string `json:"reason,omitempty" doc:"what its server said"`
	MessageID string `json:"message_id"`
	Since     string `json:"since" format:"date-time"`
}

func badAddressView(b models.BadAddress) BadAddress {
	return BadAddress{b.ID, b.Channel, b.HolderID, b.Reason, b.MessageID, instant(b.CreatedAt, string(calendar.WITA))}
}

// Chat is where a holder is reached by Telegram.
type Chat struct {
	Chat string `json:"chat" maxLength:"20" doc:"the number the bot reports; nothing takes it away"`
}
