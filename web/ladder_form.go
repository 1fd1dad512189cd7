package web

import (
	"maps"
	"strconv"

	"payung/domain/fault"
	"payung/domain/obligation"
	"payung/ledger"
)

// rung is one line of the form: so many days on one side of the deadline.
type rung struct {
	N     string // its place in the form
	Wrong string
}

// rungsOpen is how many empty lines a form offers besides those in use.
const rungsOpen = 3

// preset is the ladder the form begins with: the one in force, or one of those
// that are offered.
func (v *visit) preset(inForce obligation.Ladder) obligation.Ladder {
	switch v.r.URL.Query().Get("preset") {
	case "short":
		return obligation.Default()
	case "full":
		return obligation.Full()
	}
	return inForce
}

// The sides of a deadline, in calendar and in working days.
const (
	sideBefore        = "before"
	sideBeforeWorking = "before_working"
	sideAfter         = "after"
	sideAfterWorking  = "after_working"
)

// sides, tones and heights are what a line of the form can be.
func sides() []string { return []string{sideBefore, sideBeforeWorking, sideAfter, sideAfterWorking} }

func tones() []string {
	return []string{string(obligation.Reminder), string(obligation.Request), string(obligation.Warning)}
}

func heights() []int { return []int{0, 1, 2, 3, 4, 5} }

// ladderForm is a ladder as the form shows it. Steps that count by the clock
// are for demonstrations; they are left out.
func ladderForm(l obligation.Ladder) form {
	f, i := begin(), 0
	for _, s := range l.Steps {
		days, whole := s.Days()
		if !whole {
			continue
		}
		side := map[bool]map[bool]string{
			true: {false: sideBefore, true: sideBeforeWorking}, false: {false: sideAfter, true: sideAfterWorking},
		}[days <= 0][s.Working]
		n := strconv.Itoa(i)
		f.typed.Set("days"+n, strconv.Itoa(max(days, -days)))
		f.typed.Set("side"+n, side)
		f.typed.Set("tone"+n, string(s.Tone))
		f.typed.Set("level"+n, strconv.Itoa(s.Level))
		i++
	}
	return f
}

// rungsTyped bounds the lines that are read. A ladder has at most 20 steps.
const rungsTyped = 40

// closedUp is a form without its empty lines.
func closedUp(f form) form {
	out, i := form{typed: maps.Clone(f.typed)}, 0
	for was := range rungsTyped {
		old, next := strconv.Itoa(was), strconv.Itoa(i)
		line := map[string][]string{}
		for _, name := range []string{"days", "side", "tone", "level"} {
			line[name] = f.typed[name+old]
			out.typed.Del(name + old)
		}
		if f.text("days"+old) == "" {
			continue
		}
		for name, value := range line {
			out.typed[name+next] = value
		}
		i++
	}
	return out
}

// rungs are the lines of a form: those in use and some empty ones.
func rungs(f form) []rung {
	var out []rung
	for i, left := 0, rungsOpen; left > 0; i++ {
		n := strconv.Itoa(i)
		if f.text("days"+n) == "" {
			left--
		}
		out = append(out, rung{N: n, Wrong: f.Wrong["days"+n]})
	}
	return out
}

// ladderTyped reads the form: each line that names a number of days is a step,
// unless the Pemda wants no choice of its own any more.
func ladderTyped(f form, kind string) (ledger.LadderInput, error) {
	in := ledger.LadderInput{Kind: kind}
	if f.Value("none") != "" {
		return in, nil
	}
	l := obligation.Ladder{Code: "own", Steps: []obligation.Step{}}
	for _, r := range rungs(f) {
		text := f.text("days" + r.N)
		if text == "" {
			continue
		}
		days, err := strconv.Atoi(text)
		if err != nil || days < 0 || days > daysAway {
			return in, fault.New(fault.Invalid, "bad_step_days", "a reminder comes 0 to %d days from the deadline", daysAway).
				On("days"+r.N).With("max", strconv.Itoa(daysAway))
		}
		side := f.Value("side" + r.N)
		if side == sideBefore || side == sideBeforeWorking {
			days = -days
		}
		level, err := strconv.Atoi(f.Value("level" + r.N))
		if err != nil {
			level = 0
		}
		working := side == sideBeforeWorking || side == sideAfterWorking
		l.Steps = append(l.Steps, obligation.StepAt(days, working, obligation.Tone(f.Value("tone"+r.N)), level))
	}
	in.Ladder = &l
	return in, nil
}

// daysAway bounds how far from a deadline a reminder can be set by hand.
const daysAway = 366
