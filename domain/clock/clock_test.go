package clock

import (
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func after(d time.Duration) time.Time { return noon.Add(d) }

func TestAClockIsBelievedWhileItGoesAsTimeDoes(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	running := Known{Seen: noon, Was: noon, Passed: time.Hour, Counted: true}
	started := Known{Seen: noon}
	for name, c := range map[string]struct {
		known Known
		now   time.Time
		want  Cause
	}{
		"a new installation":                            {Known{}, noon, Trusted},
		"it says what it should":                        {running, after(time.Hour), Trusted},
		"the network corrected it a little":             {running, after(time.Hour + 4*time.Minute), Trusted},
		"it jumped an hour ahead":                       {running, after(2 * time.Hour), Ahead},
		"it jumped years ahead":                         {running, after(1000 * day), Ahead},
		"it went back an hour":                          {running, noon, Behind},
		"the machine slept, and time was counted":       {Known{Seen: noon, Was: noon, Passed: 14 * time.Hour, Counted: true}, after(14 * time.Hour), Trusted},
		"off for a weekend":                             {started, after(3 * day), Trusted},
		"off for as long as is normal":                  {started, after(Downtime), Trusted},
		"off for longer":                                {started, after(Downtime + time.Second), Gap},
		"started with an empty battery":                 {started, time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), Behind},
		"before the program was built":                  {Known{Built: noon}, after(-time.Hour), Unbuilt},
		"another machine is further":                    {Known{Seen: after(2 * time.Hour), Was: noon, Passed: time.Hour, Counted: true}, after(time.Hour), Behind},
		"started again where it was doubted":            {Known{Seen: noon, Doubted: after(10 * day), Why: Ahead}, after(10*day + time.Hour), Ahead},
		"started again and put back":                    {Known{Seen: noon, Doubted: after(10 * day), Why: Ahead}, after(time.Hour), Trusted},
		"started again after it was behind":             {Known{Seen: noon, Doubted: after(-10 * day), Why: Behind}, after(time.Hour), Trusted},
		"started again after it was behind, and still":  {Known{Seen: noon, Doubted: after(-10 * day), Why: Behind}, after(-10*day + time.Hour), Behind},
		"started again, and the long gap was a mistake": {Known{Seen: noon, Doubted: after(50 * day), Why: Gap}, after(day), Trusted},
	} {
		if got := Judge(c.known, c.now).Cause; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestADoubtKnowsWhatTheClockShouldSay(t *testing.T) {
	t.Parallel()
	v := Judge(Known{Seen: noon, Was: noon, Passed: time.Minute, Counted: true}, after(10*24*time.Hour))
	if v.Cause != Ahead || !v.Expected.Equal(after(time.Minute)) {
		t.Errorf("%+v", v)
	}
	if v = Judge(Known{Seen: noon}, after(-time.Hour)); v.Cause != Behind || !v.Expected.Equal(noon) {
		t.Errorf("nothing was counted: %+v", v)
	}
	if v = Judge(Known{Seen: noon}, after(40*24*time.Hour)); !v.Expected.IsZero() {
		t.Errorf("nobody knows how long it was off: %+v", v)
	}
}

func TestADoubtEndsOnceTheClockIsBack(t *testing.T) {
	t.Parallel()
	k := Known{Seen: noon, Was: noon, Counted: true}
	for _, c := range []struct {
		passed time.Duration
		now    time.Time
		want   Cause
	}{
		{time.Minute, after(48 * time.Hour), Ahead},
		{2 * time.Minute, after(48*time.Hour + time.Minute), Ahead},
		{3 * time.Minute, after(3 * time.Minute), Trusted},
	} {
		k.Passed = c.passed
		if got := Judge(k, c.now).Cause; got != c.want {
			t.Errorf("after %s: %q, want %q", c.passed, got, c.want)
		}
		k.Doubted, k.Why = after(48*time.Hour), Ahead
	}
}
