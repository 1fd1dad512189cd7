package sheet

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhatAKilledProgramLeftIsRemovedAndNothingElse(t *testing.T) {
	t.Parallel()
	folder := func() string {
		dir, err := os.MkdirTemp(memory(), folders) //nolint:usetesting // where the program itself makes them
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
		require.NoError(t, os.Mkdir(filepath.Join(dir, "profile"), 0o700))
		return dir
	}
	left, used := folder(), folder()
	held, err := lock(used)
	require.NoError(t, err)
	RemoveAbandoned()
	require.NoDirExists(t, left)
	require.DirExists(t, used)
	require.NoError(t, held.Close())
	RemoveAbandoned()
	require.NoDirExists(t, used)
}
