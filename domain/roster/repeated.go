package roster

import (
	"slices"

	"payung/domain/cell"
)

// compare looks the person up among those of the rows before.
func (c *Checker) compare(n number) {
	if n.digits == nil || c.repeats(n) {
		return
	}
	row := int32(c.row.Number)
	key, ok := c.sameKey()
	if !ok {
		return
	}
	first, twice := c.same[key]
	if !twice {
		c.same[key] = row
		return
	}
	if first > 0 {
		c.same[key] = -first
		c.out.Findings = append(c.out.Findings, Finding{
			Row: int(first), Column: c.at.name, Field: Name, Level: Warning, Rule: SamePerson, Params: rowParam(row),
		})
	} else {
		first = -first
	}
	c.find(c.at.name, Name, Warning, SamePerson, rowParam(first))
}

// repeats reports that the NIK, if there is one, stands in an earlier row too.
func (c *Checker) repeats(n number) bool {
	if n.digits == nil {
		return false
	}
	if first, twice := c.seen[n.packed]; twice {
		c.find(c.at.nik, NIK, Error, RepeatedNIK, rowParam(first))
		return true
	}
	c.seen[n.packed] = int32(c.row.Number)
	return false
}

// sameKey is a hash (FNV-1a) of the letters of the name and of the day of
// birth.
func (c *Checker) sameKey() (uint64, bool) {
	const offset, prime = 14695981039346656037, 1099511628211
	name, born := c.span[spanName], c.span[spanBorn]
	if name.from == name.to || born.from == born.to {
		return 0, false
	}
	key := uint64(offset)
	for _, b := range c.text[name.from:name.to] {
		switch {
		case 'A' <= b && b <= 'Z':
			b |= 0x20
		case b == ' ' || b == '.' || b == ',' || b == '\'':
			continue
		}
		key = (key ^ uint64(b)) * prime
	}
	for _, b := range c.text[born.from:born.to] {
		key = (key ^ uint64(b)) * prime
	}
	return key, true
}

// Missing are the row ids of the people in [Terms.Previous] whom no row of the
// list has had so far, in order. Each of them has left, died or been forgotten;
// the list does not say which.
func (c *Checker) Missing() []string {
	var ids []string
	for id := range c.terms.Previous {
		if _, met := c.rows[id]; !met {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// Merged says which merged cells spread one NIK or name over several rows of
// the list, in the order given. All rows but the first of each look empty.
func (c *Checker) Merged(ranges []cell.Range) []Finding {
	var found []Finding
	for _, r := range ranges {
		if r.FirstRow >= r.LastRow || r.LastRow <= c.terms.Mapping.HeadTo {
			continue
		}
		for _, f := range []Field{NIK, Name} {
			column, mapped := c.terms.Mapping.Columns[f]
			if !mapped || column < r.FirstColumn || column > r.LastColumn {
				continue
			}
			first := max(r.FirstRow, c.terms.Mapping.HeadTo+1)
			found = append(found, Finding{Row: first, Column: column, Field: f, Level: Warning, Rule: MergedCells, Params: rowParam(int32(r.LastRow))})
		}
	}
	return found
}
