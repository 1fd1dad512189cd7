package bench_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
)

type reminded struct {
	Reminders, Completed int
	CPU, Server          float64
	Bytes                int64
}

// BenchmarkReminders keeps the same deadlines our way and the ways one would
// take instead: four reminders and a completion for each obligation, processor
// time of program and database together, the database flushing every commit.
// A table with a poller is the floor: it has no history, audit, scope or
// encryption. "Own" gives obligations dates of their own, in fifteen slots or
// each a different one. REMINDERS changes the number of obligations, RUNS how
// often all of it is repeated for the mean.
func BenchmarkReminders(b *testing.B) {
	n := number(b, "REMINDERS", 4800)
	runs := number(b, "RUNS", 1)
	program := filepath.Join(b.TempDir(), "reminder")
	out, err := exec.CommandContext(b.Context(), "go", "build", "-o", program, "./reminder").CombinedOutput()
	require.NoError(b, err, string(out))
	for _, engine := range []struct {
		name string
		url  func(testing.TB) string
	}{{"postgres", testdb.Postgres}, {"sqlite", testdb.SQLite}} {
		sum := map[string]float64{}
		for _, w := range []struct {
			name, how string
			n, spread int
		}{
			{"table", "table", n, 1},
			{"ours", "ours", n, 1},
			{"ours-own-15", "ours", n, 15},
			{"ours-own-each", "ours", n, n},
			{"river", "river", n, 1},
			{"workflow-per-unit", "workflow", 400, 1},
		} {
			b.Run(engine.name+"/"+w.name, func(b *testing.B) {
				var got reminded
				for b.Loop() {
					for range runs {
						cmd := exec.CommandContext(b.Context(), program, w.how, engine.url(b), strconv.Itoa(w.n), "6", strconv.Itoa(w.spread))
						cmd.Stderr = os.Stderr
						out, err := cmd.Output()
						require.NoError(b, err)
						require.NoError(b, json.Unmarshal(out, &got))
						require.Equal(b, w.n, got.Completed)
						sum[w.name] += (got.CPU + got.Server) * 1000 / float64(w.n) / float64(runs)
					}
				}
				b.ReportMetric(sum[w.name], "CPU-ms/obligation")
				b.ReportMetric(got.Server/(got.CPU+got.Server), "of-it-database")
				b.ReportMetric(sum[w.name]/sum["table"], "times-table")
				if w.name != "table" {
					b.ReportMetric(sum[w.name]/sum["ours"], "times-ours")
				}
				b.ReportMetric(float64(got.Bytes), "bytes/obligation")
				b.ReportMetric(float64(got.Reminders), "reminders")
			})
		}
	}
}

func number(b *testing.B, name string, otherwise int) int {
	b.Helper()
	n, err := strconv.Atoi(cmp.Or(os.Getenv(name), fmt.Sprint(otherwise)))
	require.NoError(b, err)
	return n
}
