package ledger_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A query that reads the hidden column as it is would show people a riddle.
func TestEveryFieldOfLastDigitsShowsThem(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	more, err := filepath.Glob("../models/*.go")
	require.NoError(t, err)
	seen := 0
	for _, f := range append(files, more...) {
		raw, err := os.ReadFile(f)
		require.NoError(t, err)
		for line := range strings.Lines(string(raw)) {
			if strings.Contains(line, "`gorm:\"column:nik_last"+"4") {
				seen++
				require.Contains(t, line, "serializer:digits", f)
			}
		}
	}
	require.Greater(t, seen, 5)
}
