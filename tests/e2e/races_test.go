package e2e_test

import (
	"database/sql"
	"strconv"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"payung/doctor"
	"payung/domain/agreement"
	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/ledger"
)

func itoa(n int) string { return strconv.Itoa(n) }

func TestRemindersGoOutOnTheDotAndStopWhenAUnitAnswers(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		day := tomorrow()
		r := start(t, url, 5, seconds(day, 6, 10))
		r.openYear(day)
		soon(t, "the first reminder of five villages", 15*time.Second, func() bool { return len(r.notices()) == 5 })
		answered := r.obligations()[2]
		require.NoError(t, r.ledger.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
			_, err := tx.Close(answered.ID, ledger.Closing{How: ledger.ByNihil, Signatory: "Kepala Desa"})
			return err
		}))
		soon(t, "the second reminder of the other four", 15*time.Second, func() bool { return len(r.notices()) == 9 })
		for _, n := range r.notices()[5:] {
			require.NotEqual(t, answered.ID, n.ObligationID)
		}
	})
}

func TestTheSameRequestOnBothSidesOfContinueAsNewCountsOnce(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		day := tomorrow()
		r := start(t, url, 3, nil, func(r *realm) { r.breathe = 3 * time.Second })
		first := r.openYear(day)
		run := r.runID()
		soon(t, "the run continues as new", 20*time.Second, func() bool { return r.runID() != run })
		again, err := r.engine.Decide(t.Context(), r.target(), agreement.OpenYear, "open-year")
		require.NoError(t, err)
		require.Equal(t, first.Made, again.Made)
		require.Len(t, r.obligations(), 3)
		require.Equal(t, first.Snapshot.NextAt, r.process().Snapshot.NextAt, "the alarm crosses")
	})
}

func TestADecisionWhoseCallerGaveUpIsCarriedOutOnce(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		day := tomorrow()
		r := start(t, url, 3, nil)
		soon(t, "the agreement runs", 20*time.Second, func() bool { return r.running() })
		r.propose("slow", agreement.OpenYear, ledger.YearInput{LineID: r.Line.ID, Year: day.Year(), KindOfUnit: "desa", TargetOn: string(day)})
		unlock := lock(t, url, r.Agreement.ID)
		_, err := r.engine.Decide(ctxWithin(t, 3*time.Second), r.target2(), agreement.OpenYear, "slow")
		require.True(t, fault.Is(err, "engine_unavailable"), "%v", err)
		require.Empty(t, r.obligations(), "no answer and nothing done")
		unlock()
		out, err := r.engine.Decide(t.Context(), r.target(), agreement.OpenYear, "slow")
		for range 3 {
			if !fault.Is(err, "engine_unavailable") {
				break
			}
			out, err = r.engine.Decide(t.Context(), r.target(), agreement.OpenYear, "slow")
		}
		require.NoError(t, err)
		require.Equal(t, "3", out.Made["obligations"])
		require.Len(t, r.obligations(), 3)
	})
}

func TestALostPokeIsMadeUpForByTheSweep(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		day := tomorrow()
		r := start(t, url, 2, seconds(day, 3600))
		r.openYear(day)
		r.quietDown()
		r.stopWorker()
		// A step of one unit comes nearer, and the poke is lost.
		o := r.obligations()[0]
		soonAt := time.Now().Add(30 * time.Minute).UnixMicro()
		exec(t, url, "UPDATE obligations SET next_at = "+strconv.FormatInt(soonAt, 10)+", taken_until = 0 WHERE id = '"+o.ID+"'")
		exec(t, url, "DELETE FROM outbox")
		r.startWorker()
		soon(t, "the sweep re-arms the alarm", 20*time.Second, func() bool { return r.process().Snapshot.NextAt == soonAt })
	})
}

func TestARebuiltEngineWakesAtTheSameInstants(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		day := tomorrow().Add(20)
		r := start(t, url, 4, nil)
		before := r.openYear(day).Snapshot
		r.stopWorker()
		r.stopServer()
		for _, suffix := range []string{"", "-wal", "-shm"} {
			remove(t, r.store+suffix)
		}
		r.startServer()
		require.True(t, r.server.Fresh())
		r.startWorker()
		n, err := doctor.Rebuild(t.Context(), r.ledger, r.engine, nil)
		require.NoError(t, err)
		require.Equal(t, 1, n)
		soon(t, "the workflow is back", 20*time.Second, func() bool {
			p, err := r.engine.Process(t.Context(), r.target2())
			return err == nil && p.Snapshot.NextAt == before.NextAt && p.Snapshot.Epoch > before.Epoch
		})
		found, err := doctor.Check(t.Context(), r.ledger, r.engine, nil)
		require.NoError(t, err)
		require.Empty(t, found)
	})
}

func TestALedgerPutBackFromAnOlderCopyIsSeenAndMended(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		r := start(t, url, 2, nil)
		r.openYear(tomorrow().Add(20))
		soon(t, "ledger and workflow agree", 20*time.Second, func() bool {
			found, err := doctor.Check(t.Context(), r.ledger, r.engine, nil)
			return err == nil && len(found) == 0
		})
		exec(t, url, "UPDATE agreements SET version = 1 WHERE id = '"+r.Agreement.ID+"'")
		found, err := doctor.Check(t.Context(), r.ledger, r.engine, nil)
		require.NoError(t, err)
		require.Len(t, found, 1)
		require.Equal(t, doctor.Ahead, found[0].Problem)
		_, err = doctor.Rebuild(t.Context(), r.ledger, r.engine, nil)
		require.NoError(t, err)
		soon(t, "the rebuild mends it", 20*time.Second, func() bool {
			found, err := doctor.Check(t.Context(), r.ledger, r.engine, nil)
			return err == nil && len(found) == 0
		})
	})
}

func TestTheLastTwoUnitsAtOnceCompleteTheYear(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		r := start(t, url, 2, nil)
		r.openYear(tomorrow().Add(20))
		for _, o := range r.obligations() {
			go func() {
				_ = r.ledger.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
					_, err := tx.Close(o.ID, ledger.Closing{How: ledger.ByNihil, Signatory: "Kepala Desa"})
					return err
				})
			}()
		}
		soon(t, "the workflow knows that every list is in", 20*time.Second, func() bool {
			return strings.Contains(strings.Join(r.process().Snapshot.Milestones, " "), string(agreement.RostersIn))
		})
	})
}

// lock holds the ledger's writer (SQLite) or the agreement's row (PostgreSQL)
// until the returned function is called.
func lock(t *testing.T, url, agreementID string) (unlock func()) {
	t.Helper()
	db := rawDB(t, url)
	tx, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	_, err = tx.ExecContext(t.Context(), "UPDATE agreements SET title = title WHERE id = '"+agreementID+"'")
	require.NoError(t, err)
	return func() { require.NoError(t, tx.Rollback()) }
}

func rawDB(t *testing.T, url string) *sql.DB {
	t.Helper()
	driver, dsn := "pgx", url
	if path, ok := strings.CutPrefix(url, "sqlite://"); ok {
		driver, dsn = "sqlite", "file:"+path+"?_pragma=busy_timeout(10000)"
	}
	db, err := sql.Open(driver, dsn)
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func exec(t *testing.T, url, statement string) {
	t.Helper()
	_, err := rawDB(t, url).ExecContext(t.Context(), statement)
	require.NoError(t, err)
}

func TestAWorkerDownAcrossThreeStepsSendsOneCatchUp(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		day := tomorrow()
		r := start(t, url, 4, seconds(day, 6, 8, 10, 3600))
		r.openYear(day)
		r.stopWorker()
		time.Sleep(11 * time.Second)
		require.Empty(t, r.notices())
		r.startWorker()
		soon(t, "the catch-up", 20*time.Second, func() bool { return len(r.notices()) > 0 })
		r.quietDown()
		require.Len(t, r.notices(), 4, "one for each village, not three")
		for _, n := range r.notices() {
			require.Equal(t, "S3", n.Step)
			require.Equal(t, "S1,S2", n.Missed)
		}
	})
}

// TestALedgerLockedForHalfAMinuteDelaysAndLosesNothing holds the ledger while a
// reminder falls due, a decision is taken and a village answers.
func TestALedgerLockedForHalfAMinuteDelaysAndLosesNothing(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		day := tomorrow()
		r := start(t, url, 3, seconds(day, 8, 3600))
		r.openYear(day)
		r.propose("move", agreement.MoveDeadline, ledger.DeadlineInput{TargetOn: string(day.Add(20)), Reason: "libur"})
		first := r.obligations()[0]
		unlock := lock(t, url, r.Agreement.ID)
		_, err := r.engine.Decide(t.Context(), r.target2(), agreement.MoveDeadline, "move")
		require.True(t, fault.Is(err, "engine_unavailable"), "%v", err)
		time.Sleep(20 * time.Second)
		require.Empty(t, r.notices(), "nothing half done")
		unlock()
		soon(t, "the decision is carried out although nobody asks again", 60*time.Second, func() bool {
			return r.obligations()[0].Generation == 2
		})
		require.NoError(t, r.ledger.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
			_, err := tx.Close(first.ID, ledger.Closing{How: ledger.ByNihil, Signatory: "Kepala Desa"})
			return err
		}))
		r.quietDown()
		require.Equal(t, int64(0), r.obligations()[0].NextAt)
		require.LessOrEqual(t, len(r.notices()), 3, "each village heard once at most")
	})
}
