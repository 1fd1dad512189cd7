package main

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"

	"payung/deploy/standalone/embedded"
	"payung/domain/calendar"
	"payung/domain/obligation"
	"payung/internal/fixture"
	"payung/keyring"
	"payung/ledger"
	"payung/worker"
	"payung/workflows"
)

// perAgreement is how many units share an agreement and its workflow.
const perAgreement = 192

func quiet() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
}

// engine is a Temporal server in this process and a client of it.
type engine struct {
	folder string
	server *embedded.Server
	client client.Client
}

func startEngine(ctx context.Context, keys *keyring.Ring) (*engine, error) {
	folder, err := os.MkdirTemp("", "reminder-")
	if err != nil {
		return nil, err
	}
	e := &engine{folder: folder}
	if e.server, err = embedded.Start(ctx, embedded.Options{File: filepath.Join(folder, "temporal.db"), Log: quiet()}); err != nil {
		return nil, err
	}
	o := client.Options{
		HostPort: e.server.HostPort(), Namespace: e.server.Namespace(), HeadersProvider: e.server.Headers(),
		ConnectionOptions: client.ConnectionOptions{TLS: e.server.TLS()}, Logger: sdklog.NewStructuredLogger(quiet()),
	}
	o.DataConverter, o.FailureConverter = workflows.Converters(keys)
	e.client, err = client.Dial(o)
	return e, err
}

func (e *engine) stop() {
	e.client.Close()
	e.server.Stop()
	_ = os.RemoveAll(e.folder)
}

// ours is the product: ledger, engine and worker, with audit, history, scope and
// encryption.
type ours struct {
	*engine
	db     *sql.DB
	ledger *ledger.Ledger
	door   *workflows.Engine
	worker *worker.Worker
	duties []string
}

func newOurs(ctx context.Context, url string) (way, error) {
	if _, err := ledger.Migrate(ctx, url); err != nil {
		return nil, err
	}
	keys, err := keyring.New("bench", make([]byte, 32))
	if err != nil {
		return nil, err
	}
	o := &ours{}
	if o.db, err = connect(url); err != nil {
		return nil, err
	}
	o.ledger, err = ledger.Open(ctx, ledger.Options{Database: url, Log: quiet(), Keys: func(bool) (*keyring.Ring, error) { return keys, nil }})
	if err != nil {
		return nil, err
	}
	if o.engine, err = startEngine(ctx, keys); err != nil {
		return nil, err
	}
	o.door = &workflows.Engine{Temporal: o.client}
	o.worker, err = worker.Start(worker.Options{Ledger: o.ledger, Temporal: o.client, Engine: o.door, Log: quiet()}) //nolint:contextcheck // it ends with Stop
	return o, err
}

// Park implements way.
func (o *ours) Park(ctx context.Context, j *job) error {
	j.begin(4 * time.Millisecond)
	// The reminders count from the end of the day after tomorrow, whenever they
	// are to fall.
	target := calendar.WITA.DayOf(j.first).Add(2)
	ladder := &obligation.Ladder{Code: "bench"}
	for k := range reminders {
		left := int(target.End(calendar.WITA).Sub(j.due(0, k)).Seconds())
		ladder.Steps = append(ladder.Steps, obligation.Step{
			Code: fmt.Sprintf("S%d", k), Offset: obligation.Offset(fmt.Sprintf("-PT%dS", left)), Tone: obligation.Reminder,
		})
	}
	for a := range (j.n + perAgreement - 1) / perAgreement {
		if err := o.open(ctx, min(perAgreement, j.n-a*perAgreement), target, ladder); err != nil {
			return err
		}
	}
	if j.spread > 1 {
		return o.spread(ctx, j)
	}
	return nil
}

// open holds a meeting in a kabupaten of its own that gives each village a task.
func (o *ours) open(ctx context.Context, units int, target calendar.Day, ladder *obligation.Ladder) error {
	var k fixture.Kabupaten
	err := o.ledger.Write(ctx, ledger.Operator(), func(tx *ledger.Tx) (err error) {
		if k, err = fixture.Make(tx, units, ladder); err != nil {
			return err
		}
		_, err = tx.RecordMeeting(k.Agreement.ID, ledger.MeetingInput{On: calendar.On(calendar.WITA.DayOf(tx.Now())), Decisions: []ledger.MeetingDecisionInput{
			{Text: "Setiap desa menunjuk petugas", Task: &ledger.TaskInput{Kind: "task", KindOfUnit: "desa", TargetOn: string(target)}},
		}})
		return err
	})
	if err != nil {
		return err
	}
	return o.ledger.Read(ctx, ledger.Operator(), func(tx *ledger.Tx) error {
		rows, err := tx.Obligations(ledger.ObligationFilter{AgreementID: k.Agreement.ID}, ledger.Page{Size: units})
		for _, r := range rows {
			o.duties = append(o.duties, r.ID)
		}
		return err
	})
}

// spread gives the obligations dates of their own, as extensions would, a part
// of a day apart instead of days.
func (o *ours) spread(ctx context.Context, j *job) error {
	tx, err := o.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	for i, id := range o.duties {
		by := j.due(i, 0).Sub(j.first).Microseconds()
		_, err := tx.ExecContext(ctx, "UPDATE obligations SET target_at = target_at + $1, fatal_at = fatal_at + $1, next_at = next_at + $1 WHERE id = $2", by, id)
		if err != nil {
			return err
		}
	}
	return tx.Commit()
}

// Submit implements way.
func (o *ours) Submit(ctx context.Context, i int) error {
	return o.ledger.Write(ctx, ledger.Operator(), func(tx *ledger.Tx) error {
		_, err := tx.Close(o.duties[i], ledger.Closing{How: ledger.ByDone})
		return err
	})
}

// Seen implements way.
func (o *ours) Seen(ctx context.Context) ([reminders + 1]int, error) {
	out, err := seenIn(ctx, o.db, "SELECT CAST(SUBSTR(step, 2) AS INTEGER), COUNT(*) FROM notices GROUP BY 1")
	if err != nil {
		return out, err
	}
	err = o.db.QueryRowContext(ctx, "SELECT COUNT(*) FROM obligations WHERE state = 'closed'").Scan(&out[reminders])
	return out, err
}

// Stop implements way.
func (o *ours) Stop() {
	o.worker.Stop()
	o.stop()
	_ = o.ledger.Close()
	_ = o.db.Close()
}
