package workflows

import (
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
	var out []protocol.RoundResult
	for _, z := range []calendar.Zone{calendar.WIB, calendar.WITA, calendar.WIT} {
		var r protocol.RoundResult
		err := workflow.ExecuteActivity(ctx, protocol.ActivitySnapshot, protocol.RoundInput{Zone: string(z)}).Get(ctx, &r)
		if err != nil {
			return out, err
		}
		out = append(out, r)
	}
	for _, check := range []string{protocol.ActivityRecount, protocol.ActivitySelfCheck} {
		var r protocol.RoundResult
		if err := workflow.ExecuteActivity(ctx, check).Get(ctx, &r); err != nil {
			return out, err
		}
		out = append(out, r)
	}
	return out, nil
}
