package contribution

import (
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/rupiah"
	"payung/domain/worker"
)

// Class is a class of monthly income of own-account workers (PP 44/2015, annex
// II). Contributions and benefits are computed from its nominal wage.
type Class struct {
	From rupiah.Amount `json:"from"`
	// PrintedTo is the upper end as printed, which leaves gaps such as
	// 1,099,001 to 1,099,999; 0 for the highest class.
	PrintedTo rupiah.Amount `json:"to,omitempty"`
	Nominal   rupiah.Amount `json:"nominal"`
}

// Classes is the whole table of classes of some months, lowest first.
type Classes struct {
	Rows []Class `json:"rows"`
	Span
	worker.Provenance
}

// Class is the class of that monthly income. A class reaches to just below the
// next one, so the gaps of the printed table belong to the lower class.
func (t *Table) Class(income rupiah.Amount, m calendar.Month) (Class, error) {
	if err := t.checkMonth(m); err != nil {
		return Class{}, err
	}
	if income < 0 {
		return Class{}, fault.New(fault.Invalid, NegativeWage, "an income cannot be negative")
	}
	for _, c := range t.Classes {
		if !c.Holds(m) {
			continue
		}
		found := c.Rows[0]
		for _, row := range c.Rows {
			if row.From <= income {
				found = row
			}
		}
		return found, nil
	}
	return Class{}, fault.New(fault.Invalid, NoRate, "no classes of income are known in %s", m).With("month", string(m))
}

// gapNote tells of an income that the printed table leaves out.
func (c Class) gapNote(income rupiah.Amount) []worker.Note {
	if c.PrintedTo == 0 || income <= c.PrintedTo {
		return nil
	}
	return []worker.Note{{Key: "income_between_classes", Params: map[string]string{
		"income": whole(income), "printed_to": whole(c.PrintedTo), "nominal": whole(c.Nominal),
	}}}
}
