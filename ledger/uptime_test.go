package ledger_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

// off lets time go by without a beat.
func (w *watched) off(at time.Time) { w.pass(at.Sub(w.clock.now())) }

func (b *book) graces() []ledger.GraceView {
	b.t.Helper()
	var out []ledger.GraceView
	b.read(func(tx *ledger.Tx) (err error) {
		out, err = tx.Graces(b.agreement.ID)
		return err
	})
	return out
}

func (b *book) outages() []models.Outage {
	b.t.Helper()
	var out []models.Outage
	b.read(func(tx *ledger.Tx) (err error) {
		out, err = tx.Outages(page)
		return err
	})
	return out
}

// The deadline is Tuesday, 1 December 2026; Monday counts too.
func TestAnOutageBeforeADeadlineProposesMoreTimeAndGivesNone(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := guarded(t, url, 3)
		w.openYear("2026-12-01")
		w.clock.set(wita("2026-11-30", 9))
		w.beat()
		_, err := w.submit(w.obligations()[0].ID, person(1))
		require.NoError(t, err)
		w.off(wita("2026-12-01", 11)) // seven hours on Monday, three on Tuesday
		w.beat()
		require.Len(t, w.outages(), 1)
		g := w.graces()
		require.Len(t, g, 1)
		require.Equal(t, []any{"2026-12-01", "2026-12-03", 600, 2, 2, ledger.GraceWaiting, false},
			[]any{g[0].TargetOn, g[0].UntilOn, g[0].LostMinutes, g[0].Duties, g[0].Open, g[0].State, g[0].Planned})
		for _, o := range w.obligations() {
			require.Equal(t, "2026-12-01", o.TargetOn, "nothing is given by itself")
		}

		posts := w.heads()
		w.denies("wrong_approver", func(tx *ledger.Tx) error {
			_, err := tx.AnswerGrace(g[0].ID, ledger.GraceAnswer{Approve: true, ApproverPostID: w.obligations()[1].OwnerPostID})
			return err
		})
		w.write(func(tx *ledger.Tx) error {
			v, err := tx.AnswerGrace(g[0].ID, ledger.GraceAnswer{Approve: true, ApproverPostID: posts["Camat Contoh"].ID})
			require.Equal(t, []any{ledger.GraceApproved, 2, "Camat Contoh"}, []any{v.State, v.Duties, v.Approver})
			return err
		})
		moved := 0
		for _, o := range w.obligations() {
			if o.TargetOn == "2026-12-03" {
				moved++
				require.Zero(t, o.Extensions, "it was not their fault")
				require.Equal(t, 2, o.Generation)
			}
		}
		require.Equal(t, 2, moved)
		require.Len(t, w.toldPosts("outage_extended"), 2)
		w.denies("grace_answered", func(tx *ledger.Tx) error {
			_, err := tx.AnswerGrace(g[0].ID, ledger.GraceAnswer{Reason: "x"})
			return err
		})
	})
}

func TestAComputerThatIsOffAtNightOrOnWeekendsProposesNothing(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := guarded(t, url, 1)
		w.openYear("2026-12-01")
		w.beat()
		for _, day := range []string{"2026-11-26", "2026-11-27", "2026-11-30", "2026-12-01", "2026-12-02"} {
			w.off(wita(day, 8).Add(20 * time.Minute)) // the office comes in
			w.restart(time.Time{})
			w.beat()
			w.off(wita(day, 15).Add(40 * time.Minute)) // and goes home; the beats of the day are told in one
			exec(t, url, fmt.Sprintf("UPDATE uptimes SET to_at = %d WHERE to_at = (SELECT MAX(to_at) FROM uptimes)", w.clock.now().UnixMicro()))
		}
		require.Len(t, w.outages(), 5)
		require.Empty(t, w.graces())
	})
}

func TestStoppingItInOfficeHoursCountsTooAndSaysSo(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := guarded(t, url, 1)
		w.openYear("2026-12-01")
		w.clock.set(wita("2026-12-01", 9))
		w.beat()
		require.NoError(t, w.Rest(t.Context()))
		w.off(wita("2026-12-01", 13))
		w.restart(time.Time{})
		w.beat()
		require.Len(t, w.graces(), 1)
		require.True(t, w.graces()[0].Planned)
		require.True(t, w.outages()[0].Planned)
		require.Equal(t, "2026-12-02", w.graces()[0].UntilOn)
	})
}

func TestAShortRestartIsNoOutage(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := guarded(t, url, 1)
		w.openYear("2026-12-01")
		w.clock.set(wita("2026-12-01", 9))
		w.beat()
		require.NoError(t, w.Rest(t.Context()))
		w.pass(2 * time.Minute)
		w.restart(time.Time{})
		w.beat()
		require.Empty(t, w.outages())
		w.read(func(tx *ledger.Tx) error {
			ups := must(tx.Uptimes(page))
			require.Len(t, ups, 1)
			require.False(t, ups[0].Planned, "it goes on")
			return nil
		})
	})
}

func TestAnOutageNearTheLastDayMovesTheLastDayOnly(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := guarded(t, url, 1)
		w.openYear("2026-11-24")
		id := w.obligations()[0].ID
		exec(t, url, "UPDATE obligations SET fatal_on = '2026-12-01', fatal_at = 1796140799000000")
		w.clock.set(wita("2026-12-01", 8))
		w.beat()
		w.off(wita("2026-12-01", 14))
		w.beat()
		g := w.graces()
		require.Len(t, g, 1)
		require.Equal(t, []any{"2026-11-24", "2026-12-02"}, []any{g[0].UntilOn, g[0].FatalUntil})
		w.write(func(tx *ledger.Tx) error {
			_, err := tx.AnswerGrace(g[0].ID, ledger.GraceAnswer{Approve: true, ApproverPostID: w.heads()["Sekretaris Daerah"].ID})
			return err
		})
		w.read(func(tx *ledger.Tx) error {
			o := must(tx.Obligation(id))
			require.Equal(t, []any{"2026-11-24", "2026-12-02"}, []any{o.TargetOn, o.FatalOn})
			return nil
		})
	})
}

func TestAProposalNobodyWaitsForIsNotApproved(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := guarded(t, url, 1)
		w.openYear("2026-12-01")
		w.clock.set(wita("2026-12-01", 8))
		w.beat()
		w.off(wita("2026-12-01", 14))
		w.beat()
		g := w.graces()[0]
		_, err := w.extend(w.obligations()[0].ID, "2026-12-10", "")
		require.NoError(t, err)
		camat := w.heads()["Camat Contoh"].ID
		w.denies("nobody_waits_for_grace", func(tx *ledger.Tx) error {
			_, err := tx.AnswerGrace(g.ID, ledger.GraceAnswer{Approve: true, ApproverPostID: camat})
			return err
		})
		w.write(func(tx *ledger.Tx) error {
			v, err := tx.AnswerGrace(g.ID, ledger.GraceAnswer{Reason: "sudah diperpanjang"})
			require.Equal(t, ledger.GraceRefused, v.State)
			return err
		})
	})
}
