package workflows

import (
	"errors"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"payung/domain/fault"
	"payung/protocol"
)

// A ledger call is a short idempotent transaction, so it runs as a local
// activity: one marker in the history. If the ledger does not answer within
// that, the call goes on as an ordinary activity, whose retries cost no events
// however long the ledger is away.
var (
	briefly = workflow.LocalActivityOptions{
		StartToCloseTimeout:    4 * time.Second,
		ScheduleToCloseTimeout: 5 * time.Second,
		RetryPolicy:            &temporal.RetryPolicy{InitialInterval: 100 * time.Millisecond, MaximumAttempts: 3},
	}
	patiently = workflow.ActivityOptions{
		StartToCloseTimeout:    30 * time.Second,
		ScheduleToCloseTimeout: 30 * 24 * time.Hour,
		RetryPolicy:            &temporal.RetryPolicy{InitialInterval: time.Second, BackoffCoefficient: 2, MaximumInterval: 30 * time.Second},
	}
)

func call(ctx workflow.Context, activity string, in, out any) error {
	err := workflow.ExecuteLocalActivity(workflow.WithLocalActivityOptions(ctx, briefly), activity, in).Get(ctx, out)
	if err == nil || temporal.IsCanceledError(err) || isType(err, protocol.ErrorRefused) || isType(err, protocol.ErrorStaleEpoch) {
		return err
	}
	return workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, patiently), activity, in).Get(ctx, out)
}

// application finds the application error in a chain.
func application(err error) *temporal.ApplicationError {
	app, _ := errors.AsType[*temporal.ApplicationError](err)
	return app
}

// isType reports an application error of that type anywhere in the chain.
func isType(err error, name string) bool {
	app := application(err)
	return app != nil && app.Type() == name
}

// outermost brings the application error to the outside, where Temporal and the
// caller look for it.
func outermost(err error) error {
	if app := application(err); app != nil {
		return app
	}
	return err
}

// refusal is a no to a person, not a failure: it is not retried, and not
// logged as an error. What stands in the way is in its details, encrypted.
func refusal(err error) error {
	f, ok := fault.Of(err)
	if !ok {
		f = fault.New(fault.Invalid, "bad_request", "%s", err)
	}
	return temporal.NewApplicationErrorWithOptions(f.Code, protocol.ErrorRefused, temporal.ApplicationErrorOptions{
		NonRetryable: true, Details: []any{*f}, Category: temporal.ApplicationErrorCategoryBenign,
	})
}
