package ledger

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"payung/domain/fault"
	"payung/models"
)

// Heard is what the other side reports later of a message it had taken.
type Heard struct {
	Key     string
	State   string // sent, delivered, read, failed
	At      time.Time
	Verdict string // of a failed one
	Failed  Failed
}

// Hear takes in reports about messages of one sender's channel. A report may
// come twice, late, or before we have written down that the message was taken;
// a message's state only goes forward.
func (l *Ledger) Hear(ctx context.Context, lane Lane, reports []Heard) error {
	return l.Write(ctx, System("deliver"), func(tx *Tx) error {
		for _, r := range reports {
			var m models.Message
			err := tx.forChange(tx.db).Limit(1).Find(&m, "key = ? AND channel = ? AND sender_id = ?", r.Key, lane.Channel, lane.SenderID).Error
			if err != nil {
				return wrap("reported message", err)
			}
			if m.ID == "" {
				continue // of another system that shares the number
			}
			if err := tx.hear(m, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// onTheWay are the states in which a message can still be reported about.
var onTheWay = []string{MessageQueued, MessageSending, MessageUnknown, MessageSent, MessageDelivered, MessageRead}

func (tx *Tx) hear(m models.Message, r Heard) error {
	if !slices.Contains(onTheWay, m.State) {
		return nil
	}
	at := r.At.UnixMicro()
	switch r.State {
	case "failed":
		if m.State == MessageDelivered || m.State == MessageRead {
			return nil
		}
		state := MessageFailed
		if r.Verdict == VerdictBad {
			state = MessageBounced
			if err := tx.markBad(m, r.Failed.Detail); err != nil {
				return err
			}
		}
		err := tx.change(m.ID, map[string]any{
			"state": state, "settled_at": tx.micros(), "claim": "", "problem": r.Failed.Code, "detail": r.Failed.Detail,
		})
		if err != nil {
			return err
		}
		return tx.giveBack(m.ID)
	case "sent", "delivered", "read":
		switch {
		case m.State == MessageSending: // the answer to the request is still to be written down
			return fault.New(fault.Unavailable, "ledger_unavailable", "this message is being written down; report it again")
		case m.State == MessageQueued && m.Unknowns == 0:
			return nil
		}
		return tx.forward(m, r.State, at)
	}
	return nil
}

// forward takes a message forward to a state, and proves what it says.
func (tx *Tx) forward(m models.Message, state string, at int64) error {
	first := func(column string) any {
		return gorm.Expr("CASE WHEN "+column+" = 0 THEN ? ELSE "+column+" END", at)
	}
	change := map[string]any{"sent_at": first("sent_at"), "claim": "", "settled_at": 0, "problem": ""}
	order := []string{MessageSent, MessageDelivered, MessageRead}
	if slices.Index(order, state) > slices.Index(order, m.State) {
		change["state"] = state
	}
	if state != MessageSent {
		change["delivered_at"] = first("delivered_at")
	}
	if state == MessageRead {
		change["read_at"] = first("read_at")
	}
	if err := tx.change(m.ID, change); err != nil || state == MessageSent {
		return err
	}
	if err := tx.said(m.ID); err != nil {
		return err
	}
	return tx.proveMessage(m.ID, ProofWhatsApp, at)
}

// said fills in what a message said that arrived although nobody heard the
// answer: its one item, or, of several, nothing that could be proved.
func (tx *Tx) said(id string) error {
	unsaid := func() *gorm.DB {
		return tx.db.Model(&models.MessageItem{}).Where("message_id = ? AND outcome = ''", id)
	}
	var n int64
	if err := unsaid().Count(&n).Error; err != nil {
		return wrap("what a message said", err)
	}
	outcome := ItemCounted
	if n == 1 {
		outcome = ItemNamed
	}
	return wrap("what a message said", unsaid().Update("outcome", outcome).Error)
}
