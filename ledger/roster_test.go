package ledger_test

import (
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
	"payung/ledger"
)

// submit hands in a list; what was found comes back with a refusal too.
func (b *book) submit(id string, rows ...ledger.RosterRowInput) (ledger.RosterResult, error) {
	b.t.Helper()
	var out ledger.RosterResult
	err := b.Write(b.t.Context(), ledger.Operator(), func(tx *ledger.Tx) (err error) {
		out, err = tx.SubmitRoster(id, ledger.RosterInput{Rows: rows})
		return err
	})
	return out, err
}

func TestAListIsKeptWithItsWarningsAndAnswersTheDuty(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		id := b.obligations()[0].ID
		other := person(2)
		other.Born, other.Sex = "1991-02-03", "P" // neither is what its NIK says
		out, err := b.submit(id, person(1), other)
		require.NoError(t, err)
		require.Equal(t, []any{1, int64(2)}, []any{out.Roster.Version, out.Roster.People})
		fields := map[int]int{}
		for _, f := range out.Findings {
			require.NotEqual(t, "error", f.Level)
			fields[f.Row]++
		}
		require.Greater(t, fields[2], fields[1], "a differing birth date and sex are warnings")

		b.read(func(tx *ledger.Tx) error {
			o := must(tx.Obligation(id))
			require.Equal(t, []any{ledger.StateClosed, ledger.ByRoster}, []any{o.State, o.ClosedHow})
			people := must(tx.RosterRows(out.Roster.ID, page))
			require.Len(t, people, 2)
			require.Equal(t, "Pekerja 1", people[0].Name)
			require.Equal(t, person(1).NIK[12:], people[0].NIKLast4)
			require.NotEmpty(t, people[1].Findings)
			return nil
		})
		b.fold()
		require.Equal(t, 2, b.rollup("listed"))

		// A correction is a new version; it answers nothing twice.
		again, err := b.submit(id, person(1), person(2), person(3))
		require.NoError(t, err)
		require.Equal(t, 2, again.Roster.Version)
		require.NotEqual(t, out.Roster.Digest, again.Roster.Digest)
		b.fold()
		require.Equal(t, []int{3, 1}, []int{b.rollup("listed"), b.rollup(ledger.MeasureAnswered)})
		require.Equal(t, 3, number(t, url, "SELECT COUNT(*) FROM persons"), "the same NIK is the same person")
		require.Zero(t, b.recount())
	})
}

// Whoever types a NIK learns nothing of what another unit wrote about it.
func TestAUnitIsShownWhatItWroteItself(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-15")
		duties := b.obligations()
		_, err := b.submit(duties[0].ID, person(1))
		require.NoError(t, err)
		guess := person(1)
		guess.Name, guess.Born = "Tebakan", "1970-05-05"
		out, err := b.submit(duties[1].ID, guess)
		require.NoError(t, err)
		b.read(func(tx *ledger.Tx) error {
			p := must(tx.RosterRows(out.Roster.ID, page))[0]
			require.Equal(t, []string{"Tebakan", "1970-05-05"}, []string{p.Name, p.Born})
			return nil
		})
		require.Equal(t, 1, number(t, url, "SELECT COUNT(*) FROM persons"), "it is one person all the same")
	})
}

func TestAListWithErrorsIsRefusedWithAllOfThemAndStoresNothing(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		id := b.obligations()[0].ID
		before := dump(t, rawDB(t, url))
		short, nameless, unborn, owing := person(2), person(3), person(4), person(5)
		short.NIK = short.NIK[:15]
		nameless.Name = "  "
		unborn.Born = "1990-02-30"
		owing.Wage = -1
		out, err := b.submit(id, person(1), short, nameless, unborn, owing, person(1), ledger.RosterRowInput{NIK: "7.40106E+15", Name: "Excel"})
		require.Equal(t, "rows_with_errors", mustFault(t, err).Code)
		errors := map[int][]string{}
		for _, f := range out.Findings {
			if f.Level == "error" {
				errors[f.Row] = append(errors[f.Row], f.Field)
			}
			require.NotContains(t, f.Code, person(1).NIK[:6], "a finding holds no digits of a NIK")
		}
		require.Equal(t, map[int][]string{2: {"nik"}, 3: {"name"}, 4: {"born"}, 5: {"wage"}, 6: {"nik"}, 7: {"nik"}}, errors)
		_, err = b.submit(id, short)
		require.Equal(t, "rows_with_errors", mustFault(t, err).Code)
		_, err = b.submit(id)
		require.Equal(t, "empty_roster", mustFault(t, err).Code, "nobody is a signed statement, not an empty list")
		require.Equal(t, before, dump(t, rawDB(t, url)))
	})
}

func TestRule36_NoNIKIsInTheDatabaseButItsLastFourDigits(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-15")
		var people []ledger.RosterRowInput
		for i := range 20 {
			people = append(people, person(4001+i))
		}
		for _, o := range b.obligations() {
			_, err := b.submit(o.ID, people...)
			require.NoError(t, err)
			broken := people[3]
			broken.Name = ""
			_, err = b.submit(o.ID, broken)
			require.Error(t, err)
		}
		b.clock.set(wita("2026-12-16", 8))
		b.takeSteps()
		b.seal()
		found := 0
		for name := range modelled(t) {
			each(t, rawDB(t, url), "SELECT * FROM "+name, func(rows *sql.Rows) error {
				columns, err := rows.Columns()
				require.NoError(t, err)
				values := make([]any, len(columns))
				for i := range values {
					values[i] = new(any)
				}
				require.NoError(t, rows.Scan(values...))
				for i, column := range columns {
					text := fmt.Sprint(*values[i].(*any))
					if raw, ok := (*values[i].(*any)).([]byte); ok {
						text = string(raw)
					}
					for _, p := range people {
						require.NotContains(t, text, p.NIK[:12], "%s.%s", name, column)
						require.NotContains(t, text, p.NIK[8:], "%s.%s", name, column)
						if column == "nik_last4" && text != "" {
							require.NotContains(t, text, p.NIK[12:], "with a day of birth they would say most of it")
							found++
						}
					}
				}
				return nil
			})
		}
		require.Equal(t, len(people)*len(people), found, "the walk has seen the people")
		if path, ok := strings.CutPrefix(url, "sqlite://"); ok {
			files, err := filepath.Glob(path + "*") // the write-ahead log too
			require.NoError(t, err)
			require.NotEmpty(t, files)
			for _, f := range files {
				raw, err := os.ReadFile(f)
				require.NoError(t, err)
				for _, p := range people {
					require.False(t, bytes.Contains(raw, []byte(p.NIK)), f)
				}
			}
		}
	})
}
