package ledger_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

func TestWhatTheBranchHasReceivedIsNoSilence(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 3)
		b.openYear("2026-12-01")
		var period models.Period
		silent := func() (units []ledger.SilentUnit) {
			b.read(func(tx *ledger.Tx) error {
				period = must(tx.Periods(b.agreement.ID))[0]
				units = must(tx.Silent(b.agreement.ID, period.ID))
				return nil
			})
			return units
		}
		require.Len(t, silent(), 3)
		record := func(rows ...ledger.BranchReceipt) (m models.Matching, out []ledger.Received, err error) {
			err = b.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
				m, out, err = tx.RecordReceipts(b.agreement.ID, period.ID, rows, "")
				return err
			})
			return m, out, err
		}
		m, out, err := record(ledger.BranchReceipt{UnitID: b.units[0].ID, People: 4}, ledger.BranchReceipt{UnitID: b.units[0].ID, People: 4})
		require.NoError(t, err)
		require.Equal(t, []int{2, 1}, []int{m.Named, m.Closed})
		require.Equal(t, []string{"closed", "already_closed"}, []string{out[0].Result, out[1].Result}, "named twice is not counted twice")
		_, _, err = record(ledger.BranchReceipt{UnitID: b.units[1].ID, People: 4}, ledger.BranchReceipt{UnitID: "nobody"})
		require.True(t, fault.Is(err, "no_list_owed"), err)
		require.Len(t, silent(), 2, "a wrong row records none")

		b.clock.add(72 * time.Hour)
		_, _, err = record()
		require.NoError(t, err)
		b.read(func(tx *ledger.Tx) error {
			require.Equal(t, b.clock.now().UnixMicro(), must(tx.LastMatched(b.agreement.ID, period.ID)).CreatedAt)
			return nil
		})
		b.clock.set(wita("2026-12-11", 9))
		require.Equal(t, 10, silent()[0].DaysLate)
	})
}
