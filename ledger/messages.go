package ledger

import (
	"payung/models"
)

// Message is a notice with the names a person reads.
type Message struct {
	models.Notice
	PostTitle string
	UnitName  string // of the unit that owes
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
	q := tx.from("notices").Select("notices.*, p.title AS post_title, COALESCE(u.name, '') AS unit_name, a.title, a.zone, o.state").
		Joins("JOIN posts p ON p.id = notices.post_id").
		Joins("JOIN agreements a ON a.id = notices.agreement_id").
		Joins("JOIN obligations o ON o.id = notices.obligation_id").
		Joins("LEFT JOIN units u ON u.id = o.unit_id")
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

// Recipient is a post that has been written to.
type Recipient struct {
	PostID string
	Title  string
	Unread int64
}

// Recipients lists posts with notices, those with most unread first.
func (tx *Tx) Recipients() ([]Recipient, error) {
	var rows []Recipient
	err := tx.from("notices").Select("notices.post_id, p.title, SUM(CASE WHEN notices.read_at = 0 THEN 1 ELSE 0 END) AS unread").
		Joins("JOIN posts p ON p.id = notices.post_id").Group("notices.post_id, p.title").Order("unread DESC, p.title, notices.post_id").Limit(500).Find(&rows).Error
	return rows, wrap("recipients", err)
}
