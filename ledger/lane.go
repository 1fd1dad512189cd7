package ledger

import (
	"context"
	"math/rand/v2"
	"time"

	"payung/domain/calendar"
	"payung/models"
)

// Lane is one channel of one sender: its messages go out one after the other,
// and what holds it up holds up nothing else.
type Lane struct {
	Channel  string
	SenderID string
}

// Lanes lists the lanes with something to send now, that are switched on and not
// paused.
func (l *Ledger) Lanes(ctx context.Context) ([]Lane, error) {
	var out []Lane
	err := l.Read(ctx, System("deliver"), func(tx *Tx) error {
		return tx.db.Raw(`SELECT c.kind AS channel, c.party_id AS sender_id FROM channels c WHERE c.enabled AND c.paused_until <= ? AND c.kind <> ?
			AND (EXISTS (SELECT 1 FROM messages m WHERE m.channel = c.kind AND m.sender_id = c.party_id AND m.state = 'queued' AND m.next_at <= ?)
				OR EXISTS (SELECT 1 FROM messages m WHERE m.channel = c.kind AND m.sender_id = c.party_id AND m.state = 'sending' AND m.claimed_until <= ?))
			ORDER BY c.kind, c.party_id`, tx.micros(), ChannelLink, tx.micros(), tx.micros()).Scan(&out).Error
	})
	return out, wrap("lanes", err)
}

// ChannelOf reads how a lane's messages leave, with its secrets.
func (l *Ledger) ChannelOf(ctx context.Context, lane Lane) (settings, secrets map[string]string, err error) {
	err = l.Read(ctx, System("deliver"), func(tx *Tx) error {
		var c models.Channel
		if c, secrets, err = tx.channel(lane.SenderID, lane.Channel); err != nil {
			return err
		}
		settings, err = ChannelValues(c)
		return err
	})
	return settings, secrets, err
}

// ChannelKept reads a channel by its ID, for whoever reports about its messages
// from outside: which lane it is, and its secrets to check the report by.
func (l *Ledger) ChannelKept(ctx context.Context, id string) (lane Lane, secrets map[string]string, err error) {
	err = l.Read(ctx, System("deliver"), func(tx *Tx) error {
		c, err := take[models.Channel](tx, "channels", "channel", id)
		if err != nil {
			return err
		}
		lane = Lane{c.Kind, c.PartyID}
		secrets, err = tx.unseal(c)
		return err
	})
	return lane, secrets, err
}

// lane reads and locks a lane's channel, so that caps hold with several
// processes.
func (tx *Tx) lane(lane Lane) (models.Channel, error) {
	var c models.Channel
	err := tx.forChange(tx.db).Limit(1).Find(&c, "party_id = ? AND kind = ?", lane.SenderID, lane.Channel).Error
	return c, wrap("channel", err)
}

// left is how many messages may still go out by a lane today.
func (tx *Tx) left(c models.Channel, z calendar.Zone, price int64) (bool, error) {
	if c.DailyCap == 0 && c.DailyBudget == 0 {
		return true, nil
	}
	var spent struct{ N, Rupiah int64 }
	err := tx.db.Table("messages").Select("COUNT(*) AS n, COALESCE(SUM(price), 0) AS rupiah").
		Where("sender_id = ? AND channel = ? AND sent_at >= ?", c.PartyID, c.Kind, z.DayOf(tx.at).In(z, 0, 0).UnixMicro()).Scan(&spent).Error
	if err != nil {
		return false, wrap("what was sent today", err)
	}
	return (c.DailyCap == 0 || spent.N < c.DailyCap) && (c.DailyBudget == 0 || spent.Rupiah+price <= c.DailyBudget), nil
}

// postponePart bounds how many messages one transaction puts off.
const postponePart = 1000

// postpone puts off what is due on a lane.
func (tx *Tx) postpone(lane Lane, until time.Time, problem string) error {
	return wrap("postpone", tx.db.Exec(`UPDATE messages SET next_at = ?, problem = ? WHERE id IN (SELECT id FROM messages
		WHERE channel = ? AND sender_id = ? AND state = 'queued' AND next_at <= ? ORDER BY next_at LIMIT ?)`,
		until.UnixMicro(), problem, lane.Channel, lane.SenderID, tx.micros(), postponePart).Error)
}

// pause keeps a lane from trying for a while, longer each time: nobody answers
// there. Its messages have done nothing wrong and lose no attempt.
func (tx *Tx) pause(c models.Channel, f Failed) error {
	since := c.FailingSince
	if since == 0 {
		since = tx.micros()
	}
	wait := max(backoff(laneFirst, laneMost, int(c.Failures)), f.After)
	return wrap("pause a channel", tx.db.Model(&models.Channel{}).Where("id = ?", c.ID).UpdateColumns(map[string]any{
		"paused_until": tx.at.Add(wait).UnixMicro(), "failures": c.Failures + 1, "failing_since": since, "problem": f.Code + ": " + f.Detail,
	}).Error)
}

// works notes that a lane's other side answers.
func (tx *Tx) works(c models.Channel) error {
	if c.Failures == 0 && c.PausedUntil == 0 {
		return nil
	}
	return wrap("channel works", tx.db.Model(&models.Channel{}).Where("id = ?", c.ID).UpdateColumns(map[string]any{
		"paused_until": 0, "failures": 0, "failing_since": 0, "problem": "",
	}).Error)
}

// How long a lane and a message wait before they are tried again.
const (
	laneFirst    = 15 * time.Second
	laneMost     = 10 * time.Minute
	messageFirst = 2 * time.Minute
	messageMost  = 4 * time.Hour
)

// backoff is how long to wait after so many failures: twice as long each time,
// up to a bound, and not all at the same instant.
func backoff(first, most time.Duration, failures int) time.Duration {
	wait := min(first<<min(failures, 20), most)
	if wait <= 0 {
		wait = most
	}
	return wait*3/4 + rand.N(wait/4+1)
}
