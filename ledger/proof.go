package ledger

import (
	"slices"

	"payung/models"
)

// Ways by which it is proved that a dated request reached the post that owes.
const (
	ProofEmail    = "email"    // the recipient's mail server took it
	ProofWhatsApp = "whatsapp" // the provider reported it delivered
	ProofTelegram = "telegram" // the provider took it for the chat
	ProofWebhook  = "webhook"  // the Pemda's own system took it
	ProofLink     = "link"     // somebody said they sent the ready text
	ProofGroup    = "group"    // somebody said they put it into a group
	ProofLetter   = "letter"   // the letter was sent
	ProofInbox    = "inbox"    // the holder opened it here
	ProofMeeting  = "meeting"  // said in a meeting the unit attended
	ProofPhone    = "phone"    // said on the phone
	ProofVisit    = "visit"    // said in person
)

// provePart bounds the rows of one UPDATE.
const provePart = 500

// prove records that a dated request for these duties reached the posts that owe
// them. Only from then on is no answer silence; what was proved before stays as
// it is.
func (tx *Tx) prove(obligationIDs []string, how string, at int64) error {
	for part := range slices.Chunk(obligationIDs, provePart) {
		err := tx.db.Model(&models.Obligation{}).Where("id IN ? AND noticed_at = 0", part).
			Updates(map[string]any{"noticed_at": at, "noticed_how": how}).Error
		if err != nil {
			return wrap("proof of delivery", err)
		}
	}
	return nil
}

// proveNotices proves the duties of those notices that are dated requests to the
// post that owes.
func (tx *Tx) proveNotices(noticeIDs []string, how string, at int64) error {
	var duties []string
	for part := range slices.Chunk(noticeIDs, provePart) {
		var found []string
		err := tx.db.Table("notices n").Joins("JOIN obligations o ON o.id = n.obligation_id").
			Where("n.id IN ? AND n.post_id = o.owner_post_id AND n.tone <> 'inform' AND n.target_on <> '' AND o.noticed_at = 0", part).
			Distinct().Pluck("o.id", &found).Error
		if err != nil {
			return wrap("duties of notices", err)
		}
		duties = append(duties, found...)
	}
	return tx.prove(duties, how, at)
}
