package intake_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"payung/domain/roster"
	"payung/internal/testdb"
	"payung/ledger"
)

func TestAFileThatGoesBackIsTakenForWhatWasMended(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d := newDesk(t, url, 1)
		file := sheetOf(t, [][]string{
			{"DAFTAR"},
			{"No", "NIK", "Nama", "Tgl Lahir"},
			{"1", number(1), name(1), "17-01-1990"},
			{"2", number(2)[:15], name(2), "17-01-1990"},
			{"3", number(3), name(3), "17-01-1990"},
			{"4", number(4), "", "17-01-1990"},
		}, nil)
		i, _ := d.read("warga.xlsx", file, 0)
		require.Equal(t, []int64{4, 2, 2}, []int64{i.Rows, i.Good, i.Bad})
		first := d.accept(i, ledger.Acceptance{})
		was := d.on(first.ID)
		again, out := d.read("warga - perbaikan.xlsx", edited(t, d.back(i), func(f *excelize.File) {
			require.NoError(t, f.SetCellStr("Sheet1", "B4", number(2)))
			require.NoError(t, f.SetCellStr("Sheet1", "C6", name(4)))
		}), 0)
		require.Equal(t, []int64{4, 4, 0}, []int64{again.Rows, again.Good, again.Bad}, "%s %v", again.Problem, d.found(again.ID))
		require.Equal(t, ledger.Comparison{Before: 2, Added: 2, Same: 2}, *out.Comparison)
		second := d.accept(again, ledger.Acceptance{})
		require.Equal(t, []any{2, int64(4), int64(2), int64(0)}, []any{second.Version, second.People, second.Added, second.Removed})
		now := d.on(second.ID)
		require.Len(t, now, 4)
		for name, row := range was {
			require.Equal(t, row, now[name], "%s is not touched", name)
		}
		require.Equal(t, d.names(first.ID), []string{name(1), name(3)}, "the first version stays")
		d.settled()
	})
}

func TestColumnsChosenOnceAreKnownNextTime(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d := newDesk(t, url, 2)
		page := func(n int) []byte {
			return sheetOf(t, [][]string{{"Nama wali", "Orang", "Nomor satu", "Nomor dua"}, {"Wa Wali", name(n), number(n), number(n + 100)}, {"Wa Wali", name(n + 1), number(n + 1), number(n + 101)}}, nil)
		}
		i, out := d.read("a.xlsx", page(1), 0)
		require.NotEqual(t, roster.Sure, out.Guess.Confidence)
		chosen := roster.Mapping{HeadFrom: 1, HeadTo: 1, Columns: map[roster.Field]int{roster.NIK: 3, roster.Name: 1}}
		_, err := d.Remap(t.Context(), ledger.Operator(), i.ID, "Sheet1", roster.Mapping{HeadFrom: 1, HeadTo: 1, Columns: map[roster.Field]int{roster.NIK: 3}}, true)
		require.ErrorContains(t, err, "mapping_without_name")
		i, err = d.Remap(t.Context(), ledger.Operator(), i.ID, "Sheet1", chosen, true)
		require.NoError(t, err)
		require.Equal(t, []any{ledger.ImportReady, int64(2)}, []any{i.State, i.Good})
		r := d.accept(i, ledger.Acceptance{})
		require.Equal(t, []string{name(1), name(2)}, d.names(r.ID))

		i, _ = d.read("b.xlsx", page(3), 0)
		require.Equal(t, []any{ledger.ImportReady, int64(2)}, []any{i.State, i.Good}, "%s", i.Problem)
		require.Equal(t, []string{name(3), name(4)}, d.names(d.accept(i, ledger.Acceptance{}).ID)[2:])
		require.NoError(t, d.Ledger.Read(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
			rows, err := tx.RosterRows(d.versions(d.duties[0])[1].ID, ledger.Page{Size: 10})
			for _, p := range rows {
				require.Contains(t, []string{number(101)[12:], number(102)[12:], number(103)[12:], number(104)[12:]}, p.NIKLast4, "of the column that was chosen")
			}
			return err
		}))
		i, _ = d.read("c.xlsx", page(5), 1)
		require.NotContains(t, i.Mapping, `"nik":3`, "another unit's choice is its own")
	})
}

func TestTheSameFileTwiceIsOneReading(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d := newDesk(t, url, 1)
		file := list(row(1, 1), row(2, 2))
		first, _ := d.read("a.csv", file, 0)
		again, _ := d.read("salinan a.csv", bytes.Clone(file), 0)
		require.Equal(t, first.ID, again.ID)
		d.accept(first, ledger.Acceptance{})
		again, _ = d.read("a.csv", file, 0)
		require.Equal(t, []string{first.ID, ledger.ImportAccepted}, []string{again.ID, again.State})
		require.Len(t, d.versions(d.duties[0]), 1)
	})
}

func TestFilesAtOnceForOneDutyMakeOneVersionAfterTheOther(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d := newDesk(t, url, 1)
		const clerks = 4
		errs := make(chan error, clerks)
		for clerk := range clerks {
			file := list(row(1, 1), row(2, 2), row(3, 10+clerk))
			go func() { errs <- d.wholeWay("desa.csv", file, d.duties[0]) }()
		}
		for range clerks {
			require.NoError(t, <-errs)
		}
		versions := d.versions(d.duties[0])
		require.Len(t, versions, clerks)
		for n, v := range versions {
			require.Equal(t, []int64{int64(n + 1), int64(3 + n)}, []int64{int64(v.Version), v.People})
		}
		require.Equal(t, clerks+2, len(d.on(versions[clerks-1].ID)))
		require.NoError(t, d.Ledger.Read(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
			rows, err := tx.RosterRows(versions[clerks-1].ID, ledger.Page{Size: 100})
			persons := map[string]bool{}
			for _, r := range rows {
				persons[r.PersonID] = true
			}
			require.Len(t, persons, clerks+2, "nobody is two people")
			return err
		}))
		d.settled()
	})
}
