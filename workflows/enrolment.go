package workflows

import (
	"go.temporal.io/sdk/workflow"

	"payung/protocol"
)

// Enrolment sees one batch of names through, from the receipt of its forms until
// the last card is handed over. Its reminders are the agreement's business: they
// are obligations like all others. What is the batch's own is the waiting: for
// answers, until the patience with the branch is at an end, and then no longer.
func Enrolment(ctx workflow.Context, in protocol.EnrolmentInput) error {
	b := newBatch(ctx, in)
	err := workflow.SetQueryHandlerWithOptions(ctx, protocol.QueryProcess, b.process,
		workflow.QueryHandlerOptions{Description: "what the batch waits for"})
	if err != nil {
		return err
	}
	b.listen(ctx)
	for !b.ended() && !b.spent(ctx) {
		if err := b.advance(ctx); err != nil {
			return err
		}
		b.drain() // an answer that came after the end opens the batch again
	}
	if b.ended() {
		return nil
	}
	return workflow.NewContinueAsNewError(ctx, protocol.TypeEnrolment, protocol.EnrolmentInput{
		EnrolmentID: b.id, Epoch: b.epoch, BreatheSecs: in.BreatheSecs, Known: b.known, Reload: b.reload,
	})
}

// batch is all that one run remembers.
type batch struct {
	clock
	id string
}

func newBatch(ctx workflow.Context, in protocol.EnrolmentInput) *batch {
	b := &batch{clock: newClock(ctx, in.Epoch, in.BreatheSecs, in.Known, in.Reload), id: in.EnrolmentID}
	ask := func(activity string) func(int64) question {
		return func(epoch int64) question {
			return question{activity, protocol.EnrolmentQuestion{EnrolmentID: b.id, Epoch: epoch}}
		}
	}
	b.read, b.step = ask(protocol.ActivityReadEnrolment), ask(protocol.ActivityStepEnrolment)
	return b
}

// ended reports that the ledger's last word was the end, and nobody whom it
// would answer has asked to look again since.
func (b *batch) ended() bool { return b.known.Closed && (!b.reload || b.stale) }

func (b *batch) process() (protocol.Process, error) {
	p := b.clock.process()
	p.EnrolmentID = b.id
	return p, nil
}
