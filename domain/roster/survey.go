package roster

import (
	"slices"
	"strconv"

	"payung/domain/cell"
)

// column counts what the cells of a column look like.
type column struct {
	filled, numbers, niks, days, sexes, names int
}

// mostly reports that half of the cells that are filled, and one at least, are
// so many.
func (c column) mostly(n int) bool { return n > 0 && 2*n >= c.filled }

// survey looks at what the columns hold.
func survey(rows []cell.Row) []column {
	var columns []column
	for i := range rows {
		for _, v := range rows[i].Cells {
			if v.Column < 0 || v.Column >= 256 || emptyCell(v) {
				continue
			}
			for len(columns) <= v.Column {
				columns = append(columns, column{})
			}
			columns[v.Column].count(v)
		}
	}
	return columns
}

func (c *column) count(v cell.Cell) {
	c.filled++
	digits, letters := counted(v.Value)
	_, sex := sexOf(v.Value)
	switch {
	case v.Kind == cell.Date:
		c.days++
	case letters == 0 && 15 <= digits && digits <= 17, v.Kind == cell.Number && lengthy(v.Value):
		c.niks++
	case letters == 0 && digits == 4 && len(v.Value) == 16: // ************1234
		c.niks++
	case sex && letters > 0:
		c.sexes++
	case letters >= 3 && digits == 0:
		c.names++
	case v.Kind == cell.Number:
		c.numbers++
	default:
		if _, wrong := readDay(v.Value, anyYear); wrong == "" {
			c.days++
		}
	}
}

// lengthy reports a number as long as a NIK, however it is written.
func lengthy(value []byte) bool {
	f, err := strconv.ParseFloat(string(value), 64)
	return err == nil && 1e14 <= f && f < 1e17
}

// anyYear is good enough to see whether a cell is a day.
func anyYear(_, _, year int) int { return 1900 + year }

// fill finds by their cells the fields that no heading gave away, in columns
// whose heading, if any, is not understood.
func (g *Guessed) fill(columns []column) {
	free := func(i int) bool {
		for _, f := range order {
			if at, ok := g.Mapping.Columns[f]; ok && at == i {
				return false
			}
		}
		return true
	}
	find := func(f Field, fits func(column) bool) {
		if _, ok := g.Mapping.Columns[f]; ok {
			return
		}
		var found []int
		for i, c := range columns {
			if free(i) && fits(c) && g.open(i) {
				found = append(found, i)
			}
		}
		if len(found) == 0 {
			return
		}
		// The name of a person is more often right of the NIK than left of it.
		if n, ok := g.Mapping.Columns[NIK]; ok && f == Name {
			slices.SortStableFunc(found, func(a, b int) int { return away(a, n) - away(b, n) })
		}
		g.Mapping.Columns[f] = found[0]
		g.ByContent = append(g.ByContent, f)
		if len(found) > 1 && f == NIK {
			g.Ambiguous = append(g.Ambiguous, Ambiguity{f, found})
		}
	}
	find(NIK, func(c column) bool { return c.mostly(c.niks) })
	if _, ok := g.Mapping.Columns[NIK]; !ok {
		return
	}
	find(Name, func(c column) bool { return c.mostly(c.names) })
	find(Born, func(c column) bool { return c.mostly(c.days) })
	find(Sex, func(c column) bool { return c.mostly(c.sexes) })
}

// open reports that the heading of a column, if it has one, says nothing: a
// column known to hold something else is not taken for what it looks like.
func (g *Guessed) open(i int) bool {
	return !slices.Contains(g.headed, i)
}

// away is how far a column is from the NIK, the right side first.
func away(i, n int) int {
	if i > n {
		return 2 * (i - n)
	}
	return 2*(n-i) + 1
}

// judge says how sure the guess is.
func (g *Guessed) judge(c candidate, columns []column) Confidence {
	n, hasNIK := g.Mapping.Columns[NIK]
	at, hasName := g.Mapping.Columns[Name]
	if !hasNIK || !hasName || slices.ContainsFunc(g.Ambiguous, func(a Ambiguity) bool { return a.Field == NIK || a.Field == Name }) {
		return Unsure
	}
	if n < len(columns) && columns[n].filled > 0 && !columns[n].mostly(columns[n].niks) {
		for i, other := range columns {
			if i != n && g.open(i) && other.mostly(other.niks) {
				g.Ambiguous = append(g.Ambiguous, Ambiguity{NIK, []int{n, i}})
				return Unsure
			}
		}
		return Likely
	}
	if slices.Contains(g.ByContent, NIK) || slices.Contains(g.ByContent, Name) || c.fits[n] < fitWhole || c.fits[at] < fitWhole {
		return Likely
	}
	return Sure
}
