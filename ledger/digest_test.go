package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

func TestADigestStandsForTheListHoweverItCameAbout(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		b.clock.set(wita("2027-02-01", 9))
		duty := b.obligations()[0].ID
		file := func(name string, numbers ...int) models.Roster {
			i := b.prepare(b.receive(name, name).ID, duty)
			i, err := b.EndReading(t.Context(), ledger.Operator(), i.ID, ledger.Batch{Rows: listed(numbers...), Position: 9}, func(*ledger.Tx) (ledger.Reading, error) {
				return ledger.Reading{State: ledger.ImportReady, Result: "{}"}, nil
			})
			require.NoError(t, err)
			r, err := b.accept(i, ledger.Acceptance{})
			require.NoError(t, err)
			return r
		}
		of := func(r models.Roster) []any { return []any{r.People, r.Digest} }

		three := file("a.csv", 1, 2, 3)
		require.Len(t, three.Digest, 32)
		five := file("b.csv", 4, 5)
		require.NotEqual(t, three.Digest, five.Digest)
		require.EqualValues(t, 5, five.People)
		var last models.Roster
		for _, n := range []int{4, 5} {
			row := b.row(duty, n)
			b.write(func(tx *ledger.Tx) error {
				left, err := tx.Leave(row, ledger.LeavingInput{Reason: "entered_by_mistake"})
				last = left.Roster
				return err
			})
		}
		require.Equal(t, of(three), of(last), "as if they had never come")

		// A list from before digests were sums is counted anew once.
		exec(t, url, "UPDATE rosters SET listed_at = 0, people = 77")
		require.Equal(t, of(five), of(file("c.csv", 1, 2, 3, 4, 5)))
		same := file("d.csv", 5, 4, 3, 2, 1)
		require.Equal(t, of(five), of(same), "in another order")
		require.Zero(t, same.Added)
	})
}
