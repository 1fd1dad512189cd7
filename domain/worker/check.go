package worker

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"

	"payung/domain/calendar"
)

var codeShape = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

func (g Group) check() error {
	switch {
	case !g.Name.given():
		return errors.New("the name is missing in one of the languages")
	case !g.Segment.Known():
		return fmt.Errorf("unknown segment %q", g.Segment)
	case len(g.WageBases) == 0 || slices.ContainsFunc(g.WageBases, func(b WageBase) bool { return !b.known() }):
		return fmt.Errorf("wage bases %q are empty or unknown", g.WageBases)
	case (g.Segment == BPU) != slices.Contains(g.WageBases, BPUClass):
		return errors.New("the class of income is the wage base of BPU, and of nobody else")
	case len(g.Funding) == 0 || slices.ContainsFunc(g.Funding, unknownFunding):
		return fmt.Errorf("funding %q is empty or unknown", g.Funding)
	case g.Lead == "" || g.Employer == "":
		return errors.New("lead or employer is missing")
	case !g.ValidFrom.Valid():
		return fmt.Errorf("valid_from %q is no day", g.ValidFrom)
	case !g.Stated():
		return errors.New("source or confidence is missing")
	}
	return cmp.Or(checkSpan(g.ValidFrom, g.ValidTo), checkProgrammes(g.Programmes), g.checkDetails())
}

func (g Group) checkDetails() error {
	for _, o := range g.Options {
		if !o.From.Valid() || !o.Stated() {
			return errors.New("an option lacks its day, source or confidence")
		}
		if err := checkProgrammes(o.Programmes); err != nil {
			return err
		}
	}
	if w := g.Age; w != nil && !w.sound() {
		return errors.New("the age window is empty, negative or without source")
	}
	if p := g.PhaseOut; p != nil && (!p.By.Valid() || !p.Stated()) {
		return errors.New("phase_out lacks its day, source or confidence")
	}
	return nil
}

func (w Window) sound() bool {
	limited := w.Min > 0 || w.Max > 0
	return limited && w.Min >= 0 && (w.Max == 0 || w.Min <= w.Max) && w.Stated()
}

func checkCode(code string, seen map[string]bool) error {
	if !codeShape.MatchString(code) {
		return errors.New("a code is lower-case letters, digits and _")
	}
	if seen[code] {
		return errors.New("the code is used twice")
	}
	seen[code] = true
	return nil
}

func checkProgrammes(ps []Programme) error {
	if len(ps) == 0 {
		return errors.New("no programmes")
	}
	for i, p := range ps {
		if !p.Known() || slices.Contains(ps[:i], p) {
			return fmt.Errorf("programme %q is unknown or repeated", p)
		}
	}
	return nil
}

func checkSpan(from, to calendar.Day) error {
	if from != "" && !from.Valid() || to != "" && (!to.Valid() || to < from) {
		return fmt.Errorf("%q to %q is no span of days", from, to)
	}
	return nil
}

func unknownFunding(code string) bool { _, ok := FindFunding(code); return !ok }

// decode reads exactly one JSON value and refuses fields it does not know, so
// that a misspelt one cannot pass for a missing one.
func decode(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("there is more after the end")
	}
	return nil
}

// mustRead is for the files built into the program, which tests have read.
func mustRead[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
