package roster_test

import (
	"fmt"
	"testing"

	"payung/domain/calendar"
	"payung/domain/cell"
	"payung/domain/nik"
	"payung/domain/roster"
)

// crowd fills one row of a template with one person after the other, no two
// alike, as a reader of files does.
type crowd struct {
	row                   *cell.Row
	niks, names, born, by [][]byte
}

func newCrowd(n int) *crowd {
	c := &crowd{row: line(2, "?", "1", "?", "?", "Kendari", "?", "?", "Wa Ode Ibu", "Jalan Poros RT 1", "Wunduhaka", "081234567890", "Nelayan", number("1500000"))}
	for i := range n {
		day := calendar.NewDay(1963+i%44, 1, 1+i%365)
		y, m, d := day.Date()
		c.niks = append(c.niks, []byte(nik.Synthetic(100+i%50, day, i%2 == 0, 1+i/50).Reveal()))
		c.names = append(c.names, fmt.Appendf(nil, "Siti Aminah %c%c%c", 'A'+i%26, 'a'+i/26%26, 'a'+i/676%26))
		c.born = append(c.born, fmt.Appendf(nil, "%02d-%02d-%04d", d, int(m), y))
		c.by = append(c.by, []byte{"PL"[i%2]})
	}
	c.row.Cells[0] = cell.Cell{}
	return c
}

func (c *crowd) person(i int) *cell.Row {
	c.row.Number = i + 2
	c.row.Cells[2].Value, c.row.Cells[3].Value = c.niks[i], c.names[i]
	c.row.Cells[5].Value, c.row.Cells[6].Value = c.born[i], c.by[i]
	return c.row
}

func BenchmarkCheckOfACleanRow(b *testing.B) {
	people := newCrowd(50_000)
	terms := roster.Terms{
		On: today, Group: group(b, "vulnerable"), Mapping: roster.TemplateMapping(calendar.ID, 1), Rows: len(people.niks),
		Villages: []string{"Desa Wunduhaka", "Landono"}, Known: func(string) bool { return true },
	}
	b.ReportAllocs()
	var c *roster.Checker
	var out roster.Checked
	i := len(people.niks)
	for b.Loop() {
		if i == len(people.niks) {
			i, c = 0, roster.NewChecker(terms)
		}
		c.Check(people.person(i), &out)
		i++
		if out.Refused || out.Kind != roster.Data {
			b.Fatalf("%s %s", out.Kind, told(out.Findings))
		}
	}
}
