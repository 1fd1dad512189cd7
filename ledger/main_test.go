package ledger_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/agreement"
	"payung/domain/calendar"
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
	b.write(func(tx *ledger.Tx) error {
		var err error
		if b.pemda, err = tx.CreateParty(ledger.PartyInput{Kind: "pemda", Name: "Kabupaten Contoh", RegionCode: "74.05"}); err != nil {
			return err
		}
		if b.bpjs, err = tx.CreateParty(ledger.PartyInput{Kind: "bpjs", Name: "BPJS Ketenagakerjaan Kendari", RegionCode: "74.71"}); err != nil {
			return err
		}
		sekda, err := tx.CreatePost(b.pemda.ID, ledger.PostInput{Title: "Sekretaris Daerah", Role: "sekda"})
		if err != nil {
			return err
		}
		camat, err := tx.CreateUnits(b.pemda.ID, []ledger.UnitInput{{Kind: "kecamatan", Name: "Kecamatan Contoh", HeadTitle: "Camat Contoh", ReportsTo: sekda.ID}})
		if err != nil {
			return err
		}
		villages := make([]ledger.UnitInput, n)
		for i := range villages {
			villages[i] = ledger.UnitInput{Kind: "desa", Name: fmt.Sprintf("Desa %03d", i+1), HeadTitle: fmt.Sprintf("Kepala Desa %03d", i+1), ParentUnitID: camat[0].ID}
		}
		if b.units, err = tx.CreateUnits(b.pemda.ID, villages); err != nil {
			return err
		}
		b.agreement, err = tx.CreateAgreement(ledger.AgreementInput{
			Title: "PKS Contoh", PemdaPartyID: b.pemda.ID, BPJSPartyID: b.bpjs.ID,
			Lines: []ledger.LineInput{{GroupCode: "village_officials", FundingSource: "apbdes", Wage: 2_351_870}},
		})
		if err != nil {
			return err
		}
		lines, err := tx.Lines(b.agreement.ID)
		if err != nil {
			return err
		}
		b.line = lines[0]
		perbup, err := tx.CreateRegulation(ledger.RegulationInput{Kind: "perbup", Number: "24", Year: 2021, Title: "Jaminan sosial", Issuer: "Bupati", RegionCode: "74.05"})
		if err != nil {
			return err
		}
		if err := tx.RecordBasis(b.agreement.ID, ledger.BasisInput{RegulationID: perbup.ID, From: calendar.On("2021-06-01")}); err != nil {
			return err
		}
		return tx.RecordSigning(b.agreement.ID, ledger.SigningInput{On: calendar.On("2026-01-27"), Signatures: []ledger.SignatureInput{
			{PartyID: b.pemda.ID, PostTitle: "Bupati"}, {PartyID: b.bpjs.ID, PostTitle: "Kepala Cabang"},
		}})
	})
	return b
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
