// Importer takes one roster into a ledger in one way, in a process of its own so
// that its processor time and memory can be told, and prints what it took.
package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"payung/intake"
	"payung/keyring"
	"payung/ledger"
	"payung/models"
)

// Took is what an import took.
type Took struct {
	Rows   int64   `json:"rows"`
	Good   int64   `json:"good"`
	Wall   float64 `json:"wall"`   // seconds from the file to the list
	CPU    float64 `json:"cpu"`    // seconds of this process
	Memory float64 `json:"memory"` // megabytes resident at most
}

func main() {
	out, err := run(context.Background(), os.Args[1], os.Args[2], os.Args[3], os.Args[4])
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(out)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, how, database, obligationID, path string) (Took, error) {
	var out Took
	keys := func(bool) (*keyring.Ring, error) { return keyring.New("bench", make([]byte, 32)) }
	l, err := ledger.Open(ctx, ledger.Options{Database: database, Keys: keys})
	if err != nil {
		return out, err
	}
	defer func() { _ = l.Close() }()
	ways := map[string]func(context.Context, *ledger.Ledger, string, string, string) (Took, error){"ours": ours, "naive": naive, "floor": floor}
	before := cpu()
	begun := time.Now()
	out, err = ways[how](ctx, l, database, obligationID, path)
	if out.Wall == 0 {
		out.Wall = time.Since(begun).Seconds()
	}
	out.CPU, out.Memory = cpu()-before, peak()
	return out, err
}

// ours receives, reads and accepts the file as the program does.
func ours(ctx context.Context, l *ledger.Ledger, _, obligationID, path string) (Took, error) {
	in := intake.New(l, func(context.Context, string) error { return nil })
	in.Limits.Rows, in.Limits.Time = 10_000_000, time.Hour
	f, err := os.Open(path) //nolint:gosec // the bench names it
	if err != nil {
		return Took{}, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return Took{}, err
	}
	sum := sha256.Sum256([]byte(path))
	var i models.Import
	var party string
	err = l.Read(ctx, ledger.Operator(), func(tx *ledger.Tx) error {
		o, err := tx.Obligation(obligationID)
		if err != nil {
			return err
		}
		a, err := tx.Agreement(o.AgreementID)
		party = a.PemdaPartyID
		return err
	})
	if err != nil {
		return Took{}, err
	}
	u, _, err := in.Receive(ctx, ledger.Operator(), intake.File{PemdaPartyID: party, Name: path, Size: info.Size(), Hash: sum[:], Content: f})
	if err != nil {
		return Took{}, err
	}
	if i, err = in.Begin(ctx, ledger.Operator(), u.ID, ledger.ImportInput{ObligationID: obligationID}); err != nil {
		return Took{}, err
	}
	if _, err := in.Read(ctx, i.ID, nil); err != nil {
		return Took{}, err
	}
	err = l.Write(ctx, ledger.Operator(), func(tx *ledger.Tx) error {
		if i, err = tx.Import(i.ID); err != nil {
			return err
		}
		_, err = tx.Accept(i.ID, ledger.Acceptance{Despite: "bench", LeaveOut: true})
		return err
	})
	return Took{Rows: i.Rows, Good: i.Good}, err
}

func cpu() float64 {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		return 0
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano()).Seconds()
}

// peak is what the process held at most; what getrusage says would begin with
// the parent's.
func peak() float64 {
	raw, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(raw)) {
		if kb, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			n, _ := strconv.Atoi(strings.Fields(kb)[0]) // the kernel writes a number
			return float64(n) / 1024
		}
	}
	return 0
}
