package sheet

import (
	"cmp"
	"os"
	"path/filepath"
	"syscall"
)

// folders are those in which old files are converted.
const folders = "payung-"

// RemoveAbandoned removes the folders of conversions whose program was killed:
// there are lists in them. Those of programs that run are locked, and stay.
func RemoveAbandoned() {
	found, _ := filepath.Glob(filepath.Join(cmp.Or(memory(), os.TempDir()), folders+"*", "profile"))
	for _, profile := range found {
		dir := filepath.Dir(profile)
		if f, err := lock(dir); err == nil {
			_ = os.RemoveAll(dir) // somebody else's is not ours to remove
			_ = f.Close()
		}
	}
}

// lock claims a folder for as long as the file is open, or this program runs.
func lock(dir string) (*os.File, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}
