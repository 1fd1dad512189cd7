package sheet

import (
	"bytes"
	"context"
	"io"

	"payung/domain/cell"
)

// odsContent is the part of an ODS file with all its sheets, one after the
// other.
const odsContent = "content.xml"

// sheetDepth is how deep in the content a sheet stands: in the document, its
// body and its spreadsheet. Tables elsewhere, such as those kept for a link, are
// no sheets.
const sheetDepth = 4

// odsBook is an ODS file: OASIS OpenDocument 1.0 to 1.4.
type odsBook struct {
	archive *archive
	budget  *budget
	sheets  []Info
	merged  map[int][]cell.Range
}

func openODS(ctx context.Context, r io.ReaderAt, size int64, l Limits) (Book, error) {
	b := newBudget(l)
	defer b.begin()()
	a, err := openArchive(r, size, b)
	if err != nil {
		return nil, err
	}
	if bytes.Contains(a.beginning(ctx, "META-INF/manifest.xml"), []byte("encryption-data")) {
		return nil, encrypted()
	}
	book := &odsBook{archive: a, budget: b, merged: map[int][]cell.Range{}}
	return book, book.list(ctx)
}

// Kind is ODS.
func (*odsBook) Kind() Kind { return ODS }

// Sheets lists the sheets in the order of their tabs.
func (b *odsBook) Sheets() []Info { return b.sheets }

// Merged lists the merged blocks of a sheet that has been read.
func (b *odsBook) Merged(sheet int) []cell.Range { return b.merged[sheet] }

// Close has nothing to free.
func (*odsBook) Close() error { return nil }

// list finds the sheets. Whether one is hidden, its style says, and styles come
// before the sheets.
func (b *odsBook) list(ctx context.Context) error {
	hidden := map[string]bool{}
	var style string
	return b.walk(ctx, func(m *markup) (done bool, err error) {
		switch string(m.name) {
		case "style":
			style = string(m.attr("name"))
		case "table-properties":
			if string(m.attr("display")) == "false" {
				hidden[style] = true
			}
		case "table":
			if m.depth() != sheetDepth {
				return false, nil
			}
			if len(b.sheets) == b.budget.Sheets {
				return false, tooManySheets(b.budget.Sheets)
			}
			b.sheets = append(b.sheets, Info{Name: string(m.attr("name")), Hidden: hidden[string(m.attr("style-name"))]})
		}
		return false, nil
	})
}

// Read visits the rows of a sheet.
func (b *odsBook) Read(ctx context.Context, sheet int, visit func(*cell.Row) error) error {
	if sheet < 0 || sheet >= len(b.sheets) {
		return noSheet()
	}
	b.budget.turn(sheet)
	defer b.budget.begin()()
	at := -1
	return b.walk(ctx, func(m *markup) (done bool, err error) {
		if string(m.name) != "table" || m.depth() != sheetDepth {
			return false, nil
		}
		if at++; at < sheet {
			return false, nil
		}
		t := &odsTable{markup: m, budget: b.budget, visit: visit}
		err = t.read()
		b.merged[sheet] = t.merged
		return true, err
	})
}

// walk goes through the content from element to element until one is the last
// that is wanted.
func (b *odsBook) walk(ctx context.Context, element func(*markup) (done bool, err error)) error {
	part, err := b.archive.open(ctx, odsContent)
	if err != nil {
		return err
	}
	defer func() { _ = part.Close() }()
	m, err := newMarkup(part, longest)
	if err != nil {
		return err
	}
	for {
		t, err := m.next()
		if err != nil || t == ends {
			return err
		}
		if t == closes {
			continue
		}
		if done, err := element(m); done || err != nil {
			return err
		}
	}
}
