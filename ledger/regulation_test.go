package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/internal/testdb"
	"payung/ledger"
)

// Konawe Selatan had its regulation in 2021 and signed in 2023; two articles of
// the press cite that regulation with different numbers.
func TestRule32_StagesAreRecordedOutOfOrderAndTwoNumbersOfOneRegulationStandTogether(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := open(t, url)
		var id, perbup string
		b.write(func(tx *ledger.Tx) error {
			pemda := must(tx.CreateParty(ledger.PartyInput{Kind: "pemda", Name: "Konawe Selatan", RegionCode: "74.05"}))
			bpjs := must(tx.CreateParty(ledger.PartyInput{Kind: "bpjs", Name: "BPJS", RegionCode: "74.71"}))
			first := must(tx.CreateSource(ledger.SourceInput{Kind: "news", Title: "Sultra", PublishedOn: "2023-09-28"}))
			other := must(tx.CreateSource(ledger.SourceInput{Kind: "news", Title: "Kendari", PublishedOn: "2024-01-10"}))
			a := must(tx.CreateAgreement(ledger.AgreementInput{Title: "PKS", PemdaPartyID: pemda.ID, BPJSPartyID: bpjs.ID}))
			id = a.ID
			r := must(tx.CreateRegulation(ledger.RegulationInput{
				Kind: "perbup", Number: "24", Year: 2021, Title: "Jaminan sosial", RegionCode: "74.05", SourceID: first.ID,
				Citations: []ledger.CitationInput{{SourceID: first.ID, Number: "24", Year: 2021}, {SourceID: other.ID, Number: "21", Year: 2021}},
			}))
			perbup = r.ID
			// Backwards: signed, then the basis of two years before, then a meeting before that.
			if err := tx.RecordSigning(a.ID, ledger.SigningInput{On: calendar.On("2023-09-27"), SourceID: first.ID, Signatures: []ledger.SignatureInput{
				{PartyID: pemda.ID, PostTitle: "Bupati"}, {PartyID: bpjs.ID, PostTitle: "Kepala Cabang"},
			}}); err != nil {
				return err
			}
			if err := tx.RecordBasis(a.ID, ledger.BasisInput{RegulationID: r.ID, From: calendar.When{On: "2021-01-01", Precision: calendar.Yearly}, SourceID: first.ID}); err != nil {
				return err
			}
			must(tx.RecordMeeting(a.ID, ledger.MeetingInput{On: calendar.When{On: "2020-03-01", Precision: calendar.Early}, SourceID: other.ID}))
			return nil
		})
		b.read(func(tx *ledger.Tx) error {
			type stage struct{ code, on, precision string }
			var stages []stage
			for _, m := range must(tx.Milestones(id)) {
				stages = append(stages, stage{m.Code, m.OnDay, m.Precision})
			}
			require.Equal(t, []stage{
				{string(agreement.MeetingHeld), "2020-03-01", "early"},
				{string(agreement.BasisInForce), "2021-01-01", "year"},
				{string(agreement.Signed), "2023-09-27", "day"},
			}, stages)
			var numbers []string
			for _, c := range must(tx.Citations(perbup)) {
				numbers = append(numbers, c.Number)
			}
			require.Equal(t, []string{"24", "21"}, numbers)
			require.False(t, must(tx.Regulation(perbup)).VerifiedJDIH)
			return nil
		})
	})
}

func TestADutyPointsToTheArticleThatOrdersIt(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		var article string
		b.write(func(tx *ledger.Tx) error {
			r, err := tx.CreateRegulation(ledger.RegulationInput{
				Kind: "perbup", Number: "99", Year: 2022, Title: "Aparat desa", Issuer: "Bupati", RegionCode: "74.05",
				Articles: []ledger.ArticleInput{{Label: "Pasal 3", Text: "lain", GroupCode: "non_asn"}, {Label: "Pasal 4", Text: "daftar", GroupCode: "village_officials"}},
			})
			if err != nil {
				return err
			}
			articles, err := tx.Articles(r.ID)
			if err != nil {
				return err
			}
			article = articles[1].ID
			return tx.RecordBasis(b.agreement.ID, ledger.BasisInput{RegulationID: r.ID, From: calendar.On("2022-12-01")})
		})
		b.openYear("2026-12-15")
		for _, o := range b.obligations() {
			require.Equal(t, article, o.ArticleID)
		}
	})
}

func TestStepsBeforeAnImportAreShownAsSuchAndNeverSent(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.write(func(tx *ledger.Tx) error {
			a, err := tx.CreateAgreement(ledger.AgreementInput{
				Title: "Sudah berjalan", PemdaPartyID: b.pemda.ID, BPJSPartyID: b.bpjs.ID, ImportedOn: "2026-11-23",
				Lines: []ledger.LineInput{{GroupCode: "village_officials", FundingSource: "apbdes"}},
			})
			b.agreement = a
			return err
		})
		b.write(func(tx *ledger.Tx) error {
			lines, err := tx.Lines(b.agreement.ID)
			if err != nil {
				return err
			}
			_, err = tx.RecordYear(b.agreement.ID, ledger.YearInput{LineID: lines[0].ID, Year: 2026, KindOfUnit: "desa", TargetOn: "2026-02-27"}, "")
			return err
		})
		b.clock.set(wita("2026-12-24", 8))
		b.takeSteps()
		require.Empty(t, b.notices())
		b.read(func(tx *ledger.Tx) error {
			steps, err := tx.Steps(b.obligations()[0].ID)
			require.Len(t, steps, 3)
			for _, s := range steps {
				require.Equal(t, ledger.StepBeforeImport, s.State, s.Code)
			}
			return err
		})
	})
}
