package ledger

import (
	"maps"
	"slices"
	"strings"

	"payung/domain/calendar"
	"payung/models"
)

// How a message finds somebody when it is delivered.
const (
	ViaHolder   = "holder"   // who holds the post
	ViaDeputy   = "deputy"   // nobody does: who stands in
	ViaSuperior = "superior" // nobody stands in either: who is above
)

// Addressee is who a message for a post goes to on a day. With no Via there is
// nobody.
type Addressee struct {
	PostID    string
	PostTitle string
	PartyID   string
	UnitID    string
	UnitName  string

	HolderID string
	Name     string
	Capacity string // definitive, plt, pj
	Mandate  string
	Email    string
	Phone    string

	Via       string // holder, deputy, superior; "": nobody can be told
	ViaPostID string // the post whose holder it is

	Language string          // id, en
	Channels []string        // those that can reach the holder, the preferred one first
	Stopped  map[string]bool // channels the holder wants no reminders by
}

// Reachable reports whether a message would leave the house: somebody is there
// and has an address.
func (a Addressee) Reachable() bool { return a.Via != "" && (a.Email != "" || a.Phone != "") }

// climb bounds the way from a post to somebody who can be told, in posts.
const climb = 16

// addressees finds for each post who is to be told on a day: its holder, who may
// be a Plt or Pj; if there is none, its deputy's; if there is none either, the
// superior's. A circle of posts ends where it closes.
func (tx *Tx) addressees(postIDs []string, day calendar.Day) (map[string]Addressee, error) {
	posts, err := tx.around(postIDs)
	if err != nil {
		return nil, err
	}
	holders, err := tx.holdersOn(slices.Collect(maps.Keys(posts)), day)
	if err != nil {
		return nil, err
	}
	out := make(map[string]Addressee, len(postIDs))
	var units, people []string
	for _, id := range postIDs {
		p, known := posts[id]
		if !known {
			continue
		}
		a := Addressee{PostID: id, PostTitle: p.Title, PartyID: p.PartyID, UnitID: p.UnitID}
		at, via := whoStands(posts, holders, id)
		if via != "" {
			h := holders[at]
			a.HolderID, a.Name, a.Capacity, a.Mandate, a.Email, a.Phone = h.ID, h.Name, h.Capacity, h.Mandate, h.Email, h.Phone
			a.Via, a.ViaPostID = via, at
			people = append(people, h.ID)
		}
		out[id] = a
		units = append(units, p.UnitID)
	}
	names, err := tx.unitNames(units)
	if err != nil {
		return nil, err
	}
	preferences, err := tx.preferences(people)
	if err != nil {
		return nil, err
	}
	for id, a := range out {
		a.UnitName = names[a.UnitID]
		a.prefer(preferences[a.HolderID])
		out[id] = a
	}
	return out, nil
}

// whoStands is the nearest post with a holder, and how it was reached: along
// the deputies of a post first, then of the post above it.
func whoStands(posts map[string]models.Post, holders map[string]models.PostHolder, id string) (at, via string) {
	via = ViaHolder
	seen := map[string]bool{}
	for up := id; up != "" && len(seen) < climb; up = posts[up].SuperiorID {
		if seen[up] {
			break
		}
		for p := up; p != "" && !seen[p] && len(seen) < climb; p = posts[p].DeputyID {
			seen[p] = true
			if holders[p].ID != "" {
				return p, via
			}
			if via == ViaHolder {
				via = ViaDeputy
			}
		}
		via = ViaSuperior
	}
	return "", ""
}

// around reads posts with all those that may stand in for them.
func (tx *Tx) around(ids []string) (map[string]models.Post, error) {
	out := make(map[string]models.Post, len(ids))
	ask := slices.Compact(slices.Sorted(slices.Values(ids)))
	for range climb {
		if len(ask) == 0 {
			break
		}
		rows, err := inParts[models.Post](tx, "posts", "id", ask)
		if err != nil {
			return nil, wrap("posts around", err)
		}
		next := map[string]bool{}
		for _, p := range rows {
			out[p.ID] = p
			next[p.DeputyID], next[p.SuperiorID] = true, true
		}
		delete(next, "")
		maps.DeleteFunc(next, func(id string, _ bool) bool { return out[id].ID != "" })
		ask = slices.Sorted(maps.Keys(next))
	}
	return out, nil
}

// inOffice is the condition that a holder holds the post on a day, which is
// given twice.
const inOffice = "post_holders.valid_from <= ? AND (post_holders.valid_to = '' OR post_holders.valid_to >= ?)"

// holdersOn are who holds posts on a day; of two, the one who came later.
func (tx *Tx) holdersOn(postIDs []string, day calendar.Day) (map[string]models.PostHolder, error) {
	out := make(map[string]models.PostHolder, len(postIDs))
	rows, err := inParts[models.PostHolder](tx, "post_holders", "post_id", postIDs)
	for _, h := range rows {
		if h.ValidFrom > string(day) || h.ValidTo != "" && h.ValidTo < string(day) {
			continue
		}
		if was, ok := out[h.PostID]; !ok || was.ValidFrom < h.ValidFrom || was.ValidFrom == h.ValidFrom && was.ID < h.ID {
			out[h.PostID] = h
		}
	}
	return out, wrap("holders of posts", err)
}

// inParts reads the rows whose column is one of many values, in parts that stay
// under the engines' parameter limits. Whom a message goes to is no secret from
// whom it is about, so this looks past the actor's own units.
func inParts[T any](tx *Tx, table, column string, values []string) ([]T, error) {
	var out []T
	for part := range slices.Chunk(values, 500) {
		var rows []T
		if err := tx.db.Table(table).Where(column+" IN ?", part).Order("id").Find(&rows).Error; err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}

// unitNames are the names of units by ID.
func (tx *Tx) unitNames(ids []string) (map[string]string, error) {
	rows, err := inParts[models.Unit](tx, "units", "id", slices.Compact(slices.Sorted(slices.Values(ids))))
	out := make(map[string]string, len(rows))
	for _, u := range rows {
		out[u.ID] = u.Name
	}
	return out, wrap("names of units", err)
}

// prefer orders the channels that can reach the holder by what they prefer.
// WhatsApp in our own name needs consent; a link somebody clicks does not.
func (a *Addressee) prefer(p models.Preference) {
	a.Language, a.Stopped = "id", map[string]bool{}
	if p.Language != "" {
		a.Language = p.Language
	}
	for c := range strings.SplitSeq(p.Stopped, ",") {
		if c != "" {
			a.Stopped[c] = true
		}
	}
	if a.Via == "" {
		return
	}
	order := usualChannels
	if p.Channels != "" {
		order = strings.Split(p.Channels, ",")
	}
	for _, c := range order {
		switch {
		case c == ChannelEmail && a.Email == "", c == ChannelLink && a.Phone == "", c == ChannelWhatsApp && (a.Phone == "" || p.OptedInOn == ""):
		default:
			a.Channels = append(a.Channels, c)
		}
	}
	if !slices.Contains(a.Channels, ChannelInbox) {
		a.Channels = append(a.Channels, ChannelInbox)
	}
}
