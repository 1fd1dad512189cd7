// Package activities is what workflows may do in the world: one struct for each
// outside system. Each method is an activity: it may run again after a crash,
// so it is safe to repeat.
package activities

import (
	"context"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"

	"payung/domain/fault"
	"payung/ledger"
	"payung/protocol"
)

// Ledger lets workflows read and change the ledger.
type Ledger struct{ Ledger *ledger.Ledger }

// Decide carries out a decision or refuses it.
func (a *Ledger) Decide(ctx context.Context, in protocol.DecideInput) (protocol.DecisionResult, error) {
	out, err := a.Ledger.Decide(ctx, in)
	return out, answer(err)
}

// TakeSteps takes every step that is due.
func (a *Ledger) TakeSteps(ctx context.Context, in protocol.TakeStepsInput) (protocol.Snapshot, error) {
	out, err := a.Ledger.TakeSteps(ctx, in)
	return out, clockAnswer(err)
}

// ReadAgreement answers with the current snapshot.
func (a *Ledger) ReadAgreement(ctx context.Context, in protocol.ReadInput) (protocol.Snapshot, error) {
	out, err := a.Ledger.ReadAgreement(ctx, in)
	return out, clockAnswer(err)
}

// ReadEnrolment answers with the current snapshot of a batch.
func (a *Ledger) ReadEnrolment(ctx context.Context, in protocol.EnrolmentQuestion) (protocol.Snapshot, error) {
	out, err := a.Ledger.ReadEnrolment(ctx, in)
	return out, clockAnswer(err)
}

// StepEnrolment ends the waiting for a batch's answers, if it is time.
func (a *Ledger) StepEnrolment(ctx context.Context, in protocol.EnrolmentQuestion) (protocol.Snapshot, error) {
	out, err := a.Ledger.StepEnrolment(ctx, in)
	return out, clockAnswer(err)
}

// SnapshotCoverage keeps the day's figures.
func (a *Ledger) SnapshotCoverage(ctx context.Context, in protocol.RoundInput) (protocol.RoundResult, error) {
	day, n, err := a.Ledger.SnapshotCoverage(ctx, in)
	return protocol.RoundResult{Day: string(day), Snapshots: n}, err
}

// Recount compares counters with rows and reports what differs.
func (a *Ledger) Recount(ctx context.Context) (protocol.RoundResult, error) {
	wrong, err := a.Ledger.Recount(ctx)
	if wrong > 0 {
		activity.GetLogger(ctx).Error("counters differ from rows", "rollups", wrong)
	}
	return protocol.RoundResult{Miscounts: wrong}, err
}

// answer marks a no as final. It is returned unwrapped: wrapped, it would be
// retried for ever.
func answer(err error) error {
	f, ok := fault.Of(err)
	if !ok || f.Kind == fault.Unavailable {
		return err
	}
	return final(f)
}

// clockAnswer is the same for the clock, which nobody refuses anything: only what
// is gone and a rebuilt engine are final, all else is tried
// again.
func clockAnswer(err error) error {
	if f, ok := fault.Of(err); ok && (f.Kind == fault.NotFound || f.Code == ledger.ErrStaleEpoch.Code) {
		return final(f)
	}
	return err
}

func final(f *fault.Fault) error {
	kind := protocol.ErrorRefused
	if f.Code == ledger.ErrStaleEpoch.Code {
		kind = protocol.ErrorStaleEpoch
	}
	return temporal.NewApplicationErrorWithOptions(f.Code, kind, temporal.ApplicationErrorOptions{
		NonRetryable: true, Details: []any{*f}, Category: temporal.ApplicationErrorCategoryBenign,
	})
}
