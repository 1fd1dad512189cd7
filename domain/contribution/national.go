package contribution

import (
	_ "embed"

	"payung/domain/calendar"
	"payung/domain/worker"
)

//go:embed rules.json
var rulesFile []byte

var national = mustParse(rulesFile)

// mustParse is for the file built into the program, which tests have read.
func mustParse(data []byte) *Table {
	t, err := Parse(data)
	if err != nil {
		panic(err)
	}
	return t
}

// National is the table of the law of the land. It is shared; nobody writes to
// it.
func National() *Table { return national }

// Compute is [Table.Compute] by national law.
func Compute(q Query) (Result, error) { return national.Compute(q) }

// EstimateFor is [Table.Estimate] by national law.
func EstimateFor(q Query, people int64, months int) (Estimate, error) {
	return national.Estimate(q, people, months)
}

// DueDate is [Table.DueDate] by national law.
func DueDate(s worker.Segment, m calendar.Month, c *calendar.Calendar) (Due, error) {
	return national.DueDate(s, m, c)
}

// FineFor is [Table.Fine] by national law.
func FineFor(l Late) (Fine, error) { return national.Fine(l) }

// BPUPeriods is [Table.BPUPeriods] by national law.
func BPUPeriods(h History) ([]Period, error) { return national.BPUPeriods(h) }
