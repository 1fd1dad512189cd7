package ledger

import (
	"context"

	"payung/domain/fault"
	"payung/notice"
)

// ReadyLink is a message that a person sends with a click: the text is made from
// what is true now.
type ReadyLink struct {
	Dispatched
	Name   string // of who is written to
	Phone  string // in digits with the country code
	Letter notice.Letter
}

// Links lists the messages that wait for somebody to send them, those that have
// waited longest first. What need not be sent any more is left out.
func (tx *Tx) Links(limit int) ([]ReadyLink, error) {
	var rows []Dispatched
	err := tx.messages().Where("messages.channel = ? AND messages.state = 'queued' AND messages.next_at <= ?", ChannelLink, tx.micros()).
		Order("messages.next_at, messages.id").Limit(limit).Find(&rows).Error
	if err != nil {
		return nil, wrap("links", err)
	}
	out := make([]ReadyLink, 0, len(rows))
	for _, d := range rows {
		l, err := tx.readyLink(d)
		if err != nil {
			return nil, err
		}
		if len(l.Letter.Items) > 0 {
			out = append(out, l)
		}
	}
	return out, nil
}

// CountLinks is how many messages wait for somebody to send them.
func (tx *Tx) CountLinks() (n int64, err error) {
	err = tx.ownPosts(tx.from("messages"), "messages").
		Where("messages.channel = ? AND messages.state = 'queued' AND messages.next_at <= ?", ChannelLink, tx.micros()).Count(&n).Error
	return n, wrap("links", err)
}

func (tx *Tx) readyLink(d Dispatched) (ReadyLink, error) {
	c, err := tx.look(d.Message)
	return ReadyLink{Dispatched: d, Name: c.Name, Phone: c.to, Letter: c.letter}, err
}

// LinkSent records that the actor sent a message by its link: the units named in
// it have been told. The text is the one that was shown.
func (tx *Tx) LinkSent(id, subject, text string, named []bool) error {
	d, err := tx.Dispatched(id)
	if err != nil {
		return err
	}
	if err := tx.actor.may(d.Scope); err != nil {
		return err
	}
	if d.Channel != ChannelLink || d.State != MessageQueued {
		return fault.New(fault.Conflict, "link_not_waiting", "this message does not wait for anybody to send it")
	}
	c, err := tx.contentsOf(d.Message)
	if err != nil {
		return err
	}
	if c.empty() {
		return tx.settleUnneeded(d.ID)
	}
	o := Outcome{MessageID: d.ID, Verdict: VerdictSent, Subject: subject, Text: text}
	for n, item := range c.ids {
		if n < len(named) && named[n] {
			o.Named = append(o.Named, item)
		} else {
			o.Counted = append(o.Counted, item)
		}
	}
	if err := tx.settleSent(d.Message, o); err != nil {
		return err
	}
	if err := tx.change(d.ID, map[string]any{"actor": tx.actor.Name, "attempts": d.Attempts + 1}); err != nil {
		return err
	}
	if err := tx.proveMessage(d.ID, ProofLink, tx.micros()); err != nil {
		return err
	}
	return tx.audit("message.sent_by_hand", "message", d.ID, d.Scope, map[string]any{"items": len(c.ids)})
}

// LinkLetter is what a message that is sent by hand says now.
func (tx *Tx) LinkLetter(id string) (ReadyLink, error) {
	d, err := tx.Dispatched(id)
	if err != nil {
		return ReadyLink{}, err
	}
	return tx.readyLink(d)
}

func (tx *Tx) settleLinks() error {
	return wrap("settle links", tx.db.Exec(`UPDATE messages SET state = ?, settled_at = ? WHERE channel = ? AND state = 'queued'
		AND NOT EXISTS (SELECT 1 FROM message_items i JOIN news n ON n.id = i.item_id WHERE i.message_id = messages.id AND i.outcome = '' AND n.read_at = 0)
		AND NOT EXISTS (SELECT 1 FROM message_items i JOIN notices n ON n.id = i.item_id JOIN obligations o ON o.id = n.obligation_id
			WHERE i.message_id = messages.id AND i.outcome = '' AND n.read_at = 0 AND o.state <> 'cancelled'
			AND (n.tone = 'inform' OR o.state <> 'closed' AND o.generation = n.generation))`,
		MessageNotNeeded, tx.micros(), ChannelLink).Error)
}

// SettleLinks ends messages waiting to be sent by hand that need not be sent any
// more: nobody comes by to find out.
func (l *Ledger) SettleLinks(ctx context.Context) error {
	return l.Write(ctx, System("sweep"), func(tx *Tx) error { return tx.settleLinks() })
}
