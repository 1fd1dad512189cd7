package activities

import (
	"context"

	"go.temporal.io/sdk/activity"

	"payung/intake"
	"payung/ledger"
	"payung/protocol"
)

// Files lets workflows read what people have sent.
type Files struct{ Intake *intake.Intake }

// ReadImport reads a file to its end, from wherever it stopped.
func (f *Files) ReadImport(ctx context.Context, in protocol.ImportInput) (protocol.ImportResult, error) {
	var out protocol.ImportResult
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		select {
		case <-activity.GetWorkerStopChannel(ctx): // the next worker goes on
			stop()
		case <-ctx.Done():
		}
	}()
	err := f.Intake.Read(ctx, in.ImportID, func(p intake.Progress) { activity.RecordHeartbeat(ctx, p.Rows) })
	if err != nil {
		return out, clockAnswer(err)
	}
	err = f.Intake.Ledger.Read(ctx, ledger.System("import"), func(tx *ledger.Tx) error {
		i, err := tx.Import(in.ImportID)
		out.State, out.Rows = i.State, i.Rows
		return err
	})
	return out, clockAnswer(err)
}
