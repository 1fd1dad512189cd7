package worker

import (
	"context"
	"errors"
	"time"

	"payung/domain/fault"
	"payung/ledger"
	"payung/models"
	"payung/workflows"
)

// keysFor is how long an idempotency key is remembered.
const keysFor = 7 * 24 * time.Hour

// sweep makes sure nothing depends on a signal that arrived: it pokes every
// agreement that has slept past its alarm, starts those that are not running,
// asks about pauses that have lasted long, and settles decisions whose callers
// never heard the answer.
func (w *Worker) sweep(ctx context.Context, _ *ledger.Hold) (more bool, err error) {
	late, err := w.o.Ledger.Overslept(ctx)
	if err != nil {
		return false, err
	}
	var failed error // one agreement that cannot be told must not keep the others waiting
	for _, b := range late {
		if err := w.o.Engine.Poke(ctx, workflows.Target{AgreementID: b.AgreementID, EnrolmentID: b.EnrolmentID, Epoch: b.Epoch, Title: b.Title}); err != nil {
			if fault.Is(err, "engine_unavailable") {
				return false, err // nobody else would be heard either
			}
			failed = errors.Join(failed, err)
		}
	}
	if err := errors.Join(w.o.Ledger.ForgetKeys(ctx, keysFor), w.o.Ledger.ForgetUploads(ctx), w.o.Ledger.Discard(ctx), w.hide(ctx), w.o.Ledger.SettleLinks(ctx), w.resumeImports(ctx), w.o.Ledger.TellHandovers(ctx)); err != nil {
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

// silentFor is how long a reading may be quiet before somebody looks whether it
// still runs.
const silentFor = time.Minute

// resumeImports starts the reading of files that nobody reads any more: the
// engine was away when they came, or the process died with a small one.
func (w *Worker) resumeImports(ctx context.Context) error {
	var quiet []models.Import
	err := w.o.Ledger.Read(ctx, ledger.System("sweep"), func(tx *ledger.Tx) (err error) {
		quiet, err = tx.UnfinishedImports(tx.Now().Add(-silentFor).UnixMicro())
		return err
	})
	for _, i := range quiet {
		err = errors.Join(err, w.o.Engine.StartImport(ctx, i.ID))
	}
	return err
}

// hide hides what the first versions kept as it was, until nothing is left.
func (w *Worker) hide(ctx context.Context) error {
	for {
		if more, err := w.o.Ledger.Hide(ctx); err != nil || !more {
			return err
		}
	}
}
