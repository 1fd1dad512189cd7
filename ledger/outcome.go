package ledger

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"payung/models"
)

// Verdicts on an attempt to send.
const (
	VerdictSent    = "sent"
	VerdictAway    = "away"        // nobody answers: the lane waits
	VerdictLater   = "later"       // this message, another time
	VerdictBad     = "bad_address" // nobody is there
	VerdictRefused = "refused"     // this message never
	VerdictUnknown = "unknown"     // it may have been taken
)

// Failed is why a message was not surely taken.
type Failed struct {
	Code   string
	Detail string        // without addresses
	After  time.Duration // how long the other side asks to wait
}

// Outcome is what became of one attempt.
type Outcome struct {
	MessageID  string
	Claim      string
	Verdict    string
	Failed     Failed
	ProviderID string
	Subject    string
	Text       string
	Named      []string // items the text names
	Counted    []string // items it counts
}

// maxAttempts is how often a message is tried that the other side puts off.
const maxAttempts = 10

// provenByTaking lists the channels where a message that was taken counts as
// delivered: the recipient's side has it.
var provenByTaking = map[string]string{ChannelEmail: ProofEmail, ChannelTelegram: ProofTelegram, ChannelWebhook: ProofWebhook}

// settleMessage writes down what became of an attempt. One whose claim has run
// out meanwhile belongs to somebody else.
func (tx *Tx) settleMessage(c *models.Channel, o Outcome) error {
	var m models.Message
	err := tx.forChange(tx.db).Limit(1).Find(&m, "id = ? AND claim = ? AND state = ?", o.MessageID, o.Claim, MessageSending).Error
	if err != nil || m.ID == "" {
		return wrap("settle a message", err)
	}
	if o.Verdict == VerdictAway {
		if err := tx.pause(*c, o.Failed); err != nil {
			return err
		}
		c.PausedUntil = tx.at.Add(time.Second).UnixMicro() // at least; the row has the exact time
		return tx.change(m.ID, map[string]any{
			"state": MessageQueued, "claim": "", "attempts": max(m.Attempts-1, 0), "price": 0, "problem": "channel_away", "detail": o.Failed.Code,
		})
	}
	if err := tx.works(*c); err != nil {
		return err
	}
	if o.Verdict == VerdictSent {
		return tx.settleSent(m, o)
	}
	change := map[string]any{"claim": "", "problem": o.Failed.Code, "detail": o.Failed.Detail, "price": 0}
	switch {
	case o.Verdict == VerdictLater && m.Attempts < maxAttempts:
		wait := max(backoff(messageFirst, messageMost, m.Attempts-1), o.Failed.After)
		change["state"], change["next_at"] = MessageQueued, tx.at.Add(wait).UnixMicro()
		return tx.change(m.ID, change)
	case o.Verdict == VerdictUnknown:
		change["unknowns"], change["problem"] = m.Unknowns+1, "unknown"
		if m.Unknowns+1 < maxUnknown {
			change["state"], change["next_at"] = MessageQueued, tx.at.Add(backoff(messageFirst, messageMost, m.Unknowns)).UnixMicro()
			return tx.change(m.ID, change)
		}
		change["state"] = MessageUnknown
	case o.Verdict == VerdictBad:
		change["state"] = MessageBounced
	default:
		change["state"] = MessageFailed
	}
	change["settled_at"] = tx.micros()
	if err := tx.change(m.ID, change); err != nil {
		return err
	}
	if o.Verdict == VerdictBad {
		if err := tx.markBad(m, o.Failed.Detail); err != nil {
			return err
		}
	}
	return tx.giveBack(m.ID)
}

func (tx *Tx) settleSent(m models.Message, o Outcome) error {
	err := tx.change(m.ID, map[string]any{
		"state": MessageSent, "claim": "", "sent_at": tx.micros(), "provider_id": o.ProviderID, "subject": o.Subject, "text": withoutSecrets(o.Text), "problem": "", "detail": "",
	})
	if err != nil {
		return err
	}
	if err := tx.outcomes(m.ID, o.Named, ItemNamed); err != nil {
		return err
	}
	if err := tx.outcomes(m.ID, o.Counted, ItemCounted); err != nil {
		return err
	}
	if how := provenByTaking[m.Channel]; how != "" {
		return tx.proveMessage(m.ID, how, tx.micros())
	}
	return nil
}

func (tx *Tx) outcomes(messageID string, items []string, outcome string) error {
	for part := range slices.Chunk(items, provePart) {
		err := tx.db.Exec("UPDATE message_items SET outcome = ? WHERE message_id = ? AND item_id IN ?", outcome, messageID, part).Error
		if err != nil {
			return wrap("outcome of items", err)
		}
	}
	return nil
}

// proveMessage proves the dated requests that a message names to those who owe.
func (tx *Tx) proveMessage(id, how string, at int64) error {
	var named []string
	err := tx.db.Model(&models.MessageItem{}).Where("message_id = ? AND outcome = ?", id, ItemNamed).Pluck("item_id", &named).Error
	if err != nil {
		return wrap("items of a message", err)
	}
	return tx.proveNotices(named, how, at)
}

// giveBack lets what was in a message find another way.
func (tx *Tx) giveBack(messageID string) error {
	for _, table := range []string{"notices", "news"} {
		err := tx.db.Exec("UPDATE "+table+" SET bundled_at = 0 WHERE id IN (SELECT item_id FROM message_items WHERE message_id = ? AND outcome IN ('', 'named', 'counted'))", messageID).Error
		if err != nil {
			return wrap("give back", err)
		}
	}
	tx.rings = true
	return nil
}

// giveBackLane lets all that waits for a channel find another way.
func (tx *Tx) giveBackLane(c models.Channel) error {
	const open = "SELECT id FROM messages WHERE channel = ? AND sender_id = ? AND state = 'queued'"
	for _, table := range []string{"notices", "news"} {
		err := tx.db.Exec("UPDATE "+table+" SET bundled_at = 0 WHERE id IN (SELECT item_id FROM message_items WHERE outcome = '' AND message_id IN ("+open+"))",
			c.Kind, c.PartyID).Error
		if err != nil {
			return wrap("give back a channel", err)
		}
	}
	return wrap("give back a channel", tx.db.Exec("UPDATE messages SET state = ?, settled_at = ?, problem = 'channel_off' WHERE id IN ("+open+")",
		MessageSuperseded, tx.micros(), c.Kind, c.PartyID).Error)
}

// again is the next name of a message: x, x.2, x.3.
func again(key string) string {
	first, turn, _ := strings.Cut(key, ".")
	n, err := strconv.Atoi(cmp.Or(turn, "1"))
	if err != nil {
		n = 1
	}
	return first + "." + strconv.Itoa(n+1)
}
