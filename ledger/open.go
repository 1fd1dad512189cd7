// Package ledger is the only door to the database: every transaction and query,
// one file for each subject, each under an actor whose scope limits it. What it
// holds is the record; workflows only keep the alarm clock.
package ledger

import (
	"context"
	"crypto/hmac"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"gorm.io/gorm"

	"payung/domain/calendar"
	"payung/keyring"
	"payung/models"
)

// Options says where the ledger is.
type Options struct {
	Database string // "sqlite:///path/to/file" or "postgres://…"
	Keys     func(fresh bool) (*keyring.Ring, error)
	Log      *slog.Logger
	Now      func() time.Time   // the clock; nil: the machine's
	Calendar *calendar.Calendar // the built-in table of days off; nil: the national one
	Built    time.Time          // when the program was built: no clock that says earlier is right; zero: unknown
	// Elapsed is the time that goes by whatever the clock is set to, sleep of the
	// machine included, and whether it is known; nil: the machine's, with the
	// machine's clock.
	Elapsed func() (time.Duration, bool)
	// PublicURL is where people outside reach the pages, such as
	// https://payung.example.go.id; "": they do not, and letters bear no QR code.
	PublicURL string
}

// Ledger is an open ledger. It is safe for concurrent use.
type Ledger struct {
	engine   string // "sqlite" or "postgres"
	write    *gorm.DB
	read     *gorm.DB
	keys     *keyring.Ring
	log      *slog.Logger
	now      func() time.Time
	calendar *calendar.Calendar // built in; [Tx.Calendar] adds what is recorded
	policies policies
	stirred  chan struct{} // outbox rows were committed here
	rung     chan struct{} // something new to deliver was committed here
	ruled    chan struct{} // rules of everybody were changed here
	watch    watch         // over the clock
	public   string        // URL of the pages for people outside
	close    func() error
}

// Open connects, migrates nothing, and refuses a ledger whose keys are missing
// or other ones. Call [Migrate] before.
func Open(ctx context.Context, o Options) (*Ledger, error) {
	l := &Ledger{log: o.Log, now: o.Now, calendar: o.Calendar, stirred: make(chan struct{}, 1), rung: make(chan struct{}, 1), ruled: make(chan struct{}, 1)}
	l.public = strings.TrimSuffix(o.PublicURL, "/")
	if l.log == nil {
		l.log = slog.Default()
	}
	l.watch.elapsed, l.watch.built, l.watch.process = o.Elapsed, o.Built, newID()
	if l.now == nil {
		l.now = time.Now
		if l.watch.elapsed == nil {
			l.watch.elapsed = elapsed
		}
	}
	if l.calendar == nil {
		l.calendar = calendar.National()
	}
	if err := l.connect(o.Database); err != nil {
		return nil, err
	}
	if err := l.identify(ctx, o.Keys); err != nil {
		return nil, errors.Join(err, l.close())
	}
	return l, nil
}

// identify matches the ledger with its keys, and writes the first row of a new
// ledger.
func (l *Ledger) identify(ctx context.Context, keys func(fresh bool) (*keyring.Ring, error)) error {
	var engine models.Engine
	err := l.write.WithContext(ctx).Take(&engine, 1).Error
	fresh := errors.Is(err, gorm.ErrRecordNotFound)
	if err != nil && !fresh {
		return fmt.Errorf("ledger: read the engine row (was it migrated?): %w", err)
	}
	if l.keys, err = keys(fresh); err != nil {
		return err
	}
	if fresh {
		engine = models.Engine{
			ID: 1, Epoch: 1, Rules: 1, Calendar: l.calendar.Version(), KeyID: l.keys.ID(), KeyCheck: l.keys.Check(), IndexCheck: l.keys.IndexCheck(), CreatedAt: l.now().UnixMicro(),
		}
		if err := l.write.WithContext(ctx).Create(&engine).Error; err != nil && !errors.Is(err, gorm.ErrDuplicatedKey) {
			return fmt.Errorf("ledger: write the engine row: %w", err)
		}
		if err := l.write.WithContext(ctx).Take(&engine, 1).Error; err != nil {
			return fmt.Errorf("ledger: read the engine row: %w", err)
		}
	}
	return l.recognise(ctx, engine)
}

// recognise refuses keys that are not this ledger's, and writes down a newer
// one that seals from now on: after that nobody opens the ledger without it.
func (l *Ledger) recognise(ctx context.Context, e models.Engine) error {
	if known := l.keys.CheckOf(e.KeyID); known == nil || !hmac.Equal(e.KeyCheck, known) {
		return fmt.Errorf("ledger: this ledger was written with key %s, but key %s was given: start with the right --key-file", e.KeyID, l.keys.ID())
	}
	if e.IndexCheck != nil && !hmac.Equal(e.IndexCheck, l.keys.IndexCheck()) {
		return errors.New("ledger: no NIK would be found again, because these keys make another blind index: start with the right --key-file")
	}
	if e.KeyID == l.keys.ID() && e.IndexCheck != nil {
		return nil
	}
	return l.Write(ctx, System("keys"), func(tx *Tx) error {
		err := tx.db.Model(&models.Engine{}).Where("id = 1").Updates(map[string]any{
			"key_id": l.keys.ID(), "key_check": l.keys.Check(), "index_check": l.keys.IndexCheck(),
		}).Error
		if err != nil || e.KeyID == l.keys.ID() {
			return err
		}
		return tx.audit("key.taken_up", "key", l.keys.ID(), models.Scope{}, map[string]any{"before": e.KeyID})
	})
}

// Close ends all connections.
func (l *Ledger) Close() error { return l.close() }

// Stirred gives a signal after this process has committed rows for the relay.
func (l *Ledger) Stirred() <-chan struct{} { return l.stirred }

// Rung gives a signal after this process has committed something to deliver.
func (l *Ledger) Rung() <-chan struct{} { return l.rung }

// Ruled gives a signal after this process has changed what holds for everybody,
// so that open dates wait to be recalculated.
func (l *Ledger) Ruled() <-chan struct{} { return l.ruled }

// Keys is the ring the ledger was opened with.
func (l *Ledger) Keys() *keyring.Ring { return l.keys }

// Now is the ledger's clock.
func (l *Ledger) Now() time.Time { return l.now() }

// Migrate brings the tables of a database up to date. It takes a lock on
// PostgreSQL, so several processes may start at once.
func Migrate(ctx context.Context, database string) (applied int, err error) {
	l := &Ledger{log: slog.Default(), now: time.Now}
	if err := l.connect(database); err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	files, err := fs.Sub(models.Migrations, "migrations/"+l.engine)
	if err != nil {
		return 0, fmt.Errorf("ledger: %w", err)
	}
	db, err := l.write.DB()
	if err != nil {
		return 0, fmt.Errorf("ledger: %w", err)
	}
	dialect, options := goose.DialectSQLite3, []goose.ProviderOption{}
	if l.engine == "postgres" {
		dialect = goose.DialectPostgres
		locker, err := sessionLocker()
		if err != nil {
			return 0, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	provider, err := goose.NewProvider(dialect, db, files, options...)
	if err != nil {
		return 0, fmt.Errorf("ledger: migrations: %w", err)
	}
	results, err := provider.Up(ctx)
	if err != nil {
		return len(results), fmt.Errorf("ledger: migrate: %w", err)
	}
	return len(results), nil
}

func (l *Ledger) connect(database string) error {
	switch {
	case strings.HasPrefix(database, "sqlite://"):
		return l.connectSQLite(strings.TrimPrefix(database, "sqlite://"))
	case strings.HasPrefix(database, "postgres://"), strings.HasPrefix(database, "postgresql://"):
		return l.connectPostgres(database)
	}
	return errors.New("ledger: the database must be sqlite:///path or postgres://…")
}
