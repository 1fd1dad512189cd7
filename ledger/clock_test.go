package ledger_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	clocks "payung/domain/clock"
	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/ledger"
)

// counter is the time that goes by, whatever the clock says.
type counter struct {
	mu sync.Mutex
	d  time.Duration
}

func (c *counter) elapsed() (time.Duration, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.d, true
}

func (c *counter) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.d += d
}

// watched is a ledger whose process counts the time beside its clock.
type watched struct {
	*book
	time *counter
}

// guarded makes a kabupaten whose process is watched.
func guarded(t *testing.T, url string, villages int) *watched {
	t.Helper()
	w := &watched{book: kabupaten(t, url, villages), time: &counter{}}
	w.restart(time.Time{})
	return w
}

// restart ends the process and begins another on the same ledger.
func (w *watched) restart(built time.Time) {
	w.t.Helper()
	require.NoError(w.t, w.Close())
	var err error
	w.Ledger, err = ledger.Open(w.t.Context(), ledger.Options{
		Database: w.url, Keys: testKeys, Now: w.clock.now, Log: slog.New(slog.DiscardHandler), Elapsed: w.time.elapsed, Built: built,
	})
	require.NoError(w.t, err)
}

// pass lets time go by as it does.
func (w *watched) pass(d time.Duration) {
	w.clock.add(d)
	w.time.add(d)
}

func (w *watched) beat() {
	w.t.Helper()
	require.NoError(w.t, w.Beat(w.t.Context()))
}

func (w *watched) doubt() ledger.Doubt {
	w.t.Helper()
	var d ledger.Doubt
	w.read(func(tx *ledger.Tx) (err error) {
		d, err = tx.Doubt()
		return err
	})
	return d
}

// denies tries a write that must be refused with a code.
func (b *book) denies(code string, fn func(*ledger.Tx) error) {
	b.t.Helper()
	err := b.Write(b.t.Context(), ledger.Operator(), fn)
	require.True(b.t, fault.Is(err, code), "want %s, got %v", code, err)
}

func TestAClockThatJumpsStopsSendingUntilSomebodyLooks(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := guarded(t, url, 3)
		w.beat()
		w.openYear("2027-01-15") // steps on 8, 14 and 18 January
		w.pass(time.Minute)
		w.beat()
		require.False(t, w.doubt().Stands())

		w.clock.set(wita("2027-01-14", 9)) // years of battery, seven weeks of jump
		s := w.takeSteps()
		require.Zero(t, s.NextAt, "nothing is armed")
		require.Empty(t, w.notices(), "nothing is sent")
		d := w.doubt()
		require.Equal(t, clocks.Ahead, d.Cause)
		require.Greater(t, d.Jump(), 51*24*time.Hour)
		late, err := w.Overslept(t.Context())
		require.NoError(t, err)
		require.Empty(t, late, "the sweep does not ring either")

		// Facts are taken.
		_, err = w.submit(w.obligations()[0].ID, person(1))
		require.NoError(t, err)

		w.write(func(tx *ledger.Tx) error { return tx.ConfirmClock() })
		require.False(t, w.doubt().Stands())
		late, err = w.Overslept(t.Context())
		require.NoError(t, err)
		require.Len(t, late, 1, "the sweep rings now")
		w.pass(time.Minute)
		s = w.takeSteps()
		require.NotZero(t, s.NextAt)
		sent := map[string]int{}
		for _, n := range w.notices() {
			require.Equal(t, "T-1", n.Step)
			require.Equal(t, "T-7", n.Missed, "two steps in one message")
			sent[n.ObligationID]++
		}
		require.Len(t, sent, 2, "one message for each that has not answered")
		w.pass(time.Minute)
		w.beat()
		require.False(t, w.doubt().Stands(), "what was confirmed is trusted from then on")
		w.denies("clock_not_in_doubt", func(tx *ledger.Tx) error { return tx.ConfirmClock() })
	})
}

func TestAClockThatIsPutBackIsTrustedAgainByItself(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := guarded(t, url, 2)
		w.beat()
		w.openYear("2027-01-15")
		right := w.clock.now()
		w.clock.set(right.AddDate(0, 2, 0))
		w.beat()
		require.Equal(t, clocks.Ahead, w.doubt().Cause)

		for range 30 {
			w.pass(time.Minute)
			w.beat()
		}
		require.True(t, w.doubt().Stands())
		w.time.add(time.Minute)
		w.clock.set(right.Add(31 * time.Minute))
		w.beat()
		require.False(t, w.doubt().Stands())
		require.NotZero(t, w.takeSteps().NextAt)
		require.Empty(t, w.notices())
		var ups, outs int
		w.read(func(tx *ledger.Tx) error {
			ups, outs = len(must(tx.Uptimes(page))), len(must(tx.Outages(page)))
			return nil
		})
		require.Equal(t, 1, ups, "it answered all the time")
		require.Zero(t, outs)
	})
}

func TestAClockThatGoesBackIsDoubted(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := guarded(t, url, 1)
		w.beat()
		w.clock.add(-48 * time.Hour)
		w.restart(time.Time{}) // nobody counts in this process; the ledger knows better
		w.beat()
		require.Equal(t, clocks.Behind, w.doubt().Cause)
		require.Equal(t, -48*time.Hour, w.doubt().Jump())
		w.clock.add(48*time.Hour + time.Minute)
		w.beat()
		require.False(t, w.doubt().Stands())
	})
}

func TestAStartAfterALongTimeOrBeforeTheProgramWasBuiltAsks(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := guarded(t, url, 1)
		w.beat()
		w.pass(20 * 24 * time.Hour)
		w.restart(time.Time{})
		w.beat()
		require.False(t, w.doubt().Stands(), "three weeks off is a holiday")
		w.pass(36 * 24 * time.Hour)
		w.restart(time.Time{})
		w.beat()
		require.Equal(t, clocks.Gap, w.doubt().Cause)
		w.pass(time.Minute)
		w.restart(time.Time{})
		w.beat()
		require.Equal(t, clocks.Gap, w.doubt().Cause, "starting again does not make it right")
		w.write(func(tx *ledger.Tx) error { return tx.ConfirmClock() })
		w.pass(time.Minute)
		w.beat()
		require.False(t, w.doubt().Stands())

		w.restart(w.clock.now().Add(24 * time.Hour))
		w.beat()
		require.Equal(t, clocks.Unbuilt, w.doubt().Cause)
		w.write(func(tx *ledger.Tx) error { return tx.ConfirmClock() })
		w.pass(time.Minute)
		w.beat()
		require.False(t, w.doubt().Stands(), "somebody said that it is right all the same")
	})
}

func TestADoubtOfOneProcessIsNotTakenBackByAnother(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := guarded(t, url, 1)
		w.beat()
		other, err := ledger.Open(t.Context(), ledger.Options{
			Database: url, Keys: testKeys, Now: w.clock.now, Log: slog.New(slog.DiscardHandler), Elapsed: w.time.elapsed,
		})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, other.Close()) })
		require.NoError(t, other.Beat(t.Context()))
		right := w.clock.now()
		w.clock.set(right.Add(time.Hour)) // the clock of one machine
		w.beat()
		require.True(t, w.doubt().Stands())
		w.clock.set(right) // the other machine's is right
		require.NoError(t, other.Beat(t.Context()))
		require.True(t, w.doubt().Stands())
		w.beat()
		require.False(t, w.doubt().Stands(), "the process that doubted has seen it come back")
	})
}

func TestOnlyTheOperatorConfirmsTheClock(t *testing.T) {
	t.Parallel()
	w := guarded(t, testdb.SQLite(t), 1)
	w.beat()
	w.clock.add(time.Hour)
	w.beat()
	regency := ledger.Actor{Name: "a", Reach: ledger.Regency, ProvinceCode: "74", RegencyCode: "74.05"}
	err := w.Write(t.Context(), regency, func(tx *ledger.Tx) error { return tx.ConfirmClock() })
	require.True(t, fault.Is(err, "outside_scope"), "%v", err)
}

func TestAWrongClockKeepsNobodyFromALoopAfterwards(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		right := b.clock.now()
		turn := func(holder string) (worked bool) {
			_, err := b.Turn(t.Context(), ledger.Loop{Name: "seal", Work: func(context.Context, *ledger.Hold) (bool, error) {
				worked = true
				return false, nil
			}}, holder)
			require.NoError(t, err)
			return worked
		}
		b.clock.set(right.AddDate(0, 1, 0))
		require.True(t, turn("before"))
		b.clock.set(right) // set right, and started again
		require.True(t, turn("after"))
		require.False(t, turn("a third"))
	})
}
