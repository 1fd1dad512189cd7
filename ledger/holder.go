package ledger

import (
	"slices"
	"strings"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/match"
	"payung/models"
)

// In what capacity somebody holds a post: for good, as pelaksana tugas, or as
// penjabat.
const (
	Definitive = "definitive"
	Plt        = "plt"
	Pj         = "pj"
)

// HolderInput puts a person into a post.
type HolderInput struct {
	Name, Email, Phone string
	Capacity           string // definitive, plt, pj; "": definitive
	Mandate            string // the letter that lets a Plt or Pj act
	ValidFrom, ValidTo string
}

// AssignHolder records who holds a post from a day on. Whoever held it before
// ends the day before; who is to hold it later still does. A new person takes
// over what is open, and is told so on their first day.
func (tx *Tx) AssignHolder(postID string, in HolderInput) (models.PostHolder, error) {
	post, err := takeLocked[models.Post](tx, "posts", "post", postID)
	if err != nil {
		return models.PostHolder{}, err
	}
	h := models.PostHolder{
		ID: newID(), Scope: post.Scope, PostID: postID, Name: strings.TrimSpace(in.Name), Email: strings.TrimSpace(in.Email), Phone: strings.TrimSpace(in.Phone),
		Capacity: in.Capacity, Mandate: strings.TrimSpace(in.Mandate), ValidFrom: in.ValidFrom, ValidTo: in.ValidTo, CreatedAt: tx.micros(),
	}
	if h.Capacity == "" {
		h.Capacity = Definitive
	}
	if err := checkHolder(h); err != nil {
		return h, err
	}
	if err := tx.actor.may(post.Scope); err != nil {
		return h, err
	}
	before, err := tx.makeRoom(&h)
	if err != nil {
		return h, err
	}
	if err := create(tx, h.Scope, h); err != nil {
		return h, err
	}
	if err := tx.takeOver(post, before, h); err != nil {
		return h, err
	}
	return h, tx.audit("post.held", "post", postID, h.Scope, map[string]any{"holder": h.ID, "capacity": h.Capacity, "from": h.ValidFrom})
}

func checkHolder(h models.PostHolder) error {
	if h.Name == "" {
		return missing("name")
	}
	if !slices.Contains([]string{Definitive, Plt, Pj}, h.Capacity) {
		return fault.New(fault.Invalid, "unknown_capacity", "a post is held definitive, as plt or as pj").On("capacity")
	}
	from, err := calendar.ParseDay(h.ValidFrom)
	if err != nil {
		return badDate("valid_from")
	}
	if h.ValidTo == "" {
		return nil
	}
	if to, err := calendar.ParseDay(h.ValidTo); err != nil || to < from {
		return fault.New(fault.Invalid, "ends_before_it_begins", "the last day must not lie before the first").On("valid_to")
	}
	return nil
}

// makeRoom ends whoever holds the post when somebody else begins, takes back
// who was to begin on that very day, and ends the new one before the next. It
// answers with the holder before.
func (tx *Tx) makeRoom(h *models.PostHolder) (before models.PostHolder, err error) {
	var rows []models.PostHolder
	if err := tx.db.Where("post_id = ?", h.PostID).Order("valid_from, id").Find(&rows).Error; err != nil {
		return before, wrap("holders of a post", err)
	}
	dayBefore := string(calendar.Day(h.ValidFrom).Add(-1))
	for _, r := range rows {
		switch {
		case r.ValidTo != "" && r.ValidTo < r.ValidFrom: // taken back before
		case r.ValidFrom > h.ValidFrom:
			if end := string(calendar.Day(r.ValidFrom).Add(-1)); h.ValidTo == "" || h.ValidTo > end {
				h.ValidTo = end
			}
			return before, nil
		case r.ValidFrom < h.ValidFrom:
			before = r
			fallthrough
		default:
			if r.ValidTo != "" && r.ValidTo < h.ValidFrom {
				continue
			}
			if err := tx.db.Model(&models.PostHolder{ID: r.ID}).UpdateColumn("valid_to", dayBefore).Error; err != nil {
				return before, wrap("end a holder", err)
			}
		}
	}
	return before, nil
}

// samePerson reports whether two holders are one person: definitive after
// having been Plt, or with a new number.
func samePerson(a, b models.PostHolder) bool { return match.Key(a.Name) == match.Key(b.Name) }

// Vacate ends a holder's time with a last day and leaves the post empty.
func (tx *Tx) Vacate(holderID, lastDay string) (models.PostHolder, error) {
	h, err := takeLocked[models.PostHolder](tx, "post_holders", "holder", holderID)
	if err != nil {
		return h, err
	}
	if err := tx.actor.may(h.Scope); err != nil {
		return h, err
	}
	last, err := calendar.ParseDay(lastDay)
	if err != nil {
		return h, badDate("last_day")
	}
	if string(last) < h.ValidFrom || h.ValidTo != "" && string(last) > h.ValidTo {
		return h, fault.New(fault.Invalid, "ends_before_it_begins", "the last day must lie within the time the post was held").On("last_day")
	}
	h.ValidTo = string(last)
	if err := tx.db.Model(&models.PostHolder{ID: h.ID}).UpdateColumn("valid_to", h.ValidTo).Error; err != nil {
		return h, wrap("end a holder", err)
	}
	return h, tx.audit("post.vacated", "post", h.PostID, h.Scope, map[string]any{"holder": h.ID, "last_day": h.ValidTo})
}

// Holders lists who has held a post, newest first.
func (tx *Tx) Holders(postID string) ([]models.PostHolder, error) {
	var rows []models.PostHolder
	err := tx.from("post_holders").Where("post_id = ? AND (valid_to = '' OR valid_to >= valid_from)", postID).
		Order("valid_from DESC, id DESC").Limit(100).Find(&rows).Error
	return rows, err
}

// Holder reads one holder.
func (tx *Tx) Holder(id string) (models.PostHolder, error) {
	return take[models.PostHolder](tx, "post_holders", "holder", id)
}

// PostHolding is somebody's time in a post, with how they want to be told.
type PostHolding struct {
	models.PostHolder
	Preference models.Preference // no ID: nothing was said
	Now        bool
}

// Holdings lists who has held a post, newest first.
func (tx *Tx) Holdings(postID string) ([]PostHolding, error) {
	p, err := tx.Post(postID)
	if err != nil {
		return nil, err
	}
	zone, err := tx.zoneOf(p)
	if err != nil {
		return nil, err
	}
	held, err := tx.Holders(p.ID)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(held))
	for i, h := range held {
		ids[i] = h.ID
	}
	said, err := tx.preferences(ids)
	if err != nil {
		return nil, err
	}
	now, err := tx.holdersOn([]string{p.ID}, tx.today(zone))
	out := make([]PostHolding, len(held))
	for i, h := range held {
		out[i] = PostHolding{PostHolder: h, Preference: said[h.ID], Now: now[p.ID].ID == h.ID}
	}
	return out, err
}
