package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"payung/protocol"
)

// Import has a large file read. All it knows is which: how far the reading has
// come is in the ledger, so an attempt that dies is taken up where it stopped,
// by whichever worker is there.
func Import(ctx workflow.Context, in protocol.ImportInput) (protocol.ImportResult, error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout:    time.Hour,
		ScheduleToCloseTimeout: 24 * time.Hour,
		HeartbeatTimeout:       20 * time.Second,
		RetryPolicy:            &temporal.RetryPolicy{InitialInterval: time.Second, BackoffCoefficient: 2, MaximumInterval: 30 * time.Second},
	})
	var out protocol.ImportResult
	err := workflow.ExecuteActivity(ctx, protocol.ActivityImport, in).Get(ctx, &out)
	return out, err
}
