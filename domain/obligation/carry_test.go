package obligation_test

import (
	"slices"
	"testing"
	"time"

	"payung/domain/calendar"
	"payung/domain/obligation"
)

func TestAnEditedLadderGoesOnWhereTheOldOneStood(t *testing.T) {
	t.Parallel()
	short, full := obligation.Default(), obligation.Full()
	late := obligation.Hours{Morning: 15, Opens: 9, Closes: 17}
	tests := map[string]struct {
		before, after obligation.Ladder
		were, hours   obligation.Hours // of the old plan and of the new one
		until, now    time.Time
		taken         []string
		until2        time.Time
		taken2        []string
	}{
		"nothing was due, nothing lies behind": {
			before: short, after: full, until: wita("2026-10-01", 9), now: wita("2026-10-02", 9), until2: wita("2026-10-02", 9),
		},
		"what is added behind us is not sent": { // T-30 and T-14 would have been before
			before: short, after: full, until: wita("2026-11-01", 9), now: wita("2026-11-05", 9), until2: wita("2026-11-05", 9),
		},
		"what was sent is not sent again": { // T-7 is at three in the afternoon now
			before: short, after: short, hours: late, until: wita("2026-11-11", 8), now: wita("2026-11-11", 9),
			until2: wita("2026-11-11", 9), taken2: []string{"T-7"},
		},
		"nor after a second edit": {
			before: short, after: short, hours: late, until: wita("2026-11-10", 9), now: wita("2026-11-10", 10), taken: []string{"T-7"},
			until2: wita("2026-11-10", 10), taken2: []string{"T-7"},
		},
		"what is sent and in the ladder no more is remembered": {
			before: full, after: short, until: wita("2026-11-16", 8), now: wita("2026-11-16", 9),
			until2: wita("2026-11-16", 9), taken2: []string{"T-30", "T-14", "T-3"},
		},
		"what was due when the system was down is still due": {
			before: short, after: short, until: wita("2026-11-01", 9), now: wita("2026-11-13", 9),
			until2: wita("2026-11-11", 8).Add(-time.Microsecond),
		},
		"and what is added behind us meanwhile is not": {
			before: short, after: full, until: wita("2026-11-01", 9), now: wita("2026-11-16", 9),
			until2: wita("2026-11-11", 8).Add(-time.Microsecond), taken2: []string{"T-3"},
		},
		"what is pulled behind us is due at once": { // this morning's step was to come at three
			before: short, after: short, were: late, until: wita("2026-11-11", 7), now: wita("2026-11-11", 9),
			until2: wita("2026-11-11", 8).Add(-time.Microsecond),
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			old, terms := due("2026-11-18", tt.before), due("2026-11-18", tt.after)
			old.Hours, terms.Hours = tt.were, tt.hours
			got := obligation.Carry(
				obligation.Plan(old, calendar.National()), obligation.Plan(terms, calendar.National()), tt.until, tt.taken, tt.now)
			if !got.Until.Equal(tt.until2) || !slices.Equal(got.Taken, tt.taken2) {
				t.Errorf("dealt with until %s and %v, want %s and %v", got.Until, got.Taken, tt.until2, tt.taken2)
			}
		})
	}
}
