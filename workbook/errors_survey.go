package workbook

import (
	"context"
	"iter"
	"slices"

	"payung/domain/cell"
	"payung/domain/roster"
)

// survey is what a first reading of the rows tells.
type survey struct {
	rows    []int // below the headings, that have cells
	noted   []int // of them, those that have a sentence from an earlier round
	note    int   // column for the sentences
	widest  int   // last column that has cells
	present bool  // the column was there already
}

// look reads the rows once, before anything is written.
func (r *report) look(ctx context.Context) error {
	r.seen = survey{widest: -1, note: -1}
	s := &r.seen
	err := r.Rows(ctx, func(row *cell.Row) error {
		for _, c := range row.Cells {
			s.widest = max(s.widest, c.Column)
			if row.Number <= r.Mapping.HeadTo && roster.IsCorrections(string(c.Value)) {
				s.note, s.present = c.Column, true
			}
		}
		if row.Number > r.Mapping.HeadTo {
			s.rows = append(s.rows, row.Number)
			if s.present && row.At(s.note).Kind != cell.Empty {
				s.noted = append(s.noted, row.Number)
			}
		}
		return nil
	})
	if !s.present {
		s.note = s.widest + 1
	}
	return err
}

// lowest is the last row that has cells.
func (s *survey) lowest() int {
	if len(s.rows) == 0 {
		return 0
	}
	return s.rows[len(s.rows)-1]
}

// groups are runs of findings that same holds for, which are sorted so that each
// is one run.
func groups(findings []roster.Finding, same func(a, b roster.Finding) bool) iter.Seq[[]roster.Finding] {
	return func(yield func([]roster.Finding) bool) {
		for len(findings) > 0 {
			n := slices.IndexFunc(findings, func(f roster.Finding) bool { return !same(f, findings[0]) })
			if n < 0 {
				n = len(findings)
			}
			if !yield(findings[:n:n]) {
				return
			}
			findings = findings[n:]
		}
	}
}

func sameRow(a, b roster.Finding) bool    { return a.Row == b.Row }
func sameColumn(a, b roster.Finding) bool { return a.Column == b.Column }
