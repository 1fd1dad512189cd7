// Package worker wires everything that runs in the background: the Temporal
// worker, and the leased loops beside it.
package worker

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	sdk "go.temporal.io/sdk/worker"

	"payung/activities"
	"payung/delivery"
	"payung/intake"
	"payung/ledger"
	"payung/protocol"
	"payung/workflows"
)

// Options says what a worker works with.
type Options struct {
	Ledger   *ledger.Ledger
	Temporal client.Client
	Engine   *workflows.Engine
	Log      *slog.Logger
	Pace     Pace
}

// Pace is how often the loops look. The zero value is the product's pace; tests
// hurry.
type Pace struct {
	Relay, Fold, Seal, Sweep, Reckon, Reseal, Bundle, Deliver, Weekly time.Duration
	DropAfter                                                         time.Duration // a decision pending for longer is asked after
}

func (p Pace) filled() Pace {
	set := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	set(&p.Relay, time.Second)
	set(&p.Fold, time.Second)
	set(&p.Seal, 2*time.Second)
	set(&p.Sweep, time.Minute)
	set(&p.Reckon, 10*time.Second)
	set(&p.Reseal, 10*time.Minute)
	set(&p.Bundle, time.Second)
	set(&p.Deliver, time.Second)
	set(&p.Weekly, 5*time.Minute)
	set(&p.DropAfter, 15*time.Minute)
	return p
}

// Worker is a running worker.
type Worker struct {
	o      Options
	sdk    sdk.Worker
	office *delivery.Office
	cancel context.CancelFunc
	done   sync.WaitGroup
}

// Start starts the worker and its loops.
func Start(o Options) (*Worker, error) {
	o.Pace = o.Pace.filled()
	w := &Worker{o: o, office: delivery.New(delivery.Options{Ledger: o.Ledger, Log: o.Log})}
	w.sdk = sdk.New(o.Temporal, protocol.TaskQueue, sdk.Options{
		WorkerStopTimeout:           15 * time.Second,
		DisableRegistrationAliasing: true,
		OnFatalError:                func(err error) { o.Log.Error("worker stopped", "error", err) },
	})
	workflows.Register(w.sdk)
	acts := &activities.Ledger{Ledger: o.Ledger}
	files := &activities.Files{Intake: intake.New(o.Ledger, o.Engine.StartImport)}
	for name, fn := range map[string]any{
		protocol.ActivityDecide: acts.Decide, protocol.ActivityTakeSteps: acts.TakeSteps, protocol.ActivityRead: acts.ReadAgreement,
		protocol.ActivitySnapshot: acts.SnapshotCoverage, protocol.ActivityRecount: acts.Recount, protocol.ActivitySelfCheck: w.selfCheck,
		protocol.ActivityImport: files.ReadImport, protocol.ActivityReadEnrolment: acts.ReadEnrolment, protocol.ActivityStepEnrolment: acts.StepEnrolment,
	} {
		w.sdk.RegisterActivityWithOptions(fn, activity.RegisterOptions{Name: name})
	}
	if err := w.sdk.Start(); err != nil {
		return nil, fmt.Errorf("worker: %w", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	w.cancel = cancel
	for _, loop := range w.loops() {
		w.done.Go(func() { o.Ledger.Run(ctx, loop) })
	}
	return w, nil
}

// Stop ends the loops and lets activities that run finish.
func (w *Worker) Stop() {
	w.cancel()
	w.done.Wait()
	w.office.Wait()
	w.sdk.Stop()
}

func (w *Worker) loops() []ledger.Loop {
	p := w.o.Pace
	return []ledger.Loop{
		{Name: "relay", Every: p.Relay, Wake: w.o.Ledger.Stirred(), Work: w.relay},
		{Name: "fold", Every: p.Fold, Work: func(ctx context.Context, h *ledger.Hold) (bool, error) { return h.Fold(ctx) }},
		{Name: "seal", Every: p.Seal, Work: func(ctx context.Context, h *ledger.Hold) (bool, error) { return h.Seal(ctx) }},
		{Name: "sweep", Every: p.Sweep, Work: w.sweep},
		{Name: "reckon", Every: p.Reckon, Wake: w.o.Ledger.Ruled(), Work: func(ctx context.Context, h *ledger.Hold) (bool, error) { return h.Reckon(ctx) }},
		{Name: "reseal", Every: p.Reseal, Work: w.o.Ledger.Resealer()},
		{Name: "bundle", Every: p.Bundle, Wake: w.o.Ledger.Rung(), Work: w.office.Bundle},
		{Name: "deliver", Every: p.Deliver, Work: w.office.Deliver},
		{Name: "weekly", Every: p.Weekly, Work: func(ctx context.Context, h *ledger.Hold) (bool, error) { return h.KeepWeeks(ctx) }},
	}
}
