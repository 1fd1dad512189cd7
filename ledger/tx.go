package ledger

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	modernc "modernc.org/sqlite"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// Tx is one transaction of one actor. Its methods are the ledger's reads and
// writes; a Tx lives only inside the function it was given to.
type Tx struct {
	ctx     context.Context
	db      *gorm.DB
	l       *Ledger
	actor   Actor
	at      time.Time
	stirs   bool      // outbox rows were written
	writes  bool      // it may write
	rules   int64     // number of the rules it plans by; 0: not read yet
	changed bool      // it changed the rules itself
	queued  bool      // recalculations wait
	rings   bool      // there is something new to deliver
	conn    *sql.Conn // the connection of a bulk write on PostgreSQL; nil elsewhere
}

// patience is how long one transaction may take in all, waiting included.
const patience = 30 * time.Second

// Read runs fn in a read-only transaction, in which everything is seen as of
// one moment.
func (l *Ledger) Read(ctx context.Context, actor Actor, fn func(*Tx) error) error {
	opts := &sql.TxOptions{ReadOnly: true}
	if l.engine == "postgres" {
		opts.Isolation = sql.LevelRepeatableRead
	}
	return l.run(ctx, l.read, opts, actor, fn)
}

// Write runs fn in one transaction: all of it is kept or nothing.
func (l *Ledger) Write(ctx context.Context, actor Actor, fn func(*Tx) error) error {
	return l.run(ctx, l.write, nil, actor, fn)
}

// writeBulk is Write for many rows at once: on PostgreSQL its transaction has a
// connection of its own, which takes rows in as fast as the server does.
func (l *Ledger) writeBulk(ctx context.Context, actor Actor, fn func(*Tx) error) error {
	if l.engine != "postgres" {
		return l.Write(ctx, actor, fn)
	}
	return explain(l.write.WithContext(ctx).Connection(func(db *gorm.DB) error {
		conn, _ := db.Statement.ConnPool.(*sql.Conn)
		return l.run(ctx, db, nil, actor, func(tx *Tx) error {
			tx.conn = conn
			return fn(tx)
		})
	}))
}

func (l *Ledger) run(ctx context.Context, db *gorm.DB, opts *sql.TxOptions, actor Actor, fn func(*Tx) error) error {
	if actor.Name == "" || !actor.placed() {
		return errors.New("ledger: a transaction without an actor, or with one of no place")
	}
	ctx, cancel := context.WithTimeout(withRing(ctx, l.keys), patience)
	defer cancel()
	var err error
	for attempt := range 4 {
		if attempt > 0 {
			time.Sleep(time.Duration(attempt*attempt) * 10 * time.Millisecond)
		}
		tx := &Tx{ctx: ctx, l: l, actor: actor, at: l.now(), writes: opts == nil}
		err = db.WithContext(ctx).Transaction(func(gtx *gorm.DB) error {
			tx.db = gtx
			if err := tx.announce(); err != nil {
				return err
			}
			return fn(tx)
		}, opts)
		if err == nil && tx.stirs {
			signal(l.stirred)
		}
		if err == nil && tx.rings {
			signal(l.rung)
		}
		if err == nil && tx.queued {
			signal(l.ruled)
		}
		if !collided(err) {
			break
		}
	}
	return explain(err)
}

// signal wakes whoever waits on a channel, who looks once however often it was
// woken.
func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// announce tells PostgreSQL who is asking, for row-level security underneath.
func (tx *Tx) announce() error {
	if tx.l.engine != "postgres" {
		return nil
	}
	return tx.db.Exec(`SELECT set_config('app.reach', ?, true), set_config('app.province', ?, true), set_config('app.regency', ?, true), set_config('app.branch', ?, true)`,
		string(tx.actor.Reach), tx.actor.ProvinceCode, tx.actor.RegencyCode, tx.actor.BranchID).Error
}

// explain turns "the database is away or busy" into a fault people can act on.
func explain(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := fault.Of(err); ok {
		return err
	}
	busy := false
	if e, ok := errors.AsType[*modernc.Error](err); ok {
		code := e.Code() & 0xff
		busy = code == sqliteBusy || code == sqliteLocked
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		// Classes 08, 53, 57: connection, resources, the operator stepped in.
		busy = busy || e.Code[:2] == "08" || e.Code[:2] == "53" || e.Code[:2] == "57"
	}
	_, dial := errors.AsType[*pgconn.ConnectError](err)
	_, netErr := errors.AsType[net.Error](err)
	if busy || dial || netErr || collided(err) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, context.DeadlineExceeded) {
		return &unavailable{fault.New(fault.Unavailable, "ledger_unavailable", "the ledger is busy or away; send it again, it counts once"), err}
	}
	return err
}

// unavailable keeps the cause for the log behind the sentence for people.
type unavailable struct {
	*fault.Fault
	cause error
}

func (u *unavailable) Unwrap() []error { return []error{u.Fault, u.cause} }

// Now is the instant the transaction counts as.
func (tx *Tx) Now() time.Time { return tx.at }

// Actor is who the transaction belongs to.
func (tx *Tx) Actor() Actor { return tx.actor }

func (tx *Tx) micros() int64 { return tx.at.UnixMicro() }

func (tx *Tx) recorded() models.Recorded { return models.Recorded{KnownFrom: tx.micros()} }

func (tx *Tx) today(z string) calendar.Day { return calendar.Zone(z).DayOf(tx.at) }

// from starts a query on a scoped table, narrowed to the actor's scope.
func (tx *Tx) from(table string) *gorm.DB {
	return tx.actor.limit(tx.db.Table(table), table)
}

// locked is from, with the rows locked until the end of the transaction.
func (tx *Tx) locked(table string) *gorm.DB { return tx.forChange(tx.from(table)) }

// forChange locks the rows a query finds. SQLite has one writer at a time
// anyway.
func (tx *Tx) forChange(db *gorm.DB) *gorm.DB {
	if tx.l.engine == "postgres" {
		db = db.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	return db
}

// create inserts rows after checking that the actor may write there, even if
// there are none.
func create[T any](tx *Tx, scope models.Scope, rows ...T) error {
	if err := tx.actor.may(scope); err != nil {
		return err
	}
	return insert(tx, rows)
}

// insert writes rows in batches that stay under the engines' parameter limits.
func insert[T any](tx *Tx, rows []T, clauses ...clause.Expression) error {
	if len(rows) == 0 {
		return nil
	}
	return tx.db.Clauses(clauses...).CreateInBatches(&rows, 300).Error
}

// take reads one row by ID within the actor's scope.
func take[T any](tx *Tx, table, what, id string) (T, error) {
	return only[T](tx.from(table), table, what, id)
}

// takeLocked is take, with the row locked until the end of the transaction.
func takeLocked[T any](tx *Tx, table, what, id string) (T, error) {
	return only[T](tx.locked(table), table, what, id)
}

func only[T any](q *gorm.DB, table, what, id string) (T, error) {
	var row T
	err := q.Where(table+".id = ?", id).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, notFound(what)
	}
	return row, err
}

// newID is a UUIDv7: in order of time, the same on both engines.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("ledger: %s: %w", what, err)
}
