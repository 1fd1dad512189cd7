package bench_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/domain/obligation"
	"payung/internal/fixture"
	"payung/internal/testdb"
	"payung/ledger"
)

// BenchmarkBurst lets the reminders of many obligations fall due at one instant
// and watches from outside when they show in the ledger. BURST changes how many;
// the whole country is 106000.
func BenchmarkBurst(b *testing.B) {
	n := number(b, "BURST", 20_000)
	for _, engine := range []struct {
		name string
		url  func(testing.TB) string
	}{{"postgres", testdb.Postgres}, {"sqlite", testdb.SQLite}} {
		b.Run(engine.name, func(b *testing.B) {
			m := start(b, engine.url(b))
			for b.Loop() {
				due := time.Now().Add(30*time.Second + time.Duration(n)*4*time.Millisecond).Truncate(time.Second)
				m.park(b, n, due)
				require.True(b, time.Now().Before(due), "parking took too long")
				m.watch(b, n, due)
			}
		})
	}
}

// park opens n obligations, 192 in each agreement, whose one reminder falls at
// that instant.
func (m *bench) park(b *testing.B, n int, due time.Time) {
	b.Helper()
	target := calendar.WITA.DayOf(due).Add(2)
	left := int64(target.End(calendar.WITA).Sub(due) / time.Second)
	ladder := &obligation.Ladder{Code: "burst", Steps: []obligation.Step{
		{Code: "S0", Offset: obligation.Offset(fmt.Sprintf("-PT%dS", left)), Tone: obligation.Reminder},
	}}
	for parked := 0; parked < n; parked += 192 {
		require.NoError(b, m.ledger.Write(b.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
			k, err := fixture.Make(tx, min(192, n-parked), ladder)
			if err != nil {
				return err
			}
			_, err = tx.RecordMeeting(k.Agreement.ID, ledger.MeetingInput{On: calendar.On(calendar.WITA.DayOf(tx.Now())), Decisions: []ledger.MeetingDecisionInput{
				{Text: "Setiap desa menunjuk petugas", Task: &ledger.TaskInput{Kind: "task", KindOfUnit: "desa", TargetOn: string(target)}},
			}})
			return err
		}))
	}
}

// watch asks ten times a second how many reminders there are.
func (m *bench) watch(b *testing.B, n int, due time.Time) {
	b.Helper()
	driver, dsn := "pgx", m.url
	if path, ok := strings.CutPrefix(m.url, "sqlite://"); ok {
		driver, dsn = "sqlite", "file:"+path
	}
	db, err := sql.Open(driver, dsn)
	require.NoError(b, err)
	defer func() { require.NoError(b, db.Close()) }()
	time.Sleep(time.Until(due))
	at := map[int]time.Duration{}
	for seen := 0; seen < n; time.Sleep(100 * time.Millisecond) {
		require.NoError(b, db.QueryRowContext(b.Context(), "SELECT COUNT(*) FROM notices").Scan(&seen))
		late := time.Since(due)
		require.Less(b, late, 5*time.Minute)
		for _, p := range []int{50, 99, 100} {
			if _, known := at[p]; !known && seen*100 >= n*p {
				at[p] = late
			}
		}
	}
	b.ReportMetric(at[50].Seconds(), "late-p50-s")
	b.ReportMetric(at[99].Seconds(), "late-p99-s")
	b.ReportMetric(at[100].Seconds(), "all-s")
}
