package roster

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// headingsFile has the headings seen above columns, by field: those of the
// template, of BPJS Ketenagakerjaan (SIPP, own-account workers), of civil
// registration (SIAK) and of the registers of the poor (DTKS, P3KE), and what
// offices write on their own. The field "birth" is place and day in one column;
// the empty one is known and not needed.
//
//go:embed headings.json
var headingsFile []byte

// birthColumn is a column with place and day of birth.
const birthColumn Field = "birth"

// headings map the words of a heading, joined by a blank, to its field.
var headings = mustRead(parseHeadings(headingsFile))

// longestHeading is how many words the longest of the headings has.
const longestHeading = 6

func parseHeadings(data []byte) (map[string]Field, error) {
	var file struct {
		Fields map[Field][]string `json:"fields"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("roster: headings: %w", err)
	}
	byWords := map[string]Field{}
	for _, f := range append(order[:], birthColumn, "") {
		if len(file.Fields[f]) == 0 {
			return nil, fmt.Errorf("roster: headings: none for field %q", f)
		}
		for _, phrase := range file.Fields[f] {
			key := strings.Join(words(phrase), " ")
			if other, twice := byWords[key]; twice && other != f {
				return nil, fmt.Errorf("roster: heading %q is of two fields", phrase)
			}
			if n := len(words(phrase)); n > longestHeading || n == 0 {
				return nil, fmt.Errorf("roster: heading %q is too long", phrase)
			}
			byWords[key] = f
			solid := strings.ReplaceAll(key, " ", "")
			if _, taken := byWords[solid]; !taken {
				byWords[solid] = f
			}
		}
	}
	if len(file.Fields) != len(order)+2 {
		return nil, errors.New("roster: headings: there is an unknown field")
	}
	return byWords, nil
}

// mustRead is for the files built into the program, which tests have read.
func mustRead[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// How well a heading fits a field.
const (
	fitNone  = 0
	fitPart  = 1 // the field's words are among others
	fitWhole = 2 // the heading is one that is known
)

// match finds the field a heading means: the one with the longest run of its
// words. A known heading that is not needed fits as the empty field.
func match(heading string) (f Field, fit int) {
	bare, _, _ := strings.Cut(heading, "(")
	for _, text := range []string{heading, bare} {
		w := words(text)
		for _, gap := range []string{" ", ""} {
			if f, ok := headings[strings.Join(w, gap)]; ok {
				return f, fitWhole
			}
		}
	}
	w := words(heading)
	if len(w) > 2*longestHeading {
		return "", fitNone
	}
	for n := min(len(w), longestHeading); n > 0; n-- {
		for i := range len(w) - n + 1 {
			f, ok := headings[strings.Join(w[i:i+n], " ")]
			// One short word among others ("no", "l p") says too little.
			if ok && (n > 1 || len(w[i]) > 2) && f != Number {
				return f, fitPart
			}
		}
	}
	return "", fitNone
}

// fieldOf is the field that a text is a known heading of.
func fieldOf(heading string) Field {
	if f, fit := match(heading); fit == fitWhole {
		return f
	}
	return ""
}
