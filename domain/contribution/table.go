package contribution

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"payung/domain/calendar"
	"payung/domain/rupiah"
	"payung/domain/worker"
)

// Table is a version of all rules of contributions.
type Table struct {
	Version     string         `json:"version"`     // the day the rules were last compared with their sources
	FirstMonth  calendar.Month `json:"first_month"` // nothing is known before it
	FirstLaw    string         `json:"first_law"`
	DefaultRisk DefaultRisk    `json:"default_risk"`
	Rates       []Rate         `json:"rates"`
	Classes     []Classes      `json:"classes"`
	Reliefs     []Relief       `json:"reliefs"`
	DueRules    []DueRule      `json:"due"`
	FineRules   []FineRule     `json:"fines"`
	Lapse       LapseRule      `json:"bpu_lapse"`
	Accounts    []Account      `json:"accounts"`
}

// DefaultRisk is the level of risk of an employer that has not been told its
// own.
type DefaultRisk struct {
	Level RiskLevel `json:"level"`
	worker.Provenance
}

// Rate is a contribution as a part of a base or as a flat amount.
type Rate struct {
	ID        string           `json:"id"`
	Programme worker.Programme `json:"programme"`
	Segment   worker.Segment   `json:"segment"`
	Share     Share            `json:"share,omitempty"`
	Risk      RiskLevel        `json:"risk,omitempty"` // empty: any
	// JKP is "in" for workers enrolled in job loss insurance, "out" for others,
	// empty for both.
	JKP        string        `json:"jkp,omitempty"`
	Hundredths int64         `json:"hundredths,omitempty"` // of a per cent
	Flat       rupiah.Amount `json:"flat,omitempty"`
	Note       string        `json:"note,omitempty"` // key of a caution shown with every item
	Span
	worker.Provenance
}

// Account is the budget account a group's contribution to a programme is
// booked on.
type Account struct {
	Group     string           `json:"group"`
	Programme worker.Programme `json:"programme"`
	Code      string           `json:"code"` // kode rekening, such as 5.1.02.02.02.0006
	worker.Provenance
}

// Account is the budget account for a group and programme, if it is known.
func (t *Table) Account(group string, p worker.Programme) (Account, bool) {
	for _, a := range t.Accounts {
		if a.Group == group && a.Programme == p {
			return a, true
		}
	}
	return Account{}, false
}

// Parse reads and checks a table. Unknown fields, rules without a source and
// rules that contradict each other are errors.
func Parse(data []byte) (*Table, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	t := new(Table)
	if err := d.Decode(t); err != nil {
		return nil, fmt.Errorf("contribution: rules: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("contribution: rules: there is more after the end")
	}
	if err := t.sound(); err != nil {
		return nil, fmt.Errorf("contribution: rules: %w", err)
	}
	return t, nil
}
