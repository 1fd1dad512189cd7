package main

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync"
	"time"
)

// table is the least that could work: a table, a poller, an outbox. It has no
// history, no audit, no scope, no encryption and no retries of the effect.
type table struct {
	db       *sql.DB
	postgres bool
	stop     context.CancelFunc
	done     sync.WaitGroup
}

func newTable(ctx context.Context, url string) (way, error) {
	db, err := connect(url)
	if err != nil {
		return nil, err
	}
	t := &table{db: db, postgres: !strings.HasPrefix(url, "sqlite://")}
	for _, q := range []string{
		`CREATE TABLE duties (id INTEGER PRIMARY KEY, status INTEGER NOT NULL, step INTEGER NOT NULL, next_due BIGINT NOT NULL, gap BIGINT NOT NULL)`,
		`CREATE INDEX duties_due ON duties (next_due) WHERE status = 0`,
		`CREATE TABLE effects (duty_id INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (duty_id, n))`,
	} {
		if _, err := db.ExecContext(ctx, q); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// Park implements way.
func (t *table) Park(ctx context.Context, j *job) error {
	j.begin(time.Millisecond)
	tx, err := t.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	for i := range j.n {
		_, err := tx.ExecContext(ctx, "INSERT INTO duties VALUES ($1, 0, 0, $2, $3)", i, j.due(i, 0).UnixMicro(), j.gap.Microseconds())
		if err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	ctx, t.stop = context.WithCancel(ctx)
	t.done.Go(func() { t.poll(ctx) })
	return nil
}

// poll takes what is due, a thousand at a time.
func (t *table) poll(ctx context.Context) {
	lock := ""
	if t.postgres {
		lock = "FOR UPDATE SKIP LOCKED"
	}
	take := fmt.Sprintf(`UPDATE duties SET step = step + 1, next_due = CASE WHEN step = %d THEN 9223372036854775807 ELSE next_due + gap END
		WHERE id IN (SELECT id FROM duties WHERE status = 0 AND next_due <= $1 ORDER BY next_due LIMIT 1000 %s) RETURNING id, step - 1`, reminders-1, lock)
	for ctx.Err() == nil {
		n, err := t.take(ctx, take)
		if err != nil || n < 1000 {
			select {
			case <-ctx.Done():
			case <-time.After(50 * time.Millisecond):
			}
		}
	}
}

func (t *table) take(ctx context.Context, q string) (int, error) {
	tx, err := t.db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer func() { _ = tx.Rollback() }()
	rows, err := tx.QueryContext(ctx, q, time.Now().UnixMicro())
	if err != nil {
		return 0, err
	}
	defer func() { _ = rows.Close() }()
	var values []string
	for rows.Next() {
		var id, n int
		if err := rows.Scan(&id, &n); err != nil {
			return 0, err
		}
		values = append(values, fmt.Sprintf("(%d,%d)", id, n))
	}
	if err := rows.Err(); err != nil || len(values) == 0 {
		return 0, err
	}
	//nolint:gosec // numbers from our own table
	if _, err := tx.ExecContext(ctx, "INSERT INTO effects VALUES "+strings.Join(values, ",")); err != nil {
		return 0, err
	}
	return len(values), tx.Commit()
}

// Submit implements way.
func (t *table) Submit(ctx context.Context, i int) error {
	tx, err := t.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, "UPDATE duties SET status = 1 WHERE id = $1 AND status = 0", i); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO effects VALUES ($1, $2)", i, reminders); err != nil {
		return err
	}
	return tx.Commit()
}

// Seen implements way.
func (t *table) Seen(ctx context.Context) ([reminders + 1]int, error) {
	return seenIn(ctx, t.db, "SELECT n, COUNT(*) FROM effects GROUP BY n")
}

func seenIn(ctx context.Context, db *sql.DB, q string) (out [reminders + 1]int, err error) {
	rows, err := db.QueryContext(ctx, q)
	if err != nil {
		return out, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var k, n int
		if err := rows.Scan(&k, &n); err != nil {
			return out, err
		}
		out[k] = n
	}
	return out, rows.Err()
}

// Stop implements way.
func (t *table) Stop() {
	if t.stop != nil {
		t.stop()
	}
	t.done.Wait()
	_ = t.db.Close()
}
