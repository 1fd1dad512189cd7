package intake_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/roster"
	"payung/internal/testdb"
	"payung/ledger"
)

func TestAListWhoseColumnsAreOnlyGuessedWaitsForSomebodyToSayWhichIsWhich(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d := newDesk(t, url, 1)
		file := []byte("No;NIK;NIK;Nama\n1;" + number(1) + ";" + number(11) + ";" + name(1) + "\n2;" + number(2) + ";" + number(12) + ";" + name(2) + "\n")
		i, out := d.read("a.csv", file, 0)
		require.Equal(t, []any{roster.Unsure, ledger.ImportHeld, "hold_unsure", int64(2)}, []any{out.Guess.Confidence, i.State, i.Problem, i.Good})
		_, err := d.tryAccept(i, ledger.Acceptance{})
		require.ErrorContains(t, err, "held")

		m := out.Guess.Mapping
		m.Columns[roster.NIK] = 2
		i, err = d.Remap(t.Context(), ledger.Operator(), i.ID, "", m, true)
		require.NoError(t, err)
		require.Equal(t, ledger.ImportReady, i.State)
		d.accept(i, ledger.Acceptance{})

		i, _ = d.read("b.csv", append(file, "3;"+number(3)+";"+number(13)+";"+name(3)+"\n"...), 0)
		require.Equal(t, ledger.ImportReady, i.State, "once said, it is known")
	})
}
