package ledger

import (
	"gorm.io/gorm"

	"payung/models"
)

// Kinds of messages.
const (
	MessageDigest = "digest" // a morning's list
	MessageUrgent = "urgent" // apart from it
)

// States of a message.
const (
	MessageQueued     = "queued"
	MessageSending    = "sending"
	MessageSent       = "sent"
	MessageDelivered  = "delivered"
	MessageRead       = "read"
	MessageFailed     = "failed"     // the other side refused it
	MessageBounced    = "bounced"    // there is nobody at the address
	MessageUnknown    = "unknown"    // nobody knows whether it arrived
	MessageNotNeeded  = "not_needed" // everything in it was done before it went out
	MessageSuperseded = "superseded" // a later one carries what is in it
)

// MessageStates lists them.
func MessageStates() []string {
	return []string{
		MessageQueued, MessageSending, MessageSent, MessageDelivered, MessageRead, MessageFailed, MessageBounced, MessageUnknown, MessageNotNeeded, MessageSuperseded,
	}
}

// DeadLetters asks for messages in any state that somebody has to look at.
const DeadLetters = "dead"

// deadStates are these states.
func deadStates() []string { return []string{MessageFailed, MessageBounced, MessageUnknown} }

// What became of one item of a message.
const (
	ItemNamed     = "named"     // the text says it
	ItemCounted   = "counted"   // the text counts it among the rest
	ItemClosed    = "closed"    // done before the message went out
	ItemMoved     = "moved"     // the date is another by now
	ItemRead      = "read"      // read in the inbox before the message went out
	ItemElsewhere = "elsewhere" // its post is held by somebody else by now
)

// OutboxFilter narrows a list of messages.
type OutboxFilter struct {
	State       string // a state, or DeadLetters
	Channel     string
	AgreementID string
	PostID      string
	Before      string // only messages older than this one, by ID
}

// Dispatched is a message with the names a person reads.
type Dispatched struct {
	models.Message
	PostTitle string
	PartyName string
	UnitName  string // of the post
	Zone      string // of the post's party
	Items     int64
}

// messages starts a query on messages with their posts. What is written to a
// post of no unit is not for every unit of the kabupaten.
func (tx *Tx) messages() *gorm.DB {
	return tx.ownPosts(tx.from("messages"), "messages").
		Select(`messages.*, p.title AS post_title, y.name AS party_name, y.zone, COALESCE(u.name, '') AS unit_name,
			(SELECT COUNT(*) FROM message_items i WHERE i.message_id = messages.id) AS items`).
		Joins("JOIN posts p ON p.id = messages.post_id").Joins("JOIN parties y ON y.id = p.party_id").
		Joins("LEFT JOIN units u ON u.id = p.unit_id")
}

// ownPosts narrows what is written to posts, for an actor who is a unit, to the
// posts of that unit.
func (tx *Tx) ownPosts(q *gorm.DB, table string) *gorm.DB {
	if tx.actor.Reach == Units {
		q = q.Where(table+".unit_id IN ?", append([]string{"-"}, tx.actor.UnitIDs...))
	}
	return q
}

// Outbox lists the newest messages first, at most limit.
func (tx *Tx) Outbox(f OutboxFilter, limit int) ([]Dispatched, error) {
	q := tx.messages()
	switch f.State {
	case "":
	case DeadLetters:
		q = q.Where("messages.state IN ?", deadStates())
	default:
		q = q.Where("messages.state = ?", f.State)
	}
	if f.Channel != "" {
		q = q.Where("messages.channel = ?", f.Channel)
	}
	if f.PostID != "" {
		q = q.Where("messages.post_id = ?", f.PostID)
	}
	if f.AgreementID != "" {
		q = q.Where(`messages.id IN (SELECT i.message_id FROM message_items i JOIN notices n ON n.id = i.item_id WHERE n.agreement_id = ?
			UNION SELECT i.message_id FROM message_items i JOIN news n ON n.id = i.item_id WHERE n.agreement_id = ?)`, f.AgreementID, f.AgreementID)
	}
	if f.Before != "" {
		q = q.Where("messages.id < ?", f.Before)
	}
	var rows []Dispatched
	err := q.Order("messages.id DESC").Limit(limit).Find(&rows).Error
	return rows, wrap("outbox", err)
}

// Dispatched reads one message.
func (tx *Tx) Dispatched(id string) (Dispatched, error) {
	return only[Dispatched](tx.messages(), "messages", "message", id)
}

// MessageOf is one message about a duty: who was told, when, by what.
type MessageOf struct {
	Dispatched
	Step    string // of the ladder; "": news
	Outcome string // of the duty's item
}

// MessagesOf lists the messages about a duty, the oldest first.
func (tx *Tx) MessagesOf(obligationID string) ([]MessageOf, error) {
	o, err := tx.Obligation(obligationID)
	if err != nil {
		return nil, err
	}
	var rows []MessageOf
	err = tx.messages().Select(`messages.*, p.title AS post_title, y.name AS party_name, y.zone, COALESCE(u.name, '') AS unit_name, n.step, i.outcome`).
		Joins("JOIN message_items i ON i.message_id = messages.id").Joins("JOIN notices n ON n.id = i.item_id AND n.obligation_id = ?", o.ID).
		Order("messages.id, n.id").Find(&rows).Error
	return rows, wrap("messages of a duty", err)
}
