package ledger

import (
	"payung/models"
)

// Message is a notice with the names a person reads.
type Message struct {
	models.Notice
	PostTitle string
	PartyName string // the post's party
	UnitName  string // of the unit that owes
	Kecamatan string // the unit's; empty: it is in none
	Title     string // of the agreement
	Zone      string
	State     string // of the obligation now
}

// MessageFilter narrows a list of messages.
type MessageFilter struct {
	PostID string
	Unread bool
	Before string // only messages older than this one, by ID
}

// Messages lists the newest notices first, at most limit.
func (tx *Tx) Messages(f MessageFilter, limit int) ([]Message, error) {
	q := tx.from("notices").Select("notices.*, p.title AS post_title, y.name AS party_name, COALESCE(u.name, '') AS unit_name, COALESCE(k.name, '') AS kecamatan, a.title, a.zone, o.state").
		Joins("JOIN posts p ON p.id = notices.post_id").Joins("JOIN parties y ON y.id = p.party_id").
		Joins("JOIN agreements a ON a.id = notices.agreement_id").
		Joins("JOIN obligations o ON o.id = notices.obligation_id").
		Joins("LEFT JOIN units u ON u.id = o.unit_id").Joins("LEFT JOIN units k ON k.id = u.parent_id")
	if f.PostID != "" {
		q = q.Where("notices.post_id = ?", f.PostID)
	}
	if f.Unread {
		q = q.Where("notices.read_at = 0")
	}
	if f.Before != "" {
		q = q.Where("notices.id < ?", f.Before)
	}
	var rows []Message
	err := q.Order("notices.id DESC").Limit(limit).Find(&rows).Error
	return rows, wrap("messages", err)
}

// Recipient is a post that has been written to, with what tells it from others
// of the same title.
type Recipient struct {
	PostID    string
	Title     string
	PartyName string
	Kecamatan string // of the post's unit; empty: it is in none
	Unread    int64
}

// recipientLimit bounds the list of recipients. The largest regency has 852
// villages.
const recipientLimit = 1000

// Recipients lists posts with notices by party, kecamatan and title; those of a
// party that are in no kecamatan come first.
func (tx *Tx) Recipients() ([]Recipient, error) {
	var rows []Recipient
	err := tx.from("notices").
		Select("notices.post_id, p.title, y.name AS party_name, COALESCE(k.name, '') AS kecamatan, SUM(CASE WHEN notices.read_at = 0 THEN 1 ELSE 0 END) AS unread").
		Joins("JOIN posts p ON p.id = notices.post_id").Joins("JOIN parties y ON y.id = p.party_id").
		Joins("LEFT JOIN units u ON u.id = p.unit_id").Joins("LEFT JOIN units k ON k.id = u.parent_id").
		Group("notices.post_id, p.title, y.id, y.name, k.id, k.name").
		Order("y.name, y.id, COALESCE(k.name, ''), k.id, p.title, notices.post_id").Limit(recipientLimit).Find(&rows).Error
	return rows, wrap("recipients", err)
}
