package ledger

import (
	"bytes"
	"cmp"
	"slices"

	"payung/domain/calendar"
	"payung/models"
	"payung/notice"
)

// contents is what a message would say if it went out now, and to whom.
type contents struct {
	destination
	to     string // the address
	letter notice.Letter
	ids    []string            // of its items
	left   map[string][]string // out of it, by why
}

// empty reports that nothing is left to say, or nobody to say it to.
func (f contents) empty() bool { return len(f.ids) == 0 }

// fact is an item of a message with the state of its duty now.
type fact struct {
	InboxEntry
	Generation    int
	NowGeneration int
	PausedAt      int64
	ClosedOn      string // of the agreement
}

// look is what a message would say if it went out now. What was done in the
// meantime is left out, and so is what belongs to somebody else by now.
func (tx *Tx) look(m models.Message) (contents, error) {
	c := contents{left: map[string][]string{}}
	items, err := tx.itemsOf(m.ID)
	if err != nil {
		return c, err
	}
	var standing []fact
	for _, i := range items {
		if why := i.over(); why != "" {
			c.left[why] = append(c.left[why], i.ID)
		} else {
			standing = append(standing, i)
		}
	}
	posts := make([]string, len(standing))
	var agreements []string // of the items
	for n, i := range standing {
		posts[n] = i.PostID
	}
	slices.Sort(posts)
	to, err := tx.destinations(slices.Compact(posts))
	if err != nil {
		return c, err
	}
	for _, i := range standing {
		d, known := to[i.PostID]
		if !known || !bytes.Equal(d.reached[m.Channel], m.Recipient) || d.sender[m.Channel] != m.SenderID {
			c.left[ItemElsewhere] = append(c.left[ItemElsewhere], i.ID)
			continue
		}
		if c.empty() || i.PostID == m.PostID {
			c.destination = d
		}
		c.letter.Items, c.ids = append(c.letter.Items, d.item(i.InboxEntry)), append(c.ids, i.ID)
		agreements = append(agreements, i.AgreementID)
	}
	if c.empty() {
		return c, nil
	}
	if err := tx.withWeekly(c.letter, agreements); err != nil {
		return c, err
	}
	return c, tx.addressed(m, &c)
}

// contentsOf is [Tx.look] for a message that is about to go out: it writes down
// what is left out, and lets what belongs to somebody else find another way.
func (tx *Tx) contentsOf(m models.Message) (contents, error) {
	c, err := tx.look(m)
	if err != nil {
		return c, err
	}
	for _, why := range []string{ItemClosed, ItemMoved, ItemRead} {
		if err := tx.outcomes(m.ID, c.left[why], why); err != nil {
			return c, err
		}
	}
	return c, tx.sendElsewhere(m.ID, c.left[ItemElsewhere])
}

// over says why an item is said no more; "": it is.
func (i fact) over() string {
	switch {
	case i.ReadAt > 0:
		return ItemRead
	case i.News != "":
		return ""
	case i.State == StateCancelled || i.ClosedOn != "":
		return ItemClosed
	case i.Tone == string(notice.Inform):
		return ""
	case i.State == StateClosed || i.PausedAt > 0:
		return ItemClosed
	case i.Generation != i.NowGeneration:
		return ItemMoved
	}
	return ""
}

// itemsOf reads what is in a message and was not said yet.
func (tx *Tx) itemsOf(messageID string) ([]fact, error) {
	var out, news []fact
	q := reminding(tx.db.Table("notices"))
	q.Statement.Selects = append(q.Statement.Selects, "o.generation AS now_generation", "o.paused_at", "a.closed_on")
	err := q.Joins("JOIN message_items i ON i.item_id = notices.id AND i.message_id = ? AND i.outcome = ''", messageID).Order("notices.id").Find(&out).Error
	if err != nil {
		return nil, wrap("reminders of a message", err)
	}
	err = telling(tx.db.Table("news")).Joins("JOIN message_items i ON i.item_id = news.id AND i.message_id = ? AND i.outcome = ''", messageID).
		Order("news.id").Find(&news).Error
	return append(out, news...), wrap("news of a message", err)
}

// sendElsewhere takes items out of a message whose post somebody else holds by
// now, or is reached another way.
func (tx *Tx) sendElsewhere(messageID string, ids []string) error {
	if err := tx.outcomes(messageID, ids, ItemElsewhere); err != nil || len(ids) == 0 {
		return err
	}
	for _, table := range []string{"notices", "news"} {
		for part := range slices.Chunk(ids, provePart) {
			if err := tx.db.Exec("UPDATE "+table+" SET bundled_at = 0 WHERE id IN ?", part).Error; err != nil {
				return wrap("send elsewhere", err)
			}
		}
	}
	tx.rings = true
	return nil
}

// addressed fills in whom the letter is to and from.
func (tx *Tx) addressed(m models.Message, c *contents) error {
	set, err := tx.Settings()
	if err != nil {
		return err
	}
	var from models.Party
	if err := tx.db.Select("name").Take(&from, "id = ?", c.PartyID).Error; err != nil {
		return wrap("whose letter it is", err)
	}
	chat := ""
	if m.Channel == ChannelTelegram {
		chats, err := tx.chats(map[string]destination{c.PostID: c.destination})
		if err != nil {
			return err
		}
		chat = chats[c.HolderID]
	}
	c.to = c.address(m.Channel, chat)
	c.letter = tx.letterTo(c.destination, m.Kind, from.Name, set.Sample, c.letter.Items)
	return nil
}

// item is an entry as facts for words, to whoever is reached.
func (d destination) item(e InboxEntry) notice.Item {
	item := e.Item()
	if d.Via != ViaHolder {
		item.Vacant = d.PostTitle
	}
	return item
}

// letterTo is a letter to whoever is reached, as of now.
func (tx *Tx) letterTo(d destination, kind, from string, sample bool, items []notice.Item) notice.Letter {
	return notice.Letter{
		Lang: calendar.Lang(cmp.Or(d.Language, string(calendar.ID))), Post: d.PostTitle, Unit: d.UnitName, From: from,
		Urgent: kind == MessageUrgent, Sample: sample, Now: tx.at, Site: tx.l.public, Path: "/inbox?post=" + d.PostID, Items: items,
	}
}
