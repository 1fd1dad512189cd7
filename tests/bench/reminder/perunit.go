package main

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"payung/keyring"
)

// perUnit is what one writes first with Temporal: a workflow for each unit, a
// timer for each reminder, a signal for the submission.
type perUnit struct {
	*engine
	db     *sql.DB
	worker worker.Worker
}

type duty struct {
	I   int
	Due [reminders]time.Time
}

func keepOne(ctx workflow.Context, d duty) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	submitted := workflow.GetSignalChannel(ctx, "submit")
	done := false
	for k := 0; !done; k++ {
		s := workflow.NewSelector(ctx).AddReceive(submitted, func(c workflow.ReceiveChannel, _ bool) {
			c.Receive(ctx, nil)
			done = true
		})
		timers, stop := workflow.WithCancel(ctx)
		if k < reminders {
			s.AddFuture(workflow.NewTimer(timers, d.Due[k].Sub(workflow.Now(ctx))), func(workflow.Future) {})
		}
		s.Select(ctx)
		stop()
		n := k
		if done {
			n = reminders
		}
		if err := workflow.ExecuteActivity(ctx, "effect", d.I, n).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

func newPerUnit(ctx context.Context, url string) (way, error) {
	db, err := connect(url)
	if err != nil {
		return nil, err
	}
	if _, err := db.ExecContext(ctx, `CREATE TABLE effects (duty_id INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (duty_id, n))`); err != nil {
		return nil, err
	}
	keys, err := keyring.New("bench", make([]byte, 32))
	if err != nil {
		return nil, err
	}
	p := &perUnit{db: db}
	if p.engine, err = startEngine(ctx, keys); err != nil {
		return nil, err
	}
	p.worker = worker.New(p.client, "per-unit", worker.Options{})
	p.worker.RegisterWorkflowWithOptions(keepOne, workflow.RegisterOptions{Name: "keepOne"})
	p.worker.RegisterActivityWithOptions(func(ctx context.Context, i, n int) error {
		_, err := db.ExecContext(ctx, "INSERT INTO effects VALUES ($1, $2) ON CONFLICT DO NOTHING", i, n)
		return err
	}, activity.RegisterOptions{Name: "effect"})
	return p, p.worker.Start()
}

func unitID(i int) string { return fmt.Sprintf("unit/%d", i) }

// Park implements way.
func (p *perUnit) Park(ctx context.Context, j *job) error {
	j.begin(30 * time.Millisecond)
	for i := range j.n {
		d := duty{I: i}
		for k := range reminders {
			d.Due[k] = j.due(i, k)
		}
		if _, err := p.client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: unitID(i), TaskQueue: "per-unit"}, "keepOne", d); err != nil {
			return err
		}
	}
	return nil
}

// Submit implements way.
func (p *perUnit) Submit(ctx context.Context, i int) error {
	return p.client.SignalWorkflow(ctx, unitID(i), "", "submit", nil)
}

// Seen implements way.
func (p *perUnit) Seen(ctx context.Context) ([reminders + 1]int, error) {
	return seenIn(ctx, p.db, "SELECT n, COUNT(*) FROM effects GROUP BY n")
}

// Stop implements way.
func (p *perUnit) Stop() {
	p.worker.Stop()
	p.stop()
	_ = p.db.Close()
}
