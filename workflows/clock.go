package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"payung/protocol"
)

// Quarter is the age at which a run continues as new, so that no code has to be
// kept for longer than that.
const Quarter = 90 * 24 * time.Hour

// clock is what agreements and batches have in common: the ledger's last word,
// the alarm it asked for, and an ear for pokes. It never adds to what the ledger
// said.
type clock struct {
	epoch     int64
	known     protocol.Snapshot // the ledger's last word
	reload    bool              // somebody said: read again
	stale     bool              // the engine was rebuilt; waiting to hear of its new epoch
	started   time.Time
	breatheAt time.Time
	notBefore time.Time // the next wake is no earlier, should our clock run ahead of the ledger's
	pokes     workflow.ReceiveChannel
	read      func(epoch int64) question // what is asked after a poke
	step      func(epoch int64) question // what is asked when the alarm rings
}

// question is an activity that answers with a snapshot.
type question struct {
	activity string
	in       any
}

func newClock(ctx workflow.Context, epoch, breatheSecs int64, known protocol.Snapshot, reload bool) clock {
	age := time.Duration(breatheSecs) * time.Second
	if age <= 0 {
		age = Quarter
	}
	now := workflow.Now(ctx)
	return clock{
		epoch: epoch, known: known, reload: reload || known.Version == 0,
		started: now, breatheAt: now.Add(age), pokes: workflow.GetSignalChannel(ctx, protocol.SignalPoke),
	}
}

// listen hears pokes for as long as the run lasts.
func (c *clock) listen(ctx workflow.Context) {
	workflow.Go(ctx, func(ctx workflow.Context) {
		for {
			var p protocol.Poke
			if more := c.pokes.Receive(ctx, &p); !more {
				return
			}
			c.hear(p)
		}
	})
}

// hear takes a poke: read again, and adopt the epoch of a rebuilt engine.
func (c *clock) hear(p protocol.Poke) {
	c.reload, c.stale = true, false
	c.epoch = max(c.epoch, p.Epoch)
}

// drain empties the signal channel: what is left in it would be lost with the
// run.
func (c *clock) drain() {
	var p protocol.Poke
	for c.pokes.ReceiveAsync(&p) {
		c.hear(p)
	}
}

func (c *clock) old(ctx workflow.Context) bool {
	return !workflow.Now(ctx).Before(c.breatheAt) || workflow.GetInfo(ctx).GetContinueAsNewSuggested()
}

// spent reports that the run is old and nobody waits for an answer from it: it
// may continue as new.
func (c *clock) spent(ctx workflow.Context) bool {
	return c.old(ctx) && workflow.AllHandlersFinished(ctx)
}

// advance does the next thing: read again, or wait for the alarm and take the
// steps that are due.
func (c *clock) advance(ctx workflow.Context) error {
	if c.reload && !c.stale {
		c.reload = false
		return c.ask(ctx, c.read)
	}
	at, why := c.alarm()
	workflow.SetCurrentDetails(ctx, "Menunggu / waiting: "+why)
	rang, err := waitUntil(ctx, at, why, func() bool {
		now, _ := c.alarm()
		return c.known.Closed || c.spent(ctx) || c.reload && !c.stale || !now.Equal(at)
	})
	if err != nil || !rang || c.spent(ctx) {
		return err
	}
	c.notBefore = workflow.Now(ctx).Add(time.Second)
	return c.ask(ctx, c.step)
}

// alarm is when to wake next and why.
func (c *clock) alarm() (time.Time, string) {
	if c.known.NextAt == 0 || c.stale {
		return c.breatheAt, "tidak ada yang jatuh tempo / nothing due"
	}
	next := time.UnixMicro(c.known.NextAt)
	if next.Before(c.notBefore) {
		next = c.notBefore
	}
	if next.After(c.breatheAt) {
		return c.breatheAt, c.known.NextWhat
	}
	return next, c.known.NextWhat
}

// ask calls the ledger and keeps its answer.
func (c *clock) ask(ctx workflow.Context, about func(epoch int64) question) error {
	var said protocol.Snapshot
	epoch := c.epoch
	q := about(epoch)
	switch err := call(ctx, q.activity, q.in, &said); {
	case isType(err, protocol.ErrorStaleEpoch):
		c.outdated(epoch)
		return nil
	case isType(err, protocol.ErrorRefused):
		// The ledger, put back from an older copy, does not know what this is
		// about.
		c.known.Closed = true
		return nil
	case temporal.IsCanceledError(err):
		return err
	case err != nil:
		// The ledger has been away for a month. Ask again; never give up.
		c.reload = true
		return nil
	}
	c.learn(said)
	return nil
}

// outdated notes that the ledger refuses an epoch, unless a poke has brought a
// newer one meanwhile.
func (c *clock) outdated(epoch int64) { c.stale = c.stale || c.epoch == epoch }

// learn keeps the newest word of the ledger. Answers come back in any order;
// an older one changes nothing.
func (c *clock) learn(s protocol.Snapshot) {
	if s.Newer(c.known) {
		c.known = s
	}
}

// process is what somebody hears who asks what the run waits for.
func (c *clock) process() protocol.Process {
	return protocol.Process{Snapshot: c.known, RunStarted: c.started.UnixMicro(), BreatheAt: c.breatheAt.UnixMicro(), Stale: c.stale}
}
