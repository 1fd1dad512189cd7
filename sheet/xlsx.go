package sheet

import (
	"context"
	"io"
	"slices"
	"strings"

	"payung/domain/cell"
)

// workbook is an XLSX file (ECMA-376, SpreadsheetML). What it links to
// elsewhere is never followed.
type workbook struct {
	archive  *archive
	budget   *budget
	tabs     []tab
	date1904 bool
	texts    *texts // shared by the cells; nil until a sheet is read
	dates    []bool // whether a style shows a date; nil until a sheet is read
	shared   string // the parts these are in, if any
	styles   string
}

// tab is a sheet as the workbook lists it.
type tab struct {
	Info
	part   string // "" if it has no cells: a chart
	merged []cell.Range
}

// openXLSX opens a workbook and lists its sheets.
func openXLSX(ctx context.Context, r io.ReaderAt, size int64, l Limits) (Book, error) {
	b := newBudget(l)
	defer b.begin()()
	a, err := openArchive(r, size, b)
	if err != nil {
		return nil, err
	}
	for name := range a.parts {
		if strings.HasSuffix(name, "vbaproject.bin") || strings.Contains(name, "/macrosheets/") {
			return nil, withMacros()
		}
	}
	w := &workbook{archive: a, budget: b}
	if err := w.list(ctx); err != nil {
		return nil, err
	}
	return w, nil
}

// Kind is XLSX.
func (*workbook) Kind() Kind { return XLSX }

// Sheets lists the sheets with those that are hidden or very hidden.
func (w *workbook) Sheets() []Info {
	out := make([]Info, len(w.tabs))
	for i := range w.tabs {
		out[i] = w.tabs[i].Info
	}
	return out
}

// Read visits the rows of a sheet that have values or formulas. A formula that
// was never computed is an Empty cell with Formula set.
func (w *workbook) Read(ctx context.Context, sheet int, visit func(*cell.Row) error) error {
	if sheet < 0 || sheet >= len(w.tabs) {
		return noSheet()
	}
	defer w.budget.begin()()
	w.budget.turn(sheet)
	t := &w.tabs[sheet]
	t.merged = nil
	if t.part == "" {
		return nil
	}
	if err := w.share(ctx); err != nil {
		return err
	}
	part, err := w.archive.open(ctx, t.part)
	if err != nil {
		return err
	}
	defer func() { _ = part.Close() }()
	m, err := newMarkup(part, most(w.budget.Cell))
	if err != nil {
		return err
	}
	p := &page{markup: m, book: w, visit: visit, row: cell.Row{Date1904: w.date1904}}
	if err := p.read(); err != nil {
		return err
	}
	t.merged = p.merged
	return nil
}

// Merged lists the merged blocks of a sheet that has been read to its end.
func (w *workbook) Merged(sheet int) []cell.Range {
	if sheet < 0 || sheet >= len(w.tabs) {
		return nil
	}
	return slices.Clone(w.tabs[sheet].merged)
}

// Close forgets what the cells share.
func (w *workbook) Close() error {
	w.texts, w.dates = nil, nil
	return nil
}

// share reads what cells only refer to, before the first sheet is read.
func (w *workbook) share(ctx context.Context) error {
	if w.texts != nil {
		return nil
	}
	if err := w.each(ctx, w.styles, w.readStyles); err != nil {
		return err
	}
	if w.archive.size(w.shared) > w.budget.Strings {
		return tooMuchText(w.budget.Limits)
	}
	held := &texts{limits: w.budget.Limits}
	if err := w.each(ctx, w.shared, held.read); err != nil {
		return err
	}
	w.texts = held
	return nil
}

// each reads a part from beginning to end, if there is one of that name.
func (w *workbook) each(ctx context.Context, name string, read func(*markup) error) error {
	if !w.archive.has(name) {
		return nil
	}
	part, err := w.archive.open(ctx, name)
	if err != nil {
		return err
	}
	defer func() { _ = part.Close() }()
	m, err := newMarkup(part, most(w.budget.Cell))
	if err != nil {
		return err
	}
	return read(m)
}

// most is how much of a text is gathered before its escapes are resolved, each
// of which makes one character of seven bytes.
func most(cell int) int { return 8 * cell }
