package worker

import (
	"context"
	"errors"

	"payung/domain/fault"
	"payung/ledger"
	"payung/workflows"
)

// relay tells workflows to read the ledger again, after the commit, and only
// those that have anything to learn.
func (w *Worker) relay(ctx context.Context, h *ledger.Hold) (more bool, err error) {
	wishes, err := w.o.Ledger.Wishes(ctx)
	if err != nil {
		return false, err
	}
	var failed error // one agreement that cannot be told must not keep the others waiting
	for _, wish := range wishes {
		if wish.Poke {
			if err := w.o.Engine.Poke(ctx, workflows.Target{AgreementID: wish.AgreementID, EnrolmentID: wish.EnrolmentID, Epoch: wish.Epoch, Title: wish.Title}); err != nil {
				if fault.Is(err, "engine_unavailable") {
					return false, err // nobody else would be heard either
				}
				failed = errors.Join(failed, err)
				continue
			}
		}
		if err := h.Granted(ctx, wish); err != nil {
			return false, err
		}
	}
	return false, failed
}
