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
	Code    string `json:"code"`   // "T-7", unique in the ladder; part of the sent-ledger's key
	Offset  Offset `json:"offset"` // "-P7D"
	Tone    Tone   `json:"tone"`
	Level   int    `json:"level"`             // 0: the post that owes; 1: the post above it; …
	Working bool   `json:"working,omitempty"` // the days of the offset are working days
}

// StepAt is the step so many days from the target, before it if negative, with
// the code people know it by: "T-7", or "T-7HK" in working days (hari kerja).
func StepAt(days int, working bool, tone Tone, level int) Step {
	code, offset := fmt.Sprintf("T%+d", days), Offset(fmt.Sprintf("P%dD", max(days, -days)))
	if days < 0 {
		offset = "-" + offset
	}
	if working {
		code += "HK"
	}
	return Step{Code: code, Offset: offset, Tone: tone, Level: level, Working: working}
}

// Days is the offset in days, and whether it is nothing else: an offset with a
// clock part is not.
func (s Step) Days() (int, bool) {
	o, err := s.Offset.span()
	return o.days, err == nil && !o.exact
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
		StepAt(-7, false, Reminder, 0),
		StepAt(-1, false, Reminder, 0),
		StepAt(1, false, Request, 1),
	}}
}

// Full is the long ladder of nine steps from T-30 to T+7, escalating one post
// a time once the target has passed.
func Full() Ladder {
	return Ladder{Code: "full", Steps: []Step{
		StepAt(-30, false, Reminder, 0),
		StepAt(-14, false, Reminder, 0),
		StepAt(-7, false, Reminder, 0),
		StepAt(-3, false, Reminder, 0),
		StepAt(-1, false, Reminder, 0),
		StepAt(0, false, Reminder, 0),
		StepAt(1, false, Request, 1),
		StepAt(3, false, Warning, 1),
		StepAt(7, false, Warning, 2),
	}}
}

// Check refuses a ladder that could not be kept: too many steps, codes that
// are repeated or that of the lapse, a comma in one, offsets that are no
// durations.
func (l Ladder) Check() error {
	if l.Code == "" || len(l.Code) > 40 {
		return fmt.Errorf("obligation: a ladder needs a code of at most 40 characters")
	}
	if len(l.Steps) > maxSteps {
		return fmt.Errorf("obligation: ladder %s has %d steps, at most %d are allowed", l.Code, len(l.Steps), maxSteps)
	}
	seen := map[string]bool{}
	for _, s := range l.Steps {
		if s.Code == "" || s.Code == LapseCode || len(s.Code) > 20 || strings.Contains(s.Code, ",") || strings.TrimSpace(s.Code) != s.Code || seen[s.Code] {
			return fmt.Errorf("obligation: step code %q of ladder %s is empty, reserved, too long or used twice", s.Code, l.Code)
		}
		seen[s.Code] = true
		if _, err := ParseOffset(string(s.Offset)); err != nil {
			return err
		}
		if _, whole := s.Days(); s.Working && (!whole || strings.Contains(string(s.Offset), "W")) {
			return fmt.Errorf("obligation: step %s counts working days, so its offset is a number of days and nothing else", s.Code)
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
