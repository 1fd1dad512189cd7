package benefit

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"payung/domain/calendar"
	"payung/domain/rupiah"
	"payung/domain/worker"
)

//go:embed tables.json
var tablesFile []byte

var national = mustParse(tablesFile)

// mustParse is for the file built into the program, which tests have read.
func mustParse(data []byte) *Tables {
	t, err := Parse(data)
	if err != nil {
		panic(err)
	}
	return t
}

// National are the tables of the law of the land. They are shared; nobody
// writes to them.
func National() *Tables { return national }

// Compute is [Tables.Compute] by national law.
func Compute(q Query) (Result, error) { return national.Compute(q) }

// Tables are all tables, oldest first, each holding until the next begins.
type Tables struct {
	Version string  `json:"version"` // the day they were last compared with their sources
	Tables  []Table `json:"tables"`
}

// Table is what is paid for events from a day on.
type Table struct {
	ID          string       `json:"id"`
	From        calendar.Day `json:"from"`
	Benefits    []Part       `json:"benefits"`
	Ceilings    []Ceiling    `json:"ceilings"`
	Scholarship Scholarship  `json:"scholarship"`
	Claim       Claim        `json:"claim"`
}

// Part is a part of a benefit: an amount so many times, or a percentage of so
// many monthly wages.
type Part struct {
	Event  Event         `json:"event"`
	Kind   Kind          `json:"kind"`
	Amount rupiah.Amount `json:"amount,omitempty"`
	Times  int64         `json:"times,omitempty"` // 0: once
	// Months of wage, of which Hundredths of a per cent are paid; 0 means the
	// loss that a doctor found.
	Months     int64 `json:"months,omitempty"`
	Hundredths int64 `json:"hundredths,omitempty"`
	worker.Provenance
}

// component is the part for a worker of that base wage.
func (p Part) component(base rupiah.Amount, q Query) (Component, error) {
	if p.Months == 0 {
		times := max(p.Times, 1)
		amount, err := p.Amount.Times(times)
		if err != nil {
			return Component{}, tooLarge()
		}
		return Component{Kind: p.Kind, Amount: amount, Provenance: p.Provenance, Explain: worker.Note{
			Key: "fixed_amount", Params: map[string]string{"amount": text(p.Amount), "times": text(times)},
		}}, nil
	}
	hundredths, rounding := p.Hundredths, q.Rounding
	if hundredths == 0 {
		hundredths = q.Loss
	}
	if rounding == "" {
		rounding = rupiah.HalfUp
	}
	wages, err := base.Times(p.Months)
	if err != nil {
		return Component{}, tooLarge()
	}
	amount, err := rupiah.MulRate(wages, hundredths, rounding)
	if err != nil {
		return Component{}, tooLarge()
	}
	return Component{Kind: p.Kind, Amount: amount, Provenance: p.Provenance, Explain: worker.Note{
		Key: "percent_of_wages", Params: map[string]string{"base": text(base), "months": text(p.Months), "hundredths": text(hundredths)},
	}}, nil
}

// floorNote warns where a death by accident pays a lump sum below what any
// other death pays. The law is remembered to lift it, how far was not found.
func (table Table) floorNote(e Event, parts []Component) []worker.Note {
	if e != AccidentDeath {
		return nil
	}
	var death, lump rupiah.Amount
	for _, p := range table.Benefits {
		if p.Event == Death {
			death += p.Amount * rupiah.Amount(max(p.Times, 1))
		}
	}
	for _, c := range parts {
		if c.Kind == LumpSum {
			lump += c.Amount
		}
	}
	if lump >= death {
		return nil
	}
	return []worker.Note{{Key: "lump_sum_below_death_benefit", Params: map[string]string{
		"lump_sum": text(lump), "death_benefit": text(death),
	}}}
}

// Parse reads and checks tables. Unknown fields, parts without a source and
// tables out of order are errors.
func Parse(data []byte) (*Tables, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	t := new(Tables)
	if err := d.Decode(t); err != nil {
		return nil, fmt.Errorf("benefit: tables: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("benefit: tables: there is more after the end")
	}
	if err := t.sound(); err != nil {
		return nil, fmt.Errorf("benefit: tables: %w", err)
	}
	return t, nil
}
