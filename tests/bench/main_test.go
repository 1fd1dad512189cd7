// Package bench_test measures what the product promises about speed, side by
// side in one run: make bench.
package bench_test

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"

	"payung/deploy/standalone/embedded"
	"payung/doctor"
	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/internal/fixture"
	"payung/internal/testdb"
	"payung/keyring"
	"payung/ledger"
	"payung/worker"
	"payung/workflows"
)

func TestMain(m *testing.M) {
	code := m.Run()
	testdb.Stop()
	os.Exit(code)
}

// bench is an installation under measurement.
type bench struct {
	ledger *ledger.Ledger
	server *embedded.Server
	client client.Client
	engine *workflows.Engine
	worker *worker.Worker
	store  string
	url    string
}

func start(b *testing.B, url string) *bench {
	b.Helper()
	_, err := ledger.Migrate(b.Context(), url)
	require.NoError(b, err)
	m := &bench{url: url, store: filepath.Join(b.TempDir(), "temporal.db")}
	m.ledger, err = ledger.Open(b.Context(), ledger.Options{
		Database: url, Log: quiet(), Keys: func(bool) (*keyring.Ring, error) { return keyring.New("bench", make([]byte, 32)) },
	})
	require.NoError(b, err)
	m.begin(b)
	b.Cleanup(func() {
		m.end()
		require.NoError(b, m.ledger.Close())
	})
	return m
}

func quiet() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
}

func (m *bench) begin(b *testing.B) {
	b.Helper()
	var err error
	m.server, err = embedded.Start(b.Context(), embedded.Options{File: m.store, Log: quiet()})
	require.NoError(b, err)
	dc, fc := workflows.Converters(m.ledger.Keys())
	m.client, err = client.Dial(client.Options{
		HostPort: m.server.HostPort(), Namespace: m.server.Namespace(), HeadersProvider: m.server.Headers(), DataConverter: dc, FailureConverter: fc,
		ConnectionOptions: client.ConnectionOptions{TLS: m.server.TLS()}, Logger: sdklog.NewStructuredLogger(quiet()),
	})
	require.NoError(b, err)
	m.engine = &workflows.Engine{Temporal: m.client}
	m.worker, err = worker.Start(worker.Options{Ledger: m.ledger, Temporal: m.client, Engine: m.engine, Log: quiet()})
	require.NoError(b, err)
}

func (m *bench) end() {
	m.worker.Stop()
	m.client.Close()
	m.server.Stop()
}

func (m *bench) kabupaten(b *testing.B, villages int) fixture.Kabupaten {
	b.Helper()
	var k fixture.Kabupaten
	require.NoError(b, m.ledger.Write(b.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
		var err error
		k, err = fixture.Make(tx, villages, nil)
		return err
	}))
	return k
}

func (m *bench) decide(b *testing.B, agreementID, request string, kind agreement.Decision, payload any) {
	b.Helper()
	require.NoError(b, m.ledger.Write(b.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
		return tx.Propose(ledger.Proposal{RequestID: request, AgreementID: agreementID, Kind: kind, Payload: payload, Hash: []byte(request)})
	}))
	for {
		_, err := m.engine.Decide(b.Context(), workflows.Target{AgreementID: agreementID, Epoch: 1}, kind, request)
		if !fault.Is(err, "engine_unavailable") {
			require.NoError(b, err)
			return
		}
	}
}

// percentiles reports the median and p99 of what was measured.
func percentiles(b *testing.B, took []time.Duration, name string) {
	b.Helper()
	slices.Sort(took)
	at := func(p int) float64 { return float64(took[min(len(took)-1, len(took)*p/100)].Microseconds()) / 1000 }
	b.ReportMetric(at(50), name+"-p50-ms")
	b.ReportMetric(at(99), name+"-p99-ms")
}

// BenchmarkOpening900 opens a line-year for 900 villages 200 times in sequence:
// all rows and the workflow's answer.
func BenchmarkOpening900(b *testing.B) {
	for _, engine := range []struct {
		name string
		url  func(testing.TB) string
	}{{"sqlite", testdb.SQLite}, {"postgres", testdb.Postgres}} {
		b.Run(engine.name, func(b *testing.B) {
			m := start(b, engine.url(b))
			for b.Loop() {
				var took []time.Duration
				for k := range 5 {
					kab := m.kabupaten(b, 900)
					m.decide(b, kab.Agreement.ID, fmt.Sprintf("warm-%d", k), agreement.BringBasisIntoForce, ledger.BasisInput{RegulationID: m.regulation(b), From: calendar.On("2021-06-01")})
					for y := range 40 {
						begun := time.Now()
						m.decide(b, kab.Agreement.ID, fmt.Sprintf("open-%d-%d", k, y), agreement.OpenYear, ledger.YearInput{
							LineID: kab.Line.ID, Year: 2027 + y, KindOfUnit: "desa", TargetOn: fmt.Sprintf("%d-02-26", 2027+y),
						})
						took = append(took, time.Since(begun))
					}
				}
				percentiles(b, took, "opening")
			}
		})
	}
}

// BenchmarkRebuild552 deletes Temporal's file under 552 open agreements and
// starts again: time until every workflow answers with its alarm set.
func BenchmarkRebuild552(b *testing.B) {
	m := start(b, testdb.SQLite(b))
	for i := range 552 {
		kab := m.kabupaten(b, 3)
		m.decide(b, kab.Agreement.ID, fmt.Sprintf("open-%d", i), agreement.OpenYear, ledger.YearInput{
			LineID: kab.Line.ID, Year: 2027, KindOfUnit: "desa", TargetOn: fmt.Sprintf("2027-03-%02d", 1+i%28),
		})
	}
	before, err := m.ledger.Beats(b.Context(), "", 1000)
	require.NoError(b, err)
	require.Len(b, before, 552)
	for b.Loop() {
		m.end()
		for _, suffix := range []string{"", "-wal", "-shm"} {
			_ = os.Remove(m.store + suffix)
		}
		begun := time.Now()
		m.begin(b)
		_, err := doctor.Rebuild(b.Context(), m.ledger, m.engine, nil)
		require.NoError(b, err)
		for {
			wrong, err := doctor.Check(b.Context(), m.ledger, m.engine, nil)
			require.NoError(b, err)
			if len(wrong) == 0 {
				break
			}
			time.Sleep(200 * time.Millisecond)
		}
		b.ReportMetric(time.Since(begun).Seconds(), "rebuild-s")
	}
	after, err := m.ledger.Beats(b.Context(), "", 1000)
	require.NoError(b, err)
	for i := range before {
		require.Equal(b, before[i].NextAt, after[i].NextAt, "the same next instant")
	}
}

func (m *bench) regulation(b *testing.B) string {
	b.Helper()
	var id string
	require.NoError(b, m.ledger.Read(b.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
		rows, err := tx.Regulations(ledger.Page{Size: 1})
		if err == nil {
			id = rows[0].ID
		}
		return err
	}))
	return id
}
