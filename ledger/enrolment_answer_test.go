package ledger_test

import (
	"errors"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/benefit"
	"payung/domain/enrolment"
	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

// corrections are the open duties to mend rejected rows.
func (w *wave) corrections() (open []models.Obligation) {
	w.t.Helper()
	for _, o := range w.obligations() {
		if o.Kind == ledger.KindCorrection && o.State == ledger.StateOpen {
			open = append(open, o)
		}
	}
	return open
}

// state of a row of the batch.
func (w *wave) state(number int64) enrolment.State {
	return enrolment.State(w.rows()[number].State)
}

func TestRejectedRowsAreOneDutyOfEachUnitThatListsThem(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := sent(t, url, "2026-05-11")
		said := w.answer(rejected(1, "nik_not_found"), rejected(2, "name_differs"), registered(3, ""), rejected(4, enrolment.Other))
		require.Equal(t, ledger.Answered{Registered: 1, Rejected: 3}, said)
		open := w.corrections()
		require.Len(t, open, 2, "one for each village, not one for each row")
		require.ElementsMatch(t, []string{w.units[0].ID, w.units[1].ID}, []string{open[0].UnitID, open[1].UnitID})
		require.Equal(t, []any{5, "2026-05-11"}, []any{open[0].CountedDays, open[0].CountedFrom})
		w.read(func(tx *ledger.Tx) error {
			for _, o := range open {
				head := must(tx.Post(o.OwnerPostID))
				require.Equal(t, o.UnitID, head.UnitID, "the head of the village owes it")
				rows := must(tx.Corrections(o.ID))
				require.NotEmpty(t, rows)
				for _, r := range rows {
					require.Equal(t, o.UnitID, r.UnitID)
					require.Len(t, r.NIKLast4, 4)
				}
			}
			return nil
		})
		require.Equal(t, 2, w.told("correction"), "each village is told once")

		w.answer(rejected(3, "already_active"))
		require.Len(t, w.corrections(), 2, "another row joins the open duty")
		require.Equal(t, [3]int64{0, 0, 0}, w.people(0), "the branch corrected its answer")
	})
}

// TestACorrectionEndsWithTheList: a mended row may be sent again, somebody taken
// off needs nothing more, and the duty ends with the last of them.
func TestACorrectionEndsWithTheList(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := sent(t, url, "2026-05-11")
		w.answer(rejected(1, "name_differs"), rejected(2, "nik_not_found"), rejected(3, "already_active"), registered(4, ""))
		mended := person(1)
		mended.Name = "Pekerja Satu"
		_, err := w.submit(w.list(0), mended, person(2), person(3))
		require.NoError(t, err)
		require.Equal(t, []enrolment.State{enrolment.Corrected, enrolment.Rejected, enrolment.Rejected}, []enrolment.State{w.state(1), w.state(2), w.state(3)})
		require.Len(t, w.corrections(), 1)

		_, err = w.submit(w.list(0), mended, person(9), person(3)) // another NIK is another person
		require.NoError(t, err)
		require.Equal(t, enrolment.Withdrawn, w.state(2))
		require.Len(t, w.corrections(), 1)
		require.NoError(t, w.do(func(tx *ledger.Tx) error {
			_, err := tx.SettleRejection(w.id, 3, ledger.SettleLeave)
			return err
		}))
		require.Empty(t, w.corrections(), "nothing is left to mend")
		require.Zero(t, len(w.openKind(ledger.KindCorrection)))

		first := w.id
		w.open()
		e := w.send()
		require.EqualValues(t, 2, e.Counts.People, "the mended one and the new one, nobody else")
		require.NotEqual(t, first, w.id)
		require.Equal(t, "Pekerja Satu", w.rows()[2].Name)
	})
}

func (w *wave) openKind(kind string) (open []models.Obligation) {
	for _, o := range w.obligations() {
		if o.Kind == kind && o.State == ledger.StateOpen {
			open = append(open, o)
		}
	}
	return open
}

func TestARowThatWasRightIsSentAgainAsItIs(t *testing.T) {
	t.Parallel()
	w := sent(t, testdb.SQLite(t), "2026-05-11")
	w.answer(rejected(1, "twice"), registered(2, ""), registered(3, ""), registered(4, ""))
	err := w.do(func(tx *ledger.Tx) error {
		_, err := tx.SettleRejection(w.id, 2, ledger.SettleAgain)
		return err
	})
	require.True(t, fault.Is(err, "row_not_rejected"), "%v", err)
	require.True(t, fault.Is(w.do(func(tx *ledger.Tx) error {
		_, err := tx.SendEnrolment(w.next(tx), ledger.SendInput{})
		return err
	}), "nobody_to_enrol"), "a rejected row does not go again by itself")
	w.write(func(tx *ledger.Tx) error {
		_, err := tx.SettleRejection(w.id, 1, ledger.SettleAgain)
		return err
	})
	w.write(func(tx *ledger.Tx) error {
		e := must(tx.SendEnrolment(w.next(tx), ledger.SendInput{}))
		require.EqualValues(t, 1, e.Counts.People)
		return nil
	})
	said := w.answer(registered(1, "15012345678"))
	require.Equal(t, []ledger.AnswerProblem{{Number: 1, Code: ledger.SentAgain}}, said.Problems, "the later batch will be answered")
}

// next opens another batch.
func (w *wave) next(tx *ledger.Tx) string {
	return must(tx.OpenEnrolment(w.agreement.ID, ledger.EnrolmentInput{PeriodID: w.period})).ID
}

func TestTheSameAnswerTwiceCountsOnce(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := sent(t, url, "2026-05-11")
		rows := []enrolment.Answer{registered(1, "15012345678"), rejected(2, "wage"), {Number: 99, State: enrolment.Registered}}
		require.Equal(t, ledger.Answered{Registered: 1, Rejected: 1, Problems: []ledger.AnswerProblem{{99, enrolment.LineUnknownRow}}}, w.answer(rows...))
		before := w.batch().Counts
		again := w.answer(registered(1, "1501 2345 678"), rejected(2, "wage"))
		require.Equal(t, ledger.Answered{Unchanged: 2}, again)
		require.Equal(t, ledger.Answered{Unchanged: 1}, w.answer(registered(1, "")), "a number that is not repeated stays")
		require.Equal(t, before, w.batch().Counts)
		require.Len(t, w.corrections(), 1)
		require.Equal(t, "5678", w.rows()[1].CardLast4)
	})
}

func TestAnswersThatCannotBeReadAreRefusedWhole(t *testing.T) {
	t.Parallel()
	w := sent(t, testdb.SQLite(t), "2026-05-11")
	for code, in := range map[string]ledger.AnswersInput{
		"missing_field":        {},
		"all_and_rows":         {All: true, Rows: []enrolment.Answer{registered(1, "")}},
		"row_twice":            {Rows: []enrolment.Answer{registered(1, ""), rejected(1, "wage")}},
		"rejected_with_card":   {Rows: []enrolment.Answer{registered(1, ""), {Number: 2, State: enrolment.Rejected, Reason: "wage", Card: "15012345678"}}},
		"bad_employer_number":  {All: true, Employer: "x"},
		"too_many_answers":     {Rows: make([]enrolment.Answer, ledger.MaxAnswers+1)},
		"not_found":            {All: true, SourceID: "none"},
		"unknown_answer_state": {Rows: []enrolment.Answer{{Number: 1}}},
	} {
		err := w.do(func(tx *ledger.Tx) error {
			_, err := tx.AnswerEnrolment(w.id, in)
			return err
		})
		require.True(t, fault.Is(err, code), "%s: %v", code, err)
	}
	require.EqualValues(t, 4, w.batch().Counts.Waiting)
}

// TestNobodyIsWithTheBranchTwice: who waits or is registered stays out of the next
// batch, and whoever stands on two lists waits for a decision.
func TestNobodyIsWithTheBranchTwice(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := sent(t, url, "2026-05-11")
		_, err := w.submit(w.list(2), person(4), person(5))
		require.NoError(t, err)
		_, err = w.submit(w.list(1), person(4), person(5), person(6))
		require.NoError(t, err)
		w.read(func(tx *ledger.Tx) error {
			ready := must(tx.ReadyToEnrol(w.agreement.ID, w.period))
			require.Equal(t, []ledger.ReadyUnit{
				{UnitID: w.units[1].ID, UnitName: w.units[1].Name, People: 2, Held: 1}, {UnitID: w.units[2].ID, UnitName: w.units[2].Name, People: 1, Held: 1},
			}, ready, "person 4 is with the branch, person 5 on two lists")
			return nil
		})
		w.open()
		e := w.send()
		require.EqualValues(t, 1, e.Counts.People)
		require.Equal(t, person(6).Name, w.rows()[1].Name)
	})
}

func TestOneUnitCanBeSentAlone(t *testing.T) {
	t.Parallel()
	w := lists(t, testdb.SQLite(t), "2026-05-11")
	w.open()
	w.write(func(tx *ledger.Tx) error {
		e := must(tx.SendEnrolment(w.id, ledger.SendInput{UnitIDs: []string{w.units[1].ID}}))
		require.EqualValues(t, 1, e.Counts.People)
		units := must(tx.EnrolmentUnits(w.id))
		require.Len(t, units, 1)
		require.Equal(t, w.units[1].ID, units[0].UnitID)
		return nil
	})
}

// TestADeathEndsNoRegistration: the heirs' claim is opened, and what the branch
// has said stays as it is.
func TestADeathEndsNoRegistration(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := sent(t, url, "2026-05-11")
		w.answer(registered(1, "15012345678"), registered(2, "15012345679"), rejected(3, "wage"))
		w.clock.set(wita("2027-06-10", 9))
		dead := w.rows()[1].RowID
		w.write(func(tx *ledger.Tx) error {
			left := must(tx.Leave(dead, ledger.LeavingInput{Reason: "died", On: "2027-06-01"}))
			require.Equal(t, string(benefit.Death), left.Claim.Event)
			return nil
		})
		require.Equal(t, enrolment.Registered, w.state(1))
		require.Equal(t, "died", w.rows()[1].Leaving)
		require.Equal(t, [3]int64{2, 2, 2}, w.people(0), "nobody is deactivated by dying")
		ill := w.rows()[3].RowID
		w.write(func(tx *ledger.Tx) error {
			_, err := tx.Leave(ill, ledger.LeavingInput{Reason: "died", On: "2027-06-02"})
			return err
		})
		require.Equal(t, enrolment.Withdrawn, w.state(3), "there is nothing to mend about the dead")
		require.Empty(t, w.corrections())
	})
}

func TestWholeNumbersOfABatchAreSeenForAPurposeAndThatIsWrittenDown(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := sent(t, url, "2026-05-11")
		w.answer(registered(1, "15012345678"))
		err := w.do(func(tx *ledger.Tx) error {
			_, err := tx.RevealEnrolment(w.id, "curiosity")
			return err
		})
		require.True(t, fault.Is(err, "unknown_purpose"), "%v", err)
		var first ledger.RevealedRow
		w.write(func(tx *ledger.Tx) error {
			rows := must(tx.RevealEnrolment(w.id, "bpjs_exchange"))
			require.Len(t, rows, 4)
			first = rows[0]
			return nil
		})
		require.Equal(t, []string{person(1).NIK, "15012345678"}, []string{first.NIK, first.Card})
		w.read(func(tx *ledger.Tx) error {
			seen := must(tx.Reveals(ledger.RevealFilter{PersonID: first.PersonID}, page))
			require.Len(t, seen, 1, "whoever asks about one of the people finds it")
			require.Equal(t, []any{"", w.id, int64(4), "bpjs_exchange"}, []any{seen[0].PersonID, seen[0].EnrolmentID, seen[0].People, seen[0].Purpose})
			require.Empty(t, must(tx.Reveals(ledger.RevealFilter{PersonID: "somebody-else"}, page)))
			return nil
		})
	})
}

// TestAnswersAtTheSameMomentCountEach has everybody at once answer about one row,
// while a receipt and a mended list come in.
func TestAnswersAtTheSameMomentCountEach(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := sent(t, url, "2026-05-11")
		w.answer(registered(4, "15012345680"))
		w.cards()
		var all sync.WaitGroup
		failed := make([]error, 5)
		for i, do := range []func(*ledger.Tx) error{
			func(tx *ledger.Tx) error {
				_, err := tx.AnswerEnrolment(w.id, ledger.AnswersInput{Rows: []enrolment.Answer{registered(1, "15012345671")}})
				return err
			},
			func(tx *ledger.Tx) error {
				_, err := tx.AnswerEnrolment(w.id, ledger.AnswersInput{Rows: []enrolment.Answer{registered(2, "15012345672")}})
				return err
			},
			func(tx *ledger.Tx) error {
				_, err := tx.AnswerEnrolment(w.id, ledger.AnswersInput{Rows: []enrolment.Answer{rejected(3, "wage")}})
				return err
			},
			func(tx *ledger.Tx) error {
				_, err := tx.HandOver(w.id, ledger.ReceiptInput{UnitID: w.units[1].ID, People: 1, Receiver: "Sekdes"})
				return err
			},
			func(tx *ledger.Tx) error {
				_, err := tx.SubmitRoster(w.list(2), ledger.RosterInput{Rows: []ledger.RosterRowInput{person(20)}})
				return err
			},
		} {
			all.Go(func() { failed[i] = w.Write(t.Context(), ledger.Operator(), do) })
		}
		all.Wait()
		require.NoError(t, errors.Join(failed...))
		require.Equal(t, enrolment.Counts{People: 4, Registered: 3, Rejected: 1, Handed: 1}, w.batch().Counts)
		require.Equal(t, [3]int64{2, 2, 2}, w.people(0))
		require.Equal(t, [3]int64{1, 1, 1}, w.people(1))
	})
}
