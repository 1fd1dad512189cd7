package sheet

import (
	"strconv"

	"payung/domain/cell"
	"payung/domain/fault"
)

// page reads the part of one sheet.
type page struct {
	*markup
	book   *workbook
	visit  func(*cell.Row) error
	row    cell.Row
	last   int    // number of the row before, 0 before the first
	hidden bool   // rows are, unless they say otherwise
	values []byte // of the row's cells, one after another
	rich   []byte // of the cell with runs
	merged []cell.Range
}

// read goes through the part. Rows stand in sheetData, which there is one of;
// merged blocks follow it.
func (p *page) read() error {
	data := false
	for {
		t, err := p.next()
		switch {
		case err != nil:
			return err
		case t == ends:
			return nil
		case t == closes:
		case p.depth() == 1 && string(p.name) != "worksheet":
			return damaged(aboutPlace)
		case p.depth() == 1:
		case string(p.name) == "sheetFormatPr":
			p.hidden = truth(p.attr("zeroHeight"))
		case string(p.name) == "sheetData" && data:
			return damaged(aboutPlace)
		case string(p.name) == "sheetData":
			data = true
			err = p.rows()
		case string(p.name) == "mergeCells":
			err = p.merges()
		default:
			err = p.skip()
		}
		if err != nil {
			return err
		}
	}
}

// rows reads the rows and shows those that have cells.
func (p *page) rows() error {
	for {
		t, err := p.next()
		switch {
		case err != nil:
			return err
		case t == closes:
			return nil
		case string(p.name) != "row":
			return damaged(aboutPlace)
		}
		if err := p.begin(); err != nil {
			return err
		}
		if err := p.cells(); err != nil {
			return err
		}
		if len(p.row.Cells) == 0 {
			continue
		}
		if err := p.book.budget.visit(&p.row, p.visit); err != nil {
			return err
		}
	}
}

// begin begins a row under the number it says it has, or the next one.
func (p *page) begin() error {
	number, hidden := p.last+1, p.hidden
	for _, a := range p.attrs {
		switch string(a.local) {
		case "r":
			var ok bool
			if number, ok = natural(a.value, lastRow); !ok || number <= p.last {
				return badRow(a.value, p.last)
			}
		case "hidden":
			hidden = truth(a.value)
		}
	}
	if number > lastRow {
		return badRow(strconv.AppendInt(nil, int64(number), 10), p.last)
	}
	p.last = number
	p.row.Number, p.row.Hidden, p.row.Cells = number, hidden, p.row.Cells[:0]
	p.values = p.values[:0]
	return nil
}

// badRow is the fault of a row whose number cannot be. What it says is shown in
// part: it may be anything.
func badRow(says []byte, last int) *fault.Fault {
	row := strconv.QuoteToASCII(string(says[:min(len(says), 12)]))
	return fault.New(fault.Invalid, "bad_row_number", "a row says its number is %s, which cannot follow row %d: open the file in Excel, save it as .xlsx and send it again", row, last).
		With("last", strconv.Itoa(last)).With("row", row)
}

// merges reads the merged blocks.
func (p *page) merges() error {
	for {
		t, err := p.next()
		switch {
		case err != nil:
			return err
		case t == closes && p.depth() == 1:
			return nil
		case t == closes || string(p.name) != "mergeCell":
			continue
		case len(p.merged) == p.book.budget.Merged:
			return fault.New(fault.TooLarge, "too_many_merged", "the sheet has more than %d merged blocks: undo the merging (Home, Merge & Center) and send the file again", p.book.budget.Merged).
				With("max", strconv.Itoa(p.book.budget.Merged))
		}
		block, ok := rangeOf(p.attr("ref"))
		if !ok {
			return damaged("merged cells")
		}
		p.merged = append(p.merged, block)
	}
}
