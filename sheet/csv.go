package sheet

import (
	"context"
	"errors"
	"io"

	"payung/domain/cell"
)

// separated is a text of cells with separators between them: CSV in its
// dialects, or what a sheet leaves on the clipboard. All its cells are text:
// what looks like a number there was never more than its digits.
type separated struct {
	oneSheet
	r      io.ReaderAt
	size   int64
	budget *budget
	dialect
}

// openCSV opens a text of separated cells; its dialect is told from its
// beginning.
func openCSV(r io.ReaderAt, size int64, name string, l Limits) (Book, error) {
	head := make([]byte, min(size, sample))
	if n, err := r.ReadAt(head, 0); n < len(head) {
		return nil, err
	}
	return &separated{oneSheet: sheetOf(name), r: r, size: size, budget: newBudget(l), dialect: dialectOf(head)}, nil
}

// Kind is CSV.
func (*separated) Kind() Kind { return CSV }

// Read visits the records under the numbers a sheet gives them: blank lines
// count, line ends inside quotes do not, and neither does a first line that
// only names the separator.
func (s *separated) Read(ctx context.Context, sheet int, visit func(*cell.Row) error) error {
	if err := s.has(sheet); err != nil {
		return err
	}
	s.budget.turn(sheet)
	defer s.budget.begin()()
	section := io.NewSectionReader(s.r, s.start, s.size-s.start)
	src := newScanner(&steadyReader{s.encoding.decode(section), ctx, s.budget}, s.separator, s.budget.Columns)
	row := &cell.Row{}
	for row.Number = 1; ; row.Number++ {
		err := src.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		row.Cells = row.Cells[:0]
		for column := range src.ends {
			value, err := s.budget.clean(src.value(column))
			if err != nil {
				return err
			}
			if len(value) > 0 {
				row.Cells = append(row.Cells, cell.Cell{Column: column, Kind: cell.Text, Value: value})
			}
		}
		if len(row.Cells) == 0 {
			continue
		}
		if err := s.budget.visit(row, visit); err != nil {
			return err
		}
	}
}
