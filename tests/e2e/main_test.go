// Package e2e_test proves what only a real Temporal server can show.
package e2e_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"

	"payung/deploy/standalone/embedded"
	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/domain/obligation"
	"payung/internal/fixture"
	"payung/internal/testdb"
	"payung/keyring"
	"payung/ledger"
	"payung/models"
	"payung/protocol"
	"payung/worker"
	"payung/workflows"
)

func TestMain(m *testing.M) {
	code := m.Run()
	testdb.Stop()
	os.Exit(code)
}

// realm is a whole installation in this process: ledger, engine, worker.
type realm struct {
	t       *testing.T
	url     string
	store   string // Temporal's file
	breathe time.Duration
	pace    worker.Pace
	now     func() time.Time             // the ledger's clock; nil: the machine's
	elapsed func() (time.Duration, bool) // the time it counts beside its clock

	ledger *ledger.Ledger
	server *embedded.Server
	client client.Client
	engine *workflows.Engine
	worker *worker.Worker
	fixture.Kabupaten
}

// hurried is a pace at which a test need not wait.
func hurried() worker.Pace {
	return worker.Pace{Relay: 200 * time.Millisecond, Fold: 200 * time.Millisecond, Seal: 200 * time.Millisecond, Sweep: time.Second}
}

func testKeys(bool) (*keyring.Ring, error) { return keyring.New("test", make([]byte, 32)) }

// start makes a realm with a kabupaten of n villages.
func start(t *testing.T, url string, n int, ladder *obligation.Ladder, options ...func(*realm)) *realm {
	t.Helper()
	r := &realm{t: t, url: url, store: filepath.Join(t.TempDir(), "temporal.db"), pace: hurried()}
	for _, o := range options {
		o(r)
	}
	_, err := ledger.Migrate(t.Context(), url)
	require.NoError(t, err)
	r.openLedger()
	r.startServer()
	r.startWorker()
	require.NoError(t, r.ledger.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
		r.Kabupaten, err = fixture.Make(tx, n, ladder)
		return err
	}))
	t.Cleanup(r.stop)
	return r
}

func quiet() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
}

func (r *realm) openLedger() {
	r.t.Helper()
	var err error
	r.ledger, err = ledger.Open(r.t.Context(), ledger.Options{Database: r.url, Keys: testKeys, Log: quiet(), Now: r.now, Elapsed: r.elapsed})
	require.NoError(r.t, err)
}

func (r *realm) startServer() {
	r.t.Helper()
	var err error
	r.server, err = embedded.Start(r.t.Context(), embedded.Options{File: r.store, Log: quiet()})
	require.NoError(r.t, err)
	dc, fc := workflows.Converters(r.ledger.Keys())
	r.client, err = client.Dial(client.Options{
		HostPort: r.server.HostPort(), Namespace: r.server.Namespace(), HeadersProvider: r.server.Headers(), DataConverter: dc, FailureConverter: fc,
		ConnectionOptions: client.ConnectionOptions{TLS: r.server.TLS()}, Logger: sdklog.NewStructuredLogger(quiet()),
	})
	require.NoError(r.t, err)
	r.engine = &workflows.Engine{Temporal: r.client, Breathe: r.breathe}
}

func (r *realm) startWorker() {
	r.t.Helper()
	var err error
	r.worker, err = worker.Start(worker.Options{Ledger: r.ledger, Temporal: r.client, Engine: r.engine, Log: quiet(), Pace: r.pace})
	require.NoError(r.t, err)
}

func (r *realm) stopWorker() {
	if r.worker != nil {
		r.worker.Stop()
		r.worker = nil
	}
}

func (r *realm) stopServer() {
	r.client.Close()
	r.server.Stop()
}

func (r *realm) stop() {
	r.stopWorker()
	r.stopServer()
	require.NoError(r.t, r.ledger.Close())
}

func (r *realm) target() workflows.Target {
	r.t.Helper()
	beats, err := r.ledger.Beats(r.t.Context(), "", 100)
	require.NoError(r.t, err)
	for _, b := range beats {
		if b.AgreementID == r.Agreement.ID {
			return workflows.Target{AgreementID: b.AgreementID, Epoch: b.Epoch, Title: b.Title}
		}
	}
	require.Fail(r.t, "the agreement is not open")
	return workflows.Target{}
}

func (r *realm) propose(request string, kind agreement.Decision, payload any) {
	r.t.Helper()
	require.NoError(r.t, r.ledger.Write(r.t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
		return tx.Propose(ledger.Proposal{RequestID: request, AgreementID: r.Agreement.ID, Kind: kind, Payload: payload, Hash: []byte(request)})
	}))
}

func (r *realm) decide(request string, kind agreement.Decision, payload any) (protocol.DecisionResult, error) {
	r.t.Helper()
	r.propose(request, kind, payload)
	return r.engine.Decide(r.t.Context(), r.target(), kind, request)
}

func (r *realm) openYear(target calendar.Day) protocol.DecisionResult {
	r.t.Helper()
	out, err := r.decide("open-year", agreement.OpenYear, ledger.YearInput{LineID: r.Line.ID, Year: target.Year(), KindOfUnit: "desa", TargetOn: string(target)})
	require.NoError(r.t, err)
	return out
}

func (r *realm) read(fn func(*ledger.Tx) error) {
	r.t.Helper()
	require.NoError(r.t, r.ledger.Read(r.t.Context(), ledger.Operator(), fn))
}

func (r *realm) obligations() (rows []models.Obligation) {
	r.t.Helper()
	r.read(func(tx *ledger.Tx) (err error) {
		rows, err = tx.Obligations(ledger.ObligationFilter{AgreementID: r.Agreement.ID}, ledger.Page{Size: 10_000})
		return err
	})
	return rows
}

func (r *realm) notices() (rows []models.Notice) {
	r.t.Helper()
	r.read(func(tx *ledger.Tx) (err error) {
		rows, err = tx.Notices(ledger.NoticeFilter{AgreementID: r.Agreement.ID}, ledger.Page{Size: 10_000})
		return err
	})
	return rows
}

func (r *realm) process() protocol.Process {
	r.t.Helper()
	p, err := r.engine.Process(r.t.Context(), r.target2())
	require.NoError(r.t, err)
	return p
}

func (r *realm) runID() string {
	r.t.Helper()
	d, err := r.client.DescribeWorkflowExecution(r.t.Context(), protocol.WorkflowID(r.Agreement.ID), "")
	require.NoError(r.t, err)
	return d.GetWorkflowExecutionInfo().GetExecution().GetRunId()
}

// soon waits for something to become true.
func soon(t *testing.T, what string, within time.Duration, ok func() bool) {
	t.Helper()
	require.Eventually(t, ok, within, 50*time.Millisecond, what)
}

// seconds is a ladder whose steps fall that many seconds from now, for a target
// on the given day: offsets count from the end of that day.
func seconds(target calendar.Day, after ...int) *obligation.Ladder {
	end := target.End(calendar.WITA)
	l := &obligation.Ladder{Code: "seconds"}
	for i, s := range after {
		left := int(time.Until(end).Seconds()) - s
		l.Steps = append(l.Steps, obligation.Step{
			Code: "S" + string(rune('1'+i)), Offset: obligation.Offset("-PT" + itoa(left) + "S"), Tone: obligation.Reminder,
		})
	}
	return l
}

func tomorrow() calendar.Day { return calendar.WITA.DayOf(time.Now()).Add(1) }

func ctxWithin(t *testing.T, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

func (r *realm) running() bool {
	ok, err := r.engine.Running(r.t.Context(), r.target2())
	return err == nil && ok
}

// target2 is the target without asking the ledger, which may be locked.
func (r *realm) target2() workflows.Target {
	return workflows.Target{AgreementID: r.Agreement.ID, Epoch: 1}
}

func remove(t *testing.T, file string) {
	t.Helper()
	if err := os.Remove(file); !os.IsNotExist(err) {
		require.NoError(t, err)
	}
}
