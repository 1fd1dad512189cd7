package worker

import (
	"context"
	"errors"
	"time"

	"payung/domain/fault"
	"payung/ledger"
	"payung/workflows"
)

// keysFor is how long an idempotency key is remembered.
const keysFor = 7 * 24 * time.Hour

// sweep makes sure nothing depends on a signal that arrived: it pokes every
// agreement that has slept past its alarm, starts those that are not running,
// and settles decisions whose callers never heard the answer.
func (w *Worker) sweep(ctx context.Context, _ *ledger.Hold) (more bool, err error) {
	late, err := w.o.Ledger.Overslept(ctx)
	if err != nil {
		return false, err
	}
	var failed error // one agreement that cannot be told must not keep the others waiting
	for _, b := range late {
		if err := w.o.Engine.Poke(ctx, workflows.Target{AgreementID: b.AgreementID, Epoch: b.Epoch, Title: b.Title}); err != nil {
			if fault.Is(err, "engine_unavailable") {
				return false, err // nobody else would be heard either
			}
			failed = errors.Join(failed, err)
		}
	}
	if err := w.o.Ledger.ForgetKeys(ctx, keysFor); err != nil {
		return false, err
	}
	waiting, err := w.o.Ledger.Waitings(ctx, w.o.Pace.DropAfter)
	if err != nil {
		return false, err
	}
	for _, d := range waiting {
		o, err := w.o.Engine.Outcome(ctx, d.AgreementID, d.RequestID)
		if err != nil {
			return false, err
		}
		if o.Known && o.Refusal == nil {
			continue // still running, or decided this very moment
		}
		if err := w.o.Ledger.Drop(ctx, d, o.Refusal); err != nil {
			return false, err
		}
	}
	return false, failed
}
