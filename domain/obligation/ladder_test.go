package obligation_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"payung/domain/obligation"
)

func TestTheBuiltInLaddersCanBeKept(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		ladder obligation.Ladder
		want   []string
	}{
		"short": {obligation.Default(), []string{"T-7", "T-1", "T+1"}},
		"full":  {obligation.Full(), []string{"T-30", "T-14", "T-7", "T-3", "T-1", "T+0", "T+1", "T+3", "T+7"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := tt.ladder.Check(); err != nil {
				t.Error(err)
			}
			var codes []string
			level := 0
			for _, s := range tt.ladder.Steps {
				codes = append(codes, s.Code)
				if s.Level < level {
					t.Errorf("step %s goes to a lower post than the one before", s.Code)
				}
				level = s.Level
				if before := strings.HasPrefix(string(s.Offset), "-"); before && s.Level != 0 {
					t.Errorf("step %s climbs before the target has passed", s.Code)
				}
			}
			if !slices.Equal(codes, tt.want) {
				t.Errorf("steps %v, want %v", codes, tt.want)
			}
		})
	}
}

func TestALadderThatCannotBeKeptIsRefused(t *testing.T) {
	t.Parallel()
	step := obligation.Step{Code: "T-1", Offset: "-P1D", Tone: obligation.Reminder}
	with := func(change func(*obligation.Step)) obligation.Ladder {
		s := step
		change(&s)
		return obligation.Ladder{Code: "own", Steps: []obligation.Step{s}}
	}
	many := obligation.Ladder{Code: "own"}
	for i := range 21 {
		s := step
		s.Code = "T-" + strconv.Itoa(i)
		many.Steps = append(many.Steps, s)
	}
	if err := (obligation.Ladder{Code: "own", Steps: many.Steps[:20]}).Check(); err != nil {
		t.Errorf("twenty steps are allowed: %v", err)
	}
	if err := with(func(*obligation.Step) {}).Check(); err != nil {
		t.Errorf("the sound step: %v", err)
	}
	for name, l := range map[string]obligation.Ladder{
		"no code":                       {Steps: []obligation.Step{step}},
		"a code that is too long":       {Code: strings.Repeat("x", 41)},
		"too many steps":                many,
		"a code used twice":             {Code: "own", Steps: []obligation.Step{step, step}},
		"a step without a code":         with(func(s *obligation.Step) { s.Code = "" }),
		"a step code that is too long":  with(func(s *obligation.Step) { s.Code = strings.Repeat("x", 21) }),
		"a step code with blanks":       with(func(s *obligation.Step) { s.Code = " T-1" }),
		"the code of the lapse":         with(func(s *obligation.Step) { s.Code = obligation.LapseCode }),
		"an offset that is no duration": with(func(s *obligation.Step) { s.Offset = "-P1M" }),
		"a tone nobody knows":           with(func(s *obligation.Step) { s.Tone = "shout" }),
		"a level below the owner":       with(func(s *obligation.Step) { s.Level = -1 }),
		"a level above everybody":       with(func(s *obligation.Step) { s.Level = 6 }),
		"a step code with a comma":      with(func(s *obligation.Step) { s.Code = "T-1,T-2" }),
		"working days by the clock":     with(func(s *obligation.Step) { s.Working, s.Offset = true, "-P1DT2H" }),
		"working days in weeks":         with(func(s *obligation.Step) { s.Working, s.Offset = true, "P1W" }),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if l.Check() == nil {
				t.Errorf("%+v was accepted", l)
			}
		})
	}
}
