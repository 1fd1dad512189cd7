package sheet

import (
	"context"
	"errors"
	"io"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"payung/domain/cell"
)

// longestTag is how much of a page may be one tag, text or style sheet.
const longestTag = 1 << 20

// webPage is a web page with tables, which portals of the government save under
// .xls and Excel opens as a sheet. All its tables and what is written between
// them make up one sheet, as they do there.
type webPage struct {
	oneSheet
	r        io.ReaderAt
	size     int64
	budget   *budget
	encoding encoding
	start    int64
	merged   []cell.Range
}

func openHTML(r io.ReaderAt, size int64, name string, l Limits) (Book, error) {
	head := make([]byte, min(size, sample))
	if n, err := r.ReadAt(head, 0); n < len(head) {
		return nil, err
	}
	e, mark := encodingOf(head)
	return &webPage{oneSheet: sheetOf(name), r: r, size: size, budget: newBudget(l), encoding: e, start: int64(mark)}, nil
}

// Kind is HTML.
func (*webPage) Kind() Kind { return HTML }

// Merged lists the cells that span several.
func (p *webPage) Merged(int) []cell.Range { return p.merged }

// Read visits the rows of all tables one after the other; a paragraph between
// them is a row with one cell. A table inside a cell is part of its text.
func (p *webPage) Read(ctx context.Context, sheet int, visit func(*cell.Row) error) error {
	if err := p.has(sheet); err != nil {
		return err
	}
	p.budget.turn(sheet)
	defer p.budget.begin()()
	section := io.NewSectionReader(p.r, p.start, p.size-p.start)
	src := html.NewTokenizer(&steadyReader{p.encoding.decode(section), ctx, p.budget})
	src.SetMaxBuf(longestTag)
	t := &table{budget: p.budget, visit: visit}
	for {
		if err := t.take(src, src.Next()); err != nil {
			p.merged = t.merged
			if errors.Is(err, io.EOF) {
				return t.endRow()
			}
			if errors.Is(err, html.ErrBufferExceeded) {
				return damaged("tag without an end")
			}
			return err
		}
	}
}

// take makes the most of one token.
func (t *table) take(src *html.Tokenizer, token html.TokenType) error {
	switch token {
	case html.ErrorToken:
		return src.Err()
	case html.TextToken:
		if !t.unseen {
			t.write(src.Text())
		}
	case html.StartTagToken, html.SelfClosingTagToken:
		name, more := src.TagName()
		tag := atom.Lookup(name)
		t.unseen = token == html.StartTagToken && (tag == atom.Style || tag == atom.Script || tag == atom.Title)
		return t.start(tag, attributesOf(src, more))
	case html.EndTagToken:
		name, _ := src.TagName()
		t.unseen = false
		return t.end(atom.Lookup(name))
	}
	return nil
}

// attributes are those of a tag that matter for a table.
type attributes struct{ style, colspan, rowspan, number string }

// attributesOf are those of the current tag; the first of a name counts.
func attributesOf(src *html.Tokenizer, more bool) attributes {
	var a attributes
	for more {
		var name, value []byte
		name, value, more = src.TagAttr()
		var to *string
		switch string(name) {
		case "style":
			to = &a.style
		case "colspan":
			to = &a.colspan
		case "rowspan":
			to = &a.rowspan
		case "x:num":
			to = &a.number
		default:
			continue
		}
		if *to == "" {
			*to = string(value)
		}
	}
	return a
}
