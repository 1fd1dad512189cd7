package intake_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"payung/domain/roster"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

// withLastYear is a desk whose first village had four people on last year's
// list: a, b, c and d, in the rows 5 to 8 of a template.
func withLastYear(t *testing.T, url string) (*desk, models.Roster) {
	t.Helper()
	d := newDesk(t, url, 2)
	before := d.year(2026, "2026-02-15")
	var lines []string
	for n := range 4 {
		lines = append(lines, fmt.Sprintf("%d;%s;Wa %c;L", n+1, number(n+1), 'A'+n))
	}
	i, _ := d.readFor("2026.csv", list(lines...), before[0])
	return d, d.accept(i, ledger.Acceptance{})
}

func TestATemplateComesBackWithWhoIsNewWhoLeftAndWhoIsWrittenOtherwise(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d, last := withLastYear(t, url)
		file := typed(t, d.template(d.duties[0]), map[string]string{
			"D6": "Wa Be", // was Wa B
			"P7": "Meninggal", "Q7": "20-11-2026",
			"C9": number(9), "D9": "Wa Baru", "G9": "L",
		})
		i, out := d.read("daftar.xlsx", file, 0)
		require.Equal(t, []any{ledger.ImportReady, ""}, []any{i.State, i.Problem}, d.found(i.ID))
		require.Equal(t, []int64{5, 4, 0, 1, 0}, []int64{i.Rows, i.Good, i.Bad, i.Leavers, i.Waiting})
		require.True(t, out.Template)
		require.Equal(t, 1, out.Leavers)
		require.Empty(t, d.missing(i), "the file itself says what became of everybody")
		require.JSONEq(t, fmt.Sprintf(`{"%s":{"reason":"died","on":"2026-11-20","file":true}}`, d.on(last.ID)["Wa C"]), i.Answers)

		r := d.accept(i, ledger.Acceptance{})
		require.Equal(t, []string{"Wa A", "Wa Baru", "Wa Be", "Wa D"}, d.names(r.ID))
		require.Equal(t, []string{"Wa A", "Wa B", "Wa C", "Wa D"}, d.names(last.ID), "what last year's list said stays")
		require.NoError(t, d.Ledger.Read(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
			claims, err := tx.Claims(ledger.ClaimFilter{}, ledger.Page{Size: 10})
			require.Len(t, claims, 1, "a death opens the claim of the heirs")
			require.Equal(t, "2026-11-20", claims[0].OnDay)
			return err
		}))
		d.settled()
	})
}

func TestASecondRoundOfATemplateChangesNothingOfTheFirst(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d, _ := withLastYear(t, url)
		i, _ := d.read("daftar.xlsx", typed(t, d.template(d.duties[0]), map[string]string{
			"D6": "Wa Be",
			"P7": "Keluar", "Q7": "20-11-2026",
			"C9": number(9)[:15], "D9": "Wa Baru", "F9": "17-01-1990",
		}), 0)
		require.Equal(t, []int64{3, 1, 1}, []int64{i.Good, i.Bad, i.Leavers})
		first := d.accept(i, ledger.Acceptance{})
		was := d.on(first.ID)

		again, _ := d.read("daftar - perbaikan.xlsx", typed(t, d.back(i), map[string]string{"C9": number(9)}), 0)
		require.Equal(t, []int64{4, 0, 1}, []int64{again.Good, again.Bad, again.Leavers}, "%s %s %v", again.State, again.Problem, d.found(again.ID))
		require.Empty(t, d.without(d.found(again.ID), "info"))
		second := d.accept(again, ledger.Acceptance{})
		require.Equal(t, []int64{1, 0}, []int64{second.Added, second.Removed})
		for name, row := range was {
			require.Equal(t, row, d.on(second.ID)[name], "%s is not touched", name)
		}
		require.Equal(t, []string{"Wa A", "Wa Baru", "Wa Be", "Wa D"}, d.names(second.ID))

		// An old copy does not bring back who has left.
		i, _ = d.read("lama.xlsx", typed(t, d.template(d.duties[0]), map[string]string{"D5": "Wa Aa"}), 0)
		require.Zero(t, i.Bad)
		stale, _ := d.read("lama sekali.xlsx", typed(t, d.back(again), map[string]string{"P7": "", "Q7": ""}), 0)
		require.Equal(t, []string{"7 error taken_off"}, d.without(d.found(stale.ID), "info"))
		d.settled()
	})
}

func TestATemplateIsTakenOnlyForWhatItWasMadeFor(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d, last := withLastYear(t, url)
		file := d.template(d.duties[0])
		identity := func(row int, value string) []byte {
			return edited(t, file, func(f *excelize.File) { require.NoError(t, f.SetCellStr("_payung", fmt.Sprintf("B%d", row), value)) })
		}
		theirs := d.year(2028, "2027-12-15")
		other, _ := d.read("lain.csv", list(row(1, 50)), 1)
		foreign := d.accept(other, ledger.Acceptance{})
		for name, tt := range map[string]struct {
			file    []byte
			duty    models.Obligation
			state   string
			problem roster.Rule
		}{
			"another unit":             {file, d.duties[1], ledger.ImportRefused, roster.OtherUnit},
			"another year":             {file, theirs[0], ledger.ImportRefused, roster.OtherYear},
			"another generation":       {identity(6, "7"), d.duties[0], ledger.ImportRefused, roster.OtherGeneration},
			"another form":             {identity(1, "2"), d.duties[0], ledger.ImportRefused, roster.OtherFormat},
			"another unit's list":      {identity(7, foreign.ID), d.duties[0], ledger.ImportRefused, roster.OtherRoster},
			"a list nobody knows":      {identity(7, "x"), d.duties[0], ledger.ImportRefused, roster.OtherRoster},
			"a mark that is not whole": {identity(5, "dua ribu"), d.duties[0], ledger.ImportRefused, roster.IdentityBroken},
			"a heading was changed":    {typed(t, file, map[string]string{"D4": "Nama panggilan"}), d.duties[0], ledger.ImportRefused, roster.LockedCellChanged},
			"columns were swapped":     {typed(t, file, map[string]string{"C4": "Nama lengkap", "D4": "NIK"}), d.duties[0], ledger.ImportRefused, roster.LockedCellChanged},
		} {
			i, out := d.readFor(name+".xlsx", tt.file, tt.duty)
			require.Equal(t, []string{tt.state, string(tt.problem)}, []string{i.State, i.Problem}, name)
			require.Zero(t, i.Rows, name)
			require.Equal(t, tt.problem, out.List[0].Rule, name)
			_, err := d.tryAccept(i, ledger.Acceptance{Despite: "tetap"})
			require.ErrorContains(t, err, "refused", name)
		}
		require.Equal(t, []string{"Wa A", "Wa B", "Wa C", "Wa D"}, d.names(last.ID))
	})
}

func TestRowsOfATemplateThatWereTamperedWithAreRefused(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d, last := withLastYear(t, url)
		i, _ := d.read("daftar.xlsx", typed(t, d.template(d.duties[0]), map[string]string{
			"A5": "0199-unknown",
			"A6": d.on(last.ID)["Wa D"], // row 8 has it too
			"C7": "************0009",
			"P8": "Tidak",
		}), 0)
		require.Equal(t, []any{ledger.ImportHeld, "hold_bad", int64(4)}, []any{i.State, i.Problem, i.Bad})
		require.Equal(t, []string{
			"5 error unknown_row_id", "5 error masked_nik", "6 error locked_cell_changed", "7 error locked_cell_changed",
			"8 error duplicate_row_id", "8 error leaving_bad",
		}, d.without(d.found(i.ID), "info"))
	})
}
