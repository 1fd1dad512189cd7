package workflows

import (
	"errors"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"payung/domain/calendar"
	"payung/protocol"
)

// DailyRound looks at everything once a day: it keeps the day's figures, counts
// again what counters say, and compares the ledger with the running workflows.
func DailyRound(ctx workflow.Context) ([]protocol.RoundResult, error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout:    10 * time.Minute,
		ScheduleToCloseTimeout: 6 * time.Hour,
		RetryPolicy:            &temporal.RetryPolicy{InitialInterval: 10 * time.Second, MaximumInterval: 5 * time.Minute},
	})
	// What fails is reported at the end; it does not keep the rest from being
	// looked at.
	var out []protocol.RoundResult
	var failed error
	for _, z := range []calendar.Zone{calendar.WIB, calendar.WITA, calendar.WIT} {
		var r protocol.RoundResult
		err := workflow.ExecuteActivity(ctx, protocol.ActivitySnapshot, protocol.RoundInput{Zone: string(z)}).Get(ctx, &r)
		failed = errors.Join(failed, err)
		out = append(out, r)
	}
	for _, check := range []string{protocol.ActivityRecount, protocol.ActivitySelfCheck} {
		var r protocol.RoundResult
		failed = errors.Join(failed, workflow.ExecuteActivity(ctx, check).Get(ctx, &r))
		out = append(out, r)
	}
	return out, failed
}
