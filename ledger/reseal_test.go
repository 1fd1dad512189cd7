package ledger_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
	"payung/keyring"
	"payung/ledger"
)

func TestAllThatIsSealedMovesToTheNewestKeyWhileWorkGoesOn(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		const people = 1003 // more than one turn takes
		s := newSealed(t, url, people)
		before := s.book
		require.Equal(t, 1, before.reseal(), "with one key there is nothing to do")
		require.Equal(t, []int64{people + 4}, before.under())

		_, err := keyring.Add(s.path, time.Now())
		require.NoError(t, err)
		next := s.another()
		require.Equal(t, []int64{0, people + 4}, next.under())
		s.reads(next, people)
		require.Equal(t, 1, number(t, url, "SELECT COUNT(*) FROM audit_entries WHERE action = 'key.taken_up'"))

		// A process that runs since before goes on: it seals with its own key
		// and opens what the next one seals.
		before.write(func(tx *ledger.Tx) error {
			o := must(tx.Obligations(ledger.ObligationFilter{Kind: ledger.KindRoster}, page))[0]
			list := ledger.RosterInput{}
			for i := range people + 1 {
				list.Rows = append(list.Rows, person(i+1))
			}
			must(tx.SubmitRoster(o.ID, list))
			return nil
		})
		require.Equal(t, []int64{0, people + 5}, next.under())

		require.Greater(t, next.reseal(), 3)
		require.Equal(t, []int64{people + 5, 0}, next.under())
		s.reads(next, people+1)
		s.reads(before, people+1)
		require.Equal(t, 1, number(t, url, "SELECT COUNT(*) FROM audit_entries WHERE action = 'key.resealed'"))
		work := next.Resealer()
		require.Greater(t, next.pass(work), 3)
		require.Equal(t, 1, number(t, url, "SELECT COUNT(*) FROM audit_entries WHERE action = 'key.resealed'"), "a pass that finds nothing says nothing")
		require.Equal(t, 1, next.pass(work), "and rests")
		next.clock.add(time.Hour)
		require.Greater(t, next.pass(work), 3, "until somebody may have written with the old key")
	})
}

func TestTheOldKeyIsRetiredOnceNothingNeedsIt(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		s := newSealed(t, url, 3)
		old := s.Keys().ID()
		_, err := keyring.Add(s.path, time.Now())
		require.NoError(t, err)
		s.another().reseal()
		_, err = keyring.Retire(s.path, old)
		require.NoError(t, err)
		last := s.another()
		s.reads(last, 3)
		require.Equal(t, []int64{7, 0}, last.under())
		require.Equal(t, 1, last.reseal(), "a retired key keeps nobody busy")
	})
}

func TestAProcessWithAnOlderKeyDoesNotUndoWhatOthersReseal(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		s := newSealed(t, url, 3)
		_, err := keyring.Add(s.path, time.Now())
		require.NoError(t, err)
		middle := s.another()
		_, err = keyring.Add(s.path, time.Now())
		require.NoError(t, err)
		newest := s.another()
		require.Equal(t, []int64{0, 0, 7}, newest.under())
		_, err = middle.Turn(t.Context(), ledger.Loop{Name: "reseal", Work: middle.Resealer()}, "middle")
		require.ErrorContains(t, err, "start it again")
		require.Equal(t, []int64{0, 0, 7}, newest.under())
	})
}

func TestARowNoKeyOpensKeepsTheOthersFromNothing(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		s := newSealed(t, url, 3)
		stranger, err := keyring.Create(filepath.Join(t.TempDir(), "key"))
		require.NoError(t, err)
		lost := stranger.Seal([]byte("x"), s.place())
		s.setDetail(lost)
		_, err = keyring.Add(s.path, time.Now())
		require.NoError(t, err)
		next := s.another()
		next.reseal()
		require.Equal(t, []int64{6, 0, 1}, next.under())
		uses, err := next.KeyUses(t.Context())
		require.NoError(t, err)
		require.Empty(t, uses[2].ID, "no key of the ring")
		var kept []byte
		require.NoError(t, rawDB(t, url).QueryRowContext(t.Context(), "SELECT detail FROM roster_rows WHERE id = $1", s.detail).Scan(&kept))
		require.Equal(t, lost, kept, "it stays as it is")
	})
}

func TestALedgerWithANewerKeyDoesNotOpenWithoutIt(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		s := newSealed(t, url, 1)
		old, err := os.ReadFile(s.path)
		require.NoError(t, err)
		_, err = keyring.Add(s.path, time.Now())
		require.NoError(t, err)
		s.another()
		require.NoError(t, os.WriteFile(s.path, old, 0o600))
		_, err = s.start()
		require.ErrorContains(t, err, "written with key")
	})
}

// Without its own key the blind index would find nobody and take everybody in
// twice.
func TestKeysWithAnotherBlindIndexAreRefused(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		s := newSealed(t, url, 1)
		old := s.Keys().ID()
		_, err := keyring.Add(s.path, time.Now())
		require.NoError(t, err)
		s.another()
		_, err = keyring.Retire(s.path, old)
		require.NoError(t, err)
		raw, err := os.ReadFile(s.path)
		require.NoError(t, err)
		var keys map[string]any
		require.NoError(t, json.Unmarshal(raw, &keys))
		keys["keys"] = keys["keys"].([]any)[:1]
		delete(keys, "index")
		raw, err = json.Marshal(keys)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(s.path, raw, 0o600))
		_, err = s.start()
		require.ErrorContains(t, err, "blind index")
	})
}

// Ledgers of the first version have no check of the index yet.
func TestAnOlderLedgerLearnsWhichIndexItHas(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		s := newSealed(t, url, 1)
		exec(t, url, "UPDATE engine SET index_check = NULL")
		s.another()
		require.Equal(t, 1, number(t, url, "SELECT COUNT(*) FROM engine WHERE length(index_check) = 32"))
		require.Zero(t, number(t, url, "SELECT COUNT(*) FROM audit_entries WHERE action = 'key.taken_up'"))
	})
}

// A column that is sealed and not resealed would be lost with its key.
func TestEveryColumnThatIsSealedIsResealed(t *testing.T) {
	t.Parallel()
	listed, err := os.ReadFile("reseal_columns.go")
	require.NoError(t, err)
	sources, err := filepath.Glob("*.go")
	require.NoError(t, err)
	sealing := regexp.MustCompile(`keys\.(?:Seal|AppendSealed)\((.*)\)`)
	place := regexp.MustCompile(`, (\w+)\(`)
	seen := 0
	for _, name := range sources {
		if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "reseal") {
			continue
		}
		source, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, call := range sealing.FindAllStringSubmatch(string(source), -1) {
			seen++
			found := place.FindStringSubmatch(call[1])
			require.NotNil(t, found, "%s: %s: say what it is bound to with a function of its own", name, call[0])
			require.Contains(t, string(listed), found[1]+"(", "%s: add this column to reseal_columns.go", name)
		}
	}
	require.Positive(t, seen)
}
