package ledger

import (
	"cmp"
	"slices"
	"strings"

	"payung/domain/calendar"
	"payung/models"
)

// destination is how one post is reached now.
type destination struct {
	Addressee
	models.Scope
	timetable
	sender  map[string]string // by channel: the party whose settings are used
	reached map[string][]byte // by channel: the address, hashed
}

// destinations finds how posts are reached now.
func (tx *Tx) destinations(postIDs []string) (map[string]destination, error) {
	var posts []struct {
		models.Scope
		ID, PartyID, Zone string
	}
	for part := range slices.Chunk(postIDs, 500) {
		var rows []struct {
			models.Scope
			ID, PartyID, Zone string
		}
		err := tx.db.Table("posts p").Select("p.id, p.party_id, p.province_code, p.regency_code, p.unit_id, p.branch_id, y.zone").
			Joins("JOIN parties y ON y.id = p.party_id").Where("p.id IN ?", part).Find(&rows).Error
		if err != nil {
			return nil, wrap("posts", err)
		}
		posts = append(posts, rows...)
	}
	byDay := map[calendar.Day][]string{} // posts of three zones may have two days
	for _, p := range posts {
		day := calendar.Zone(p.Zone).DayOf(tx.at)
		byDay[day] = append(byDay[day], p.ID)
	}
	people := map[string]Addressee{}
	for day, ids := range byDay {
		found, err := tx.addressees(ids, day)
		if err != nil {
			return nil, err
		}
		for id, a := range found {
			people[id] = a
		}
	}
	senders, err := tx.senders()
	if err != nil {
		return nil, err
	}
	out := make(map[string]destination, len(posts))
	for _, p := range posts {
		t, err := tx.timetableOf(p.PartyID, p.Zone)
		if err != nil {
			return nil, err
		}
		out[p.ID] = destination{Addressee: people[p.ID], Scope: p.Scope, timetable: t, sender: senders.of(p.PartyID)}
	}
	return out, tx.reachable(out)
}

// senders are the channels that are switched on, by party.
type senders map[string]map[string]bool

// senders reads which channels are switched on. A link works without any
// settings, unless it was switched off.
func (tx *Tx) senders() (senders, error) {
	var rows []models.Channel
	if err := tx.db.Select("party_id, kind, enabled").Find(&rows).Error; err != nil {
		return nil, wrap("channels", err)
	}
	out := senders{"": {ChannelLink: true}}
	for _, c := range rows {
		if out[c.PartyID] == nil {
			out[c.PartyID] = map[string]bool{}
		}
		out[c.PartyID][c.Kind] = c.Enabled
	}
	return out, nil
}

// of says for each channel whose settings a party uses: its own where it has
// any, else the installation's.
func (s senders) of(partyID string) map[string]string {
	out := map[string]string{}
	for kind, on := range s[""] {
		if on {
			out[kind] = ""
		}
	}
	if partyID == "" {
		return out
	}
	for kind, on := range s[partyID] {
		delete(out, kind)
		if on {
			out[kind] = partyID
		}
	}
	return out
}

// reachable finds which channels reach the people, leaving out those that are
// switched off, were stopped, or whose address is known to be bad.
func (tx *Tx) reachable(to map[string]destination) error {
	chats, err := tx.chats(to)
	if err != nil {
		return err
	}
	var all [][]byte
	for id, d := range to {
		d.reached = map[string][]byte{ChannelInbox: tx.addressHash(ChannelInbox, cmp.Or(d.HolderID, id))}
		for _, c := range d.Channels {
			if _, on := d.sender[c]; !on || d.Stopped[c] {
				continue
			}
			if address := d.address(c, chats[d.HolderID]); address != "" {
				d.reached[c] = tx.addressHash(c, address)
				all = append(all, d.reached[c])
			}
		}
		to[id] = d
	}
	bad, err := tx.badAmong(all)
	if err != nil {
		return err
	}
	for _, d := range to {
		for c, hash := range d.reached {
			if bad[c+string(hash)] {
				delete(d.reached, c)
			}
		}
	}
	return nil
}

// address is where a channel finds somebody; "": nowhere.
func (a Addressee) address(channel, chat string) string {
	switch channel {
	case ChannelEmail:
		return strings.ToLower(strings.TrimSpace(a.Email))
	case ChannelWhatsApp, ChannelLink:
		return PhoneDigits(a.Phone)
	case ChannelTelegram:
		return chat
	case ChannelWebhook:
		return cmp.Or(PhoneDigits(a.Phone), strings.ToLower(strings.TrimSpace(a.Email)), a.HolderID)
	}
	return ""
}

// PhoneDigits is an Indonesian phone number in digits with its country code, as
// messengers want it; "": it is none.
func PhoneDigits(phone string) string {
	if own := phoneKey(phone); len(own) >= 8 && len(own) <= 13 {
		return "62" + own
	}
	return ""
}

func (tx *Tx) addressHash(channel, address string) []byte {
	return tx.l.keys.Index("address/" + channel + "/" + address)
}

// badAmong tells which of these addresses are known to be bad.
func (tx *Tx) badAmong(hashes [][]byte) (map[string]bool, error) {
	out := map[string]bool{}
	for part := range slices.Chunk(hashes, 500) {
		var rows []models.BadAddress
		err := tx.db.Select("channel, recipient").Where("recipient IN ? AND cleared_at = 0", part).Find(&rows).Error
		if err != nil {
			return nil, wrap("bad addresses", err)
		}
		for _, b := range rows {
			out[b.Channel+string(b.Recipient)] = true
		}
	}
	return out, nil
}

// chats are the chat addresses of people, by holder.
func (tx *Tx) chats(to map[string]destination) (map[string]string, error) {
	var holders []string
	for _, d := range to {
		if slices.Contains(d.Channels, ChannelTelegram) {
			holders = append(holders, d.HolderID)
		}
	}
	rows, err := inParts[models.ChatAddress](tx, "chat_addresses", "holder_id", holders)
	out := make(map[string]string, len(rows))
	for _, r := range rows {
		plain, err := tx.l.keys.Open(r.Address, chatOf(r.ID))
		if err != nil {
			return nil, wrap("chat address", err)
		}
		out[r.HolderID] = string(plain)
	}
	return out, wrap("chat addresses", err)
}

func chatOf(id string) string { return "chat_addresses/" + id + "/address" }
