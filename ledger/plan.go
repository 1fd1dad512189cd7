package ledger

import (
	"slices"
	"strings"
	"time"

	"payung/domain/calendar"
	"payung/domain/obligation"
	"payung/models"
)

// PlannedNotice is a message that will be sent unless somebody answers before:
// to which post and who holds it then, when, and who ordered the duty it is
// about.
type PlannedNotice struct {
	models.Notice
	At          time.Time
	OwingUnitID string // the notice's own unit is that of the post it goes to
	PostTitle   string
	Holder      string // "": nobody holds the post on that day
	OrderedBy   string // meeting_decision, decision, renewal, …
	OrderedByID string
}

// Downtime is a stretch in which the installation is off. What falls due in it
// is taken when it ends.
type Downtime struct{ From, To time.Time }

// back is when the installation is there again, at an instant or after.
func back(at time.Time, off []Downtime) time.Time {
	for _, d := range off {
		if !at.Before(d.From) && at.Before(d.To) {
			at = d.To
		}
	}
	return at
}

// Plan lists what [Ledger.TakeSteps] will send of an agreement from one instant
// to another, both included, if nobody answers and no date moves, but for
// stretches in which the installation is off, in order of time. It plans and
// addresses each message with the functions that send it, and walks each
// obligation from wake to wake as the clock will. Obligations without a date,
// paused or set aside are left out, as the clock leaves them out.
func (tx *Tx) Plan(agreementID string, from, to time.Time, off ...Downtime) ([]PlannedNotice, error) {
	a, err := tx.Agreement(agreementID)
	if err != nil {
		return nil, err
	}
	var open []models.Obligation
	err = tx.from("obligations").
		Where("agreement_id = ? AND next_at > 0 AND next_at <= ? AND state IN ? AND paused_at = 0", a.ID, to.UnixMicro(), []string{StateOpen, StateSubmitted}).
		Order("id").Find(&open).Error
	if err != nil {
		return nil, wrap("plan", err)
	}
	posts, err := tx.ladderPosts(a)
	if err != nil {
		return nil, err
	}
	p := tx.planner(a)
	var out []PlannedNotice
	for _, o := range open {
		steps, err := p.plan(o)
		if err != nil {
			continue // a damaged ladder: the clock will set this one aside
		}
		for _, w := range wakes(steps, o, tx.at, to, off) {
			if w.at.Before(from) || w.taken.Send == nil {
				continue
			}
			for _, n := range tx.notices(o, w.taken, posts) {
				n.ID, n.CreatedAt = "", w.at.UnixMicro()
				out = append(out, PlannedNotice{Notice: n, At: w.at, OwingUnitID: o.UnitID, OrderedBy: o.OrderedBy, OrderedByID: o.OrderedByID})
			}
		}
	}
	slices.SortStableFunc(out, func(x, y PlannedNotice) int { return x.At.Compare(y.At) })
	return out, tx.address(a, out)
}

// wake is one turn of the clock for an obligation.
type wake struct {
	at    time.Time
	taken obligation.Taken
}

// wakes walks an obligation from its next instant on. What is overdue is taken
// at the next turn of the clock, which is now.
func wakes(steps []obligation.Planned, o models.Obligation, now, to time.Time, off []Downtime) []wake {
	var out []wake
	until, at := time.UnixMicro(o.TakenUntil), time.UnixMicro(o.NextAt)
	if at.Before(now) {
		at = now
	}
	at = back(at, off)
	for !at.After(to) {
		t := obligation.Take(steps, until, at)
		out = append(out, wake{at, t})
		if t.Next.IsZero() {
			break
		}
		until, at = at, back(t.Next, off)
	}
	return out
}

// address names each planned message's post and who will hold it on that day.
func (tx *Tx) address(a models.Agreement, planned []PlannedNotice) error {
	seen := map[string]bool{}
	var ids []string
	for _, n := range planned {
		if !seen[n.PostID] {
			seen[n.PostID] = true
			ids = append(ids, n.PostID)
		}
	}
	titles, holders := map[string]string{}, map[string][]models.PostHolder{}
	for part := range slices.Chunk(ids, 500) {
		var posts []models.Post
		if err := tx.db.Select("id, title").Where("id IN ?", part).Find(&posts).Error; err != nil {
			return wrap("posts of a plan", err)
		}
		for _, p := range posts {
			titles[p.ID] = p.Title
		}
		var held []models.PostHolder
		if err := tx.db.Select("post_id, name, capacity, valid_from, valid_to").Where("post_id IN ?", part).
			Order("valid_from DESC").Find(&held).Error; err != nil {
			return wrap("holders of a plan", err)
		}
		for _, h := range held {
			holders[h.PostID] = append(holders[h.PostID], h)
		}
	}
	for i, n := range planned {
		day := calendar.Zone(a.Zone).DayOf(n.At)
		planned[i].PostTitle, planned[i].Holder = titles[n.PostID], holderOn(holders[n.PostID], day)
	}
	return nil
}

// holderOn is who holds a post on a day, with the word for an acting one.
func holderOn(held []models.PostHolder, day calendar.Day) string {
	for _, h := range held {
		if h.ValidFrom <= string(day) && (h.ValidTo == "" || h.ValidTo >= string(day)) {
			if h.Capacity == "plt" || h.Capacity == "pj" {
				return strings.ToUpper(h.Capacity[:1]) + h.Capacity[1:] + ". " + h.Name
			}
			return h.Name
		}
	}
	return ""
}
