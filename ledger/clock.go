package ledger

import (
	"sync"
	"time"

	"gorm.io/gorm/clause"

	"payung/domain/clock"
	"payung/domain/fault"
	"payung/models"
)

// watch is what a process knows of the time besides what its clock says.
type watch struct {
	elapsed func() (time.Duration, bool) // how long the machine has been on; nil: nobody counts
	built   time.Time
	process string

	mu        sync.Mutex
	was       time.Time     // what the clock said when it was last trusted here
	passed    time.Duration // what elapsed said then
	counted   bool          // whether it said anything
	confirmed int64         // the confirmation that held then
}

// since is how much time has gone by since the clock was last trusted here.
func (w *watch) since() (time.Duration, bool) {
	if w.elapsed == nil || !w.counted {
		return 0, false
	}
	now, ok := w.elapsed()
	return now - w.passed, ok
}

// trust remembers that the clock is right at an instant.
func (w *watch) trust(at time.Time, confirmed int64) {
	w.was, w.confirmed, w.counted = at, confirmed, false
	if w.elapsed != nil {
		w.passed, w.counted = w.elapsed()
	}
}

// judge says what to think of the clock, given the row that is kept of it. What
// a person confirmed in the meantime wins over what this process has counted.
func (w *watch) judge(row models.Clock, now time.Time) clock.Verdict {
	w.mu.Lock()
	defer w.mu.Unlock()
	k := clock.Known{Built: w.built, Seen: instantOf(row.SeenAt), Doubted: instantOf(row.DoubtedAt), Why: clock.Cause(row.Cause)}
	if row.ConfirmedAt == w.confirmed {
		k.Was = w.was
		k.Passed, k.Counted = w.since()
	}
	if row.DoubtedAt == 0 && k.Why == clock.Unbuilt {
		k.Built = time.Time{} // somebody said that it is right all the same
	}
	v := clock.Judge(k, now)
	if v.Cause == clock.Trusted {
		w.trust(now, row.ConfirmedAt)
	}
	return v
}

// instantOf is a stored instant; 0 is none.
func instantOf(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros)
}

// Doubt is a clock that is not believed: nothing is sent until it is back or
// somebody says that it is right. The zero value is no doubt.
type Doubt struct {
	Since    time.Time // what the clock said when the doubt began
	Expected time.Time // what it should have said then; zero: nobody knows
	Cause    clock.Cause
}

// Stands reports that there is a doubt.
func (d Doubt) Stands() bool { return d.Cause != clock.Trusted }

// Jump is how far the clock is ahead, or behind if negative; 0 where nobody
// knows.
func (d Doubt) Jump() time.Duration {
	if d.Expected.IsZero() {
		return 0
	}
	return d.Since.Sub(d.Expected)
}

// Doubt is the doubt that stands about the clock.
func (tx *Tx) Doubt() (Doubt, error) {
	row, err := tx.clock()
	if err != nil || row.DoubtedAt == 0 {
		return Doubt{}, err
	}
	return Doubt{Since: instantOf(row.DoubtedAt), Expected: instantOf(row.ExpectedAt), Cause: clock.Cause(row.Cause)}, nil
}

// clock reads the row about the clock; before the first beat there is none.
func (tx *Tx) clock() (models.Clock, error) {
	var row models.Clock
	err := tx.db.Limit(1).Find(&row, 1).Error
	return row, wrap("clock", err)
}

// clockTrusted reports whether anything may be sent by this transaction's clock.
// It must be a writing one: a doubt that begins or ends is written down.
func (tx *Tx) clockTrusted() (bool, error) {
	v, err := tx.judgeClock()
	return v.Cause == clock.Trusted, err
}

// judgeClock judges the clock and keeps what it found. A doubt of another
// process stands until that process takes it back, or a person does.
func (tx *Tx) judgeClock() (clock.Verdict, error) {
	row, err := tx.clock()
	if err != nil {
		return clock.Verdict{}, err
	}
	w := &tx.l.watch
	fresh := !w.knows()
	v := w.judge(row, tx.at)
	switch {
	case v.Cause != clock.Trusted && row.DoubtedAt == 0:
		row.DoubtedAt, row.ExpectedAt, row.Cause, row.Process = tx.micros(), 0, string(v.Cause), w.process
		if !v.Expected.IsZero() {
			row.ExpectedAt = v.Expected.UnixMicro()
		}
		tx.l.log.WarnContext(tx.ctx, "the clock is in doubt; nothing is sent until it is back or somebody confirms it", "cause", v.Cause, "expected", v.Expected)
		return v, tx.keepClock(row, "clock.doubted")
	case v.Cause == clock.Trusted && row.DoubtedAt != 0:
		if row.Process != w.process && !fresh {
			return clock.Verdict{Cause: clock.Cause(row.Cause), Expected: v.Expected}, nil
		}
		row.DoubtedAt, row.ExpectedAt, row.Cause, row.Process = 0, 0, "", ""
		tx.l.log.InfoContext(tx.ctx, "the clock is back; sending goes on")
		return v, tx.keepClock(row, "clock.recovered")
	}
	return v, nil
}

// knows reports whether the clock has been trusted in this process.
func (w *watch) knows() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return !w.was.IsZero()
}

func (tx *Tx) keepClock(row models.Clock, action string) error {
	row.ID = 1
	err := tx.db.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
	if err != nil {
		return wrap("clock", err)
	}
	return tx.audit(action, "clock", "1", models.Scope{}, map[string]any{"cause": row.Cause, "expected_at": row.ExpectedAt})
}

// ConfirmClock records that somebody has looked and the clock is right. Sending
// goes on: what fell due in the meantime collapses into one message.
func (tx *Tx) ConfirmClock() error {
	if tx.actor.Reach != Everything {
		return tx.actor.may(models.Scope{})
	}
	row, err := tx.clock()
	if err != nil {
		return err
	}
	if row.DoubtedAt == 0 {
		return fault.New(fault.Conflict, "clock_not_in_doubt", "nobody doubts the clock")
	}
	cause := ""
	if row.Cause == string(clock.Unbuilt) {
		cause = row.Cause // whatever the program says of when it was built is wrong
	}
	row = models.Clock{SeenAt: tx.micros(), Cause: cause, ConfirmedAt: tx.micros(), ConfirmedBy: tx.actor.Name}
	return tx.keepClock(row, "clock.confirmed")
}
