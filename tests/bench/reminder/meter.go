package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	_ "github.com/jackc/pgx/v5/stdlib" // the drivers, for asking
	_ "modernc.org/sqlite"
)

// connect opens a database by its URL.
func connect(url string) (*sql.DB, error) {
	if path, ok := strings.CutPrefix(url, "sqlite://"); ok {
		db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(10000)&_txlock=immediate")
		if err == nil {
			db.SetMaxOpenConns(1)
		}
		return db, err
	}
	return sql.Open("pgx", url)
}

// size is how many bytes a database takes on disk.
func size(ctx context.Context, url string) (int64, error) {
	db, err := connect(url)
	if err != nil {
		return 0, err
	}
	defer func() { _ = db.Close() }()
	q := "SELECT pg_database_size(current_database())"
	if strings.HasPrefix(url, "sqlite://") {
		q = "SELECT (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size)"
	}
	var n int64
	err = db.QueryRowContext(ctx, q).Scan(&n)
	return n, err
}

// meter reads the processor time of this process and of the database server.
type meter struct{ postmaster int }

func newMeter(ctx context.Context, url string) (meter, error) {
	if strings.HasPrefix(url, "sqlite://") {
		return meter{}, nil
	}
	db, err := connect(url)
	if err != nil {
		return meter{}, err
	}
	defer func() { _ = db.Close() }()
	var backend int
	if err := db.QueryRowContext(ctx, "SELECT pg_backend_pid()").Scan(&backend); err != nil {
		return meter{}, err
	}
	_, parent, err := stat(backend)
	return meter{parent}, err
}

// read is seconds of processor time so far, of this process and of the server.
func (m meter) read() (own, server float64, err error) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0, 0, err
	}
	own = float64(u.Utime.Sec+u.Stime.Sec) + float64(u.Utime.Usec+u.Stime.Usec)/1e6
	if m.postmaster == 0 {
		return own, 0, nil
	}
	// A backend that has ended is in its parent's account.
	procs, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return 0, 0, err
	}
	var ticks float64
	for _, p := range procs {
		pid, _ := strconv.Atoi(filepath.Base(p))
		t, parent, err := stat(pid)
		if err == nil && (pid == m.postmaster || parent == m.postmaster) {
			ticks += t
		}
	}
	return own, ticks / 100, nil
}

// stat is the processor time of a process and its ended children, in ticks of a
// hundredth of a second, and its parent.
func stat(pid int) (ticks float64, parent int, err error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, 0, err
	}
	f := strings.Fields(string(raw[strings.LastIndexByte(string(raw), ')')+1:]))
	parent, err = strconv.Atoi(f[1])
	for _, s := range f[11:15] {
		n, _ := strconv.ParseFloat(s, 64)
		ticks += n
	}
	return ticks, parent, err
}
