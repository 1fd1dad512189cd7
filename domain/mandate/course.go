package mandate

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"payung/domain/calendar"
)

// Step is one letter of the course a silent unit is taken through: asked once
// and again, then warned. How long it has to answer and how many warnings there
// are is local; what stands here is the default.
type Step struct {
	Kind     string `json:"kind"`     // of the letter, such as warning_1
	Workdays int    `json:"workdays"` // to answer, counted from the day after it was sent
}

//go:embed course.json
var courseFile []byte

var course = func() []Step {
	out, err := parseCourse(courseFile)
	if err != nil {
		panic(err)
	}
	return out
}()

func parseCourse(raw []byte) ([]Step, error) {
	var f struct {
		AsOf     calendar.Day `json:"as_of"`
		Source   string       `json:"source"`
		Verified bool         `json:"verified"`
		Steps    []Step       `json:"steps"`
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return nil, fmt.Errorf("mandate: course: %w", err)
	}
	if !f.AsOf.Valid() || f.Source == "" || len(f.Steps) == 0 {
		return nil, errors.New("mandate: the course needs steps, a source and its day")
	}
	for i, s := range f.Steps {
		if s.Kind == "" || s.Workdays < 1 {
			return nil, fmt.Errorf("mandate: step %d of the course is not whole", i)
		}
	}
	return f.Steps, nil
}

// Course lists the steps in their order.
func Course() []Step { return slices.Clone(course) }

// After is the step that follows a kind of letter; the first one after none.
// None follows the last, nor a letter that is not of the course.
func After(kind string) (Step, bool) {
	if kind == "" {
		return course[0], true
	}
	i := slices.IndexFunc(course, func(s Step) bool { return s.Kind == kind })
	if i < 0 || i+1 == len(course) {
		return Step{}, false
	}
	return course[i+1], true
}

// Rank orders kinds of letters by the course: 1 is the first; 0 is none of it.
func Rank(kind string) int {
	return 1 + slices.IndexFunc(course, func(s Step) bool { return s.Kind == kind })
}
