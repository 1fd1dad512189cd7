// Package cell is what a spreadsheet is made of, whatever file it came in: rows
// with the numbers their owner sees, and cells that keep apart what was typed as
// text and what the program took for a number.
package cell

import "bytes"

// Kind says what a cell holds, as the file says it.
type Kind uint8

// The kinds. A file of plain text (CSV) has only Text: what looks like a number
// there was never more than its digits.
const (
	Empty Kind = iota
	Text
	Number // as stored: "7409014507800001" or "7.4090145078E+15"
	Date   // a Number that the sheet shows as a date; Value is still the serial
	Bool   // "TRUE" or "FALSE"
	Error  // "#REF!"
)

// Cell is one cell that is not empty.
type Cell struct {
	Column  int // from 0: A is 0
	Kind    Kind
	Formula bool   // Value was computed by the sheet
	Value   []byte // UTF-8; valid until the next row is read
}

// Row is one row that has cells. Readers reuse it and everything in it.
type Row struct {
	Number   int  // as the sheet shows it, from 1
	Hidden   bool // by hand or by a filter
	Date1904 bool // serials count from 1904, as old Macs did
	Cells    []Cell
}

// At is the cell in a column; an Empty one if there is none.
func (r *Row) At(column int) Cell {
	// Most rows have no gaps, so a cell stands where its column says.
	if column < len(r.Cells) && column >= 0 && r.Cells[column].Column == column {
		return r.Cells[column]
	}
	for _, c := range r.Cells {
		if c.Column == column {
			return c
		}
	}
	return Cell{Column: column}
}

// Blank reports whether a row has nothing but white space.
func (r *Row) Blank() bool {
	for _, c := range r.Cells {
		if c.Kind != Empty && len(bytes.TrimSpace(c.Value)) > 0 {
			return false
		}
	}
	return true
}

// Range is a block of cells that were merged into one; its corners belong to it.
type Range struct {
	FirstRow, LastRow       int // from 1
	FirstColumn, LastColumn int // from 0
}

// Letters name a column as a sheet shows it: A, Z, AA. A negative column has
// none.
func Letters(column int) string {
	if column < 0 {
		return ""
	}
	var out [8]byte
	i := len(out)
	for n := column + 1; n > 0 && i > 0; n = (n - 1) / 26 {
		i--
		out[i] = byte('A' + (n-1)%26)
	}
	return string(out[i:])
}
