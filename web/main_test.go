package web_test

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
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
	"payung/web"
)

func TestMain(m *testing.M) {
	code := m.Run()
	testdb.Stop()
	os.Exit(code)
}

// office is a website over a ledger with a clock that only moves when told.
type office struct {
	*ledger.Ledger
	t    *testing.T
	at   time.Time
	site http.Handler
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, at: calendar.Day("2026-11-23").In(calendar.WITA, 9, 0)}
	db := testdb.SQLite(t)
	_, err := ledger.Migrate(t.Context(), db)
	require.NoError(t, err)
	o.Ledger, err = ledger.Open(t.Context(), ledger.Options{
		Database: db, Now: func() time.Time { return o.at }, Log: slog.New(slog.DiscardHandler),
		Keys: func(bool) (*keyring.Ring, error) { return keyring.New("test", make([]byte, 32)) },
	})
	require.NoError(t, err)
	t.Cleanup(func() { _ = o.Close() }) // a test may have closed it
	o.site, err = web.New(web.Options{Ledger: o.Ledger, Log: slog.New(slog.DiscardHandler), Version: "test"})
	require.NoError(t, err)
	return o
}

func (o *office) write(fn func(*ledger.Tx) error) {
	o.t.Helper()
	require.NoError(o.t, o.Write(o.t.Context(), ledger.Operator(), fn))
}

// ask sends one request and reads the whole answer.
func (o *office) ask(r *http.Request) (*http.Response, string) {
	o.t.Helper()
	w := httptest.NewRecorder()
	o.site.ServeHTTP(w, r)
	body, err := io.ReadAll(w.Result().Body)
	require.NoError(o.t, err)
	return w.Result(), string(body)
}

func (o *office) get(path string) (*http.Response, string) {
	o.t.Helper()
	return o.ask(httptest.NewRequestWithContext(o.t.Context(), http.MethodGet, path, nil))
}

// page reads a page that must be there.
func (o *office) page(path string) string {
	o.t.Helper()
	res, body := o.get(path)
	require.Equal(o.t, http.StatusOK, res.StatusCode, body)
	return body
}

// kabupaten records a local government with villages in two kecamatan, an
// agreement of a given title, and everything a page can show of it.
func (o *office) kabupaten(title string, villages int) (a models.Agreement, units []models.Unit) {
	o.t.Helper()
	o.write(func(tx *ledger.Tx) error {
		pemda, err := tx.CreateParty(ledger.PartyInput{Kind: "pemda", Name: "Kabupaten Contoh", RegionCode: "74.05"})
		if err != nil {
			return err
		}
		bpjs, err := tx.CreateParty(ledger.PartyInput{Kind: "bpjs", Name: "BPJS Ketenagakerjaan Kendari", RegionCode: "74.71"})
		if err != nil {
			return err
		}
		paper, err := tx.CreateSource(ledger.SourceInput{Kind: "news", Title: "Rapat KSO", Publisher: "ANTARA", SaidBy: "Sekretaris Daerah", RegionCode: "74.05"})
		if err != nil {
			return err
		}
		camat, err := tx.CreateUnits(pemda.ID, []ledger.UnitInput{
			{Kind: "kecamatan", Name: "Kecamatan Andoolo", HeadTitle: "Camat Andoolo"}, {Kind: "kecamatan", Name: "Kecamatan Buke", HeadTitle: "Camat Buke"},
		})
		if err != nil {
			return err
		}
		in := make([]ledger.UnitInput, villages)
		for i := range in {
			in[i] = ledger.UnitInput{Kind: "desa", Name: fmt.Sprintf("Desa %03d", i+1), HeadTitle: fmt.Sprintf("Kepala Desa %03d", i+1), ParentUnitID: camat[i%2].ID}
		}
		if units, err = tx.CreateUnits(pemda.ID, in); err != nil {
			return err
		}
		a, err = tx.CreateAgreement(ledger.AgreementInput{
			Title: title, PemdaPartyID: pemda.ID, BPJSPartyID: bpjs.ID, Numbers: []ledger.NumberInput{{IssuerPartyID: pemda.ID, Year: 2026, Number: "560/12"}},
			Lines: []ledger.LineInput{
				{GroupCode: "village_officials", FundingSource: "apbdes", Wage: 2_351_870, LeadUnitIDs: []string{camat[0].ID, ""}},
				{GroupCode: "vulnerable", FundingSource: "apbd_regency", Planned: true, PlannedFor: "2028", TargetMinimum: 50, TargetHope: 100, BudgetCeiling: 282_240_000},
			},
		})
		if err != nil {
			return err
		}
		perbup, err := tx.CreateRegulation(ledger.RegulationInput{
			Kind: "perbup", Number: "24", Year: 2021, Title: "Jaminan sosial", Issuer: "Bupati", RegionCode: "74.05",
			Citations: []ledger.CitationInput{{SourceID: paper.ID, Number: "21", Year: 2021}},
		})
		if err != nil {
			return err
		}
		if err := tx.RecordBasis(a.ID, ledger.BasisInput{RegulationID: perbup.ID, From: calendar.When{On: "2021-06-01", Precision: calendar.Monthly}, SourceID: paper.ID}); err != nil {
			return err
		}
		if _, err := tx.RecordMeeting(a.ID, ledger.MeetingInput{
			On: calendar.On("2026-01-20"), Place: "Andoolo", ChairedBy: "Wakil Bupati", Present: []string{units[0].ID}, SourceID: paper.ID,
			Decisions: []ledger.MeetingDecisionInput{{Text: "Camat mendata", Task: &ledger.TaskInput{Kind: "task", UnitIDs: []string{camat[0].ID}}}},
		}); err != nil {
			return err
		}
		if _, err := tx.RecordHappening(ledger.HappeningInput{
			AgreementID: a.ID, Kind: "benefit_paid", On: calendar.On("2026-02-01"), EventOn: calendar.When{On: "2026-01-01", Precision: calendar.Since}, Amount: 24_000_000, SourceID: paper.ID,
		}); err != nil {
			return err
		}
		if _, err := tx.RecordFigure(ledger.FigureInput{
			AgreementID: a.ID, SubjectKind: "agreement", SubjectID: a.ID, Measure: "villages_paid", Value: 2, About: true,
			Definition: "sudah membayar penuh setahun", On: calendar.On("2026-02-07"), SourceID: paper.ID,
		}); err != nil {
			return err
		}
		if _, err := tx.RecordProspect(ledger.ProspectInput{RegionCode: "74.07", GroupCode: "non_asn", NextStep: "briefing", On: "2018-10-04", SourceID: paper.ID}); err != nil {
			return err
		}
		return tx.RecordSigning(a.ID, ledger.SigningInput{On: calendar.On("2026-01-27"), Place: "Andoolo", Signatures: []ledger.SignatureInput{
			{PartyID: pemda.ID, PostTitle: "Bupati"}, {PartyID: bpjs.ID, PostTitle: "Kepala Cabang"}, {Witness: true, PostTitle: "Wakil Bupati"},
		}})
	})
	return a, units
}

// openYear opens 2027 for every village.
func (o *office) openYear(a models.Agreement, target string) {
	o.t.Helper()
	var lines []models.Line
	o.write(func(tx *ledger.Tx) (err error) {
		if lines, err = tx.Lines(a.ID); err != nil {
			return err
		}
		return tx.Propose(ledger.Proposal{
			RequestID: "year", AgreementID: a.ID, Kind: agreement.OpenYear, Hash: []byte("year"),
			Payload: ledger.YearInput{LineID: lines[0].ID, Year: 2027, KindOfUnit: "desa", TargetOn: target},
		})
	})
	_, err := o.Decide(o.t.Context(), protocol.DecideInput{AgreementID: a.ID, Epoch: 1, RequestID: "year", Kind: agreement.OpenYear})
	require.NoError(o.t, err)
}

// wake moves the clock to a morning, takes what is due, and sends the letters
// of it.
func (o *office) wake(a models.Agreement, day calendar.Day) {
	o.t.Helper()
	o.at = day.In(calendar.WITA, 9, 0)
	_, err := o.TakeSteps(o.t.Context(), protocol.TakeStepsInput{AgreementID: a.ID, Epoch: 1})
	require.NoError(o.t, err)
	o.write(func(tx *ledger.Tx) error {
		written, err := tx.Notices(ledger.NoticeFilter{AgreementID: a.ID}, ledger.Page{Size: 10_000})
		in := ledger.Told{How: ledger.ProofLetter}
		for _, n := range written {
			in.ObligationIDs = append(in.ObligationIDs, n.ObligationID)
		}
		if err != nil || len(written) == 0 {
			return err
		}
		_, err = tx.RecordTold(a.ID, in)
		return err
	})
}

// rosters lists the duties of villages.
func (o *office) rosters(a models.Agreement) []models.Obligation {
	o.t.Helper()
	var rows []models.Obligation
	o.write(func(tx *ledger.Tx) (err error) {
		rows, err = tx.Obligations(ledger.ObligationFilter{AgreementID: a.ID, Kind: ledger.KindRoster}, ledger.Page{Size: 1000})
		return err
	})
	return rows
}

// text is a page without its tags, spaces put together.
func text(body string) string {
	var out strings.Builder
	inside := false
	for _, r := range body {
		switch {
		case r == '<':
			inside = true
			out.WriteByte(' ')
		case r == '>':
			inside = false
		case !inside:
			out.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

func query(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return path + "?" + q.Encode()
}
