package ledger

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"payung/domain/calendar"
	"payung/domain/obligation"
	"payung/models"
)

// bundlePart is how many reminders and pieces of news go into messages in one
// transaction, which holds the writer for less than a tenth of a second;
// bundleParts bounds one turn.
const (
	bundlePart  = 500
	bundleParts = 8
)

// listWait is how long a morning's list stays open for agreements that wake a
// little later than others.
const listWait = 2 * time.Minute

// urgentWait is how long something urgent waits for more of the kind, so that
// twenty warnings of one minute are one message.
const urgentWait = 30 * time.Second

// waiting is a reminder or a piece of news that is in no message yet.
type waiting struct {
	ID       string
	PostID   string
	News     bool
	Urgent   bool
	Tone     string
	TargetAt int64 // of the duty; 0: none
}

// Bundle puts what waits into messages and reports whether more is left. While
// one part is written, people of the next are looked up. What cannot be put into
// a message is set aside, so that the rest goes out.
func (h *Hold) Bundle(ctx context.Context) (more bool, err error) {
	var in []waiting
	err = h.l.Read(ctx, System(h.name), func(tx *Tx) (err error) {
		in, err = tx.waiting(bundleParts * bundlePart)
		return err
	})
	if err != nil {
		return false, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for next := range h.drafting(ctx, in) {
		trusted, err := h.bundleSet(ctx, next)
		if err != nil || !trusted {
			return false, err
		}
	}
	return len(in) == bundleParts*bundlePart, ctx.Err()
}

// drafted is a part of what waits, sorted into messages.
type drafted struct {
	in     []waiting
	drafts []draft
	err    error
}

// drafting sorts part after part, one ahead of whoever takes them.
func (h *Hold) drafting(ctx context.Context, in []waiting) <-chan drafted {
	out := make(chan drafted, 1)
	go func() {
		defer close(out)
		for part := range slices.Chunk(in, bundlePart) {
			select {
			case out <- h.draft(ctx, part):
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func (h *Hold) draft(ctx context.Context, in []waiting) drafted {
	d := drafted{in: in}
	d.err = h.l.Read(ctx, System(h.name), func(tx *Tx) (err error) {
		d.drafts, err = tx.drafts(in)
		return err
	})
	return d
}

// bundleSet writes a set, unless the clock is in doubt. If the set fails it is
// halved until what fails is found.
func (h *Hold) bundleSet(ctx context.Context, d drafted) (trusted bool, err error) {
	if err = d.err; err == nil {
		trusted, err = h.keep(ctx, d)
	}
	if err == nil || fatal(err) || errors.Is(err, errLost) || ctx.Err() != nil {
		return trusted, err
	}
	if len(d.in) == 1 {
		return true, h.setAside(ctx, d.in[0], err)
	}
	half := len(d.in) / 2
	if trusted, err := h.bundleSet(ctx, h.draft(ctx, d.in[:half])); err != nil || !trusted {
		return trusted, err
	}
	return h.bundleSet(ctx, h.draft(ctx, d.in[half:]))
}

// keep writes one set. People were looked up before, so that the writer is not
// held meanwhile.
func (h *Hold) keep(ctx context.Context, d drafted) (trusted bool, err error) {
	err = h.Write(ctx, func(tx *Tx) (err error) {
		if trusted, err = tx.clockTrusted(); err != nil || !trusted {
			return err
		}
		return tx.keepDrafts(d.drafts, d.in)
	})
	return trusted, err
}

// setAside marks what cannot be put into a message. It stays in the inbox.
func (h *Hold) setAside(ctx context.Context, w waiting, cause error) error {
	h.l.log.ErrorContext(ctx, "not put into a message, set aside", "item", w.ID, "post", w.PostID, "error", cause)
	return h.Write(ctx, func(tx *Tx) error {
		for _, table := range []string{"notices", "news"} {
			if err := tx.db.Exec("UPDATE "+table+" SET bundled_at = ? WHERE id = ?", setAside, w.ID).Error; err != nil {
				return err
			}
		}
		return tx.audit("message.set_aside", "item", w.ID, models.Scope{}, map[string]any{"post": w.PostID})
	})
}

// setAside is what stands where it would say when an item was bundled.
const setAside = -1

// waiting lists what is in no message yet, those of one post together.
func (tx *Tx) waiting(limit int) ([]waiting, error) {
	var out []waiting
	err := tx.db.Table("notices n").Select("n.id, n.post_id, n.tone, o.target_at").
		Joins("LEFT JOIN obligations o ON o.id = n.obligation_id").
		Where("n.bundled_at = 0").Order("n.post_id").Limit(limit).Find(&out).Error
	if err != nil || len(out) == limit {
		return out, wrap("what waits", err)
	}
	var news []waiting
	err = tx.db.Table("news").Select("id, post_id, urgent, 'inform' AS tone").Where("bundled_at = 0").Order("post_id").Limit(limit - len(out)).Find(&news).Error
	for i := range news {
		news[i].News = true
	}
	return append(out, news...), wrap("news that waits", err)
}

// urgentBy reports whether something cannot wait for a morning's list: a
// warning, urgent news, a deadline that passes before the list would go out.
func (w waiting) urgentBy(now, next time.Time) bool {
	switch {
	case w.News:
		return w.Urgent
	case w.Tone == string(obligation.Warning):
		return true
	case w.Tone == "inform":
		return false
	}
	return w.TargetAt > now.UnixMicro() && w.TargetAt < next.UnixMicro()
}

// timetable says when messages to the posts of a party may go out.
type timetable struct {
	hours    obligation.Hours
	zone     calendar.Zone
	calendar *calendar.Calendar
}

// soonest is the first instant from at on at which anything may go out.
func (t timetable) soonest(at time.Time) time.Time { return t.hours.Next(at, t.zone, t.calendar) }

// morning is when the list of a day goes out, for what waits at an instant: in
// the morning, when the day's steps have been taken, or soon if that is over.
func (t timetable) morning(at time.Time) (calendar.Day, time.Time) {
	next := t.soonest(at.Add(listWait))
	day := t.zone.DayOf(next)
	if first := day.In(t.zone, t.hours.Morning, 0).Add(listWait); next.Before(first) {
		next = first
	}
	return day, next
}

// after is the morning after a day.
func (t timetable) after(day calendar.Day) (calendar.Day, time.Time) {
	return t.morning(day.Add(1).In(t.zone, 0, 0))
}

// timetableOf is the timetable of a party.
func (tx *Tx) timetableOf(partyID, zone string) (timetable, error) {
	p, err := tx.policyOf(partyID)
	if err != nil {
		return timetable{}, err
	}
	return timetable{p.hours, calendar.Zone(cmp.Or(zone, string(calendar.WITA))), p.calendar}, nil
}

// posts of a set of waiting things, each once, in order.
func postsOf(in []waiting) []string {
	out := make([]string, len(in))
	for i, w := range in {
		out[i] = w.PostID
	}
	slices.Sort(out)
	return slices.Compact(out)
}
