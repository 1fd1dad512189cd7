package ledger

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm/clause"

	"payung/domain/clock"
	"payung/models"
)

// Loop is work that one process at a time does over and over: relay, folder,
// sealer, sweep. It claims marked rows, does its work and unmarks them in one
// transaction; it never remembers how far it got, because a transaction that
// began earlier may commit later.
type Loop struct {
	Name  string
	Every time.Duration
	Wake  <-chan struct{} // optional: look soon
	Work  func(context.Context, *Hold) (more bool, err error)
}

// gather is how long a loop that was woken waits for what comes next: a hundred
// villages that answer in a second are one turn, not a hundred.
const gather = 100 * time.Millisecond

// leaseFor is how long a holder may be silent before another takes over.
const leaseFor = 15 * time.Second

// Hold is the right to run a loop for now.
type Hold struct {
	l      *Ledger
	name   string
	holder string
	fence  int64
}

// Run keeps the loop going until ctx ends. An error is logged and tried again
// on the next turn; other loops and processes are not affected.
func (l *Ledger) Run(ctx context.Context, loop Loop) {
	holder := newID()
	timer := time.NewTimer(0)
	defer timer.Stop()
	defer l.release(context.WithoutCancel(ctx), loop.Name, holder)
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		case <-loop.Wake:
			pause(ctx, gather)
			drain(loop.Wake)
		}
		wait := loop.Every
		more, err := l.Turn(ctx, loop, holder)
		switch {
		case err != nil && ctx.Err() == nil:
			l.log.ErrorContext(ctx, "loop failed, trying again", "loop", loop.Name, "error", err)
		case more:
			wait = 0
		}
		timer.Reset(wait)
	}
}

// pause waits, or until ctx ends.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// drain forgets the signals that came meanwhile: the turn that begins now sees
// what they are about.
func drain(wake <-chan struct{}) {
	for {
		select {
		case <-wake:
		default:
			return
		}
	}
}

// Turn runs a loop's work once if the lease can be had.
func (l *Ledger) Turn(ctx context.Context, loop Loop, holder string) (more bool, err error) {
	h, err := l.hold(ctx, loop.Name, holder)
	if err != nil || h == nil {
		return false, err
	}
	return loop.Work(ctx, h)
}

// hold takes or keeps the lease; nil if somebody else has it.
func (l *Ledger) hold(ctx context.Context, name, holder string) (*Hold, error) {
	var kept models.Lease
	now := l.now().UnixMicro()
	// Reading first keeps the writer free of a hundred idle turns a minute.
	err := l.Read(ctx, System(name), func(tx *Tx) error {
		return tx.db.Limit(1).Find(&kept, "name = ?", name).Error
	})
	if err != nil {
		return nil, err
	}
	// One that reaches further than any was given by a clock that was wrong.
	if kept.Holder != holder && kept.Until > now && kept.Until <= now+(leaseFor+clock.Slack).Microseconds() {
		return nil, nil
	}
	h := &Hold{l: l, name: name, holder: holder, fence: kept.Fence}
	if kept.Holder == holder && kept.Until > now+(leaseFor/2).Microseconds() {
		return h, nil
	}
	until := l.now().Add(leaseFor).UnixMicro()
	err = l.Write(ctx, System(name), func(tx *Tx) error {
		if kept.Name == "" {
			h.fence = 1
			res := tx.db.Clauses(clause.OnConflict{DoNothing: true}).
				Create(&models.Lease{Name: name, Holder: holder, Fence: 1, Until: until})
			return taken(res.RowsAffected, res.Error)
		}
		if kept.Holder != holder {
			h.fence++
		}
		// The instant is compared too: a holder that prolongs keeps its fence.
		res := tx.db.Model(&models.Lease{}).Where("name = ? AND fence = ? AND until = ?", name, kept.Fence, kept.Until).
			Updates(map[string]any{"holder": holder, "fence": h.fence, "until": until})
		return taken(res.RowsAffected, res.Error)
	})
	if errors.Is(err, errLost) {
		return nil, nil
	}
	return h, err
}

// errLost reports that another process holds the lease now.
var errLost = errors.New("ledger: the lease went to somebody else")

func taken(rows int64, err error) error {
	if err == nil && rows == 0 {
		return errLost
	}
	return err
}

func (l *Ledger) release(ctx context.Context, name, holder string) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	err := l.Write(ctx, System(name), func(tx *Tx) error {
		return tx.db.Model(&models.Lease{}).Where("name = ? AND holder = ?", name, holder).Update("until", 0).Error
	})
	if err != nil {
		l.log.Debug("lease not released, it will run out", "loop", name, "error", err)
	}
}

// Write runs fn in a transaction that commits only while the lease is still
// held: a process that was paused past its lease writes nothing.
func (h *Hold) Write(ctx context.Context, fn func(*Tx) error) error {
	return h.l.Write(ctx, System(h.name), func(tx *Tx) error {
		var lease models.Lease
		db := tx.db
		if tx.l.engine == "postgres" {
			db = db.Clauses(clause.Locking{Strength: "SHARE"})
		}
		if err := db.Take(&lease, "name = ?", h.name).Error; err != nil {
			return err
		}
		if lease.Fence != h.fence {
			return errLost
		}
		return fn(tx)
	})
}
