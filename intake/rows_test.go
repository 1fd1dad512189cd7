package intake_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"payung/domain/roster"
	"payung/internal/testdb"
	"payung/ledger"
)

func TestReservesTakeThePlacesOfRefusedPeopleAboveASignature(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d := newDesk(t, url, 1)
		rows := "No;NIK;Nama;L/P;Cadangan\n" + row(1, 1) + ";\n" + "2;123;Wa Rusak;P;\n" + row(3, 3) + ";Ya\n" + row(4, 4) + ";Ya\n" + "5;123;Wa Pula;P;Ya\n" + row(6, 6) + ";\n;;;;\n;;Kepala Desa;;\n"
		i, out := d.read("a.csv", []byte(rows), 0)
		require.Equal(t, []int64{6, 3, 2, 1}, []int64{i.Rows, i.Good, i.Bad, i.Waiting})
		require.Equal(t, []int{1, 1}, []int{out.Reserves.Moved, out.Reserves.Waiting})
		require.Equal(t, []string{name(1), name(3), name(6)}, d.names(d.accept(i, ledger.Acceptance{}).ID))
	})
}

func TestAListWithTooMuchWrongWaitsForSomebodyWithAReason(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d := newDesk(t, url, 1)
		i, out := d.read("a.csv", list(row(1, 1), "2;1;X;L", "3;2;Y;L", "4;3;Z;L", "5;4;W;L"), 0)
		require.Equal(t, []any{ledger.ImportHeld, "hold_bad", roster.HoldBad}, []any{i.State, i.Problem, out.Verdict})
		_, err := d.tryAccept(i, ledger.Acceptance{Despite: "  "})
		require.ErrorContains(t, err, "held")
		require.Empty(t, d.versions(d.duties[0]))
		r := d.accept(i, ledger.Acceptance{Despite: "yang lain menyusul"})
		require.EqualValues(t, 1, r.People)
		_, err = d.tryAccept(i, ledger.Acceptance{Despite: "lagi"})
		require.ErrorContains(t, err, "accepted", "nobody accepts twice")
		d.settled()
	})
}

func TestHiddenRowsAndMergedCellsAreTold(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d := newDesk(t, url, 1)
		file := sheetOf(t, [][]string{{"NIK", "Nama"}, {number(1), name(1)}, {number(2), name(2)}, {number(3), name(3)}, {number(4), ""}}, func(f *excelize.File) {
			require.NoError(t, f.SetRowVisible("Sheet1", 3, false))
			require.NoError(t, f.MergeCell("Sheet1", "B4", "B5"))
		})
		i, out := d.read("a.xlsx", file, 0)
		require.Equal(t, []int64{4, 3, 1}, []int64{i.Rows, i.Good, i.Bad})
		require.Equal(t, []string{"3 warning hidden_row", "5 error name_missing"}, d.without(d.found(i.ID), "info"))
		require.Equal(t, roster.MergedCells, out.List[0].Rule)
		require.Equal(t, 4, out.List[0].Row)
		require.Equal(t, []string{name(1), name(2), name(3)}, d.names(d.accept(i, ledger.Acceptance{}).ID), "who is hidden is told, and counts")
	})
}

func TestSwappedColumnsPutNobodyOnAList(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d := newDesk(t, url, 1)
		i, _ := d.read("a.xlsx", sheetOf(t, [][]string{{"NIK", "Nama"}, {name(1), number(1)}, {name(2), number(2)}}, nil), 0)
		require.Equal(t, []any{ledger.ImportHeld, int64(0)}, []any{i.State, i.Good})
		_, err := d.tryAccept(i, ledger.Acceptance{Despite: "tetap"})
		require.Error(t, err)
	})
}

func TestAListThatNamesAnotherVillageIsDoubted(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d := newDesk(t, url, 3)
		rows := func(from int, villages ...string) []byte {
			out := [][]string{{"NIK", "Nama", "Desa"}}
			for n, v := range villages {
				out = append(out, []string{number(from + n), name(from + n), v})
			}
			return sheetOf(t, out, nil)
		}
		for name, tt := range map[string]struct {
			file []byte
			want bool
		}{
			"its own name":          {rows(1, "Desa 001", "DESA 001", "001", "Ds. 001"), false},
			"another one's":         {rows(11, "Desa 002", "Desa 002", "Desa 002", "Desa 001"), true},
			"half of another one's": {rows(21, "Desa 002", "Desa 003", "Desa 001", ""), true},
			"a few of another's":    {rows(31, "Desa 002", "Desa 001", "Desa 001", "Desa 001"), false},
			"hamlets":               {rows(41, "Dusun Mawar", "Dusun Melati", "Dusun Anggrek", "Kamboja"), false},
		} {
			i, out := d.read(name+".xlsx", tt.file, 0)
			require.Equal(t, ledger.ImportReady, i.State, name)
			found := false
			for _, f := range out.List {
				if f.Rule == roster.OtherVillage {
					found = true
					require.Equal(t, []any{roster.Warning, "Desa 001"}, []any{f.Level, f.Params["unit"]})
				}
			}
			require.Equal(t, tt.want, found, name)
		}
	})
}
