package roster

import (
	"cmp"
	"slices"
)

// Summary counts what was found in a list. Its zero value is ready for use.
type Summary struct {
	Rows    int // looked at
	Data    int // about a person
	Skipped int
	Refused int // data rows with an error
	Warned  int // data rows with a warning and no error
	counts  map[countKey]*Count
}

// Count is how often a rule was met.
type Count struct {
	Rule  Rule  `json:"rule"`
	Level Level `json:"level"`
	Times int   `json:"times"`
	Rows  []int `json:"rows,omitempty"` // the first of them
}

type countKey struct {
	rule  Rule
	level Level
}

// firstRows is how many rows a count names.
const firstRows = 5

// Add counts a row.
func (s *Summary) Add(c *Checked) {
	s.Rows++
	if c.Kind == Skipped {
		s.Skipped++
		return
	}
	s.Data++
	warned := slices.ContainsFunc(c.Findings, func(f Finding) bool { return f.Level == Warning && f.Row == c.Row })
	switch {
	case c.Refused:
		s.Refused++
	case warned:
		s.Warned++
	}
	s.AddFindings(c.Findings)
}

// AddFindings counts findings that came from no row: about the file, its
// identity, its merged cells, or people who are missing.
func (s *Summary) AddFindings(found []Finding) {
	if s.counts == nil && len(found) > 0 {
		s.counts = map[countKey]*Count{}
	}
	for _, f := range found {
		key := countKey{f.Rule, f.Level}
		count := s.counts[key]
		if count == nil {
			count = &Count{Rule: f.Rule, Level: f.Level}
			s.counts[key] = count
		}
		count.Times++
		if f.Row > 0 && len(count.Rows) < firstRows && !slices.Contains(count.Rows, f.Row) {
			count.Rows = append(count.Rows, f.Row)
		}
	}
}

// Counts are the counts, errors first, then in the order of [Rules].
func (s *Summary) Counts() []Count {
	var list []Count
	for _, level := range []Level{Error, Warning, Info} {
		for _, rule := range ruleOrder {
			if count := s.counts[countKey{rule, level}]; count != nil {
				c := *count
				c.Rows = slices.Sorted(slices.Values(c.Rows))
				list = append(list, c)
			}
		}
	}
	return list
}

// BadShare is the part of data rows that were refused, in thousandths, rounded
// up: a single bad row is never none.
func (s *Summary) BadShare() int {
	return (1000*s.Refused + max(s.Data, 1) - 1) / max(s.Data, 1)
}

// Times is how often a rule was met, at whatever level.
func (s *Summary) Times(r Rule) int {
	n := 0
	for _, level := range []Level{Error, Warning, Info} {
		n += cmp.Or(s.counts[countKey{r, level}], &Count{}).Times
	}
	return n
}
