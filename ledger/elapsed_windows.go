package ledger

import (
	"time"

	"golang.org/x/sys/windows"
)

// elapsed is the time since the machine was started, its sleep included: it
// goes on by itself, whatever the clock on the wall is set to.
func elapsed() (time.Duration, bool) { return windows.DurationSinceBoot(), true }
