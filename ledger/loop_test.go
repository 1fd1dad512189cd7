package ledger_test

import (
	"context"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
	"payung/ledger"
)

// longerThanALease is how long a process has to be silent to lose its loop.
const longerThanALease = 16 * time.Second

func TestAHolderPausedPastItsLeaseWritesNothing(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		var late error
		wrote := false
		slow := ledger.Loop{Name: "sealer", Work: func(ctx context.Context, h *ledger.Hold) (bool, error) {
			b.clock.add(longerThanALease) // the machine slept
			worked := false
			_, err := b.Turn(ctx, ledger.Loop{Name: "sealer", Work: func(context.Context, *ledger.Hold) (bool, error) {
				worked = true
				return false, nil
			}}, "another process")
			require.NoError(t, err)
			require.True(t, worked, "the lease has run out, another takes over")
			late = h.Write(ctx, func(*ledger.Tx) error { wrote = true; return nil })
			_, err = h.Seal(ctx)
			require.Error(t, err)
			return false, nil
		}}
		_, err := b.Turn(t.Context(), slow, "slow process")
		require.NoError(t, err)
		require.ErrorContains(t, late, "the lease went to somebody else")
		require.False(t, wrote)
		require.Zero(t, number(t, url, "SELECT COUNT(*) FROM audit_entries WHERE seq > 0"))

		// It has to wait for its turn again.
		ran := false
		_, err = b.Turn(t.Context(), ledger.Loop{Name: "sealer", Work: func(context.Context, *ledger.Hold) (bool, error) { ran = true; return false, nil }}, "slow process")
		require.NoError(t, err)
		require.False(t, ran)
	})
}

func TestAHolderThatLosesItsLeaseInTheMiddleOfAWriteIsWaitedFor(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		var order []string
		var taken sync.WaitGroup
		_, err := b.Turn(t.Context(), ledger.Loop{Name: "folder", Work: func(ctx context.Context, h *ledger.Hold) (bool, error) {
			return false, h.Write(ctx, func(*ledger.Tx) error {
				b.clock.add(longerThanALease)
				taken.Go(func() {
					_, err := b.Turn(ctx, ledger.Loop{Name: "folder", Work: func(context.Context, *ledger.Hold) (bool, error) {
						order = append(order, "second works")
						return false, nil
					}}, "second")
					require.NoError(t, err)
				})
				time.Sleep(50 * time.Millisecond) // time for the other to ask for the lease
				order = append(order, "first commits")
				return nil
			})
		}}, "first")
		require.NoError(t, err)
		taken.Wait()
		require.Equal(t, []string{"first commits", "second works"}, order)
	})
}

func TestTwoProcessesNeverWorkAtOnce(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := open(t, url)
		for range 3 {
			var inside, worked atomic.Int32
			var all sync.WaitGroup
			for i := range 6 {
				all.Go(func() {
					for range 3 {
						_, err := b.Turn(t.Context(), ledger.Loop{Name: "relay", Work: func(context.Context, *ledger.Hold) (bool, error) {
							if inside.Add(1) != 1 {
								t.Error("two work at once")
							}
							worked.Add(1)
							time.Sleep(3 * time.Millisecond)
							inside.Add(-1)
							return false, nil
						}}, strconv.Itoa(i))
						if err != nil {
							t.Error(err)
						}
					}
				})
			}
			all.Wait()
			require.EqualValues(t, 3, worked.Load(), "one of them has it, for each of its turns")
			b.clock.add(longerThanALease)
		}
	})
}

func TestAProcessThatEndsGivesItsLoopsAway(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := open(t, url)
		ctx, cancel := context.WithCancel(t.Context())
		started, ended := make(chan struct{}), make(chan struct{})
		var once sync.Once
		go func() {
			defer close(ended)
			b.Run(ctx, ledger.Loop{Name: "relay", Every: time.Millisecond, Work: func(context.Context, *ledger.Hold) (bool, error) {
				once.Do(func() { close(started) })
				return false, nil
			}})
		}()
		<-started
		cancel()
		<-ended
		ran := false
		b.turn("relay", func(context.Context, *ledger.Hold) (bool, error) { ran = true; return false, nil })
		require.True(t, ran, "nobody waits for a lease that was given back")
	})
}

func TestALoopGoesOnAfterAnError(t *testing.T) {
	t.Parallel()
	b := open(t, testdb.SQLite(t))
	ctx, cancel := context.WithCancel(t.Context())
	turns := 0
	b.Run(ctx, ledger.Loop{Name: "sweep", Every: time.Millisecond, Work: func(context.Context, *ledger.Hold) (bool, error) {
		if turns++; turns == 3 {
			cancel()
		}
		return false, context.DeadlineExceeded
	}})
	require.Equal(t, 3, turns)
}

func TestALoopIsWokenBeforeItsTime(t *testing.T) {
	t.Parallel()
	b := open(t, testdb.SQLite(t))
	ctx, cancel := context.WithCancel(t.Context())
	wake := make(chan struct{}, 1)
	turns := 0
	b.Run(ctx, ledger.Loop{Name: "relay", Every: time.Hour, Wake: wake, Work: func(context.Context, *ledger.Hold) (bool, error) {
		switch turns++; turns {
		case 1:
			return true, nil // there is more: again at once
		case 2:
			wake <- struct{}{}
		case 3:
			cancel()
		}
		return false, nil
	}})
	require.Equal(t, 3, turns)
}
