package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
	schema "go.temporal.io/server/schema/sqlite"
	"google.golang.org/protobuf/types/known/durationpb"
	_ "modernc.org/sqlite" // the driver "sqlite", the same that the server uses
)

// ErrInUse says that another running server holds the file.
var ErrInUse = errors.New("the Temporal store is in use by another server")

// pragmas are how every connection to the file is opened. A transaction that was
// confirmed is on disk, whatever happens to the process or the power.
var pragmas = map[string]string{"synchronous": "full", "busy_timeout": "10000"}

// store is the server's SQLite file, locked for this process.
type store struct {
	file string
	lock *os.File
}

// openStore locks the file, makes what is missing of it and reports whether it
// holds no workflow of the namespace.
func openStore(ctx context.Context, o Options) (st *store, fresh bool, err error) {
	if err := os.MkdirAll(filepath.Dir(o.File), 0o700); err != nil {
		return nil, false, fmt.Errorf("folder of the Temporal store: %w", err)
	}
	if err := create(o.File); err != nil {
		return nil, false, fmt.Errorf("file of the Temporal store: %w", err)
	}
	// One file has one lock, whatever path leads to it.
	file, err := filepath.EvalSymlinks(o.File)
	if err != nil {
		return nil, false, fmt.Errorf("file of the Temporal store: %w", err)
	}
	locked, err := lock(file)
	if err != nil {
		return nil, false, err
	}
	st = &store{file: file, lock: locked}
	if fresh, err = st.prepare(ctx, o); err != nil {
		st.unlock()
		return nil, false, err
	}
	return st, fresh, nil
}

// prepare changes nothing of a file that is not a store.
func (st *store) prepare(ctx context.Context, o Options) (fresh bool, err error) {
	if err := st.applySchema(ctx); err != nil {
		return false, fmt.Errorf("schema of %s: %w", st.file, err)
	}
	if err := st.makePrivate(); err != nil {
		return false, fmt.Errorf("file of the Temporal store: %w", err)
	}
	if err := st.addNamespace(o.Namespace, o.Retention); err != nil {
		return false, fmt.Errorf("namespace %s: %w", o.Namespace, err)
	}
	if fresh, err = st.empty(ctx, o.Namespace); err != nil {
		return false, fmt.Errorf("look for workflows in %s: %w", st.file, err)
	}
	return fresh, nil
}

// create makes the file if it is missing. It never opens one that exists: closing
// it again would drop the locks SQLite may hold on it in this process.
func create(file string) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// lock takes the lock beside the file. The kernel drops it with the process,
// however that ends. A lock on the file itself would meet SQLite's own.
func lock(file string) (*os.File, error) {
	f, err := os.OpenFile(file+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock of the Temporal store: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close() // nothing was written
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("%w: %s", ErrInUse, file)
		}
		return nil, fmt.Errorf("lock of the Temporal store: %w", err)
	}
	return f, nil
}

// makePrivate closes the file, and what an earlier start left beside it, to other
// users. Whatever SQLite adds later takes its mode from the file.
func (st *store) makePrivate() error {
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Chmod(st.file+suffix, 0o600); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// addNamespace registers the namespace unless it is there already.
func (st *store) addNamespace(name string, retention time.Duration) error {
	namespace, err := schema.NewNamespaceConfig(clusterName, name, false, nil)
	if err != nil {
		return err
	}
	namespace.Detail.Config.Retention = durationpb.New(retention)
	cfg, err := st.config()
	if err != nil {
		return err
	}
	return schema.CreateNamespaces(cfg, namespace)
}

// empty reports whether no workflow of the namespace was ever kept, or none is
// left.
func (st *store) empty(ctx context.Context, namespace string) (empty bool, err error) {
	err = st.query(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT NOT EXISTS (SELECT 1 FROM current_executions
			WHERE namespace_id = (SELECT id FROM namespaces WHERE name = ?))`, namespace).Scan(&empty)
	})
	return empty, err
}

// query runs one transaction on a connection of its own.
func (st *store) query(ctx context.Context, do func(*sql.Tx) error) error {
	db, err := st.open()
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // what was committed is on disk
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after the commit
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// open returns connections to the file that are not the server's.
func (st *store) open() (*sql.DB, error) {
	values := url.Values{}
	for name, value := range pragmas {
		values.Add("_pragma", name+"="+value)
	}
	return sql.Open("sqlite", "file:"+st.path()+"?"+values.Encode())
}

// config is how the server opens the file: with a write-ahead log, and on one
// connection, because a reader who becomes a writer beside another writer is
// refused by SQLite. That
// connection lasts as long as the process and is found again by its attributes.
// A pragma SQLite does not know, and ignores, makes them those of this very file
// and not of one that was at the same path before.
func (st *store) config() (*config.SQL, error) {
	info, err := os.Stat(st.file)
	if err != nil {
		return nil, err
	}
	attributes := map[string]string{"mode": "rw", "journal_mode": "wal"}
	maps.Copy(attributes, pragmas)
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		attributes["payung_inode"] = strconv.FormatUint(stat.Ino, 10)
	}
	return &config.SQL{PluginName: sqlite.PluginName, DatabaseName: st.path(), ConnectAttributes: attributes}, nil
}

// path is the file as part of a URI.
func (st *store) path() string { return (&url.URL{Path: st.file}).EscapedPath() }

// close moves what is still in the write-ahead log into the file, so that a copy
// of the file alone is a complete copy, and lets another server have it. A log
// that could not be moved is read at the next start.
func (st *store) close() {
	if db, err := st.open(); err == nil {
		_, _ = db.ExecContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)")
		_ = db.Close()
	}
	st.unlock()
}

func (st *store) unlock() { _ = st.lock.Close() } // nothing was written to it
