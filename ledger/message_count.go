package ledger

import (
	"context"
	"fmt"
	"time"
)

// MessageCounts is the state of delivery as operators watch it.
type MessageCounts struct {
	Unbundled int64      // reminders and news in no message yet
	States    []struct { // of the last 24 hours, and whatever still waits or needs a look
		Channel, State string
		N              int64
	}
	Oldest []struct {
		Channel string
		Seconds int64 // since the oldest one fell due that has not gone out
	}
}

// MessageCounts counts messages of every kind.
func (l *Ledger) MessageCounts(ctx context.Context) (MessageCounts, error) {
	var out MessageCounts
	err := l.Read(ctx, System("metrics"), func(tx *Tx) error {
		err := tx.db.Raw(`SELECT (SELECT COUNT(*) FROM notices WHERE bundled_at = 0) + (SELECT COUNT(*) FROM news WHERE bundled_at = 0)`).Scan(&out.Unbundled).Error
		if err != nil {
			return err
		}
		if err := tx.db.Raw(`SELECT channel, state, COUNT(*) AS n FROM messages WHERE id >= ?
			OR state = 'queued' OR state = 'sending' OR state IN ('failed', 'bounced', 'unknown') GROUP BY channel, state ORDER BY channel, state`,
			madeAfter(tx.at.Add(-24*time.Hour))).Scan(&out.States).Error; err != nil {
			return err
		}
		return tx.db.Raw(`SELECT channel, (? - MIN(next_at)) / 1000000 AS seconds FROM messages WHERE state = 'queued' AND next_at <= ? GROUP BY channel ORDER BY channel`,
			tx.micros(), tx.micros()).Scan(&out.Oldest).Error
	})
	return out, wrap("count messages", err)
}

// madeAfter is the least ID made from an instant on: IDs begin with the
// milliseconds they were made at.
func madeAfter(t time.Time) string {
	hex := fmt.Sprintf("%012x", t.UnixMilli())
	return hex[:8] + "-" + hex[8:]
}
