package ledger_test

import (
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/domain/obligation"
	"payung/domain/quota"
	"payung/domain/region"
	"payung/ledger"
	"payung/models"
	"payung/protocol"
	"payung/weekly"
)

// regency is Konawe Selatan with its 25 kecamatan and 336 villages, which are to
// name 50 vulnerable workers each for 2027 by Tuesday, 15 December 2026. It is
// Monday, 21 December: 47 villages have answered, three wait for BPJS.
type regency struct {
	*book
	year     string
	bpjsSays models.Source
	regent   models.Source
	duties   []models.Obligation
	silent   map[string]int // villages that are late, by kecamatan
}

func newRegency(t *testing.T, url string) *regency {
	t.Helper()
	r := &regency{book: &book{t: t, url: url, clock: &clock{at: wita("2026-11-23", 9)}}, silent: map[string]int{}}
	_, err := ledger.Migrate(t.Context(), url)
	require.NoError(t, err)
	r.Ledger, err = ledger.Open(t.Context(), ledger.Options{
		Database: url, Keys: testKeys, Now: r.clock.now, Log: slog.New(slog.DiscardHandler), PublicURL: "https://payung.example.go.id",
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	r.found()
	out, err := r.decide("year", agreement.OpenYear, ledger.YearInput{LineID: r.line.ID, Year: 2027, KindOfUnit: "desa", TargetOn: "2026-12-15"})
	require.NoError(t, err)
	r.year = out.Made["period"]
	r.answers()
	return r
}

// found records the regency, its agreement and what is said about it.
func (r *regency) found() {
	r.t.Helper()
	r.write(func(tx *ledger.Tx) error {
		r.pemda = must(tx.CreateParty(ledger.PartyInput{Kind: "pemda", Name: "Pemerintah Kabupaten Konawe Selatan", RegionCode: "74.05"}))
		r.bpjs = must(tx.CreateParty(ledger.PartyInput{Kind: "bpjs", Name: "BPJS Ketenagakerjaan Konawe Selatan", RegionCode: "74.05"}))
		r.regent = must(tx.CreateSource(ledger.SourceInput{Kind: "news", Title: "Lindungi", Publisher: "ANTARA", PublishedOn: "2023-01-27", SaidBy: "Bupati Konawe Selatan", RegionCode: "74.05"}))
		r.bpjsSays = must(tx.CreateSource(ledger.SourceInput{Kind: "letter", Title: "Rekap peserta", SaidBy: "BPJS Ketenagakerjaan Konawe Selatan", RegionCode: "74.05"}))
		sekda := must(tx.CreatePost(r.pemda.ID, ledger.PostInput{Title: "Sekretaris Daerah", Role: "sekda"}))
		for _, k := range region.Children("74.05") {
			camat := must(tx.CreateUnits(r.pemda.ID, []ledger.UnitInput{{Kind: "kecamatan", Name: "Kecamatan " + k.Name, RegionCode: k.Code, HeadTitle: "Camat " + k.Name, ReportsTo: sekda.ID}}))
			var in []ledger.UnitInput
			for _, v := range region.Children(k.Code) {
				if v.Kind != region.Ward {
					in = append(in, ledger.UnitInput{Kind: "desa", Name: "Desa " + v.Name, RegionCode: v.Code, HeadTitle: "Kepala Desa " + v.Name, ParentUnitID: camat[0].ID})
				}
			}
			r.units = append(r.units, must(tx.CreateUnits(r.pemda.ID, in))...)
		}
		r.agreement = must(tx.CreateAgreement(ledger.AgreementInput{
			Title: "PKS pekerja rentan 2027", PemdaPartyID: r.pemda.ID, BPJSPartyID: r.bpjs.ID,
			Lines: []ledger.LineInput{{GroupCode: "vulnerable", FundingSource: "apbdes", Wage: 1_000_000, TargetMinimum: 10_000, BudgetCeiling: 3_000_000_000}},
		}))
		r.line = must(tx.Lines(r.agreement.ID))[0]
		perbup := must(tx.CreateRegulation(ledger.RegulationInput{Kind: "perbup", Number: "24", Year: 2021, Title: "Jaminan sosial", Issuer: "Bupati", RegionCode: "74.05"}))
		if err := tx.RecordBasis(r.agreement.ID, ledger.BasisInput{RegulationID: perbup.ID, From: calendar.On("2021-06-01")}); err != nil {
			return err
		}
		must(tx.RecordFigure(ledger.FigureInput{
			AgreementID: r.agreement.ID, SubjectKind: "agreement", SubjectID: r.agreement.ID, GroupCode: "vulnerable", Measure: "villages_registered", Value: 47,
			Definition: "desa yang sudah mendaftarkan", On: calendar.On("2026-12-18"), SourceID: r.bpjsSays.ID,
		}))
		return tx.RecordSigning(r.agreement.ID, ledger.SigningInput{On: calendar.On("2026-01-27"), Signatures: []ledger.SignatureInput{
			{PartyID: r.pemda.ID, PostTitle: "Bupati"}, {PartyID: r.bpjs.ID, PostTitle: "Kepala Cabang"},
		}})
	})
}

// answers lets 47 villages answer, 40 of them with 40 people whom BPJS has
// accepted, one with 20 whose protection is over since; and stops three clocks.
func (r *regency) answers() {
	r.t.Helper()
	r.duties = r.obligations()
	require.Len(r.t, r.duties, 336)
	names := map[string]string{}
	r.write(func(tx *ledger.Tx) error {
		must(tx.SetQuotas(r.agreement.ID, r.year, []ledger.QuotaInput{{KindOfUnit: "desa", Quota: quota.Quota{Minimum: 50}}}, r.regent.ID))
		for _, u := range must(tx.Units(ledger.UnitFilter{PartyID: r.pemda.ID, Kind: "kecamatan"}, page)) {
			names[u.ID] = u.Name
		}
		return nil
	})
	parents := map[string]string{}
	for _, u := range r.units {
		parents[u.ID] = names[u.ParentID]
	}
	// The figures of a Monday before most of them answered.
	r.answer(r.duties[:33], 30)
	r.clock.set(wita("2026-12-14", 4))
	r.snapshot()
	r.clock.set(wita("2026-12-18", 10))
	r.answer(r.duties[33:47], 10)
	r.write(func(tx *ledger.Tx) error {
		return tx.RecordStatus(r.agreement.ID, r.year, r.duties[45].UnitID, ledger.StatusInput{State: "protected", People: 20, Until: "2026-12-20", On: calendar.On("2026-12-16"), SourceID: r.bpjsSays.ID})
	})
	for _, o := range r.duties[47:50] {
		r.pause(o.ID, ledger.PauseInput{Reason: obligation.BPJSAnswer, Holder: "BPJS Ketenagakerjaan Konawe Selatan", SinceOn: "2026-12-10"})
	}
	for _, o := range r.duties[50:] {
		r.silent[parents[o.UnitID]]++
	}
	r.clock.set(wita("2026-12-21", 9))
}

// answer closes duties by the word of BPJS; the people of the first protected
// are protected.
func (r *regency) answer(duties []models.Obligation, protected int) {
	r.t.Helper()
	r.write(func(tx *ledger.Tx) error {
		for i, o := range duties {
			must(tx.Close(o.ID, ledger.Closing{How: ledger.ByReceiver, People: 40, SourceID: r.bpjsSays.ID}))
			if i >= protected {
				continue
			}
			err := tx.RecordStatus(r.agreement.ID, r.year, o.UnitID, ledger.StatusInput{State: "protected", People: 40, On: calendar.On(r.today()), SourceID: r.bpjsSays.ID})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// snapshot keeps the figures of the night.
func (r *regency) snapshot() {
	r.t.Helper()
	r.fold()
	_, _, err := r.SnapshotCoverage(r.t.Context(), protocol.RoundInput{Zone: string(calendar.WITA)})
	require.NoError(r.t, err)
}

func (r *regency) today() calendar.Day { return calendar.WITA.DayOf(r.clock.now()) }

func (b *book) page(week calendar.Day) ledger.WeeklyView {
	b.t.Helper()
	v, err := b.Weekly(b.t.Context(), ledger.Operator(), b.agreement.ID, week)
	require.NoError(b.t, err)
	return v
}

// said are the codes of what is not on record.
func said(f weekly.Facts) []string {
	out := []string{}
	for _, m := range f.Missing {
		out = append(out, m.What)
	}
	return out
}
