package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

// What a reading had prepared before it turned out to be no list is nobody's.
func TestARefusedReadingLeavesNobodyBehind(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-15")
		duties := b.obligations()
		_, err := b.submit(duties[1].ID, person(1))
		require.NoError(t, err)

		i := b.prepare(b.receive("a.csv", "a").ID, duties[0].ID, ledger.Batch{Rows: listed(1, 2, 3), Position: 4})
		require.Equal(t, 3, number(t, url, "SELECT COUNT(*) FROM persons"))
		b.finish(i, ledger.Reading{State: ledger.ImportRefused, Problem: "broken_file", Result: "{}"})
		require.Equal(t, []int{1, 1, 0}, []int{
			number(t, url, "SELECT COUNT(*) FROM persons"), number(t, url, "SELECT COUNT(*) FROM roster_rows"),
			number(t, url, "SELECT COUNT(*) FROM rosters WHERE version = 0"),
		}, "who stands on another list stays")
		require.Zero(t, b.recount())
	})
}

func TestALongReadingThatWasDroppedIsTakenAwayBitByBit(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		i := b.prepare(b.receive("a.csv", "a").ID, b.obligations()[0].ID)
		size := b.StageSize()
		for from := 1; from < 2*size; from += size - 100 {
			var numbers []int
			for n := from; n < from+size-100 && n < 9999; n++ {
				numbers = append(numbers, n)
			}
			require.NoError(t, b.StageBatch(t.Context(), ledger.Operator(), i.ID, ledger.Batch{Rows: listed(numbers...), Position: int64(from + size)}))
		}
		many := number(t, url, "SELECT COUNT(*) FROM persons")
		b.write(func(tx *ledger.Tx) (err error) { i, err = tx.DropImport(i.ID); return err })
		require.Equal(t, many-size, number(t, url, "SELECT COUNT(*) FROM persons"), "no transaction takes long")
		require.NoError(t, b.Discard(t.Context()))
		for _, table := range []string{"persons", "roster_rows", "rosters"} {
			require.Zero(t, number(t, url, "SELECT COUNT(*) FROM "+table), table)
		}
		require.NoError(t, b.Discard(t.Context()), "there is nothing left")
		var again models.Import
		b.read(func(tx *ledger.Tx) (err error) { again, err = tx.Import(i.ID); return err })
		require.Equal(t, ledger.ImportDropped, again.State)
	})
}
