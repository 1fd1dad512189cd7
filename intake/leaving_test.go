package intake_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/intake"
	"payung/internal/testdb"
	"payung/ledger"
)

// parted is a village's own list in which it says who has left.
func parted(rows ...string) []byte {
	out := "No;NIK;Nama;L/P;Masih bekerja?;Tanggal keluar\n"
	for _, r := range rows {
		out += r + "\n"
	}
	return []byte(out)
}

func TestWhoLeftIsSaidByNIKAlone(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d, last := withLastYear(t, url)
		i, out := d.read("desa.csv", parted(
			row(1, 1)+";Ya;", row(2, 2)+";;", row(3, 3)+";PPPK;01-12-2026", row(4, 4)+";Keluar;30-11-2026", row(5, 5)+";Meninggal;01-11-2026",
			row(6, 6)+";Tidak;", row(7, 7)+";Keluar;",
		), 0)
		require.Equal(t, []int64{7, 2, 2, 3}, []int64{i.Rows, i.Good, i.Bad, i.Leavers})
		require.Equal(t, 3, out.Leavers)
		require.Equal(t, []string{"6 warning leaver_unlisted", "7 error leaving_bad", "8 error leaving_date_missing"}, d.without(d.found(i.ID), "info"))
		r := d.accept(i, ledger.Acceptance{})
		require.Equal(t, []string{name(1), name(2)}, d.names(r.ID))
		on := func(day calendar.Day) (names []string) {
			require.NoError(t, d.Ledger.Read(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
				rows, err := tx.Listed(last.ObligationID, day, ledger.Page{Size: 100})
				for _, r := range rows {
					names = append(names, r.Name)
				}
				return err
			}))
			return names
		}
		require.ElementsMatch(t, []string{"Wa A", "Wa B", "Wa C", "Wa D"}, on("2026-11-30"))
		require.ElementsMatch(t, []string{"Wa A", "Wa B"}, on("2026-12-01"), "on the first day as PPPK nobody is on the list any more")
		d.settled()
	})
}

func TestALeaverGoesFromTheListAsItStandsWhicheverTemplateSaysSo(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d, _ := withLastYear(t, url)
		old := d.template(d.duties[0]) // filled from last year's list
		i, _ := d.read("a.xlsx", typed(t, old, map[string]string{"D5": "Wa Aa"}), 0)
		first := d.accept(i, ledger.Acceptance{})
		require.Len(t, d.on(first.ID), 4)

		i, out := d.read("b.xlsx", typed(t, old, map[string]string{"D5": "Wa Aa", "P6": "Pindah", "Q6": "30-11-2026"}), 0)
		require.EqualValues(t, 1, out.Effect.Removed)
		require.EqualValues(t, 3, out.Effect.People)
		// Meanwhile somebody writes the leaver otherwise.
		between, _ := d.read("c.xlsx", typed(t, old, map[string]string{"D5": "Wa Aa", "D6": "Wa Bee"}), 0)
		d.accept(between, ledger.Acceptance{})
		second := d.accept(i, ledger.Acceptance{})
		require.Equal(t, []string{"Wa Aa", "Wa C", "Wa D"}, d.names(second.ID))
		d.settled()
	})
}

func TestWhomNobodySpokeOfIsStillAskedAfter(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d, _ := withLastYear(t, url)
		i, _ := d.read("a.xlsx", typed(t, d.template(d.duties[0]), map[string]string{
			"P5": "Meninggal", "Q5": "20-11-2026", "A6": "", "C6": "", "D6": "",
		}), 0)
		require.Equal(t, []string{"Wa B"}, d.missing(i), "the dead are not asked after, the emptied row is")
		_, err := d.tryAccept(i, ledger.Acceptance{})
		require.ErrorContains(t, err, "1 people")
		d.forgotten(i)
		r := d.accept(i, ledger.Acceptance{})
		require.Equal(t, []string{"Wa B", "Wa C", "Wa D"}, d.names(r.ID))
		d.settled()
	})
}

func TestAFileOfLeaversOnlyChangesTheListAndEmptiesNone(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d := newDesk(t, url, 1)
		i, _ := d.read("a.csv", list(row(1, 1), row(2, 2)), 0)
		d.accept(i, ledger.Acceptance{})
		i, _ = d.read("b.csv", parted(row(1, 1)+";Keluar;30-11-2026"), 0)
		require.Equal(t, []any{ledger.ImportReady, int64(0), int64(1)}, []any{i.State, i.Good, i.Leavers})
		r := d.accept(i, ledger.Acceptance{})
		require.Equal(t, []string{name(2)}, d.names(r.ID))
		i, _ = d.read("c.csv", parted(row(1, 2)+";Keluar;30-11-2026"), 0)
		_, err := d.tryAccept(i, ledger.Acceptance{})
		require.ErrorContains(t, err, "nihil", "a list nobody stands on is a signed statement")
		require.Equal(t, []string{name(2)}, d.names(r.ID))
	})
}

func TestAReadingThatWasCutOffKeepsItsLeaversOnce(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d := newDesk(t, url, 1)
		size := d.Ledger.StageSize()
		var all, rows []string
		for n := range size + size/2 {
			all = append(all, row(n, n+1))
			if n%100 == 50 {
				rows = append(rows, row(n, n+1)+";Pindah;30-11-2026")
			} else {
				rows = append(rows, row(n, n+1)+";;")
			}
		}
		i, _ := d.read("semua.csv", list(all...), 0)
		if i.State == ledger.ImportReading { // a large one
			_, err := d.Read(t.Context(), i.ID, nil)
			require.NoError(t, err)
		}
		d.accept(i, ledger.Acceptance{})
		u := d.send("pindah.csv", parted(rows...))
		d.write(func(tx *ledger.Tx) (err error) {
			i, err = tx.OpenImport(u.ID, ledger.ImportInput{ObligationID: d.duties[0].ID})
			return err
		})
		deaths := 0
		for range 10 {
			ctx, die := context.WithCancel(t.Context())
			_, err := d.Read(ctx, i.ID, func(intake.Progress) { die() })
			die()
			if err == nil {
				break
			}
			deaths++
		}
		require.Positive(t, deaths, "it was cut off")
		require.NoError(t, d.Ledger.Read(t.Context(), ledger.Operator(), func(tx *ledger.Tx) (err error) {
			i, err = tx.Import(i.ID)
			return err
		}))
		leavers := (size + size/2 + 49) / 100
		require.Equal(t, []int{len(rows), len(rows) - leavers, 0, leavers}, []int{int(i.Rows), int(i.Good), int(i.Bad), int(i.Leavers)})
		require.Empty(t, d.missing(i))
		r := d.accept(i, ledger.Acceptance{})
		require.Equal(t, []int64{int64(len(rows) - leavers), int64(leavers)}, []int64{r.People, r.Removed}, fmt.Sprint(d.result(i).Verdict))
	})
}
