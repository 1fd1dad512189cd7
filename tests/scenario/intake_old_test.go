package scenario_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestNothingIsLeftOfAnOldWorkbook kills the server while LibreOffice turns an
// old workbook into a new one, in memory, for it. Not parallel: others convert
// in the same place.
func TestNothingIsLeftOfAnOldWorkbook(t *testing.T) {
	content := old(t, told(80).xlsx(t))
	if content == nil {
		t.Skip("LibreOffice is not installed")
	}
	data := dataFolder(t)
	s := serve(t, data)
	waiting(t, s)
	path := "/obligations/" + s.duties()[desas[0]] + "/uploads"
	before, err := filepath.Glob("/dev/shm/payung-*")
	require.NoError(t, err)
	sent := make(chan error, 1)
	go func() {
		_, err := s.tryFile(path, "a.xls", content, nil)
		sent <- err
	}()
	converting := func() (more bool) {
		now, err := filepath.Glob("/dev/shm/payung-*/profile")
		return err == nil && len(now) > len(before)
	}
	require.Eventually(t, converting, 10*time.Second, 5*time.Millisecond)
	s.Kill()
	require.Error(t, <-sent)
	require.True(t, converting(), "it is there when nobody could remove it")
	time.Sleep(3 * time.Second) // LibreOffice does not know that nobody waits
	serve(t, data)
	require.False(t, converting(), "and gone with the next start")
}
