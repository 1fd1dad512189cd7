// Package workflows keeps agreements going: it takes decisions in order and
// rings the alarm when something falls due. What is true stands in the ledger;
// a workflow only remembers the ledger's last word and when to wake.
package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"payung/domain/agreement"
	"payung/protocol"
)

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
	clock
	id string
}

func newRun(ctx workflow.Context, in protocol.AgreementInput) *run {
	a := &run{clock: newClock(ctx, in.Epoch, in.BreatheSecs, in.Known, in.Reload), id: in.AgreementID}
	a.read = func(epoch int64) question {
		return question{protocol.ActivityRead, protocol.ReadInput{AgreementID: a.id, Epoch: epoch}}
	}
	a.step = func(epoch int64) question {
		return question{protocol.ActivityTakeSteps, protocol.TakeStepsInput{AgreementID: a.id, Epoch: epoch}}
	}
	return a
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
	a.clock.listen(ctx)
	return nil
}

// postpone puts the breath off by an hour where it is due and somebody still
// waits: a decision that takes long must not stop the clock.
func (a *run) postpone(ctx workflow.Context) {
	if now := workflow.Now(ctx); !now.Before(a.breatheAt) {
		a.breatheAt = now.Add(time.Hour)
	}
}

func (a *run) process() (protocol.Process, error) {
	p := a.clock.process()
	p.AgreementID = a.id
	return p, nil
}
