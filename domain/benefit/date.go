package benefit

import (
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/worker"
)

// lastDay bounds days so that everything reckoned from them has a year of four
// digits.
const lastDay calendar.Day = "2999-12-31"

// span is what a date can mean for the tables.
type span struct {
	tables []Table        // at least one
	turns  []calendar.Day // days within the date on which the table changes
	notes  []worker.Note
}

// span finds the tables that days of the date lie in. A date "before" a day has
// no beginning; as nothing was paid under these laws before the first table, it
// is taken to begin there, with a note.
func (t *Tables) span(w calendar.When) (span, error) {
	if !w.On.Valid() || w.On > lastDay {
		return span{}, fault.New(fault.Invalid, BadDate, "the day of the event is missing or no day").On("when")
	}
	first, earliest, latest := t.Tables[0].From, w.Earliest(), w.Latest()
	if latest == "" {
		latest = lastDay
	}
	if latest < first {
		return span{}, fault.New(fault.Invalid, NoTable, "events before %s have no table", first).
			On("when").With("first", string(first))
	}
	var s span
	if earliest == "" {
		earliest = first
		s.notes = []worker.Note{{Key: "assumed_not_before_first_table", Params: map[string]string{"first": string(first)}}}
	}
	for _, table := range t.Tables {
		if end := t.end(table); table.From <= latest && (end == "" || earliest <= end) {
			s.tables = append(s.tables, table)
		}
		if earliest < table.From && table.From <= latest {
			s.turns = append(s.turns, table.From)
		}
	}
	return s, nil
}

// exactly is the one table of an exact enough date.
func (t *Tables) exactly(w calendar.When) (Table, []worker.Note, error) {
	s, err := t.span(w)
	if err != nil {
		return Table{}, nil, err
	}
	if len(s.turns) > 0 {
		return Table{}, nil, ambiguous(s.turns, nil)
	}
	return s.tables[0], s.notes, nil
}

// end is the last day of event of a table; empty for the last table.
func (t *Tables) end(table Table) calendar.Day {
	for _, next := range t.Tables {
		if table.From < next.From {
			return next.From.Add(-1)
		}
	}
	return ""
}

// within is the day of the table's time that is nearest to d.
func (table Table) within(d, end calendar.Day) calendar.Day {
	d = max(d, table.From)
	if end != "" {
		d = min(d, end)
	}
	return d
}
