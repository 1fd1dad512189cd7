package ledger_test

import (
	"context"
	"log/slog"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/internal/fixture"
	"payung/internal/testdb"
	"payung/keyring"
	"payung/ledger"
	"payung/models"
	"payung/protocol"
)

func TestMain(m *testing.M) {
	code := m.Run()
	testdb.Stop()
	os.Exit(code)
}

// clock is a clock that only moves when told.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = t
}

func (c *clock) add(d time.Duration) { c.set(c.now().Add(d)) }

// book is a ledger under test with a small kabupaten in it.
type book struct {
	*ledger.Ledger
	t         *testing.T
	url       string
	clock     *clock
	pemda     models.Party
	bpjs      models.Party
	units     []models.Unit
	agreement models.Agreement
	line      models.Line
}

func testKeys(bool) (*keyring.Ring, error) { return keyring.New("test", make([]byte, 32)) }

// wita is a day's time in Sulawesi.
func wita(day string, hour int) time.Time { return calendar.Day(day).In(calendar.WITA, hour, 0) }

// open makes an empty ledger on a database; the clock stands on a Monday
// morning.
func open(t *testing.T, url string) *book {
	t.Helper()
	b := &book{t: t, url: url, clock: &clock{at: wita("2026-11-23", 9)}}
	_, err := ledger.Migrate(t.Context(), url)
	require.NoError(t, err)
	b.Ledger, err = ledger.Open(t.Context(), ledger.Options{Database: url, Keys: testKeys, Now: b.clock.now, Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, b.Close()) })
	return b
}

// kabupaten fills a ledger with a local government, n villages under one
// kecamatan, a signed agreement with a regulation, and no year yet.
func kabupaten(t *testing.T, url string, n int) *book {
	t.Helper()
	b := open(t, url)
	b.settle(n)
	return b
}

func (b *book) settle(n int) {
	b.t.Helper()
	b.write(func(tx *ledger.Tx) error {
		k, err := fixture.Make(tx, n, nil)
		b.pemda, b.bpjs, b.units, b.agreement, b.line = k.Pemda, k.BPJS, k.Villages, k.Agreement, k.Line
		return err
	})
}

func (b *book) write(fn func(*ledger.Tx) error) {
	b.t.Helper()
	require.NoError(b.t, b.Write(b.t.Context(), ledger.Operator(), fn))
}

func (b *book) read(fn func(*ledger.Tx) error) {
	b.t.Helper()
	require.NoError(b.t, b.Read(b.t.Context(), ledger.Operator(), fn))
}

// propose stores a decision as pending.
func (b *book) propose(request string, kind agreement.Decision, payload any) {
	b.t.Helper()
	b.write(func(tx *ledger.Tx) error {
		return tx.Propose(ledger.Proposal{RequestID: request, AgreementID: b.agreement.ID, Kind: kind, Payload: payload, Hash: []byte(request)})
	})
}

// decide proposes and carries out in one go.
func (b *book) decide(request string, kind agreement.Decision, payload any) (protocol.DecisionResult, error) {
	b.t.Helper()
	b.propose(request, kind, payload)
	return b.Decide(b.t.Context(), protocol.DecideInput{AgreementID: b.agreement.ID, Epoch: 1, RequestID: request, Kind: kind})
}

// openYear opens 2027 for every village, due on a day.
func (b *book) openYear(target string) protocol.DecisionResult {
	b.t.Helper()
	out, err := b.decide("open-year", agreement.OpenYear, ledger.YearInput{LineID: b.line.ID, Year: 2027, KindOfUnit: "desa", TargetOn: target})
	require.NoError(b.t, err)
	return out
}

func (b *book) takeSteps() protocol.Snapshot {
	b.t.Helper()
	s, err := b.TakeSteps(b.t.Context(), protocol.TakeStepsInput{AgreementID: b.agreement.ID, Epoch: 1})
	require.NoError(b.t, err)
	return s
}

// tellByLetter sends by letter what was written to the posts that owe: from now
// on no answer is silence.
func (b *book) tellByLetter() {
	b.t.Helper()
	in := ledger.Told{How: ledger.ProofLetter}
	for _, n := range b.notices() {
		in.ObligationIDs = append(in.ObligationIDs, n.ObligationID)
	}
	b.write(func(tx *ledger.Tx) error {
		_, err := tx.RecordTold(b.agreement.ID, in)
		return err
	})
}

func (b *book) obligations() []models.Obligation {
	b.t.Helper()
	var rows []models.Obligation
	b.read(func(tx *ledger.Tx) error {
		var err error
		rows, err = tx.Obligations(ledger.ObligationFilter{AgreementID: b.agreement.ID}, ledger.Page{Size: 10_000})
		return err
	})
	return rows
}

func (b *book) notices() []models.Notice {
	b.t.Helper()
	var rows []models.Notice
	b.read(func(tx *ledger.Tx) error {
		var err error
		rows, err = tx.Notices(ledger.NoticeFilter{AgreementID: b.agreement.ID}, ledger.Page{Size: 10_000})
		return err
	})
	return rows
}

// turn runs one turn of a leased loop.
func (b *book) turn(name string, work func(context.Context, *ledger.Hold) (bool, error)) {
	b.t.Helper()
	_, err := b.Turn(b.t.Context(), ledger.Loop{Name: name, Work: work}, "test")
	require.NoError(b.t, err)
}
