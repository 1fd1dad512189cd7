package api

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"payung/domain/cell"
	"payung/domain/fault"
	"payung/domain/roster"
)

// Mapping says in which columns of a sheet the fields of a list are.
type Mapping struct {
	HeadFrom int               `json:"head_from,omitempty" minimum:"0" maximum:"1048576" doc:"first row of headings, as the sheet shows it; 0: there are none, or as they were found"`
	HeadTo   int               `json:"head_to,omitempty" minimum:"0" maximum:"1048576" doc:"last row of headings"`
	Columns  map[string]string `json:"columns" maxProperties:"18" doc:"column letters by field: nik, name, birthplace, born, sex, mother, address, village, phone, job, wage, start, reserve, leaving, leaving_date, note"`
}

// Guess is what the first rows said about the columns.
type Guess struct {
	Mapping
	Confidence string            `json:"confidence" enum:"sure,likely,unsure"`
	ByContent  []string          `json:"by_content" doc:"fields found by what the cells hold, not by a heading"`
	Ambiguous  []AmbiguousColumn `json:"ambiguous"`
	Unmapped   []UnmappedColumn  `json:"unmapped"`
}

// AmbiguousColumn is a field that several columns may hold.
type AmbiguousColumn struct {
	Field   string   `json:"field"`
	Columns []string `json:"columns"`
}

// UnmappedColumn is a column that is left out.
type UnmappedColumn struct {
	Column  string `json:"column"`
	Heading string `json:"heading"`
}

// shownHeading is how much of a heading is shown.
const shownHeading = 80

func mappingView(m roster.Mapping) Mapping {
	out := Mapping{HeadFrom: m.HeadFrom, HeadTo: m.HeadTo, Columns: map[string]string{}}
	for field, column := range m.Columns {
		out.Columns[string(field)] = cell.Letters(column)
	}
	return out
}

func guessView(g roster.Guessed) *Guess {
	return &Guess{
		Mapping: mappingView(g.Mapping), Confidence: string(g.Confidence),
		ByContent: each(g.ByContent, func(f roster.Field) string { return string(f) }),
		Ambiguous: each(g.Ambiguous, func(a roster.Ambiguity) AmbiguousColumn {
			return AmbiguousColumn{string(a.Field), each(a.Columns, cell.Letters)}
		}),
		Unmapped: each(g.Unmapped, func(u roster.Unmapped) UnmappedColumn {
			heading := []rune(digits.ReplaceAllString(u.Heading, "…")) // a heading may be a person's row
			return UnmappedColumn{cell.Letters(u.Column), string(heading[:min(len(heading), shownHeading)])}
		}),
	}
}

// roster is the mapping as the rules know it.
func (m Mapping) roster() (roster.Mapping, error) {
	out := roster.Mapping{HeadFrom: m.HeadFrom, HeadTo: max(m.HeadTo, m.HeadFrom), Columns: map[roster.Field]int{}}
	for _, field := range slices.Sorted(maps.Keys(m.Columns)) {
		column, ok := columnOf(m.Columns[field])
		if !ok || !roster.Field(field).Known() {
			return out, badMapping()
		}
		out.Columns[roster.Field(field)] = column
	}
	return out, nil
}

func badMapping() error {
	return fault.New(fault.Invalid, "bad_mapping", "the columns do not fit: NIK and name are needed, each in a column of its own named by its letter, such as nik: B").On("columns")
}

// columnOf is the column of letters such as A, Z, AA.
func columnOf(letters string) (int, bool) {
	if letters == "" || len(letters) > 3 {
		return 0, false
	}
	n := 0
	for _, r := range strings.ToUpper(letters) {
		if r < 'A' || 'Z' < r {
			return 0, false
		}
		n = 26*n + int(r-'A') + 1
	}
	return n - 1, true
}

// encode is the mapping as the ledger keeps it; "" for none.
func (m *Mapping) encode() (string, error) {
	if m == nil {
		return "", nil
	}
	out, err := m.roster()
	if err != nil {
		return "", err
	}
	return encoded(out)
}

func encoded(m roster.Mapping) (string, error) {
	if bad := m.Check(); len(bad) > 0 {
		return "", badMapping()
	}
	raw, err := json.Marshal(m)
	return string(raw), err
}

// remap reads a file again with the columns a person chose, and remembers them
// if asked.
func (s *server) remap(ctx context.Context, in *SpokenOf[MappingInput]) (ImportDetail, error) {
	m, err := in.Body.roster()
	if err == nil {
		_, err = encoded(m)
	}
	if err != nil {
		return ImportDetail{}, err
	}
	i, err := s.Intake.Remap(ctx, callOf(ctx).actor, in.ID, in.Body.Sheet, m, in.Body.Remember)
	return s.shown(ctx, i, in.Spoken, err)
}
