package ledger_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/enrolment"
	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/protocol"
)

func (w *wave) hear(ask func(*ledger.Ledger) (protocol.Snapshot, error)) protocol.Snapshot {
	w.t.Helper()
	s, err := ask(w.Ledger)
	require.NoError(w.t, err)
	return s
}

// readBatch is what the workflow hears after a poke, step what it hears when its
// alarm has rung.
func (w *wave) readBatch() protocol.Snapshot {
	w.t.Helper()
	return w.hear(func(l *ledger.Ledger) (protocol.Snapshot, error) {
		return l.ReadEnrolment(w.t.Context(), protocol.EnrolmentQuestion{EnrolmentID: w.id, Epoch: 1})
	})
}

func (w *wave) step() protocol.Snapshot {
	w.t.Helper()
	return w.hear(func(l *ledger.Ledger) (protocol.Snapshot, error) {
		return l.StepEnrolment(w.t.Context(), protocol.EnrolmentQuestion{EnrolmentID: w.id, Epoch: 1})
	})
}

// pokes lists what the relay would say about the batch, and takes it as said.
func (w *wave) pokes() (out []bool) {
	w.t.Helper()
	wishes, err := w.Wishes(w.t.Context())
	require.NoError(w.t, err)
	for _, wish := range wishes {
		if wish.EnrolmentID == w.id {
			out = append(out, wish.Poke)
		}
	}
	exec(w.t, w.url, "DELETE FROM outbox")
	return out
}

// TestNamesThatNobodyAnsweredAreLetGo: ten working days after the branch's date
// the names may be sent again, and who sent them is told.
func TestNamesThatNobodyAnsweredAreLetGo(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := sent(t, url, "2026-05-11")
		w.answer(registered(1, "15012345678"))
		end := wita("2026-06-10", 0).Add(24*time.Hour - time.Second) // ten working days after 22 May
		require.Equal(t, end.Unix(), w.readBatch().NextAt/1_000_000)

		w.clock.set(end.Add(-time.Minute))
		w.step()
		require.EqualValues(t, 3, w.batch().Counts.Waiting, "not before")
		w.clock.set(end.Add(time.Second))
		s := w.step()
		require.Equal(t, []any{int64(0), false}, []any{s.NextAt, s.Closed}, "one is registered and has no card yet")
		require.EqualValues(t, 3, w.batch().Counts.Unanswered)
		require.Equal(t, [3]int64{1, 1, 1}, w.people(0))
		require.Equal(t, 1, w.told("enrolment_unanswered"))
		require.Equal(t, enrolment.StageCards, w.batch().Stage)
		before := w.batch().Counts
		w.step()
		require.Equal(t, before, w.batch().Counts, "taken twice it does nothing new")

		first := w.id
		w.open()
		require.EqualValues(t, 3, w.send().Counts.People, "the others go with the next batch")
		w.id = first
		said := w.answer(registered(2, ""))
		require.Equal(t, []ledger.AnswerProblem{{Number: 2, Code: ledger.SentAgain}}, said.Problems)
	})
}

func TestABatchThatNobodyAnsweredEndsAndALateAnswerOpensItAgain(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := sent(t, url, "2026-05-11")
		w.pokes()
		w.readBatch()
		w.clock.set(wita("2026-07-01", 9))
		s := w.step()
		require.True(t, s.Closed)
		e := w.batch()
		require.Equal(t, []any{enrolment.StageUnanswered, "unanswered", ledger.StateCancelled}, []any{e.Stage, e.CloseReason, w.duty(ledger.KindCards).State})
		require.Equal(t, [3]int64{}, w.people(0))
		require.Equal(t, []bool{false}, w.pokes(), "the workflow heard of the end from its own step")

		w.clock.set(wita("2026-07-02", 9))
		w.answer(registered(1, "15012345678"))
		require.Equal(t, []any{enrolment.StageCards, ""}, []any{w.batch().Stage, w.batch().ClosedOn})
		require.Equal(t, []bool{true}, w.pokes(), "a workflow is started again")
		require.False(t, w.readBatch().Closed)
		w.hand(0, 1)
		require.Equal(t, []bool{true}, w.pokes())
		require.True(t, w.readBatch().Closed)
		require.Equal(t, "unanswered", w.batch().CloseReason, "three were never answered")
	})
}

// TestABranchWithMoreTimeIsWaitedForLonger: the end of waiting follows the date
// that the branch has now.
func TestABranchWithMoreTimeIsWaitedForLonger(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := sent(t, url, "2026-05-11")
		at := time.UnixMicro(w.readBatch().NextAt)
		exec(t, url, "UPDATE obligations SET target_on = '2026-06-30' WHERE kind = 'enrolment_cards'")
		w.clock.set(at.Add(time.Second))
		later := w.step().NextAt
		require.Equal(t, wita("2026-07-14", 0).Add(24*time.Hour-time.Second).Unix(), later/1_000_000)
		require.EqualValues(t, 4, w.batch().Counts.Waiting)

		exec(t, url, "UPDATE obligations SET paused_at = 1 WHERE kind = 'enrolment_cards'")
		w.clock.set(time.UnixMicro(later).Add(time.Second))
		require.Equal(t, w.clock.now().Add(24*time.Hour).UnixMicro(), w.step().NextAt, "while its clock stands still somebody looks again each day")
		require.EqualValues(t, 4, w.batch().Counts.Waiting)
	})
}

func TestABatchThatTheEngineHasNotHeardOfIsFound(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := lists(t, url, "2026-05-11")
		beat := func() (found bool) {
			beats, err := w.Beats(t.Context(), "", 10)
			require.NoError(t, err)
			for _, b := range beats {
				if b.EnrolmentID == w.id && w.id != "" {
					require.Equal(t, w.agreement.ID, b.AgreementID)
					found = true
				}
			}
			return found
		}
		overslept := func() (found bool) {
			late, err := w.Overslept(t.Context())
			require.NoError(t, err)
			for _, b := range late {
				found = found || b.EnrolmentID == w.id
			}
			return found
		}
		require.False(t, beat())
		w.open()
		require.Equal(t, []bool{true}, w.pokes())
		require.True(t, beat())
		require.True(t, overslept(), "nobody has started it")
		w.readBatch()
		require.False(t, overslept(), "it waits for nothing")
		w.send()
		require.True(t, overslept(), "it does not know when waiting ends")
		require.Equal(t, []bool{true}, w.pokes())
		w.readBatch()
		require.False(t, overslept())
		w.answer(rejected(1, "wage"))
		require.Equal(t, []bool{false}, w.pokes(), "an answer teaches it nothing and costs no event")
		w.answer(rejected(2, "wage"), rejected(3, "wage"), rejected(4, "wage"))
		require.True(t, overslept(), "it has not heard of its end")
		require.True(t, beat())
		require.Equal(t, []bool{true}, w.pokes())
		require.True(t, w.readBatch().Closed)
		require.False(t, overslept())
		require.False(t, beat())
	})
}

func TestPagesOfBeatsHaveAgreementsAndBatchesOnce(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := lists(t, url, "2026-05-11")
		for range 3 {
			w.open()
		}
		seen, after := map[string]int{}, ""
		for {
			some, err := w.Beats(t.Context(), after, 2)
			require.NoError(t, err)
			if len(some) == 0 {
				break
			}
			for _, b := range some {
				seen[b.ID()]++
			}
			after = some[len(some)-1].ID()
		}
		require.Len(t, seen, 4)
		for id, n := range seen {
			require.Equal(t, 1, n, id)
		}
	})
}

func TestWorkOfAnOlderEngineOnABatchIsRefused(t *testing.T) {
	t.Parallel()
	w := sent(t, testdb.SQLite(t), "2026-05-11")
	_, err := w.RaiseEpoch(t.Context())
	require.NoError(t, err)
	_, err = w.StepEnrolment(t.Context(), protocol.EnrolmentQuestion{EnrolmentID: w.id, Epoch: 1})
	require.True(t, fault.Is(err, "stale_epoch"), "%v", err)
	_, err = w.ReadEnrolment(t.Context(), protocol.EnrolmentQuestion{EnrolmentID: "none", Epoch: w.clock.now().Unix()})
	require.Error(t, err)
}

func TestAMovedDeadlineOfTheUnitsMovesNoClockOfTheLaw(t *testing.T) {
	t.Parallel()
	w := sent(t, testdb.SQLite(t), "2026-05-11")
	was := w.duty(ledger.KindCards).TargetOn
	_, err := w.decide("move", "moveDeadline", ledger.DeadlineInput{TargetOn: "2026-12-31", Reason: "libur"})
	if !fault.Is(err, "move_deadline_refused") { // every list may be in
		require.NoError(t, err)
	}
	require.Equal(t, was, w.duty(ledger.KindCards).TargetOn)
}

func TestAnAgreementThatEndsWithdrawsWhatWasNotSent(t *testing.T) {
	t.Parallel()
	w := sent(t, testdb.SQLite(t), "2026-05-11")
	kept := w.id
	w.open()
	_, err := w.decide("end", "terminate", ledger.TerminationInput{On: "2026-06-01", Reason: "selesai"})
	require.NoError(t, err)
	require.Equal(t, enrolment.StageWithdrawn, w.batch().Stage)
	w.id = kept
	require.Equal(t, "", w.batch().ClosedOn, "the branch has it and will answer")
	w.answer(registered(1, "15012345678"))
	require.EqualValues(t, 1, w.batch().Counts.Registered)
}
