package ledger_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/ledger"
)

func TestANIKIsShownForAPurposeAndTheLookIsWrittenDown(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		v := newVictim(t, url)
		id, digits := v.person, person(8).NIK
		before := number(t, url, "SELECT COUNT(*) FROM audit_entries")
		clerk := ledger.Actor{Name: "clerk", Reach: ledger.Regency, ProvinceCode: "74", RegencyCode: "74.05"}
		for i, purpose := range ledger.RevealPurposes() {
			v.clock.add(time.Minute)
			err := v.Write(t.Context(), clerk, func(tx *ledger.Tx) error {
				shown, err := tx.RevealNIK(id, purpose)
				require.Equal(t, digits, shown)
				return err
			})
			require.NoError(t, err)
			require.Equal(t, before+i+1, number(t, url, "SELECT COUNT(*) FROM audit_entries"))
		}
		now := v.clock.now()
		v.read(func(tx *ledger.Tx) error {
			all := must(tx.Reveals(ledger.RevealFilter{}, page))
			all = all[1:] // the victim's own
			require.Len(t, all, len(ledger.RevealPurposes()))
			for i, r := range all {
				require.Equal(t, ledger.RevealPurposes()[i], r.Purpose)
				require.Equal(t, []string{"clerk", id, v.unit.ID}, []string{r.Actor, r.PersonID, r.UnitID})
			}
			last := must(tx.Reveals(ledger.RevealFilter{From: now.Add(-2 * time.Minute), Until: now}, page))
			require.Len(t, last, 2, "the end is not in it")
			require.Equal(t, all[2:4], last)
			require.Equal(t, all[3:], must(tx.Reveals(ledger.RevealFilter{PersonID: id}, ledger.Page{After: all[2].ID, Size: 10})))
			require.Empty(t, must(tx.Reveals(ledger.RevealFilter{PersonID: "another"}, page)))
			return nil
		})
		require.Zero(t, number(t, url, "SELECT COUNT(*) FROM audit_entries WHERE detail LIKE '%"+digits[:6]+"%'"))
	})
}

func TestANIKIsNotShownWithoutAPurposeOrToNobody(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		v := newVictim(t, url)
		id := v.person
		exec(t, url, "UPDATE persons SET nik_cipher = '' WHERE id <> '"+id+"'")
		before := number(t, url, "SELECT COUNT(*) FROM audit_entries")
		for name, tt := range map[string]struct{ id, purpose, code string }{
			"no purpose":             {id, "", "unknown_purpose"},
			"a purpose of one's own": {id, "curiosity", "unknown_purpose"},
			"nobody":                 {"none", "audit", "not_found"},
		} {
			err := v.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
				digits, err := tx.RevealNIK(tt.id, tt.purpose)
				require.Empty(t, digits, name)
				return err
			})
			require.True(t, fault.Is(err, tt.code), "%s: %v", name, err)
		}
		// A list that is only being prepared shows nobody.
		exec(t, url, "UPDATE rosters SET version = 0")
		err := v.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error { _, err := tx.RevealNIK(id, "audit"); return err })
		require.True(t, fault.Is(err, "not_found"), err)
		require.Equal(t, before, number(t, url, "SELECT COUNT(*) FROM audit_entries"))
	})
}

// Whose number it is must be found in a minute among everything that was ever
// done; the plan tells that the entries about other things are not read.
func TestTheQuestionWhoSawWhatHasAnIndexOfItsOwn(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		open(t, url)
		exec(t, url, manyEntries(url, 20_000))
		exec(t, url, "ANALYZE")
		query := "SELECT * FROM audit_entries WHERE action = 'nik.revealed' AND id > '' AND at >= 1000 AND at < 2000 ORDER BY id LIMIT 50"
		explain := "EXPLAIN "
		if strings.HasPrefix(url, "sqlite") {
			explain = "EXPLAIN QUERY PLAN "
		}
		rows, err := rawDB(t, url).QueryContext(t.Context(), explain+query)
		require.NoError(t, err)
		defer func() { require.NoError(t, rows.Close()) }()
		var plan strings.Builder
		for rows.Next() {
			columns, err := rows.Columns()
			require.NoError(t, err)
			line := make([]any, len(columns))
			for i := range line {
				line[i] = new(any)
			}
			require.NoError(t, rows.Scan(line...))
			fmt.Fprintln(&plan, *line[len(line)-1].(*any))
		}
		require.NoError(t, rows.Err())
		require.Contains(t, plan.String(), "audit_revealed")
	})
}

// manyEntries is SQL that adds entries, one in a hundred about a NIK.
func manyEntries(url string, n int) string {
	series := fmt.Sprintf("generate_series(1, %d) AS s(i)", n)
	if strings.HasPrefix(url, "sqlite") {
		series = fmt.Sprintf("(WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < %d) SELECT i FROM s)", n)
	}
	return `INSERT INTO audit_entries (id, province_code, regency_code, unit_id, branch_id, at, actor, action, subject_kind, subject_id, detail, content_hash, chain, seq)
		SELECT 'entry ' || i, '74', '74.05', '', '', i, 'a', CASE WHEN i % 100 = 0 THEN 'nik.revealed' ELSE 'other' END, 'person', 'p', '{}', '', '74.05', 0
		FROM ` + series
}
