package ledger

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
	"payung/notice"
)

// claimFor is how long a message may be on its way before another process takes
// it for lost. A sender gives up before that.
const claimFor = 3 * time.Minute

// Dispatch is one message that is to be sent now, with whom it goes to.
type Dispatch struct {
	ID        string
	Key       string
	Kind      string
	Claim     string
	Channel   string
	SenderID  string
	Attempt   int
	To        string // the address; kept nowhere
	Person    Addressee
	Letter    notice.Letter
	ItemIDs   []string // of the letter's items, in their order
	PerMinute int64    // of the lane
}

// TakenMessage is what a lane does next.
type TakenMessage struct {
	Dispatch *Dispatch // nil: nothing now
	Done     bool      // nothing is left for now
}

// passes bounds how many messages one transaction looks at that need not be
// sent after all.
const passes = 20

// TakeMessage settles the message that was sent before, if any, and takes the
// next one of a lane, in one transaction: between two of them at most one
// message is on its way, so a process that is killed leaves at most one behind
// of which nobody knows whether it arrived.
func (l *Ledger) TakeMessage(ctx context.Context, lane Lane, claim string, price func(calendar.Day) int64, before *Outcome) (TakenMessage, error) {
	var out TakenMessage
	err := l.Write(ctx, System("deliver"), func(tx *Tx) error {
		out = TakenMessage{}
		c, err := tx.lane(lane)
		if err != nil {
			return err
		}
		if before != nil {
			if err := tx.settleMessage(&c, *before); err != nil {
				return err
			}
		}
		if err := tx.reclaim(lane); err != nil {
			return err
		}
		trusted, err := tx.clockTrusted()
		if err != nil {
			return err
		}
		if !trusted || !c.Enabled || c.PausedUntil > tx.micros() || claim == "" {
			out.Done = true
			return nil
		}
		out, err = tx.takeNext(c, lane, claim, price)
		return err
	})
	return out, err
}

func (tx *Tx) takeNext(c models.Channel, lane Lane, claim string, price func(calendar.Day) int64) (TakenMessage, error) {
	for range passes {
		m, err := tx.nextMessage(lane)
		if err != nil || m.ID == "" {
			return TakenMessage{Done: true}, err
		}
		d, err := tx.prepare(m, c, claim, price)
		if err != nil {
			return TakenMessage{}, &stuck{m.ID, err}
		}
		if d != nil {
			return TakenMessage{Dispatch: d}, nil
		}
	}
	return TakenMessage{}, nil
}

// nextMessage is the one that has waited longest of those nobody else holds.
func (tx *Tx) nextMessage(lane Lane) (models.Message, error) {
	q := tx.db
	if tx.l.engine == "postgres" {
		q = q.Clauses(clause.Locking{Strength: "UPDATE", Options: "SKIP LOCKED"})
	}
	var m models.Message
	err := q.Where("channel = ? AND sender_id = ? AND state = 'queued' AND next_at <= ?", lane.Channel, lane.SenderID, tx.micros()).
		Order("next_at").Limit(1).Find(&m).Error
	return m, wrap("next message", err)
}

// stuck is an error about one message, which must not hold up the others.
type stuck struct {
	id    string
	cause error
}

func (s *stuck) Error() string { return "ledger: message " + s.id + ": " + s.cause.Error() }
func (s *stuck) Unwrap() error { return s.cause }

// StuckMessage is the message that an error is about; "": about none, or the
// ledger is away.
func StuckMessage(err error) string {
	if s, ok := errors.AsType[*stuck](err); ok && !fatal(s.cause) {
		return s.id
	}
	return ""
}

// prepare makes a message ready to be sent; nil: it need not be, or not now.
func (tx *Tx) prepare(m models.Message, c models.Channel, claim string, price func(calendar.Day) int64) (*Dispatch, error) {
	say, err := tx.contentsOf(m)
	if err != nil {
		return nil, err
	}
	if say.empty() {
		return nil, tx.settleUnneeded(m.ID)
	}
	if next := say.soonest(tx.at); next.After(tx.at) {
		return nil, tx.change(m.ID, map[string]any{"next_at": next.UnixMicro(), "problem": "quiet_hours"})
	}
	cost := price(say.zone.DayOf(tx.at))
	if ok, err := tx.left(c, say.zone, cost); err != nil || !ok {
		if err != nil {
			return nil, err
		}
		_, tomorrow := say.after(say.zone.DayOf(tx.at))
		return nil, tx.postpone(Lane{m.Channel, m.SenderID}, tomorrow, "cap_reached")
	}
	err = tx.change(m.ID, map[string]any{
		"state": MessageSending, "claim": claim, "claimed_until": tx.at.Add(claimFor).UnixMicro(), "attempts": gorm.Expr("attempts + 1"),
		"price": cost, "problem": "", "detail": "", "holder_id": say.HolderID,
	})
	return &Dispatch{
		ID: m.ID, Key: m.Key, Kind: m.Kind, Claim: claim, Channel: m.Channel, SenderID: m.SenderID, Attempt: m.Attempts + 1,
		To: say.to, Person: say.Addressee, Letter: say.letter, ItemIDs: say.ids, PerMinute: c.PerMinute,
	}, err
}

func (tx *Tx) change(messageID string, columns map[string]any) error {
	return wrap("message", tx.db.Model(&models.Message{}).Where("id = ?", messageID).UpdateColumns(columns).Error)
}

func (tx *Tx) settleUnneeded(id string) error {
	return tx.change(id, map[string]any{"state": MessageNotNeeded, "settled_at": tx.micros(), "claim": "", "problem": ""})
}

// maxUnknown is how often a message is sent without anybody knowing whether it
// arrived, before a person has to decide.
const maxUnknown = 3

// reclaim takes back messages whose sender has died on the way. Whether they
// arrived is not known; they go out once more under the same name.
func (tx *Tx) reclaim(lane Lane) error {
	return wrap("reclaim", tx.db.Exec(`UPDATE messages SET unknowns = unknowns + 1, claim = '', problem = 'unknown', next_at = ?,
		settled_at = CASE WHEN unknowns + 1 >= ? THEN ? ELSE settled_at END,
		state = CASE WHEN unknowns + 1 >= ? THEN 'unknown' ELSE 'queued' END
		WHERE state = 'sending' AND claimed_until <= ? AND channel = ? AND sender_id = ?`,
		tx.micros(), maxUnknown, tx.micros(), maxUnknown, tx.micros(), lane.Channel, lane.SenderID).Error)
}

// SetAsideMessage ends a message that cannot be prepared or worded, so that the
// others go out. It is shown among the dead letters.
func (l *Ledger) SetAsideMessage(ctx context.Context, id string, cause error) error {
	l.log.ErrorContext(ctx, "message set aside", "message", id, "error", cause)
	return l.Write(ctx, System("deliver"), func(tx *Tx) error {
		m, err := take[models.Message](tx, "messages", "message", id)
		if err != nil {
			return err
		}
		if err := tx.change(id, map[string]any{"state": MessageFailed, "settled_at": tx.micros(), "problem": "set_aside", "claim": ""}); err != nil {
			return err
		}
		return tx.audit("message.set_aside", "message", id, m.Scope, nil)
	})
}

// Resend sends a message again that came to nothing. It keeps its name, so that
// a recipient who had it after all knows it, unless the other side said no to
// that one.
func (tx *Tx) Resend(id string) (models.Message, error) {
	d, err := tx.Dispatched(id)
	if err != nil {
		return d.Message, err
	}
	m := d.Message
	if err := tx.actor.may(m.Scope); err != nil {
		return m, err
	}
	if !slices.Contains(append(deadStates(), MessageQueued), m.State) {
		return m, fault.New(fault.Conflict, "message_not_resendable", "only a message that came to nothing, or still waits, is sent again")
	}
	change := map[string]any{"state": MessageQueued, "next_at": tx.micros(), "attempts": 0, "unknowns": 0, "problem": "", "detail": "", "settled_at": 0, "actor": tx.actor.Name}
	if m.State == MessageFailed || m.State == MessageBounced {
		change["key"] = again(m.Key)
	}
	if m.State == MessageBounced {
		if err := tx.clearBad(m.Channel, m.Recipient); err != nil {
			return m, err
		}
	}
	if err := tx.change(m.ID, change); err != nil {
		return m, err
	}
	tx.rings = true
	if err := tx.audit("message.resent", "message", m.ID, m.Scope, map[string]any{"was": m.State, "channel": m.Channel}); err != nil {
		return m, err
	}
	return take[models.Message](tx, "messages", "message", m.ID)
}
