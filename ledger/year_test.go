package ledger_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/agreement"
	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/ledger"
)

func TestTwoYearsOfOneLineDoNotOverlap(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		record := func(in ledger.YearInput) error {
			in.LineID = b.line.ID
			return b.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
				_, err := tx.RecordYear(b.agreement.ID, in, "")
				return err
			})
		}
		require.NoError(t, record(ledger.YearInput{Year: 2026, From: "2026-07-01", To: "2027-06-30"}))
		for _, in := range []ledger.YearInput{
			{Year: 2027},
			{Year: 2025, From: "2025-08-01", To: "2026-07-01"},
			{Year: 2028, From: "2027-06-30", To: "2028-06-29"},
			{Year: 2024, From: "2024-01-01", To: "2028-12-31"},
		} {
			f := mustFault(t, record(in))
			require.Equal(t, "year_overlaps", f.Code, "%+v", in)
			require.Equal(t, map[string]string{"from": "2026-07-01", "to": "2027-06-30"}, f.Params)
		}
		_, err := b.decide("open", agreement.OpenYear, ledger.YearInput{LineID: b.line.ID, Year: 2027, KindOfUnit: "desa"})
		require.True(t, fault.Is(err, "year_overlaps"), "%v", err)
		require.True(t, fault.Is(record(ledger.YearInput{Year: 2026}), "year_open"), "the same year again has its own answer")
		require.NoError(t, record(ledger.YearInput{Year: 2027, From: "2027-07-01", To: "2027-12-31"}), "the day after is free")
		require.NoError(t, record(ledger.YearInput{Year: 2025, From: "2025-07-01", To: "2026-06-30"}), "and the days before")
	})
}

func TestOfTwoOverlappingYearsRecordedAtOnceOneStands(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		years := []ledger.YearInput{
			{LineID: b.line.ID, Year: 2026, From: "2026-07-01", To: "2027-06-30"},
			{LineID: b.line.ID, Year: 2027, From: "2027-01-01", To: "2027-12-31"},
		}
		errs := make([]error, len(years))
		var wg sync.WaitGroup
		for i, in := range years {
			wg.Go(func() {
				errs[i] = b.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
					_, err := tx.RecordYear(b.agreement.ID, in, "")
					time.Sleep(50 * time.Millisecond) // both are open at once where the engine allows it
					return err
				})
			})
		}
		wg.Wait()
		require.True(t, errs[0] == nil || errs[1] == nil, "%v", errs)
		require.True(t, fault.Is(errors.Join(errs...), "year_overlaps"), "%v", errs)
		require.Len(t, b.periods(), 1)
	})
}

func TestWhatIsRecordedForAnEndedAgreementHasNoClock(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		_, err := b.decide("end", agreement.Terminate, ledger.TerminationInput{On: "2026-11-23", Reason: "selesai"})
		require.NoError(t, err)
		b.write(func(tx *ledger.Tx) error {
			_, err := tx.RecordYear(b.agreement.ID, ledger.YearInput{LineID: b.line.ID, Year: 2026, KindOfUnit: "desa", TargetOn: "2026-12-15"}, "")
			return err
		})
		b.write(func(tx *ledger.Tx) error {
			_, err := tx.Extend(b.obligations()[0].ID, ledger.Extension{TargetOn: "2026-12-22", Reason: "libur", ApprovedBy: "Sekda"})
			return err
		})
		require.Len(t, b.obligations(), 2)
		for _, o := range b.obligations() {
			require.Zero(t, o.NextAt, "nobody would ring")
		}
	})
}
