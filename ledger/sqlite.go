package ledger

import (
	"errors"
	"fmt"
	"net/url"
	"os"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	driver "modernc.org/sqlite"
)

// SQLite's extended result codes that mean something to us.
const (
	sqliteBusy       = 5
	sqliteLocked     = 6
	sqliteConstraint = 19
	sqlitePrimaryKey = 1555
	sqliteUnique     = 2067
	sqliteForeignKey = 787
)

// dialector teaches GORM's SQLite dialect the error codes of the pure Go
// driver.
type dialector struct{ *sqlite.Dialector }

// Translate maps a constraint the driver reports to GORM's error for it.
func (d dialector) Translate(err error) error {
	if e, ok := errors.AsType[*driver.Error](err); ok {
		switch e.Code() {
		case sqlitePrimaryKey, sqliteUnique:
			return gorm.ErrDuplicatedKey
		case sqliteForeignKey:
			return gorm.ErrForeignKeyViolated
		}
	}
	return err
}

// config is GORM's configuration on both engines.
func config() *gorm.Config {
	teachColumns()
	return &gorm.Config{
		PrepareStmt:            true,
		TranslateError:         true,
		SkipDefaultTransaction: true,
		Logger:                 logger.Discard, // values can be personal
	}
}

// connectSQLite opens one writing connection and a pool of readers. The writer
// takes its lock when a transaction begins, so two of them queue instead of
// failing; readers cannot write at all.
func (l *Ledger) connectSQLite(path string) error {
	// The file must never exist with wider rights, not even for a moment.
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	pragmas := url.Values{"_pragma": {
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "cache_size(-8000)",
		"wal_autocheckpoint(4000)", // 16 MB: an import changes the same pages of an index over and over
	}}
	pragmas.Set("_txlock", "immediate")
	write, err := openSQLite(path, pragmas, 1)
	if err != nil {
		return err
	}
	pragmas.Set("_txlock", "deferred")
	pragmas.Add("_pragma", "query_only(1)")
	read, err := openSQLite(path, pragmas, 8)
	if err != nil {
		return err
	}
	l.engine, l.write, l.read = "sqlite", write, read
	l.close = func() error { return errors.Join(closeDB(read), closeDB(write)) }
	return nil
}

func openSQLite(path string, q url.Values, conns int) (*gorm.DB, error) {
	dsn := (&url.URL{Scheme: "file", Opaque: url.PathEscape(path), RawQuery: q.Encode()}).String()
	db, err := gorm.Open(dialector{&sqlite.Dialector{DriverName: "sqlite", DSN: dsn}}, config())
	if err != nil {
		return nil, fmt.Errorf("ledger: open %s: %w", path, err)
	}
	pool, err := db.DB()
	if err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	pool.SetMaxOpenConns(conns)
	pool.SetMaxIdleConns(conns)
	return db, nil
}

func closeDB(db *gorm.DB) error {
	pool, err := db.DB()
	if err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	return pool.Close()
}
