package ledger

import (
	"time"

	"golang.org/x/sys/unix"
)

// elapsed is the time since the machine was started, its sleep included: it
// goes on by itself, whatever the clock on the wall is set to.
func elapsed() (time.Duration, bool) {
	var t unix.Timespec
	err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &t)
	return time.Duration(t.Nano()), err == nil
}
