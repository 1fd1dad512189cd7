package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/protocol"
)

// fold turns the folder until nothing is left.
func (b *book) fold() {
	b.t.Helper()
	b.turn("folder", func(ctx context.Context, h *ledger.Hold) (bool, error) {
		for {
			if more, err := h.Fold(ctx); err != nil || !more {
				return false, err
			}
		}
	})
}

func (b *book) rollup(measure string) int {
	b.t.Helper()
	return number(b.t, b.url, "SELECT COALESCE(SUM(value), 0) FROM rollups WHERE measure = '"+measure+"'")
}

func (b *book) recount() int {
	b.t.Helper()
	wrong, err := b.Recount(b.t.Context())
	require.NoError(b.t, err)
	return wrong
}

func nihil(tx *ledger.Tx, id string) error {
	_, err := tx.Close(id, ledger.Closing{How: ledger.ByNihil, Signatory: "Kepala Desa"})
	return err
}

func TestADeltaCommittedLateUnderTheFolderIsCountedOnce(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-15")
		b.fold()
		duties := b.obligations()
		if strings.HasPrefix(url, "sqlite") {
			// Writers queue here, so the late one is made by taking its delta away
			// and putting it back under its old ID.
			b.write(func(tx *ledger.Tx) error { return nihil(tx, duties[0].ID) })
			exec(t, url, "CREATE TABLE kept AS SELECT * FROM counter_deltas")
			exec(t, url, "DELETE FROM counter_deltas")
			b.write(func(tx *ledger.Tx) error { return nihil(tx, duties[1].ID) })
			b.fold()
			require.Equal(t, 1, b.rollup(ledger.MeasureNihil))
			exec(t, url, "INSERT INTO counter_deltas SELECT * FROM kept")
		} else {
			written, commit, ended := make(chan struct{}), make(chan struct{}), make(chan error)
			go func() {
				ended <- b.Write(context.WithoutCancel(t.Context()), ledger.Operator(), func(tx *ledger.Tx) error {
					err := nihil(tx, duties[0].ID) // its delta has the lower ID
					close(written)
					<-commit
					return err
				})
			}()
			<-written
			b.write(func(tx *ledger.Tx) error { return nihil(tx, duties[1].ID) })
			b.fold()
			require.Equal(t, 1, b.rollup(ledger.MeasureNihil))
			close(commit)
			require.NoError(t, <-ended)
		}
		require.Zero(t, b.recount(), "what is not folded yet counts too")
		for range 3 {
			b.fold()
			require.Equal(t, 2, b.rollup(ledger.MeasureNihil))
		}
		require.Zero(t, b.recount())
		require.Zero(t, number(t, url, "SELECT COUNT(*) FROM counter_deltas"))
	})
}

func TestARecountFindsADamagedCounter(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 3)
		b.openYear("2026-12-15")
		for _, o := range b.obligations()[:2] {
			b.write(func(tx *ledger.Tx) error {
				_, err := tx.Close(o.ID, ledger.Closing{How: ledger.ByReceiver, People: 7})
				return err
			})
		}
		b.fold()
		require.Equal(t, 14, b.rollup("registered"))
		require.Zero(t, b.recount())
		for name, damage := range map[string]struct{ do, undo string }{
			"a rollup":      {"UPDATE rollups SET value = value + 1 WHERE measure = 'duties'", "UPDATE rollups SET value = value - 1 WHERE measure = 'duties'"},
			"a count":       {"UPDATE unit_counters SET people = people + 1", "UPDATE unit_counters SET people = people - 1"},
			"a lost delta":  {"UPDATE rollups SET measure = 'gone' WHERE measure = 'registered'", "UPDATE rollups SET measure = 'registered' WHERE measure = 'gone'"},
			"a state":       {"UPDATE obligations SET closed_how = 'nihil' WHERE closed_how = 'receiver'", "UPDATE obligations SET closed_how = 'receiver' WHERE closed_how = 'nihil'"},
			"one too many":  {"INSERT INTO counter_deltas VALUES ('0', 'a', '', 'duties', 1)", "DELETE FROM counter_deltas"},
			"an old one":    {"INSERT INTO rollups VALUES ('a', '', 'duties', 5)", "DELETE FROM rollups WHERE agreement_id = 'a'"},
			"a zero is not": {"INSERT INTO rollups VALUES ('a', '', 'duties', 0)", "DELETE FROM rollups WHERE agreement_id = 'a'"},
		} {
			exec(t, url, damage.do)
			want := map[string]int{"a lost delta": 2, "a state": 2, "a zero is not": 0}
			expected, ok := want[name]
			if !ok {
				expected = 1
			}
			require.Equal(t, expected, b.recount(), name)
			exec(t, url, damage.undo)
			require.Zero(t, b.recount(), "after undoing %s", name)
		}
	})
}

// Whatever people do, in whatever order, the counters are the rows they sum.
func TestCountersAreTheRowsTheySumAfterAnySequenceOfChanges(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		seed := rand.Uint64()
		t.Logf("seed %d", seed)
		b := kabupaten(t, url, 8)
		b.openYear("2026-12-15")
		s := &sequence{book: b, r: rand.New(rand.NewPCG(seed, 0))}
		carried := map[string]int{}
		for i := range 150 {
			name, err := s.step(i)
			if _, ok := fault.Of(err); err != nil && !ok {
				t.Fatalf("seed %d, step %d, %s: %v", seed, i, name, err)
			}
			if err == nil {
				carried[name]++
			}
			if i%5 == 0 {
				require.Zero(t, b.recount(), "seed %d, step %d, %s", seed, i, name)
			}
		}
		_, err := b.decide("end", agreement.Terminate, ledger.TerminationInput{On: "2026-12-31", Reason: "selesai"})
		require.NoError(t, err)
		require.Zero(t, b.recount(), "seed %d", seed)
		b.fold()
		require.Zero(t, b.recount(), "seed %d", seed)
		require.Greater(t, len(carried), 6, "seed %d did too little: %v", seed, carried)
		exec(t, url, "UPDATE rollups SET value = value + 1 WHERE measure = 'duties' AND group_code = 'village_officials'")
		require.Equal(t, 1, b.recount())
	})
}

// sequence draws what people do.
type sequence struct {
	*book
	r *rand.Rand
}

func (s *sequence) step(i int) (name string, err error) {
	duties := s.obligations()
	o := duties[s.r.IntN(len(duties))]
	day := calendar.Day("2026-11-01").Add(s.r.IntN(40))
	write := func(name string, do func(*ledger.Tx) error) (string, error) {
		return name, s.Write(s.t.Context(), ledger.Operator(), do)
	}
	decide := func(kind agreement.Decision, payload any) (string, error) {
		_, err := s.decide(fmt.Sprintf("r%d", i), kind, payload)
		return string(kind), err
	}
	switch s.r.IntN(13) {
	case 0:
		return write("nihil", func(tx *ledger.Tx) error { return nihil(tx, o.ID) })
	case 1:
		return write("receiver", func(tx *ledger.Tx) error {
			_, err := tx.Close(o.ID, ledger.Closing{How: ledger.ByReceiver, People: s.r.Int64N(50), On: string(day)})
			return err
		})
	case 2:
		return write("roster", func(tx *ledger.Tx) error {
			_, err := tx.SubmitRoster(o.ID, ledger.RosterInput{Rows: []ledger.RosterRowInput{person(2 * i), person(2*i + 1)}[:1+s.r.IntN(2)]})
			return err
		})
	case 3, 4, 5:
		return write("status", func(tx *ledger.Tx) error {
			state := ledger.PeopleStates()[s.r.IntN(5)]
			return tx.RecordStatus(s.agreement.ID, o.PeriodID, o.UnitID, ledger.StatusInput{State: state, People: s.r.Int64N(100), On: calendar.On(day)})
		})
	case 6:
		return write("extend", func(tx *ledger.Tx) error {
			_, err := tx.Extend(o.ID, ledger.Extension{TargetOn: string(day.Add(30)), Reason: "x", ApprovedBy: "y"})
			return err
		})
	case 7:
		return write("pause", func(tx *ledger.Tx) error {
			if _, err := tx.Pause(o.ID, ledger.PauseInput{Note: "x"}); err == nil {
				return nil
			}
			_, err := tx.Resume(o.ID, "x")
			return err
		})
	case 8:
		return decide(agreement.MoveDeadline, ledger.DeadlineInput{TargetOn: string(day.Add(20)), Reason: "x"})
	case 9:
		return write("renewal", func(tx *ledger.Tx) error {
			_, err := tx.OpenRenewal(s.agreement.ID, o.OwnerPostID)
			return err
		})
	case 10:
		answers := []agreement.Answer{agreement.Renew, agreement.Decline}
		return decide(agreement.DecideRenewal, ledger.RenewalInput{Answer: answers[s.r.IntN(2)], Reason: "x"})
	case 11:
		return decide(agreement.RecordMeeting, ledger.MeetingInput{On: calendar.On(day), Decisions: []ledger.MeetingDecisionInput{
			{Text: "x", Task: &ledger.TaskInput{Kind: ledger.KindTask, GroupCode: "linmas", KindOfUnit: "desa", TargetOn: string(day.Add(9))}},
		}})
	default:
		s.fold()
		s.clock.add(time.Duration(s.r.Int64N(int64(30 * time.Hour))))
		_, err := s.TakeSteps(s.t.Context(), protocol.TakeStepsInput{AgreementID: s.agreement.ID, Epoch: 1})
		return "clock", err
	}
}

func TestASnapshotKeepsADaysFiguresAndASecondOneReplacesIt(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 3)
		b.openYear("2026-12-15")
		b.fold()
		b.clock.set(wita("2026-11-24", 0)) // still the 23rd in the west
		for _, answered := range []int{0, 1} {
			if answered > 0 {
				b.write(func(tx *ledger.Tx) error { return nihil(tx, b.obligations()[0].ID) })
				b.fold()
			}
			day, n, err := b.SnapshotCoverage(t.Context(), protocol.RoundInput{Zone: string(calendar.WITA)})
			require.NoError(t, err)
			require.Equal(t, calendar.Day("2026-11-24"), day)
			require.Equal(t, 1+answered, n)
			require.Equal(t, answered, number(t, url, "SELECT COALESCE(SUM(value), 0) FROM daily_figures WHERE measure = 'nihil'"))
		}
		day, n, err := b.SnapshotCoverage(t.Context(), protocol.RoundInput{Zone: string(calendar.WIB)})
		require.NoError(t, err)
		require.Equal(t, calendar.Day("2026-11-23"), day)
		require.Zero(t, n, "no agreement lives by that zone")
		_, _, err = b.SnapshotCoverage(t.Context(), protocol.RoundInput{Zone: "Europe/Berlin"})
		require.Error(t, err)
	})
}

func TestTwoCountsOfAUnitAtOnceAreOneCounter(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		period, unit := b.periods()[0].ID, b.units[0].ID
		errs := make([]error, 2)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() {
				errs[i] = b.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
					err := tx.RecordStatus(b.agreement.ID, period, unit, ledger.StatusInput{State: "registered", People: 10, On: calendar.On("2026-11-23")})
					time.Sleep(50 * time.Millisecond) // both are open at once where the engine allows it
					return err
				})
			})
		}
		wg.Wait()
		require.NoError(t, errors.Join(errs...))
		b.fold()
		require.Equal(t, 10, b.rollup("registered"))
		require.Zero(t, b.recount())
	})
}
