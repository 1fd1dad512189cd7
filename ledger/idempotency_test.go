package ledger_test

import (
	"errors"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/ledger"
)

func TestAKeyCountsOnceForEachActor(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := open(t, url)
		once := func(a ledger.Actor, hash, says string) (answer string, replayed bool, err error) {
			err = b.Write(t.Context(), a, func(tx *ledger.Tx) error {
				answer, replayed, err = tx.Once("key", []byte(hash), func() (string, error) { return says, nil })
				return err
			})
			return answer, replayed, err
		}
		said, replayed, err := once(ledger.Operator(), "a", "first")
		require.NoError(t, err)
		require.Equal(t, "first", said)
		require.False(t, replayed)

		said, replayed, err = once(ledger.Operator(), "a", "second")
		require.NoError(t, err)
		require.Equal(t, "first", said)
		require.True(t, replayed)

		_, _, err = once(ledger.Operator(), "b", "other body")
		require.True(t, fault.Is(err, "idempotency_key_reused"), "%v", err)

		said, replayed, err = once(ledger.System("another"), "b", "theirs")
		require.NoError(t, err)
		require.Equal(t, "theirs", said)
		require.False(t, replayed, "keys of different actors never meet")
	})
}

func TestARefusedWriteLeavesItsKeyFree(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := open(t, url)
		refusal := errors.New("no")
		err := b.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
			_, _, err := tx.Once("key", []byte("a"), func() (string, error) { return "", refusal })
			return err
		})
		require.ErrorIs(t, err, refusal)
		b.write(func(tx *ledger.Tx) error {
			said, replayed, err := tx.Once("key", []byte("b"), func() (string, error) { return "yes", nil })
			require.Equal(t, "yes", said)
			require.False(t, replayed)
			return err
		})
	})
}

func TestTwoRequestsAtOnceWithOneKeyHaveOneEffect(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := open(t, url)
		var mu sync.Mutex
		var wg sync.WaitGroup
		effects, answers := 0, map[string]int{}
		for range 8 {
			wg.Go(func() {
				b.write(func(tx *ledger.Tx) error {
					said, _, err := tx.Once("key", []byte("a"), func() (string, error) {
						mu.Lock()
						defer mu.Unlock()
						effects++
						return "done", nil
					})
					mu.Lock()
					defer mu.Unlock()
					answers[said]++
					return err
				})
			})
		}
		wg.Wait()
		require.Equal(t, 1, effects)
		require.Equal(t, map[string]int{"done": 8}, answers)
	})
}

// Some program may send a number of somebody for a key.
func TestAKeyIsNotKeptAsItWasSent(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := open(t, url)
		once := func(key string) (answer string, replayed bool) {
			b.write(func(tx *ledger.Tx) (err error) {
				answer, replayed, err = tx.Once(key, []byte("hash"), func() (string, error) { return "made", nil })
				return err
			})
			return answer, replayed
		}
		key := person(1).NIK
		once(key)
		require.Zero(t, number(t, url, "SELECT COUNT(*) FROM idempotency WHERE key LIKE '%"+key[6:]+"%'"))

		// What was kept before keys were hidden is still known.
		exec(t, url, "UPDATE idempotency SET key = 'of old', answer = 'before'")
		answer, replayed := once("of old")
		require.Equal(t, []any{"before", true}, []any{answer, replayed})
		require.Equal(t, 1, number(t, url, "SELECT COUNT(*) FROM idempotency"))
	})
}
