package bench_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/tests/internal/program"
)

// BenchmarkServe measures what a newcomer feels: the demo, starting on an
// existing data folder, and the memory of the whole process at rest.
func BenchmarkServe(b *testing.B) {
	data := filepath.Join(b.TempDir(), "data")
	s := program.Serve(b, data)
	begun := time.Now()
	out, err := program.Run(b, "demo", "--server", s.URL)
	require.NoError(b, err, out)
	demo := time.Since(begun).Seconds()
	time.Sleep(time.Minute) // at rest
	memory := rss(b, s.PID())
	s.Stop()
	for b.Loop() {
		var took []time.Duration
		for range 5 {
			s := program.Serve(b, data)
			took = append(took, s.Took)
			s.Stop()
		}
		percentiles(b, took, "ready")
	}
	b.ReportMetric(demo, "demo-s") // after the loop, which begins by forgetting metrics
	b.ReportMetric(memory, "rss-MB")
}

// rss is the resident memory of a process in megabytes.
func rss(b *testing.B, pid int) float64 {
	b.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	require.NoError(b, err)
	_, rest, _ := strings.Cut(string(raw), "VmRSS:")
	kb, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	require.NoError(b, err)
	return kb / 1000
}
