package bench_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/doctor"
	"payung/domain/calendar"
	"payung/internal/fixture"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/protocol"
)

// BenchmarkDailyRound does everything the daily round does, part by part, over
// many units: the figures of the day, counting again, and the comparison of
// ledger and workflows. ROUND_UNITS changes how many; the whole country is
// 95000 in 552 agreements.
func BenchmarkDailyRound(b *testing.B) {
	n := number(b, "ROUND_UNITS", 20_000)
	const each = 172 // units of an agreement
	for _, engine := range []struct {
		name string
		url  func(testing.TB) string
	}{{"postgres", testdb.Postgres}, {"sqlite", testdb.SQLite}} {
		b.Run(engine.name, func(b *testing.B) {
			m := start(b, engine.url(b))
			for done := 0; done < n; done += each {
				m.answered(b, min(each, n-done))
			}
			m.caughtUp(b)
			for b.Loop() {
				begun := time.Now()
				for _, z := range []calendar.Zone{calendar.WIB, calendar.WITA, calendar.WIT} {
					_, _, err := m.ledger.SnapshotCoverage(b.Context(), protocol.RoundInput{Zone: string(z)})
					require.NoError(b, err)
				}
				figures := time.Since(begun)
				wrong, err := m.ledger.Recount(b.Context())
				require.NoError(b, err)
				require.Zero(b, wrong)
				counted := time.Since(begun)
				found, err := doctor.Check(b.Context(), m.ledger, m.engine, nil)
				require.NoError(b, err)
				require.Empty(b, found)
				b.ReportMetric(figures.Seconds(), "figures-s")
				b.ReportMetric((counted - figures).Seconds(), "recount-s")
				b.ReportMetric((time.Since(begun) - counted).Seconds(), "check-s")
				b.ReportMetric(time.Since(begun).Seconds(), "round-s")
			}
		})
	}
}

// answered makes an agreement whose units have been asked for their lists, half
// of them with an answer.
func (m *bench) answered(b *testing.B, units int) {
	b.Helper()
	require.NoError(b, m.ledger.Write(b.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
		k, err := fixture.Make(tx, units, nil)
		if err != nil {
			return err
		}
		target := calendar.WITA.DayOf(tx.Now()).Add(60)
		year, err := tx.RecordYear(k.Agreement.ID, ledger.YearInput{LineID: k.Line.ID, Year: target.Year(), KindOfUnit: "desa", TargetOn: string(target)}, "")
		if err != nil {
			return err
		}
		had := make([]ledger.BranchReceipt, units/2)
		for i := range had {
			had[i] = ledger.BranchReceipt{UnitID: k.Villages[i].ID, People: 10}
		}
		_, _, err = tx.RecordReceipts(k.Agreement.ID, year.ID, had, "")
		return err
	}))
}

// caughtUp waits until the loops have counted everything and every workflow has
// heard the ledger's last word.
func (m *bench) caughtUp(b *testing.B) {
	b.Helper()
	for limit := time.Now().Add(10 * time.Minute); ; time.Sleep(time.Second) {
		found, err := doctor.Check(b.Context(), m.ledger, m.engine, nil)
		require.NoError(b, err)
		if len(found) == 0 {
			return
		}
		require.True(b, time.Now().Before(limit), "%d workflows have not caught up", len(found))
	}
}
