package ledger

import (
	"context"
	"time"

	"payung/domain/clock"
	"payung/models"
)

// gone is how long no beat may come before it was an outage: one beat a minute,
// and a start takes some.
const gone = 3 * time.Minute

// Beat says that the installation answers and its ledger can be written to. Beats
// that stay away for longer than some minutes are an outage, which may earn
// deadlines more time. While the clock is in doubt time is counted without it.
func (l *Ledger) Beat(ctx context.Context) error {
	return l.Write(ctx, System("beat"), func(tx *Tx) error {
		v, err := tx.judgeClock()
		if err != nil {
			return err
		}
		at := tx.at
		if v.Cause != clock.Trusted {
			if at = v.Expected; at.IsZero() || v.Cause == clock.Unbuilt || !tx.l.watch.knows() {
				return nil // nobody knows what time it is
			}
			return tx.alive(at)
		}
		if err := tx.seen(at); err != nil {
			return err
		}
		return tx.alive(at)
	})
}

// seen moves the newest instant at which the clock was trusted.
func (tx *Tx) seen(at time.Time) error {
	row, err := tx.clock()
	if err != nil {
		return err
	}
	if row.ID == 0 {
		return wrap("clock", tx.db.Create(&models.Clock{ID: 1, SeenAt: at.UnixMicro()}).Error)
	}
	return wrap("clock", tx.db.Model(&models.Clock{}).Where("id = 1 AND seen_at < ?", at.UnixMicro()).Update("seen_at", at.UnixMicro()).Error)
}

// alive prolongs the stretch in which the installation answers, or begins
// another and records the outage before it.
func (tx *Tx) alive(at time.Time) error {
	last, err := tx.lastUptime()
	if err != nil {
		return err
	}
	off := at.Sub(time.UnixMicro(last.ToAt))
	switch {
	case last.ID == "":
	case off <= 0:
		return nil
	case off <= gone:
		return wrap("uptime", tx.db.Model(&models.Uptime{}).Where("id = ?", last.ID).Updates(map[string]any{"to_at": at.UnixMicro(), "planned": false}).Error)
	}
	if err := insert(tx, []models.Uptime{{ID: newID(), FromAt: at.UnixMicro(), ToAt: at.UnixMicro()}}); err != nil {
		return wrap("uptime", err)
	}
	if last.ID == "" {
		return nil
	}
	o := models.Outage{ID: newID(), FromAt: last.ToAt, ToAt: at.UnixMicro(), Planned: last.Planned, CreatedAt: tx.micros()}
	if err := insert(tx, []models.Outage{o}); err != nil {
		return wrap("outage", err)
	}
	return tx.proposeGrace(o)
}

func (tx *Tx) lastUptime() (models.Uptime, error) {
	var last models.Uptime
	err := tx.db.Order("to_at DESC, id DESC").Limit(1).Find(&last).Error
	return last, wrap("uptime", err)
}

// Rest records that the installation is being stopped by somebody. The time
// until it answers again is an outage all the same, but says so.
func (l *Ledger) Rest(ctx context.Context) error {
	if err := l.Beat(ctx); err != nil {
		return err
	}
	return l.Write(ctx, System("beat"), func(tx *Tx) error {
		last, err := tx.lastUptime()
		if err != nil || last.ID == "" {
			return err
		}
		return wrap("uptime", tx.db.Model(&models.Uptime{}).Where("id = ?", last.ID).Update("planned", true).Error)
	})
}

// Outages lists when the installation did not answer, the newest first.
func (tx *Tx) Outages(p Page) ([]models.Outage, error) {
	q := tx.db.Model(&models.Outage{})
	if p.After != "" {
		q = q.Where("id < ?", p.After)
	}
	var rows []models.Outage
	err := q.Order("id DESC").Limit(p.Size).Find(&rows).Error
	return rows, wrap("outages", err)
}

// Uptimes lists when the installation answered, the newest first.
func (tx *Tx) Uptimes(p Page) ([]models.Uptime, error) {
	q := tx.db.Model(&models.Uptime{})
	if p.After != "" {
		q = q.Where("id < ?", p.After)
	}
	var rows []models.Uptime
	err := q.Order("id DESC").Limit(p.Size).Find(&rows).Error
	return rows, wrap("uptimes", err)
}
