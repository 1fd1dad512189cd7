package e2e_test

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
	"payung/ledger"
)

// wall is a clock that can be set, beside a counter that cannot.
type wall struct {
	begun time.Time
	off   atomic.Int64 // how far it was set, in nanoseconds
}

func (w *wall) now() time.Time                 { return time.Now().Add(time.Duration(w.off.Load())) }
func (w *wall) elapsed() (time.Duration, bool) { return time.Since(w.begun), true }
func (w *wall) set(off time.Duration)          { w.off.Store(int64(off)) }

// jumping starts a realm whose clock jumps a month ahead before anything falls
// due, and waits until both steps would have been taken.
func jumping(t *testing.T, url string, villages int) (*realm, *wall) {
	t.Helper()
	w := &wall{begun: time.Now()}
	day := tomorrow()
	r := start(t, url, villages, seconds(day, 25, 28), func(r *realm) { r.now, r.elapsed = w.now, w.elapsed })
	require.NoError(t, r.ledger.Beat(t.Context()))
	r.openYear(day)
	require.Empty(t, r.notices(), "nothing is due yet")
	w.set(30 * 24 * time.Hour)
	require.NoError(t, r.ledger.Beat(t.Context()))
	soon(t, "the alarm has rung and nothing is armed", 90*time.Second, func() bool {
		return time.Since(w.begun) > 32*time.Second && r.process().Snapshot.NextAt == 0
	})
	require.Empty(t, r.notices(), "nothing was sent")
	still := r.quietDown()
	time.Sleep(3 * time.Second)
	require.Equal(t, still, r.events(), "and nobody asks again and again")
	return r, w
}

func TestAClockThatJumpsSendsNothingAndOnceConfirmedOneMessageEach(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		r, _ := jumping(t, url, 5)
		require.NoError(t, r.ledger.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error { return tx.ConfirmClock() }))
		soon(t, "the sweep rings", 30*time.Second, func() bool { return len(r.notices()) == 5 })
		r.quietDown()
		for _, n := range r.notices() {
			require.Equal(t, []string{"S2", "S1"}, []string{n.Step, n.Missed}, "two steps in one message")
		}
		require.Len(t, r.notices(), 5)
	})
}

func TestAClockThatIsPutBackSendsWhatFellDueInTheMeantime(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		r, w := jumping(t, url, 5)
		w.set(0)
		require.NoError(t, r.ledger.Beat(t.Context()))
		soon(t, "the sweep rings", 30*time.Second, func() bool { return len(r.notices()) == 5 })
		r.quietDown()
		require.Len(t, r.notices(), 5)
	})
}
