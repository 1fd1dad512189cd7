package ledger

import (
	"encoding/base32"
	"slices"
	"strings"
	"time"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// draft is a message that something waiting would go into: one person, one
// channel, one morning or at once.
type draft struct {
	models.Message
	items []string
	later later // where its own morning is over
}

// later is the morning a list moves to when that of its day has gone out.
type later struct {
	day calendar.Day
	at  time.Time
	key string
}

// drafts sorts what waits by person, channel and time.
func (tx *Tx) drafts(in []waiting) ([]draft, error) {
	to, err := tx.destinations(postsOf(in))
	if err != nil {
		return nil, err
	}
	tried, err := tx.triedChannels(in)
	if err != nil {
		return nil, err
	}
	return tx.draftsTo(to, in, tried)
}

// draftsTo is [Tx.drafts] where it is known how posts are reached, and by which
// channels each thing has been tried.
func (tx *Tx) draftsTo(to map[string]destination, in []waiting, tried map[string][]string) ([]draft, error) {
	var out []draft
	at := map[string]int{}
	for _, w := range in {
		d, known := to[w.PostID]
		if !known {
			return nil, fault.New(fault.NotFound, "not_found", "there is no such post").With("what", "post")
		}
		m := tx.draftFor(w, d, d.choose(tried[w.ID]))
		n, known := at[m.Key]
		if !known {
			n = len(out)
			at[m.Key] = n
			out = append(out, m)
		}
		out[n].items = append(out[n].items, w.ID)
	}
	return out, nil
}

// draftFor is the message one thing goes into.
func (tx *Tx) draftFor(w waiting, d destination, channel string) draft {
	m := models.Message{
		ID: newID(), Scope: d.Scope, SenderID: d.sender[channel], Kind: MessageDigest, Channel: channel, Recipient: d.reached[channel],
		PostID: d.PostID, HolderID: d.HolderID, State: MessageQueued, CreatedAt: tx.micros(),
	}
	day, at := d.morning(tx.at)
	next, nextAt := d.after(day)
	out := draft{Message: m}
	if channel != ChannelInbox && w.urgentBy(tx.at, at) {
		at = d.soonest(tx.at.Add(urgentWait))
		out.Kind, out.Day, out.NextAt = MessageUrgent, string(d.zone.DayOf(at)), at.UnixMicro()
		out.Key = tx.messageKey(out.Message, w.ID)
		return out
	}
	out.Day, out.NextAt = string(day), at.UnixMicro()
	out.Key = tx.messageKey(out.Message, "")
	moved := out.Message
	moved.Day = string(next)
	out.later = later{next, nextAt, tx.messageKey(moved, "")}
	if channel == ChannelInbox { // it lies there already
		out.State, out.NextAt, out.SentAt = MessageSent, 0, tx.micros()
	}
	return out
}

var keyLetters = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// messageKey names a message to the outside: what goes to the same person by the
// same channel for the same morning has the same key, and nobody can tell from
// it who that is.
func (tx *Tx) messageKey(m models.Message, first string) string {
	said := strings.Join([]string{"message", m.Kind, m.Channel, m.SenderID, m.Day, first, string(m.Recipient)}, "\x00")
	return "payung-" + keyLetters.EncodeToString(tx.l.keys.Index(said))
}

// choose is the first channel that can be used and has not been tried for this
// thing; the inbox if there is none.
func (d destination) choose(tried []string) string {
	for _, c := range d.Channels {
		if c != ChannelInbox && len(d.reached[c]) > 0 && !slices.Contains(tried, c) {
			return c
		}
	}
	return ChannelInbox
}

// triedChannels lists by which channels each thing has failed before.
func (tx *Tx) triedChannels(in []waiting) (map[string][]string, error) {
	ids := make([]string, len(in))
	for i, w := range in {
		ids[i] = w.ID
	}
	out := map[string][]string{}
	for part := range slices.Chunk(ids, 500) {
		var rows []struct{ ItemID, Channel string }
		err := tx.db.Table("message_items i").Select("i.item_id, m.channel").Joins("JOIN messages m ON m.id = i.message_id").
			Where("i.item_id IN ? AND m.state IN ?", part, deadStates()).Find(&rows).Error
		if err != nil {
			return nil, wrap("channels tried", err)
		}
		for _, r := range rows {
			out[r.ItemID] = append(out[r.ItemID], r.Channel)
		}
	}
	return out, nil
}
