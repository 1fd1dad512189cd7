// Package testdb gives tests real databases: a SQLite file, and a database of a
// PostgreSQL server that it starts where the server's programs exist.
package testdb

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Each runs a test on both engines, as subtests. Where PostgreSQL is missing
// the subtest says so; with CI=true that is a failure.
func Each(t *testing.T, test func(t *testing.T, database string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, SQLite(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, Postgres(t))
	})
}

// SQLite is the URL of a database file that does not exist yet.
func SQLite(tb testing.TB) string {
	tb.Helper()
	return "sqlite://" + filepath.Join(tb.TempDir(), "ledger.db")
}

var server = sync.OnceValues(start)

// Postgres is the URL of an empty database on a server that lives as long as
// the test process.
func Postgres(tb testing.TB) string {
	tb.Helper()
	if testing.Short() {
		tb.Skip("PostgreSQL is not tried in short mode")
	}
	port, err := server()
	if err != nil {
		if os.Getenv("CI") == "true" {
			tb.Fatalf("PostgreSQL is needed in CI: %v", err)
		}
		tb.Skipf("PostgreSQL suite not run: %v", err)
	}
	ctx := tb.Context()
	conn, err := pgx.Connect(ctx, url(port, "postgres"))
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }()
	name := "t" + strconv.FormatInt(time.Now().UnixNano(), 36)
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+name); err != nil {
		tb.Fatal(err)
	}
	return url(port, name)
}

func url(port int, name string) string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/%s?sslmode=disable", port, name)
}

// Stop ends the server; call it from TestMain after the tests.
func Stop() {
	if stop != nil {
		stop()
	}
}

var stop func()

// start makes a cluster in a temporary folder and starts it. PostgreSQL refuses
// to run as root, so there it runs as the user postgres.
func start() (int, error) {
	bin, err := bindir()
	if err != nil {
		return 0, err
	}
	dir, err := os.MkdirTemp("", "payung-pg-")
	if err != nil {
		return 0, err
	}
	attr, err := account(dir)
	if err != nil {
		return 0, err
	}
	run := func(name string, args ...string) error {
		cmd := exec.Command(filepath.Join(bin, name), args...) //nolint:gosec // the PostgreSQL that was found
		cmd.SysProcAttr, cmd.Dir = attr, dir
		out, err := cmd.CombinedOutput()
		if err != nil {
			return fmt.Errorf("%s: %w: %s", name, err, out)
		}
		return nil
	}
	data := filepath.Join(dir, "data")
	if err := run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"); err != nil {
		return 0, err
	}
	port, err := freePort()
	if err != nil {
		return 0, err
	}
	//nolint:gosec // the PostgreSQL that was found
	cmd := exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-p", strconv.Itoa(port), "-k", dir,
		"-c", "listen_addresses=127.0.0.1", "-c", "max_connections=300", "-c", "fsync="+fsync(), "-c", "log_min_messages=fatal")
	cmd.SysProcAttr, cmd.Dir = attr, dir
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	stop = func() {
		_ = cmd.Process.Signal(syscall.SIGINT) // fast shutdown
		_ = cmd.Wait()
		_ = os.RemoveAll(dir)
	}
	for range 200 {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		conn, err := pgx.Connect(ctx, url(port, "postgres"))
		cancel()
		if err == nil {
			return port, conn.Close(context.Background())
		}
		time.Sleep(50 * time.Millisecond)
	}
	stop()
	return 0, errors.New("PostgreSQL did not start")
}

// fsync is off for tests, whose data nobody needs, and on for measurements.
func fsync() string {
	if os.Getenv("PAYUNG_BENCH") != "" {
		return "on"
	}
	return "off"
}

func bindir() (string, error) {
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		dir := strings.TrimSpace(string(out))
		if _, err := os.Stat(filepath.Join(dir, "initdb")); err == nil {
			return dir, nil
		}
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		return "", errors.New("the PostgreSQL server's programs are not installed (Debian: apt-get install postgresql)")
	}
	return filepath.Dir(found[len(found)-1]), nil
}

func account(dir string) (*syscall.SysProcAttr, error) {
	attr := &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if os.Getuid() != 0 {
		return attr, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("running as root, and there is no user postgres: %w", err)
	}
	uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
	gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
	if err := errors.Join(err1, err2, os.Chown(dir, int(uid), int(gid))); err != nil {
		return nil, err
	}
	attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return attr, nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	port := l.Addr().(*net.TCPAddr).Port
	return port, l.Close()
}
