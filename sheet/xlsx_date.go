package sheet

import (
	"strconv"
	"time"

	"payung/domain/cell"
)

// serial turns a date that is written out, as the strict form of the format has
// it, into the number that every other date is, so that readers meet one kind
// of date. What is no date stays text.
func (p *page) serial(c *cell.Cell, from int) []byte {
	c.Kind = cell.Text
	for _, layout := range []string{"2006-01-02", "2006-01-02T15:04:05", "2006-01-02T15:04:05Z"} {
		at, err := time.Parse(layout, string(p.values[from:]))
		if err != nil {
			continue
		}
		days := at.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24
		switch {
		case p.row.Date1904:
			days -= 1462
		case days < 61: // sheets count a day in 1900 that there never was
			days--
		}
		if days < 0 {
			break
		}
		c.Kind = cell.Date
		return strconv.AppendFloat(p.values[:from], days, 'f', -1, 64)
	}
	return p.values
}
