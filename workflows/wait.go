package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// waitUntil blocks until woken holds or at has come, and reports whether the
// time came first. The timer ends with the wait; AwaitWithTimeout would leave
// it behind, to wake the workflow for nothing months later.
func waitUntil(ctx workflow.Context, at time.Time, why string, woken func() bool) (bool, error) {
	if woken() {
		return false, nil
	}
	left := at.Sub(workflow.Now(ctx))
	if left <= 0 {
		return true, nil
	}
	timerCtx, stop := workflow.WithCancel(ctx)
	timer := workflow.NewTimerWithOptions(timerCtx, left, workflow.TimerOptions{Summary: summary(why)})
	err := workflow.Await(ctx, func() bool { return woken() || timer.IsReady() })
	if err != nil || woken() {
		stop()
		return false, err
	}
	return true, timer.Get(ctx, nil) // a cancelled timer is ready too, but owns up here
}

// summary keeps within the 200 bytes that Temporal shows.
func summary(s string) string {
	if len(s) > 180 {
		return s[:180]
	}
	return s
}
