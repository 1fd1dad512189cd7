package roster_test

import (
	"fmt"
	"strings"
	"testing"

	"payung/domain/calendar"
	"payung/domain/cell"
	"payung/domain/nik"
	"payung/domain/roster"
	"payung/domain/worker"
)

// today is the day of the check in these tests.
const today calendar.Day = "2026-11-22"

// someone is a made-up NIK of a man born on 5 July 1980.
func someone(serial int) string { return nik.Synthetic(511, "1980-07-05", false, serial).Reveal() }

// woman is a made-up NIK of a woman born on 5 July 1980.
func woman(serial int) string { return nik.Synthetic(511, "1980-07-05", true, serial).Reveal() }

// group is a group of workers by code.
func group(tb testing.TB, code string) worker.Group {
	tb.Helper()
	g, ok := worker.Find(code)
	if !ok {
		tb.Fatalf("there is no group %s", code)
	}
	return g
}

// number is a cell that holds a number; date one that shows it as a date.
type (
	number  string
	date    string
	formula string
	failed  string
)

// line makes a row of a sheet. A string is a text, an empty one no cell.
func line(row int, values ...any) *cell.Row {
	r := &cell.Row{Number: row}
	for i, v := range values {
		c := cell.Cell{Column: i}
		switch v := v.(type) {
		case string:
			c.Kind, c.Value = cell.Text, []byte(v)
		case number:
			c.Kind, c.Value = cell.Number, []byte(v)
		case date:
			c.Kind, c.Value = cell.Date, []byte(v)
		case formula:
			c.Kind, c.Formula, c.Value = cell.Text, true, []byte(v)
		case failed:
			c.Kind, c.Value = cell.Error, []byte(v)
		}
		if len(c.Value) > 0 {
			r.Cells = append(r.Cells, c)
		}
	}
	return r
}

// mapped is a mapping of those fields to columns A, B, C and so on.
func mapped(fields ...roster.Field) roster.Mapping {
	m := roster.Mapping{HeadFrom: 1, HeadTo: 1, Columns: map[roster.Field]int{}}
	for i, f := range fields {
		m.Columns[f] = i
	}
	return m
}

// plain are the terms for NIK, name, birth, sex and wage in columns A to E.
func plain() roster.Terms {
	return roster.Terms{On: today, Mapping: mapped(roster.NIK, roster.Name, roster.Born, roster.Sex, roster.Wage)}
}

// checked is one row under some terms.
func checked(t *testing.T, terms roster.Terms, values ...any) roster.Checked {
	t.Helper()
	var out roster.Checked
	roster.NewChecker(terms).Check(line(2, values...), &out)
	return out
}

// told lists findings as level and rule.
func told(findings []roster.Finding) string {
	var list []string
	for _, f := range findings {
		list = append(list, fmt.Sprintf("%s %s", f.Level, f.Rule))
	}
	return strings.Join(list, ", ")
}
