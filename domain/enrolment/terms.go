package enrolment

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"

	"payung/domain/calendar"
	"payung/domain/worker"
)

//go:embed terms.json
var termsFile []byte

var national = mustParse(termsFile)

// mustParse is for the file built into the program, which tests have read.
func mustParse(data []byte) *Table {
	t, err := Parse(data)
	if err != nil {
		panic(err)
	}
	return t
}

// National are the terms of the law of the land, and proposals where none was
// found. They are shared; nobody writes to them.
func National() *Table { return national }

// Table is the terms of each segment, oldest first.
type Table struct {
	Version string  `json:"version"` // the day they were last compared with their sources
	Terms   []Terms `json:"terms"`
}

// Terms are the clocks of batches whose forms came on or after a day.
type Terms struct {
	Segment    worker.Segment `json:"segment"`
	From       calendar.Day   `json:"from"`
	Forms      Term           `json:"forms"`      // from receipt of the forms to complete forms at the branch
	Cards      Term           `json:"cards"`      // from then to certificate and cards
	Handover   Term           `json:"handover"`   // from receipt of the cards to the workers' hands
	Correction Term           `json:"correction"` // from a rejection to the mended row
	Patience   Term           `json:"patience"`   // from the end of Cards until names without an answer may be sent again
}

// Term is a number of working days; counting begins the day after.
type Term struct {
	Workdays int `json:"workdays"`
	worker.Provenance
}

// End is the last day of a term that begins on a day.
func (t Term) End(c *calendar.Calendar, from calendar.Day) calendar.Day {
	return c.AddWorkdays(from, t.Workdays)
}

// maxWorkdays bounds a term: a year of working days is no term any more.
const maxWorkdays = 250

// Parse reads a table and refuses one with a term that is missing, out of range
// or of no source.
func Parse(data []byte) (*Table, error) {
	var t Table
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&t); err != nil {
		return nil, fmt.Errorf("enrolment: terms: %w", err)
	}
	if !calendar.Day(t.Version).Valid() || len(t.Terms) == 0 {
		return nil, fmt.Errorf("enrolment: terms without a version or without any")
	}
	for i, s := range t.Terms {
		if !s.Segment.Known() || !s.From.Valid() {
			return nil, fmt.Errorf("enrolment: terms %d are of no segment or of no day", i)
		}
		for _, term := range []Term{s.Forms, s.Cards, s.Handover, s.Correction, s.Patience} {
			if term.Workdays < 1 || term.Workdays > maxWorkdays || !term.Stated() {
				return nil, fmt.Errorf("enrolment: terms %d of %s have one out of range or of no source", i, s.Segment)
			}
		}
	}
	return &t, nil
}

// On finds the terms in force for a segment on a day. Before the first there
// are none, and a clock of such a batch has no date.
func (t *Table) On(s worker.Segment, day calendar.Day) (Terms, bool) {
	var out Terms
	for _, each := range t.Terms {
		if each.Segment == s && each.From <= day && each.From >= out.From {
			out = each
		}
	}
	return out, out.Segment != ""
}
