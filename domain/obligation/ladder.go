// Package obligation knows when somebody who owes something has to be reminded,
// who hears of it, and when it is too late. It is pure: the clock, the calendar
// and the policy are handed in, so the engine, the dry-run calendar and the
// tests ask the same function.
package obligation

import (
	"fmt"
	"strings"
)

// Tone says what a step is: a friendly reminder, a dated request, a warning.
type Tone string

// The tones, in rising order.
const (
	Reminder Tone = "reminder" // pengingat
	Request  Tone = "request"  // surat permintaan ke-2
	Warning  Tone = "warning"  // surat teguran
)

// Step is one rung of a ladder, relative to the target date.
type Step struct {
	Code   string `json:"code"`   // "T-7", unique in the ladder; part of the sent-ledger's key
	Offset Offset `json:"offset"` // "-P7D"
	Tone   Tone   `json:"tone"`
	Level  int    `json:"level"` // 0: the post that owes; 1: the post above it; …
}

// Ladder is the policy of reminders for one kind of obligation.
type Ladder struct {
	Code  string `json:"code"`
	Steps []Step `json:"steps"`
}

// maxSteps bounds a ladder: nobody reads a twentieth reminder.
const maxSteps = 20

// Default is the short ladder: a week before, the day before, the day after.
// More is felt as nagging and is a choice of each Pemda.
func Default() Ladder {
	return Ladder{Code: "default", Steps: []Step{
		{"T-7", "-P7D", Reminder, 0},
		{"T-1", "-P1D", Reminder, 0},
		{"T+1", "P1D", Request, 1},
	}}
}

// Full is the long ladder of nine steps from T-30 to T+7, escalating one post
// a time once the target has passed.
func Full() Ladder {
	return Ladder{Code: "full", Steps: []Step{
		{"T-30", "-P30D", Reminder, 0},
		{"T-14", "-P14D", Reminder, 0},
		{"T-7", "-P7D", Reminder, 0},
		{"T-3", "-P3D", Reminder, 0},
		{"T-1", "-P1D", Reminder, 0},
		{"T+0", "P0D", Reminder, 0},
		{"T+1", "P1D", Request, 1},
		{"T+3", "P3D", Warning, 1},
		{"T+7", "P7D", Warning, 2},
	}}
}

// Check refuses a ladder that could not be kept: too many steps, codes that
// are repeated or that of the lapse, offsets that are no durations.
func (l Ladder) Check() error {
	if l.Code == "" || len(l.Code) > 40 {
		return fmt.Errorf("obligation: a ladder needs a code of at most 40 characters")
	}
	if len(l.Steps) > maxSteps {
		return fmt.Errorf("obligation: ladder %s has %d steps, at most %d are allowed", l.Code, len(l.Steps), maxSteps)
	}
	seen := map[string]bool{}
	for _, s := range l.Steps {
		if s.Code == "" || s.Code == LapseCode || len(s.Code) > 20 || strings.TrimSpace(s.Code) != s.Code || seen[s.Code] {
			return fmt.Errorf("obligation: step code %q of ladder %s is empty, reserved, too long or used twice", s.Code, l.Code)
		}
		seen[s.Code] = true
		if _, err := ParseOffset(string(s.Offset)); err != nil {
			return err
		}
		switch s.Tone {
		case Reminder, Request, Warning:
		default:
			return fmt.Errorf("obligation: tone %q of step %s is not reminder, request or warning", s.Tone, s.Code)
		}
		if s.Level < 0 || s.Level > 5 {
			return fmt.Errorf("obligation: level %d of step %s is not between 0 and 5", s.Level, s.Code)
		}
	}
	return nil
}
