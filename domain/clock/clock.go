// Package clock judges whether the clock on a machine's wall can be believed.
// Deadlines are kept by it, so one that jumps must not send anything before
// somebody has looked. The package reads no clock: what is known is handed in.
package clock

import "time"

// Limits of what is normal.
const (
	// Slack is how far a clock may be off before it is doubted: more than any
	// correction over the network, less than any mistake worth asking about.
	Slack = 5 * time.Minute
	// Downtime is how long an installation may have been off before its clock is
	// doubted rather than believed: a holiday, not a season.
	Downtime = 35 * 24 * time.Hour
)

// Cause says why a clock is doubted.
type Cause string

// The causes.
const (
	Trusted Cause = ""
	Unbuilt Cause = "before_build" // the program had not been built yet
	Behind  Cause = "behind"       // something was recorded later than now
	Ahead   Cause = "ahead"        // it moved further than time has passed
	Gap     Cause = "long_gap"     // it was off for longer than is normal
)

// Known is what is known besides what the clock says. A zero time is not known.
type Known struct {
	Built   time.Time // when the program was built
	Seen    time.Time // the newest instant at which the clock was trusted, by anybody
	Was     time.Time // what it said when this process last trusted it
	Passed  time.Duration
	Counted bool      // Passed is the time that has gone by since Was, sleep of the machine included
	Doubted time.Time // what it said when a doubt began that has not ended
	Why     Cause     // of that doubt
}

// Verdict is what to think of a clock.
type Verdict struct {
	Cause    Cause
	Expected time.Time // what it should say; zero: nobody knows
}

// Judge says what to think of a clock that says now. A doubt ends by itself
// once the clock is back where it should be.
func Judge(k Known, now time.Time) Verdict {
	counted := k.Counted && !k.Was.IsZero()
	var v Verdict
	if counted {
		v.Expected = k.Was.Add(k.Passed)
	}
	switch {
	case !k.Built.IsZero() && now.Before(k.Built.Add(-Slack)):
		v.Cause = Unbuilt
	case counted && now.Before(v.Expected.Add(-Slack)):
		v.Cause = Behind
	case counted && now.After(v.Expected.Add(Slack)):
		v.Cause = Ahead
	case !k.Seen.IsZero() && now.Before(k.Seen.Add(-Slack)):
		v.Cause, v.Expected = Behind, later(v.Expected, k.Seen)
	case counted: // it went on as time did
	case k.Why == Ahead || k.Why == Gap:
		// Nobody counted the time since. A clock that goes on from where it was
		// doubted is as doubtful as before; one that was put back is not.
		if !now.Before(k.Doubted.Add(-Slack)) {
			v.Cause = k.Why
		}
	case !k.Seen.IsZero() && now.Sub(k.Seen) > Downtime:
		v.Cause = Gap
	}
	return v
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
