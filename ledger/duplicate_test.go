package ledger_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

// warned are the rows of a list on which somebody is found on another one, by
// what came back and by what was stored.
func (b *book) warned(out ledger.RosterResult) []int {
	b.t.Helper()
	var said, kept []int
	for _, f := range out.Findings {
		if f.Code == ledger.ListedElsewhere {
			require.Equal(b.t, ledger.RowFinding{Row: f.Row, Field: "nik", Level: "warning", Code: ledger.ListedElsewhere}, f)
			said = append(said, f.Row)
		}
	}
	b.read(func(tx *ledger.Tx) error {
		for i, p := range must(tx.RosterRows(out.Roster.ID, page)) {
			if p.Elsewhere {
				kept = append(kept, i+1)
			}
		}
		return nil
	})
	require.Equal(b.t, said, kept)
	return said
}

func TestRule28_WhoeverIsOnAnotherListOfTheYearGetsAWarning(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-15")
		duties := b.obligations()
		hand := func(o models.Obligation, serials ...int) []int {
			t.Helper()
			rows := make([]ledger.RosterRowInput, len(serials))
			for i, n := range serials {
				rows[i] = person(n)
			}
			out, err := b.submit(o.ID, rows...)
			require.NoError(t, err)
			return b.warned(out)
		}
		require.Empty(t, hand(duties[0], 1, 2))
		require.Equal(t, []int{2, 3}, hand(duties[1], 3, 1, 2), "two of them are in the other village")
		require.Empty(t, hand(duties[0], 4), "a correction takes both out")
		require.Empty(t, hand(duties[1], 3, 1, 2), "only the current list counts, and not one's own")

		var vulnerable models.Line
		b.write(func(tx *ledger.Tx) (err error) {
			vulnerable, err = tx.AddLine(b.agreement.ID, ledger.LineInput{GroupCode: "vulnerable", FundingSource: "apbd_regency"})
			return err
		})
		open := func(line models.Line, year int) models.Obligation {
			t.Helper()
			out, err := b.decide(fmt.Sprint(line.ID, year), agreement.OpenYear, ledger.YearInput{LineID: line.ID, Year: year, UnitIDs: []string{b.units[0].ID}})
			require.NoError(t, err)
			for _, o := range b.obligations() {
				if o.PeriodID == out.Made["period"] {
					return o
				}
			}
			t.Fatal("no duty was opened")
			return models.Obligation{}
		}
		require.Empty(t, hand(open(b.line, 2028), 4, 3), "the next year is a renewal")
		require.Equal(t, []int{1}, hand(open(vulnerable, 2027), 4, 5), "the same village, another group")

		// A terminated agreement protects nobody any more.
		_, err := b.decide("end", agreement.Terminate, ledger.TerminationInput{On: "2026-11-23", Reason: "diganti"})
		require.NoError(t, err)
		old := b.agreement
		b.write(func(tx *ledger.Tx) error {
			b.agreement = must(tx.CreateAgreement(ledger.AgreementInput{
				Title: "PKS Pengganti", PemdaPartyID: b.pemda.ID, BPJSPartyID: b.bpjs.ID,
				Lines: []ledger.LineInput{{GroupCode: "village_officials", FundingSource: "apbdes"}},
			}))
			bases := must(tx.Bases(old.ID))
			if err := tx.RecordBasis(b.agreement.ID, ledger.BasisInput{RegulationID: bases[0].RegulationID, From: calendar.On("2021-06-01")}); err != nil {
				return err
			}
			return tx.RecordSigning(b.agreement.ID, ledger.SigningInput{On: calendar.On("2026-11-23"), Signatures: []ledger.SignatureInput{
				{PartyID: b.pemda.ID, PostTitle: "Bupati"}, {PartyID: b.bpjs.ID, PostTitle: "Kepala Cabang"},
			}})
		})
		b.read(func(tx *ledger.Tx) error {
			b.line = must(tx.Lines(b.agreement.ID))[0]
			return nil
		})
		require.Empty(t, hand(open(b.line, 2027), 1, 2, 3, 4))
	})
}

// A unit is warned of a list it may not see, and not told whose.
func TestAUnitIsWarnedOfListsItMayNotSee(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-15")
		duties := b.obligations()
		_, err := b.submit(duties[0].ID, person(1))
		require.NoError(t, err)
		village := ledger.Actor{Name: "desa", Reach: ledger.Units, ProvinceCode: "74", RegencyCode: "74.05", UnitIDs: []string{duties[1].UnitID}}
		var out ledger.RosterResult
		require.NoError(t, b.Write(t.Context(), village, func(tx *ledger.Tx) (err error) {
			out, err = tx.SubmitRoster(duties[1].ID, ledger.RosterInput{Rows: []ledger.RosterRowInput{person(2), person(1)}})
			return err
		}))
		require.Equal(t, []int{2}, b.warned(out))
	})
}
