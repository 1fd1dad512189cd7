package ledger

import (
	"cmp"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// takeOver records that a post passed to another person, and gives somebody who
// stays what they had chosen. Duties and notices hang on the post, so nothing
// else has to move.
func (tx *Tx) takeOver(post models.Post, before, h models.PostHolder) error {
	err := tx.db.Exec(`DELETE FROM handovers WHERE post_id = ? AND told_at = 0 AND on_day = ?`, post.ID, h.ValidFrom).Error
	if err != nil || before.ID == "" {
		return wrap("take a handover back", err)
	}
	if samePerson(before, h) {
		return tx.carryPreference(before, h)
	}
	zone, err := tx.zoneOf(post)
	if err != nil || h.ValidTo != "" && h.ValidTo < string(tx.today(zone)) {
		return err // told in hindsight: there is nobody to tell
	}
	return create(tx, post.Scope, models.Handover{
		ID: newID(), Scope: post.Scope, PostID: post.ID, FromHolderID: before.ID, HolderID: h.ID, OnDay: h.ValidFrom, Actor: tx.actor.Name, CreatedAt: tx.micros(),
	})
}

// carryPreference gives a person who goes on under another letter the same
// channels; a consent is to a number, and stays with it.
func (tx *Tx) carryPreference(before, h models.PostHolder) error {
	found, err := tx.preferences([]string{before.ID})
	p := found[before.ID]
	if err != nil || p.ID == "" {
		return err
	}
	p.ID, p.HolderID = newID(), h.ID
	if phoneKey(before.Phone) != phoneKey(h.Phone) {
		p.OptedInOn, p.OptedInHow = "", ""
	}
	return tx.keepPreference(p)
}

// zoneOf is the zone of a post's party.
func (tx *Tx) zoneOf(p models.Post) (string, error) {
	var party models.Party
	err := tx.db.Select("zone").Where("id = ?", p.PartyID).Limit(1).Find(&party).Error
	return cmp.Or(party.Zone, string(calendar.WIB)), wrap("zone of a post", err)
}

// HandoverNote is what passes from one holder of a post to the next: what is
// open and what was told about it.
type HandoverNote struct {
	Post     models.Post
	Party    models.Party
	UnitName string
	From     models.PostHolder // whose note it is
	To       models.PostHolder // "": nobody follows yet
	On       calendar.Day      // the end of this day
	Duties   []PostDuty
	Below    []PostRow // posts right below with something open now
}

// Handover is the handover note of a holder: as of their last day, or of today
// while they still hold the post.
func (tx *Tx) Handover(holderID string) (HandoverNote, error) {
	var n HandoverNote
	var err error
	if n.From, err = take[models.PostHolder](tx, "post_holders", "holder", holderID); err != nil {
		return n, err
	}
	if n.Post, err = tx.Post(n.From.PostID); err != nil {
		return n, err
	}
	if n.Party, err = tx.Party(n.Post.PartyID); err != nil {
		return n, err
	}
	today := tx.today(n.Party.Zone)
	if string(today) < n.From.ValidFrom {
		return n, fault.New(fault.Invalid, "not_in_office_yet", "this holder begins on %s", n.From.ValidFrom).With("date", n.From.ValidFrom)
	}
	n.On = today
	asOf := calendar.Day("")
	if n.From.ValidTo != "" && n.From.ValidTo < string(today) {
		n.On, asOf = calendar.Day(n.From.ValidTo), calendar.Day(n.From.ValidTo)
	}
	if n.Duties, err = tx.postDuties(n.Post, asOf); err != nil {
		return n, err
	}
	holders, err := tx.Holders(n.Post.ID)
	if err != nil {
		return n, err
	}
	for _, h := range holders { // newest first: the last one kept is the next
		if h.ValidFrom > n.From.ValidFrom {
			n.To = h
		}
	}
	rows, err := tx.PostRows(n.Party.ID)
	for _, r := range rows {
		if r.ID == n.Post.ID {
			n.UnitName = r.UnitName
		}
		if r.SuperiorID == n.Post.ID && r.Open > 0 {
			n.Below = append(n.Below, r)
		}
	}
	return n, err
}
