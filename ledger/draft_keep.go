package ledger

import (
	"slices"
	"strings"

	"gorm.io/gorm/clause"

	"payung/models"
)

// keepDrafts writes drafts: what is still open for the same person is joined,
// the rest are new messages. What could not be sent until now goes along with
// the new morning's list, so that nobody gets three after three days without a
// line.
func (tx *Tx) keepDrafts(drafts []draft, in []waiting) error {
	open, err := tx.openMessages(drafts)
	if err != nil {
		return err
	}
	gone, err := tx.keysInUse(drafts)
	if err != nil {
		return err
	}
	var fresh []models.Message
	var items []models.MessageItem
	var lists []models.Message
	for _, d := range drafts {
		into, joins := open.find(&d, gone)
		if !joins {
			into = d.Message
			fresh = append(fresh, into)
			open[placeOf(into)] = into
		}
		for _, id := range d.items {
			items = append(items, models.MessageItem{MessageID: into.ID, ItemID: id, Outcome: outcomeIn(into)})
		}
		if into.Kind == MessageDigest {
			lists = append(lists, into)
		}
	}
	if err := insert(tx, fresh); err != nil {
		return wrap("messages", err)
	}
	if err := tx.addItems(items); err != nil {
		return err
	}
	if err := tx.markBundled(in); err != nil {
		return err
	}
	return tx.carry(open.stale(lists))
}

// slot is what makes two messages one: the person, the way, the morning.
type slot struct{ recipient, channel, sender, kind, day string }

func placeOf(m models.Message) slot {
	p := slot{string(m.Recipient), m.Channel, m.SenderID, m.Kind, m.Day}
	if m.Kind == MessageUrgent {
		p.day = "" // whatever is urgent and has not gone out yet
	}
	return p
}

// openMessages are those that have not gone out yet.
type openMessages map[slot]models.Message

// openMessages reads and locks what has not gone out yet for the people of some
// drafts: whoever sends takes only what is not locked.
func (tx *Tx) openMessages(drafts []draft) (openMessages, error) {
	recipients := make([][]byte, len(drafts))
	for i, d := range drafts {
		recipients[i] = d.Recipient
	}
	var rows []models.Message
	err := tx.forChange(tx.db).Select("id, kind, channel, sender_id, recipient, day, key, state").
		Where("recipient IN ? AND state = ?", recipients, MessageQueued).Order("id").Find(&rows).Error
	out := make(openMessages, len(rows))
	for _, m := range rows {
		out[placeOf(m)] = m
	}
	return out, wrap("open messages", err)
}

// keysInUse reads which keys of drafts messages have already.
func (tx *Tx) keysInUse(drafts []draft) (map[string]models.Message, error) {
	keys := make([]string, 0, 2*len(drafts))
	for _, d := range drafts {
		keys = append(keys, d.Key)
		if d.later.key != "" {
			keys = append(keys, d.later.key)
		}
	}
	var rows []models.Message
	err := tx.db.Select("id, kind, channel, sender_id, recipient, day, key, state").Where("key IN ?", keys).Find(&rows).Error
	out := make(map[string]models.Message, len(rows))
	for _, m := range rows {
		out[m.Key] = m
	}
	return out, wrap("keys of messages", err)
}

// find is the message a draft joins. A draft whose morning's list has gone out
// moves to the next morning; a list in the inbox is open as long as it is read.
func (o openMessages) find(d *draft, gone map[string]models.Message) (models.Message, bool) {
	if m, ok := o[placeOf(d.Message)]; ok {
		return m, true
	}
	was, over := gone[d.Key]
	if !over {
		return models.Message{}, false
	}
	if was.Channel == ChannelInbox {
		return was, true
	}
	d.Day, d.NextAt, d.Key = string(d.later.day), d.later.at.UnixMicro(), d.later.key
	if m, ok := o[placeOf(d.Message)]; ok {
		return m, true
	}
	if _, over := gone[d.Key]; over || d.Key == "" { // somebody sent tomorrow's list by hand
		d.Key = "payung-" + strings.ReplaceAll(d.ID, "-", "")
	}
	return models.Message{}, false
}

// outcomeIn is what an item's outcome is when it comes into a message: in the
// inbox it can be read at once.
func outcomeIn(m models.Message) string {
	if m.Channel == ChannelInbox {
		return ItemNamed
	}
	return ""
}

// addItems puts things into messages. One that comes back to a message it was
// taken from is in it again.
func (tx *Tx) addItems(items []models.MessageItem) error {
	return wrap("items of messages", insert(tx, items, clause.OnConflict{
		Columns: []clause.Column{{Name: "message_id"}, {Name: "item_id"}}, DoUpdates: clause.AssignmentColumns([]string{"outcome"}),
	}))
}

func (tx *Tx) markBundled(in []waiting) error {
	var ids [2][]string
	for _, w := range in {
		n := 0
		if w.News {
			n = 1
		}
		ids[n] = append(ids[n], w.ID)
	}
	for n, table := range []string{"notices", "news"} {
		for part := range slices.Chunk(ids[n], 500) {
			err := tx.db.Exec("UPDATE "+table+" SET bundled_at = ? WHERE id IN ? AND bundled_at = 0", tx.micros(), part).Error
			if err != nil {
				return wrap("mark what was bundled", err)
			}
		}
	}
	return nil
}

// carried is a message that a later list takes the place of.
type carriedBy struct{ old, by string }

// stale lists what has not gone out and is older than a list for the same person
// by the same way.
func (o openMessages) stale(lists []models.Message) []carriedBy {
	newest := map[slot]models.Message{}
	for _, m := range lists {
		p := placeOf(m)
		p.kind, p.day = "", ""
		if m.Day > newest[p].Day {
			newest[p] = m
		}
	}
	var out []carriedBy
	for _, m := range o {
		p := placeOf(m)
		p.kind, p.day = "", ""
		if by, ok := newest[p]; ok && m.Day < by.Day {
			out = append(out, carriedBy{m.ID, by.ID})
		}
	}
	slices.SortFunc(out, func(a, b carriedBy) int { return strings.Compare(a.old, b.old) })
	return out
}

// carry moves what is in older messages into the lists that take their place.
func (tx *Tx) carry(pairs []carriedBy) error {
	for part := range slices.Chunk(pairs, 400) {
		with := "WITH moved(old, by) AS (VALUES (?, ?)" + strings.Repeat(", (?, ?)", len(part)-1) + ") "
		args := make([]any, 0, 2*len(part)+3)
		for _, p := range part {
			args = append(args, p.old, p.by)
		}
		err := tx.db.Exec(with+`INSERT INTO message_items (message_id, item_id, outcome)
			SELECT moved.by, i.item_id, '' FROM message_items i JOIN moved ON moved.old = i.message_id WHERE i.outcome = ''
			ON CONFLICT (message_id, item_id) DO NOTHING`, args...).Error
		if err != nil {
			return wrap("carry items", err)
		}
		err = tx.db.Exec(with+`UPDATE messages SET state = ?, settled_at = ?, superseded_by = (SELECT by FROM moved WHERE moved.old = messages.id)
			WHERE id IN (SELECT old FROM moved)`, append(args, MessageSuperseded, tx.micros())...).Error
		if err != nil {
			return wrap("supersede messages", err)
		}
	}
	return nil
}
