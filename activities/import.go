package activities

import (
	"context"

	"go.temporal.io/sdk/activity"

	"payung/intake"
	"payung/protocol"
)

// Files lets workflows read what people have sent.
type Files struct{ Intake *intake.Intake }

// ReadImport reads a file to its end, from wherever it stopped.
func (f *Files) ReadImport(ctx context.Context, in protocol.ImportInput) (protocol.ImportResult, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		select {
		case <-activity.GetWorkerStopChannel(ctx): // the next worker goes on
			stop()
		case <-ctx.Done():
		}
	}()
	i, err := f.Intake.Read(ctx, in.ImportID, func(p intake.Progress) { activity.RecordHeartbeat(ctx, p.Rows) })
	if err != nil {
		return protocol.ImportResult{}, clockAnswer(err)
	}
	return protocol.ImportResult{State: i.State, Rows: i.Rows}, nil
}
