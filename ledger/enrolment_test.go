package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/domain/enrolment"
	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

// wave is a kabupaten with lists of names and a batch of them.
type wave struct {
	*book
	period string
	id     string // of the batch
}

// lists is a kabupaten whose first village has three people on its list and whose
// second has one. The clock stands on a morning. Statements change the kabupaten
// before anything is asked of it.
func lists(t *testing.T, url, today string, before ...string) *wave {
	t.Helper()
	w := &wave{book: kabupaten(t, url, 3)}
	for _, statement := range before {
		exec(t, url, statement)
	}
	w.clock.set(wita(today, 9))
	w.openYear("2026-12-15")
	for i, serials := range [][]int{{1, 2, 3}, {4}} {
		var rows []ledger.RosterRowInput
		for _, s := range serials {
			rows = append(rows, person(s))
		}
		_, err := w.submit(w.list(i), rows...)
		require.NoError(t, err)
	}
	w.period = w.periods()[0].ID
	return w
}

// list is the duty of a village to hand in its list.
func (w *wave) list(village int) string {
	for _, o := range w.obligations() {
		if o.Kind == ledger.KindRoster && o.UnitID == w.units[village].ID {
			return o.ID
		}
	}
	return ""
}

// open opens a batch whose forms came today.
func (w *wave) open() {
	w.t.Helper()
	w.write(func(tx *ledger.Tx) error {
		e, err := tx.OpenEnrolment(w.agreement.ID, ledger.EnrolmentInput{PeriodID: w.period})
		w.id = e.ID
		return err
	})
}

func (w *wave) send() ledger.EnrolmentView {
	w.t.Helper()
	var e ledger.EnrolmentView
	w.write(func(tx *ledger.Tx) (err error) {
		e, err = tx.SendEnrolment(w.id, ledger.SendInput{})
		return err
	})
	return e
}

// sent is a batch of all four people at the branch.
func sent(t *testing.T, url, today string) *wave {
	t.Helper()
	w := lists(t, url, today)
	w.open()
	w.send()
	return w
}

func registered(number int64, card string) enrolment.Answer {
	return enrolment.Answer{Number: number, State: enrolment.Registered, Card: card}
}

func rejected(number int64, reason string) enrolment.Answer {
	return enrolment.Answer{Number: number, State: enrolment.Rejected, Reason: reason}
}

func (w *wave) answer(rows ...enrolment.Answer) ledger.Answered {
	w.t.Helper()
	var out ledger.Answered
	w.write(func(tx *ledger.Tx) (err error) {
		out, err = tx.AnswerEnrolment(w.id, ledger.AnswersInput{Rows: rows})
		return err
	})
	return out
}

func (w *wave) cards() ledger.EnrolmentView {
	w.t.Helper()
	var e ledger.EnrolmentView
	w.write(func(tx *ledger.Tx) (err error) {
		e, err = tx.RecordCards(w.id, ledger.CardsInput{Certificate: "S-1"})
		return err
	})
	return e
}

func (w *wave) hand(village int, people int64) {
	w.t.Helper()
	w.write(func(tx *ledger.Tx) error {
		_, err := tx.HandOver(w.id, ledger.ReceiptInput{UnitID: w.units[village].ID, People: people, Receiver: "Sekretaris Desa"})
		return err
	})
}

func (w *wave) batch() ledger.EnrolmentView {
	w.t.Helper()
	var e ledger.EnrolmentView
	w.read(func(tx *ledger.Tx) (err error) {
		e, err = tx.Enrolment(w.id)
		return err
	})
	return e
}

// clock of the batch of one kind that was opened last.
func (w *wave) duty(kind string) models.Obligation {
	w.t.Helper()
	var out models.Obligation
	for _, c := range w.batch().Clocks {
		if c.Kind == kind {
			out = c.Obligation
		}
	}
	return out
}

func (w *wave) rows() map[int64]ledger.EnrolmentRowView {
	w.t.Helper()
	out := map[int64]ledger.EnrolmentRowView{}
	w.read(func(tx *ledger.Tx) error {
		list, err := tx.EnrolmentRows(w.id, ledger.EnrolmentRowFilter{Size: 100})
		for _, r := range list {
			out[r.Number] = r
		}
		return err
	})
	return out
}

// people counts a village's people in the three states that follow from batches,
// and checks that sums agree with rows.
func (w *wave) people(village int) [3]int64 {
	w.t.Helper()
	w.fold()
	require.Zero(w.t, w.recount(), "rollups agree with what they sum")
	var out [3]int64
	for _, g := range w.overview("").Matrix.Groups {
		for _, r := range g.Rows {
			if r.Unit.ID == w.units[village].ID {
				out = [3]int64{r.People.Submitted, r.People.Registered, r.People.Protected}
			}
		}
	}
	return out
}

// TestRule23_FormsAreDueThirtyWorkingDaysAfterTheyCame: received on Monday 2
// March 2026 they are due on Tuesday 21 April, or on 15 April where cuti bersama
// is worked.
func TestRule23_FormsAreDueThirtyWorkingDaysAfterTheyCame(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := lists(t, url, "2026-03-02")
		w.open()
		forms := w.duty(ledger.KindForms)
		require.Equal(t, []any{"2026-04-21", "2026-03-02", 30, ledger.StateOpen}, []any{forms.TargetOn, forms.CountedFrom, forms.CountedDays, forms.State})
		require.Equal(t, w.batch().DeskPostID, forms.OwnerPostID)
		require.NotZero(t, forms.NextAt, "the agreement's clock reminds of it")

		exec(t, url, "UPDATE agreements SET cuti_moves = false")
		w.open()
		require.Equal(t, "2026-04-15", w.duty(ledger.KindForms).TargetOn)
		require.Equal(t, 2, w.batch().Number)
	})
}

// TestRule23_CardsAreDueSevenWorkingDaysAfterTheNamesWereSent: sent on Monday 11
// May 2026 they are due on Friday 22 May.
func TestRule23_CardsAreDueSevenWorkingDaysAfterTheNamesWereSent(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := sent(t, url, "2026-05-11")
		require.Equal(t, ledger.StateClosed, w.duty(ledger.KindForms).State, "the forms have gone")
		cards := w.duty(ledger.KindCards)
		require.Equal(t, []any{"2026-05-22", "2026-05-11", 7, ledger.StateOpen}, []any{cards.TargetOn, cards.CountedFrom, cards.CountedDays, cards.State})
		require.Equal(t, w.batch().DeskPostID, cards.OwnerPostID, "no post of the branch is on record: the desk has to ask")
	})
}

// TestRule24_CardsAreHandedOverWithinThreeWorkingDays: received on Tuesday 17
// March 2026, before Lebaran, they are due on Friday 27 March.
func TestRule24_CardsAreHandedOverWithinThreeWorkingDays(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := sent(t, url, "2026-03-16")
		w.clock.set(wita("2026-03-17", 9))
		w.answer(registered(1, ""), registered(2, ""), registered(3, ""), registered(4, ""))
		w.cards()
		handover := w.duty(ledger.KindHandover)
		require.Equal(t, []any{"2026-03-27", "2026-03-17", 3, ledger.StateOpen}, []any{handover.TargetOn, handover.CountedFrom, handover.CountedDays, handover.State})
		require.Equal(t, ledger.StateClosed, w.duty(ledger.KindCards).State)
	})
}

// TestTheBranchOwesWhatTheBranchHasToDo: where a post of it is on record.
func TestTheBranchOwesWhatTheBranchHasToDo(t *testing.T) {
	t.Parallel()
	w := lists(t, testdb.SQLite(t), "2026-05-11")
	var officer models.Post
	w.write(func(tx *ledger.Tx) error {
		must(tx.CreatePost(w.bpjs.ID, ledger.PostInput{Title: "Kepala Cabang", Role: "branch_head"}))
		officer = must(tx.CreatePost(w.bpjs.ID, ledger.PostInput{Title: "Petugas Kepesertaan", Role: "officer"}))
		return nil
	})
	w.open()
	w.send()
	require.Equal(t, officer.ID, w.duty(ledger.KindCards).OwnerPostID)
	require.NotEqual(t, officer.ID, w.duty(ledger.KindForms).OwnerPostID)
	require.True(t, fault.Is(w.do(func(tx *ledger.Tx) error {
		_, err := tx.OpenEnrolment(w.agreement.ID, ledger.EnrolmentInput{PeriodID: w.period, BranchPostID: w.batch().DeskPostID})
		return err
	}), "not_found"), "a post of the Pemda is none of the branch")
}

// TestRule22_ListsAndBatchesProtectNobody follows four people from the list to
// their cards. Only the answer of the branch starts protection, and for wage
// earners only the number.
func TestRule22_ListsAndBatchesProtectNobody(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := lists(t, url, "2026-05-11")
		require.Equal(t, [3]int64{}, w.people(0), "a list is not handed in to BPJS")
		w.open()
		require.Equal(t, [3]int64{}, w.people(0), "an open batch is no submission")
		w.send()
		require.Equal(t, [3]int64{3, 0, 0}, w.people(0))
		require.Equal(t, [3]int64{1, 0, 0}, w.people(1))

		w.clock.set(wita("2026-05-13", 9))
		w.answer(registered(1, "15012345678"), registered(2, ""), rejected(3, "nik_not_found"))
		require.Equal(t, [3]int64{2, 2, 1}, w.people(0), "two registered, one of them with a number")
		require.Equal(t, [3]int64{1, 0, 0}, w.people(1), "nobody answered about the other village")
		w.answer(registered(2, "15012345679"))
		require.Equal(t, [3]int64{2, 2, 2}, w.people(0), "the number came later")
		require.Equal(t, enrolment.StageAnswers, w.batch().Stage)

		w.answer(registered(4, "15012345680"))
		require.Equal(t, enrolment.StageCards, w.batch().Stage)
		w.cards()
		require.Equal(t, enrolment.StageHandover, w.batch().Stage)
		w.hand(0, 1)
		require.Equal(t, enrolment.StageHandover, w.batch().Stage)
		w.hand(0, 1)
		w.hand(1, 1)
		e := w.batch()
		require.Equal(t, []any{enrolment.StageDone, "2026-05-13", "done"}, []any{e.Stage, e.ClosedOn, e.CloseReason})
		require.Equal(t, ledger.StateClosed, w.duty(ledger.KindHandover).State)
		require.Equal(t, [3]int64{2, 2, 2}, w.people(0))
		w.read(func(tx *ledger.Tx) error {
			receipts := must(tx.CardReceipts(w.id))
			require.Len(t, receipts, 3)
			require.Equal(t, "Sekretaris Desa", receipts[0].Signed)
			require.NotContains(t, string(receipts[0].Receiver), "Sekretaris", "who signed is sealed")
			return nil
		})
	})
}

func TestAnOwnAccountWorkerIsProtectedByTheAcceptedRegistration(t *testing.T) {
	t.Parallel()
	w := lists(t, testdb.SQLite(t), "2026-05-11", "UPDATE lines SET group_code = 'vulnerable'")
	w.open()
	w.send()
	w.write(func(tx *ledger.Tx) error {
		said := must(tx.AnswerEnrolment(w.id, ledger.AnswersInput{All: true}))
		require.Equal(t, ledger.Answered{Registered: 4}, said)
		return nil
	})
	require.Equal(t, [3]int64{3, 3, 3}, w.people(0))
}

// TestACountThatSomebodyReportedIsNotLoweredByRows: the branch said that ten are
// registered; two who join later are in a batch. Nobody knows whether the two
// are among the ten.
func TestACountThatSomebodyReportedIsNotLoweredByRows(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := sent(t, url, "2026-05-11")
		w.write(func(tx *ledger.Tx) error {
			return tx.RecordStatus(w.agreement.ID, w.period, w.units[0].ID, ledger.StatusInput{State: "registered", People: 2, On: calendar.On("2026-05-12")})
		})
		w.clock.set(wita("2026-05-13", 9))
		w.answer(registered(1, ""))
		require.Equal(t, [3]int64{3, 2, 0}, w.people(0))
		w.answer(registered(2, ""), registered(3, ""))
		require.Equal(t, [3]int64{3, 3, 0}, w.people(0), "the rows say more")
	})
}

// TestAnswersMayComeInAnyOrderOfTheirDays: a letter of an earlier day that comes
// later still counts.
func TestAnswersMayComeInAnyOrderOfTheirDays(t *testing.T) {
	t.Parallel()
	w := sent(t, testdb.SQLite(t), "2026-05-11")
	w.clock.set(wita("2026-05-20", 9))
	for day, row := range map[string]int64{"2026-05-19": 1, "2026-05-13": 2, "2026-05-18": 3} {
		w.write(func(tx *ledger.Tx) error {
			must(tx.AnswerEnrolment(w.id, ledger.AnswersInput{On: day, Rows: []enrolment.Answer{registered(row, "")}}))
			return nil
		})
	}
	require.Equal(t, [3]int64{3, 3, 0}, w.people(0))
}

func TestADayThatCannotBeIsRefused(t *testing.T) {
	t.Parallel()
	w := lists(t, testdb.SQLite(t), "2026-05-11")
	refuses := func(code string, do func(*ledger.Tx) error) {
		t.Helper()
		err := w.do(do)
		require.True(t, fault.Is(err, code), "%v", err)
	}
	refuses("day_in_future", func(tx *ledger.Tx) error {
		_, err := tx.OpenEnrolment(w.agreement.ID, ledger.EnrolmentInput{PeriodID: w.period, FormsOn: "2026-05-12"})
		return err
	})
	w.open()
	refuses("batch_not_sent", func(tx *ledger.Tx) error {
		_, err := tx.AnswerEnrolment(w.id, ledger.AnswersInput{All: true})
		return err
	})
	refuses("too_early", func(tx *ledger.Tx) error {
		_, err := tx.SendEnrolment(w.id, ledger.SendInput{On: "2026-05-10"})
		return err
	})
	w.send()
	refuses("batch_sent", func(tx *ledger.Tx) error {
		_, err := tx.SendEnrolment(w.id, ledger.SendInput{})
		return err
	})
	refuses("batch_sent", func(tx *ledger.Tx) error {
		_, err := tx.WithdrawEnrolment(w.id, "salah")
		return err
	})
	refuses("too_early", func(tx *ledger.Tx) error {
		_, err := tx.AnswerEnrolment(w.id, ledger.AnswersInput{On: "2026-05-10", All: true})
		return err
	})
	refuses("nobody_without_card", func(tx *ledger.Tx) error {
		_, err := tx.RecordCards(w.id, ledger.CardsInput{})
		return err
	})
	w.answer(registered(1, ""))
	refuses("more_cards_than_people", func(tx *ledger.Tx) error {
		_, err := tx.HandOver(w.id, ledger.ReceiptInput{UnitID: w.units[0].ID, People: 2, Receiver: "x"})
		return err
	})
	refuses("ends_by_itself", func(tx *ledger.Tx) error {
		_, err := tx.Close(w.duty(ledger.KindCards).ID, ledger.Closing{How: ledger.ByDone})
		return err
	})
}

func TestABatchThatWasOpenedByMistakeIsWithdrawn(t *testing.T) {
	t.Parallel()
	w := lists(t, testdb.SQLite(t), "2026-05-11")
	w.open()
	w.write(func(tx *ledger.Tx) error {
		_, err := tx.WithdrawEnrolment(w.id, "salah tahun")
		return err
	})
	e := w.batch()
	require.Equal(t, []any{enrolment.StageWithdrawn, "2026-05-11", ledger.StateCancelled}, []any{e.Stage, e.ClosedOn, w.duty(ledger.KindForms).State})
	require.Equal(t, [3]int64{}, w.people(0))
	err := w.do(func(tx *ledger.Tx) error {
		_, err := tx.SendEnrolment(w.id, ledger.SendInput{})
		return err
	})
	require.True(t, fault.Is(err, "batch_closed"), "%v", err)
}
