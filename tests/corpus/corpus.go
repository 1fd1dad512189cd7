// Package corpus holds rosters as units send them: small files of the formats
// and with the faults that are met in practice, and for each what has to become
// of it. All people are made up; their NIKs are of region 99, which does not
// exist.
//
// The files and cases.json are made by the program in gen, which needs
// LibreOffice for some: go -C tests run ./corpus/gen
package corpus

import (
	"embed"
	"encoding/json"
	"fmt"

	"payung/domain/calendar"
	"payung/domain/roster"
	"payung/sheet"
)

// CheckedOn is the day on which the lists are checked.
const CheckedOn calendar.Day = "2026-11-22"

// Case is a file and what is to be made of it.
type Case struct {
	File  string     `json:"file"`
	Shows string     `json:"shows"` // what it is an example of
	Kind  sheet.Kind `json:"kind"`
	// Refused is the code of the fault with which opening it ends, if it does.
	Refused string `json:"refused,omitempty"`
	// Office files are read by way of LibreOffice, and not without it.
	Office bool `json:"office,omitempty"`
	Sheet  int  `json:"sheet,omitempty"` // the list stands in
	Rows   Span `json:"rows,omitzero"`   // with any content
	People Span `json:"people,omitzero"` // rows about a person
	// Asks is what keeps the list from being read before somebody has said which
	// columns are which.
	Asks     []roster.Rule `json:"asks,omitempty"`
	Accepted int           `json:"accepted"`
	// Names of those accepted, in order, where they are worth comparing.
	Names  []string `json:"names,omitempty"`
	Held   []Point  `json:"held,omitempty"`   // errors, each of which keeps its row out
	Warned []Point  `json:"warned,omitempty"` // warnings
}

// Span is a number of rows, the first and the last of them as a sheet numbers
// them.
type Span struct {
	Count int `json:"count"`
	First int `json:"first"`
	Last  int `json:"last"`
}

// Point is a rule that a cell breaks.
type Point struct {
	Row    int         `json:"row"`
	Column string      `json:"column,omitempty"` // its letters; empty: the row as a whole
	Rule   roster.Rule `json:"rule"`
}

//go:embed cases.json files
var content embed.FS

// Cases are all cases, in the order of their files.
func Cases() ([]Case, error) {
	text, err := content.ReadFile("cases.json")
	if err != nil {
		return nil, err
	}
	var cases []Case
	if err := json.Unmarshal(text, &cases); err != nil {
		return nil, fmt.Errorf("corpus: cases: %w", err)
	}
	return cases, nil
}

// Read is the file of a case.
func (c Case) Read() ([]byte, error) { return content.ReadFile("files/" + c.File) }
