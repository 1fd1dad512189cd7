package ledger_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

// lengthy answers a duty with a list of people, as a file of many stretches.
func (b *book) lengthy(duty string, first, last int) models.Roster {
	b.t.Helper()
	i := b.prepare(b.receive(duty, duty).ID, duty)
	for size := b.StageSize(); first <= last; first += size {
		var numbers []int
		for n := first; n < first+size && n <= last; n++ {
			numbers = append(numbers, n)
		}
		batch := ledger.Batch{Rows: listed(numbers...), Position: int64(numbers[len(numbers)-1])}
		require.NoError(b.t, b.StageBatch(b.t.Context(), ledger.Operator(), i.ID, batch))
	}
	require.NoError(b.t, b.LookUp(b.t.Context(), ledger.Operator(), i.ID))
	r, err := b.accept(b.finish(i, ledger.Reading{State: ledger.ImportReady, Result: "{}"}), ledger.Acceptance{})
	require.NoError(b.t, err)
	return r
}

// paged reads a list page by page, and tells how long a page takes.
func (b *book) paged(size int, read func(*ledger.Tx, ledger.Page) ([]ledger.RosterPerson, error)) (names []string, median time.Duration) {
	b.t.Helper()
	var took []time.Duration
	for after := ""; ; {
		var rows []ledger.RosterPerson
		begun := time.Now()
		b.read(func(tx *ledger.Tx) (err error) {
			rows, err = read(tx, ledger.Page{After: after, Size: size})
			return err
		})
		if len(rows) == 0 {
			slices.Sort(took)
			return names, took[len(took)/2]
		}
		took = append(took, time.Since(begun))
		for _, r := range rows {
			names, after = append(names, r.Name), r.ID
		}
	}
}

func TestPagesOfAListMissNobodyAndNameNobodyTwice(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		b.clock.set(wita("2027-02-01", 9))
		duty := b.obligations()[0].ID
		first := b.lengthy(duty, 1, 23)
		for n := 24; n <= 30; n++ {
			b.write(func(tx *ledger.Tx) error {
				_, err := tx.Join(duty, ledger.JoinInput{Row: person(n)})
				return err
			})
		}
		var want []string
		for n := range 30 {
			if n+1 != 5 {
				want = append(want, person(n+1).Name)
			}
		}
		gone := b.row(duty, 5)
		b.write(func(tx *ledger.Tx) error {
			_, err := tx.Leave(gone, ledger.LeavingInput{Reason: "entered_by_mistake"})
			return err
		})
		var last models.Roster
		b.read(func(tx *ledger.Tx) error {
			versions := must(tx.Rosters(duty))
			last = versions[len(versions)-1]
			return nil
		})
		for _, size := range []int{1, 2, 3, 7, 22, 23, 24, 100} {
			names, _ := b.paged(size, func(tx *ledger.Tx, p ledger.Page) ([]ledger.RosterPerson, error) { return tx.RosterRows(last.ID, p) })
			require.Equal(t, want, names, size)
			names, _ = b.paged(size, func(tx *ledger.Tx, p ledger.Page) ([]ledger.RosterPerson, error) {
				return tx.Listed(duty, "2027-02-01", p)
			})
			require.Equal(t, want, names, size)
			names, _ = b.paged(size, func(tx *ledger.Tx, p ledger.Page) ([]ledger.RosterPerson, error) { return tx.RosterRows(first.ID, p) })
			require.Len(t, names, 23, "what a version said stays")
		}
	})
}

func TestAPageOfALongListTakesNoLongerThanOneOfAShortList(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-15")
		b.clock.set(wita("2027-02-01", 9))
		duties := b.obligations()
		short, long := b.lengthy(duties[0].ID, 1, 200), b.lengthy(duties[1].ID, 201, 9999)
		read := func(r models.Roster) time.Duration {
			names, took := b.paged(100, func(tx *ledger.Tx, p ledger.Page) ([]ledger.RosterPerson, error) { return tx.RosterRows(r.ID, p) })
			require.Len(t, names, int(r.People))
			return took
		}
		little, much := read(short), read(long)
		require.Less(t, much, 4*little+2*time.Millisecond)
		all := func(duty string) time.Duration {
			_, took := b.paged(100, func(tx *ledger.Tx, p ledger.Page) ([]ledger.RosterPerson, error) {
				return tx.Listed(duty, "2027-02-01", p)
			})
			return took
		}
		little, much = all(duties[0].ID), all(duties[1].ID)
		require.Less(t, much, 4*little+2*time.Millisecond)
		t.Logf("a page of 200 took %v, of 9,799 %v", little, much)
	})
}
