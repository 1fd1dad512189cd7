package worker

import (
	"context"

	"go.temporal.io/sdk/activity"

	"payung/doctor"
	"payung/protocol"
)

// selfCheck is the daily comparison of ledger and workflows. What differs is
// logged for people to see; the sweep has mended what a poke can mend.
func (w *Worker) selfCheck(ctx context.Context) (protocol.RoundResult, error) {
	found, err := doctor.Check(ctx, w.o.Ledger, w.o.Engine, nil)
	for _, m := range found {
		activity.GetLogger(ctx).Error("ledger and workflow differ", "agreement", m.AgreementID, "batch", m.EnrolmentID, "problem", m.Problem)
	}
	return protocol.RoundResult{Mismatches: len(found)}, err
}
