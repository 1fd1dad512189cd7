package ledger

import (
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/pressly/goose/v3/lock"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// PostgreSQL's codes for "two transactions met, try again".
const (
	pgSerialization = "40001"
	pgDeadlock      = "40P01"
)

func (l *Ledger) connectPostgres(dsn string) error {
	db, err := gorm.Open(postgres.Open(dsn), config())
	if err != nil {
		return fmt.Errorf("ledger: open the database: %w", err)
	}
	pool, err := db.DB()
	if err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	pool.SetMaxOpenConns(20)
	pool.SetMaxIdleConns(10)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	l.engine, l.write, l.read = "postgres", db, db
	l.close = func() error { return closeDB(db) }
	return nil
}

func sessionLocker() (lock.SessionLocker, error) {
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return nil, fmt.Errorf("ledger: migration lock: %w", err)
	}
	return locker, nil
}

// collided reports that a transaction lost against another and may be tried
// again as it is.
func collided(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (pg.Code == pgSerialization || pg.Code == pgDeadlock)
}

// duplicate reports a broken uniqueness on either engine.
func duplicate(err error) bool { return errors.Is(err, gorm.ErrDuplicatedKey) }
