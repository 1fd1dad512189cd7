// Package workflows keeps agreements going: it takes decisions in order and
// rings the alarm when something falls due. What is true stands in the ledger;
// a workflow only remembers the ledger's last word and when to wake.
package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"payung/domain/agreement"
	"payung/protocol"
)

// Quarter is the age at which a run continues as new, so that no code has to be
// kept for longer than that.
const Quarter = 90 * 24 * time.Hour

// Agreement sees one agreement through its whole life. Each agreement has one
// execution.
func Agreement(ctx workflow.Context, in protocol.AgreementInput) error {
	a := newRun(ctx, in)
	if err := a.listen(ctx); err != nil {
		return err
	}
	for !a.known.Closed && !a.spent(ctx) {
		a.postpone(ctx)
		if err := a.advance(ctx); err != nil {
			return err
		}
	}
	// Nobody who asked for something is left without an answer.
	if err := workflow.Await(ctx, func() bool { return workflow.AllHandlersFinished(ctx) }); err != nil {
		return err
	}
	if a.known.Closed {
		return nil
	}
	a.drain()
	return workflow.NewContinueAsNewError(ctx, protocol.TypeAgreement, protocol.AgreementInput{
		AgreementID: a.id, Epoch: a.epoch, BreatheSecs: in.BreatheSecs, Known: a.known, Reload: a.reload,
	})
}

// run is all that one run remembers.
type run struct {
	id        string
	epoch     int64
	known     protocol.Snapshot // the ledger's last word
	reload    bool              // somebody said: read again
	stale     bool              // the engine was rebuilt; waiting to hear of its new epoch
	started   time.Time
	breatheAt time.Time
	notBefore time.Time // the next wake is no earlier, should our clock run ahead of the ledger's
	pokes     workflow.ReceiveChannel
}

func newRun(ctx workflow.Context, in protocol.AgreementInput) *run {
	age := time.Duration(in.BreatheSecs) * time.Second
	if age <= 0 {
		age = Quarter
	}
	now := workflow.Now(ctx)
	return &run{
		id: in.AgreementID, epoch: in.Epoch, known: in.Known, reload: in.Reload || in.Known.Version == 0,
		started: now, breatheAt: now.Add(age), pokes: workflow.GetSignalChannel(ctx, protocol.SignalPoke),
	}
}

// listen registers everything that can be said to a running agreement. The
// state is ready before: a waiting update runs the moment its handler is there.
func (a *run) listen(ctx workflow.Context) error {
	err := workflow.SetQueryHandlerWithOptions(ctx, protocol.QueryProcess, a.process,
		workflow.QueryHandlerOptions{Description: "what the agreement waits for"})
	if err != nil {
		return err
	}
	for _, d := range agreement.Decisions() {
		err := workflow.SetUpdateHandlerWithOptions(ctx, string(d), a.decide,
			workflow.UpdateHandlerOptions{Validator: a.validate, Description: "decides " + string(d)})
		if err != nil {
			return err
		}
	}
	workflow.Go(ctx, func(ctx workflow.Context) {
		for {
			var p protocol.Poke
			if more := a.pokes.Receive(ctx, &p); !more {
				return
			}
			a.hear(p)
		}
	})
	return nil
}

// hear takes a poke: read again, and adopt the epoch of a rebuilt engine.
func (a *run) hear(p protocol.Poke) {
	a.reload, a.stale = true, false
	a.epoch = max(a.epoch, p.Epoch)
}

// drain empties the signal channel: what is left in it would be lost with the
// run.
func (a *run) drain() {
	var p protocol.Poke
	for a.pokes.ReceiveAsync(&p) {
		a.hear(p)
	}
}

func (a *run) old(ctx workflow.Context) bool {
	return !workflow.Now(ctx).Before(a.breatheAt) || workflow.GetInfo(ctx).GetContinueAsNewSuggested()
}

// spent reports that the run is old and nobody waits for an answer from it: it
// may continue as new.
func (a *run) spent(ctx workflow.Context) bool {
	return a.old(ctx) && workflow.AllHandlersFinished(ctx)
}

// postpone puts the breath off by an hour where it is due and somebody still
// waits: a decision that takes long must not stop the clock.
func (a *run) postpone(ctx workflow.Context) {
	if now := workflow.Now(ctx); !now.Before(a.breatheAt) {
		a.breatheAt = now.Add(time.Hour)
	}
}

// advance does the next thing: read again, or wait for the alarm and take the
// steps that are due.
func (a *run) advance(ctx workflow.Context) error {
	if a.reload && !a.stale {
		a.reload = false
		return a.ask(ctx, protocol.ActivityRead, protocol.ReadInput{AgreementID: a.id, Epoch: a.epoch})
	}
	at, why := a.alarm()
	workflow.SetCurrentDetails(ctx, "Menunggu / waiting: "+why)
	rang, err := waitUntil(ctx, at, why, func() bool {
		now, _ := a.alarm()
		return a.known.Closed || a.spent(ctx) || a.reload && !a.stale || !now.Equal(at)
	})
	if err != nil || !rang || a.spent(ctx) {
		return err
	}
	a.notBefore = workflow.Now(ctx).Add(time.Second)
	return a.ask(ctx, protocol.ActivityTakeSteps, protocol.TakeStepsInput{AgreementID: a.id, Epoch: a.epoch})
}

// alarm is when to wake next and why.
func (a *run) alarm() (time.Time, string) {
	if a.known.NextAt == 0 || a.stale {
		return a.breatheAt, "tidak ada yang jatuh tempo / nothing due"
	}
	next := time.UnixMicro(a.known.NextAt)
	if next.Before(a.notBefore) {
		next = a.notBefore
	}
	if next.After(a.breatheAt) {
		return a.breatheAt, a.known.NextWhat
	}
	return next, a.known.NextWhat
}

// ask calls the ledger for the clock and keeps its answer.
func (a *run) ask(ctx workflow.Context, activity string, in any) error {
	var said protocol.Snapshot
	epoch := a.epoch
	switch err := call(ctx, activity, in, &said); {
	case isType(err, protocol.ErrorStaleEpoch):
		a.outdated(epoch)
		return nil
	case isType(err, protocol.ErrorRefused):
		// The ledger, put back from an older copy, does not know this agreement.
		a.known.Closed = true
		return nil
	case temporal.IsCanceledError(err):
		return err
	case err != nil:
		// The ledger has been away for a month. Ask again; never give up.
		a.reload = true
		return nil
	}
	a.learn(said)
	return nil
}

// learn keeps the newest word of the ledger. Answers come back in any order;
// an older one changes nothing.
func (a *run) learn(s protocol.Snapshot) {
	if s.Newer(a.known) {
		a.known = s
	}
}

func (a *run) process() (protocol.Process, error) {
	return protocol.Process{
		AgreementID: a.id, Snapshot: a.known, RunStarted: a.started.UnixMicro(), BreatheAt: a.breatheAt.UnixMicro(), Stale: a.stale,
	}, nil
}

// isType reports an application error of that type anywhere in the chain.
func isType(err error, name string) bool {
	app := application(err)
	return app != nil && app.Type() == name
}
