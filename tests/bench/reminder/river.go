package main

import (
	"context"
	"database/sql"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
)

// remind is a job of River: reminder N of a duty, or its completion.
type remind struct {
	Duty int `json:"duty"`
	N    int `json:"n"`
}

// Kind implements river.JobArgs.
func (remind) Kind() string { return "remind" }

// effect writes the outcome, for a reminder only while the duty is open: asking
// when its time comes is cheaper than cancelling jobs.
type effect struct {
	river.WorkerDefaults[remind]
	exec func(ctx context.Context, q string, args ...any) error
}

// Work implements river.Worker.
func (e *effect) Work(ctx context.Context, job *river.Job[remind]) error {
	if job.Args.N == reminders {
		return e.exec(ctx, "INSERT INTO effects VALUES ($1, $2) ON CONFLICT DO NOTHING", job.Args.Duty, reminders)
	}
	return e.exec(ctx, "INSERT INTO effects SELECT id, $2 FROM duties WHERE id = $1 AND status = 0 ON CONFLICT DO NOTHING", job.Args.Duty, job.Args.N)
}

// rivers is a river.Client on either database, and how a submission completes a
// duty and adds its job in one transaction.
type rivers struct {
	db     *sql.DB
	insert func(ctx context.Context, jobs []river.InsertManyParams) error
	submit func(ctx context.Context, i int) error
	start  func(ctx context.Context) error
	stop   func()
}

func newRiver(ctx context.Context, url string) (way, error) {
	db, err := connect(url)
	if err != nil {
		return nil, err
	}
	for _, q := range []string{
		`CREATE TABLE duties (id INTEGER PRIMARY KEY, status INTEGER NOT NULL)`,
		`CREATE TABLE effects (duty_id INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (duty_id, n))`,
	} {
		if _, err := db.ExecContext(ctx, q); err != nil {
			return nil, err
		}
	}
	r := &rivers{db: db}
	if strings.HasPrefix(url, "sqlite://") {
		return r, r.onSQLite(ctx)
	}
	return r, r.onPostgres(ctx, url)
}

func settings(e *effect) *river.Config {
	workers := river.NewWorkers()
	river.AddWorker(workers, e)
	return &river.Config{
		Queues:  map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 100}},
		Workers: workers, Logger: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
	}
}

const (
	completeDuty = "UPDATE duties SET status = 1 WHERE id = $1 AND status = 0"
	addDuties    = "INSERT INTO duties WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c WHERE n < $1) SELECT n, 0 FROM c"
)

func (r *rivers) onPostgres(ctx context.Context, url string) error {
	pool, err := pgxpool.New(ctx, url)
	if err != nil {
		return err
	}
	driver := riverpgxv5.New(pool)
	m, err := rivermigrate.New(driver, nil)
	if err != nil {
		return err
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return err
	}
	c, err := river.NewClient(driver, settings(&effect{exec: func(ctx context.Context, q string, args ...any) error {
		_, err := pool.Exec(ctx, q, args...)
		return err
	}}))
	if err != nil {
		return err
	}
	r.start = c.Start
	r.insert = func(ctx context.Context, jobs []river.InsertManyParams) error {
		_, err := c.InsertManyFast(ctx, jobs)
		return err
	}
	r.submit = func(ctx context.Context, i int) error {
		return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, completeDuty, i); err != nil {
				return err
			}
			_, err := c.InsertTx(ctx, tx, remind{i, reminders}, nil)
			return err
		})
	}
	r.stop = func() { _ = c.StopAndCancel(ctx); pool.Close() }
	return nil
}

func (r *rivers) onSQLite(ctx context.Context) error {
	driver := riversqlite.New(r.db)
	m, err := rivermigrate.New(driver, nil)
	if err != nil {
		return err
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return err
	}
	c, err := river.NewClient(driver, settings(&effect{exec: func(ctx context.Context, q string, args ...any) error {
		_, err := r.db.ExecContext(ctx, q, args...)
		return err
	}}))
	if err != nil {
		return err
	}
	r.start = c.Start
	r.insert = func(ctx context.Context, jobs []river.InsertManyParams) error {
		_, err := c.InsertManyFast(ctx, jobs)
		return err
	}
	r.submit = func(ctx context.Context, i int) error {
		tx, err := r.db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer func() { _ = tx.Rollback() }()
		if _, err := tx.ExecContext(ctx, completeDuty, i); err != nil {
			return err
		}
		if _, err := c.InsertTx(ctx, tx, remind{i, reminders}, nil); err != nil {
			return err
		}
		return tx.Commit()
	}
	r.stop = func() { _ = c.StopAndCancel(ctx) }
	return nil
}

// Park implements way.
func (r *rivers) Park(ctx context.Context, j *job) error {
	if _, err := r.db.ExecContext(ctx, addDuties, j.n-1); err != nil {
		return err
	}
	j.begin(2 * time.Millisecond)
	var jobs []river.InsertManyParams
	for i := range j.n {
		for k := range reminders {
			jobs = append(jobs, river.InsertManyParams{Args: remind{i, k}, InsertOpts: &river.InsertOpts{ScheduledAt: j.due(i, k)}})
		}
		if len(jobs) >= 4000 || i == j.n-1 {
			if err := r.insert(ctx, jobs); err != nil {
				return err
			}
			jobs = jobs[:0]
		}
	}
	return r.start(ctx)
}

// Submit implements way.
func (r *rivers) Submit(ctx context.Context, i int) error { return r.submit(ctx, i) }

// Seen implements way.
func (r *rivers) Seen(ctx context.Context) ([reminders + 1]int, error) {
	return seenIn(ctx, r.db, "SELECT n, COUNT(*) FROM effects GROUP BY n")
}

// Stop implements way.
func (r *rivers) Stop() {
	r.stop()
	_ = r.db.Close()
}
