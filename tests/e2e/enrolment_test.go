package e2e_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/doctor"
	"payung/domain/calendar"
	"payung/domain/enrolment"
	"payung/domain/nik"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/protocol"
	"payung/workflows"
)

// perBatch is the budget of history of one batch from its forms to its last card:
// it is opened, sent and answered, waiting ends, and it closes. A row costs
// nothing at all.
const perBatch = 36

// wave is a realm with lists of names and a batch of them.
type wave struct {
	*realm
	period string
	id     string
}

// batch opens a year in which the first village lists so many people, and a
// batch of them.
func batch(t *testing.T, r *realm, people int) *wave {
	t.Helper()
	day := tomorrow()
	r.openYear(day.Add(60))
	var rows []ledger.RosterRowInput
	for i := range people {
		n := nik.Synthetic(101, "1985-06-07", false, i+1)
		rows = append(rows, ledger.RosterRowInput{NIK: n.Reveal(), Name: "Wa " + itoa(i)})
	}
	w := &wave{realm: r}
	w.write(func(tx *ledger.Tx) error {
		_, err := tx.SubmitRoster(r.obligations()[0].ID, ledger.RosterInput{Rows: rows})
		return err
	})
	w.open()
	return w
}

func (w *wave) write(fn func(*ledger.Tx) error) {
	w.t.Helper()
	require.NoError(w.t, w.ledger.Write(w.t.Context(), ledger.Operator(), fn))
}

func (w *wave) open() {
	w.t.Helper()
	w.write(func(tx *ledger.Tx) error {
		periods, err := tx.Periods(w.Agreement.ID)
		if err != nil {
			return err
		}
		w.period = periods[0].ID
		e, err := tx.OpenEnrolment(w.Agreement.ID, ledger.EnrolmentInput{PeriodID: w.period})
		w.id = e.ID
		return err
	})
}

func (w *wave) send() {
	w.t.Helper()
	w.write(func(tx *ledger.Tx) error { _, err := tx.SendEnrolment(w.id, ledger.SendInput{}); return err })
}

func (w *wave) registerAll() {
	w.t.Helper()
	w.write(func(tx *ledger.Tx) error {
		_, err := tx.AnswerEnrolment(w.id, ledger.AnswersInput{All: true})
		return err
	})
}

func (w *wave) handAll(people int64) {
	w.t.Helper()
	w.write(func(tx *ledger.Tx) error {
		if _, err := tx.RecordCards(w.id, ledger.CardsInput{}); err != nil {
			return err
		}
		_, err := tx.HandOver(w.id, ledger.ReceiptInput{UnitID: w.Villages[0].ID, People: people, Receiver: "Sekdes"})
		return err
	})
}

func (w *wave) about() workflows.Target {
	return workflows.Target{AgreementID: w.Agreement.ID, EnrolmentID: w.id, Epoch: 1}
}

func (w *wave) alive() bool {
	ok, err := w.engine.Running(w.t.Context(), w.about())
	return err == nil && ok
}

func (w *wave) view() (e ledger.EnrolmentView) {
	w.t.Helper()
	w.read(func(tx *ledger.Tx) (err error) {
		e, err = tx.Enrolment(w.id)
		return err
	})
	return e
}

// past makes the branch's time and the patience after it run out in a moment.
func (w *wave) past() {
	w.t.Helper()
	exec(w.t, w.url, "UPDATE obligations SET target_on = '"+string(calendar.WITA.DayOf(time.Now()).Add(-60))+"' WHERE kind = 'enrolment_cards'")
	exec(w.t, w.url, "UPDATE enrolments SET next_at = "+itoa(int(time.Now().Add(2*time.Second).UnixMicro())))
}

func (w *wave) steady() int {
	w.t.Helper()
	last := -1
	soon(w.t, "the batch comes to rest", 20*time.Second, func() bool {
		time.Sleep(700 * time.Millisecond)
		n := len(w.historyOf(protocol.EnrolmentID(w.id)).GetEvents())
		same := n == last
		last = n
		return same
	})
	return last
}

// TestTheHistoryOfABatchDoesNotGrowWithItsRows lets batches of ten and of 900
// people pass, half of them answered row by row.
func TestTheHistoryOfABatchDoesNotGrowWithItsRows(t *testing.T) {
	t.Parallel()
	lengths := map[int]int{}
	for _, n := range []int{10, 900} {
		calm := func(r *realm) { r.pace.Sweep = time.Hour } // which would poke beside the relay
		w := batch(t, start(t, testdb.SQLite(t), 1, nil, calm), n)
		soon(t, "the batch runs", 20*time.Second, w.alive)
		w.steady()
		w.send()
		sent := w.steady()
		for row := int64(1); row <= int64(n/2); row += 100 {
			w.write(func(tx *ledger.Tx) error {
				_, err := tx.AnswerEnrolment(w.id, ledger.AnswersInput{Rows: registered(row, min(row+99, int64(n/2)))})
				return err
			})
		}
		require.Equal(t, sent, w.steady(), "rows that are answered cost no event")
		w.registerAll()
		w.steady()
		w.handAll(int64(n))
		soon(t, "the batch has ended", 20*time.Second, func() bool { return !w.alive() })
		lengths[n] = w.steady()
		require.LessOrEqual(t, lengths[n], perBatch, "the whole life of a batch")
		require.Equal(t, "done", w.view().CloseReason)
	}
	require.Equal(t, lengths[10], lengths[900])
	t.Logf("a batch costs %d events", lengths[10])
}

// TestABatchGoesOnWhoeverDies: answers, cards and receipts come while no worker
// is there; the next one finds out that the batch has ended.
func TestABatchGoesOnWhoeverDies(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := batch(t, start(t, url, 1, nil), 20)
		soon(t, "the batch runs", 20*time.Second, w.alive)
		w.stopWorker()
		w.send()
		w.registerAll()
		w.handAll(20)
		require.Equal(t, "done", w.view().CloseReason, "facts are taken while nobody works")
		require.True(t, w.alive())
		w.startWorker()
		soon(t, "the batch has ended", 30*time.Second, func() bool { return !w.alive() })
		require.True(t, w.view().HeardEnd)
	})
}

// TestWaitingForTheBranchEndsThoughTheWorkerWasAway: the time of the branch runs
// out while no worker is there, and the names are let go as soon as one is.
func TestWaitingForTheBranchEndsThoughTheWorkerWasAway(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := batch(t, start(t, url, 1, nil), 5)
		w.send()
		soon(t, "it is armed", 20*time.Second, func() bool { return w.view().ArmedUntil != 0 })
		w.stopWorker()
		w.past()
		time.Sleep(3 * time.Second)
		require.EqualValues(t, 5, w.view().Counts.Waiting)
		w.startWorker()
		soon(t, "the names are let go", 30*time.Second, func() bool { return w.view().Counts.Unanswered == 5 })
		soon(t, "and the batch ends", 20*time.Second, func() bool { return !w.alive() })

		w.write(func(tx *ledger.Tx) error {
			_, err := tx.AnswerEnrolment(w.id, ledger.AnswersInput{Rows: registered(1, 1)})
			return err
		})
		soon(t, "a late answer opens it again", 20*time.Second, w.alive)
	})
}

// TestBatchesAreBuiltAnewFromTheLedger loses Temporal's store between sending and
// answer.
func TestBatchesAreBuiltAnewFromTheLedger(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		w := batch(t, start(t, url, 1, nil), 5)
		w.send()
		soon(t, "it is armed", 20*time.Second, func() bool { return w.view().ArmedUntil != 0 })
		due := w.view().NextAt
		w.stopWorker()
		w.stopServer()
		for _, suffix := range []string{"", "-wal", "-shm"} {
			remove(t, w.store+suffix)
		}
		w.startServer()
		w.startWorker()
		n, err := doctor.Rebuild(t.Context(), w.ledger, w.engine, nil)
		require.NoError(t, err)
		require.Equal(t, 2, n, "the agreement and its batch")
		soon(t, "the batch is back", 20*time.Second, func() bool {
			p, err := w.engine.Process(t.Context(), w.about())
			return err == nil && p.Snapshot.NextAt == due && p.Snapshot.Epoch > 1 && p.EnrolmentID == w.id
		})
		soon(t, "nothing differs", 20*time.Second, func() bool {
			found, err := doctor.Check(t.Context(), w.ledger, w.engine, nil)
			return err == nil && len(found) == 0
		})
	})
}

func registered(from, to int64) (out []enrolment.Answer) {
	for n := from; n <= to; n++ {
		out = append(out, enrolment.Answer{Number: n, State: enrolment.Registered})
	}
	return out
}

// TestRecordHistoriesOfBatches writes the histories of batches that the replay
// test reads. It runs on demand: make histories.
func TestRecordHistoriesOfBatches(t *testing.T) {
	if !*record {
		t.Skip("on demand: make histories")
	}
	w := batch(t, start(t, testdb.SQLite(t), 1, nil), 3)
	soon(t, "the batch runs", 20*time.Second, w.alive)
	w.send()
	w.steady()
	w.registerAll()
	w.steady()
	w.handAll(3)
	soon(t, "the batch has ended", 20*time.Second, func() bool { return !w.alive() })
	w.saveAs(protocol.EnrolmentID(w.id), "batch-answered-and-cards-handed-over")

	u := batch(t, start(t, testdb.SQLite(t), 1, nil, func(r *realm) { r.breathe = 6 * time.Second }), 3)
	u.send()
	soon(t, "it is armed", 20*time.Second, func() bool { return u.view().ArmedUntil != 0 })
	first := u.run()
	soon(t, "continue as new", 20*time.Second, func() bool { return u.run() != first })
	u.steady()
	u.saveAs(protocol.EnrolmentID(u.id), "batch-continued-as-new-while-waiting")

	g := batch(t, start(t, testdb.SQLite(t), 1, nil), 3)
	g.send()
	soon(t, "it is armed", 20*time.Second, func() bool { return g.view().ArmedUntil != 0 })
	g.past()
	soon(t, "the batch has ended", 20*time.Second, func() bool { return !g.alive() })
	g.saveAs(protocol.EnrolmentID(g.id), "batch-that-nobody-answered")
}

func (w *wave) run() string {
	w.t.Helper()
	d, err := w.client.DescribeWorkflowExecution(w.t.Context(), protocol.EnrolmentID(w.id), "")
	require.NoError(w.t, err)
	return d.GetWorkflowExecutionInfo().GetExecution().GetRunId()
}
