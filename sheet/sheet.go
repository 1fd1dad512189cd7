// Package sheet reads what people send when they are asked for a spreadsheet:
// XLSX, ODS, CSV in its dialects. It trusts nothing: what a file is, its content
// says, and how much of it is read, we say.
//
// A book is read row by row and never held: memory does not grow with the file.
// Whatever is refused is refused with a *fault.Fault whose sentence says what
// the sender can do about it.
package sheet

import (
	"context"
	"io"

	"payung/domain/cell"
	"payung/domain/fault"
)

// Kind is the format of a file, told from its content.
type Kind string

// The kinds of file. XLS is known only to be refused with a sentence that helps.
const (
	XLSX Kind = "xlsx"
	ODS  Kind = "ods"
	CSV  Kind = "csv"
	XLS  Kind = "xls"
)

// Info is what is known of a sheet before it is read.
type Info struct {
	Name   string
	Hidden bool // not shown to people, by hand or by a program
}

// Book is an opened file. It is used by one goroutine at a time.
type Book interface {
	// Kind says which format the file turned out to have.
	Kind() Kind
	// Sheets lists the sheets in the order of their tabs.
	Sheets() []Info
	// Read visits the rows of a sheet that have cells, from top to bottom, under
	// the numbers their owner sees. The row and all in it are reused for the
	// next one. An error of visit ends the reading and is returned as it is.
	// A sheet may be read again.
	Read(ctx context.Context, sheet int, visit func(*cell.Row) error) error
	// Merged lists the merged blocks of a sheet that has been read to its end.
	Merged(sheet int) []cell.Range
	// Close frees what the book holds. It does not close the file below.
	Close() error
}

// Open looks at a file of size bytes and opens it as what its content says it
// is; its name only names the sheet of a file that knows no sheets. It reads the
// parts needed to list the sheets and refuses what may not be read at all: files
// over the limits, damaged, encrypted or with macros.
func Open(ctx context.Context, r io.ReaderAt, size int64, name string, l Limits) (Book, error) {
	if size > l.Size {
		return nil, tooLarge(l.Size)
	}
	if size == 0 {
		return nil, fault.New(fault.Invalid, "empty_file", "the file is empty: choose the file again and send it once more")
	}
	kind, err := detect(ctx, r, size)
	if err != nil {
		return nil, err
	}
	switch kind {
	case XLSX, XLSM:
		return openXLSX(ctx, r, size, l)
	case ODS:
		return openODS(ctx, r, size, l)
	case CSV:
		return openCSV(r, size, name, l)
	case HTML:
		return openHTML(r, size, name, l)
	case XLS, XLSB, XML2003:
		return openOld(ctx, r, size, kind, l)
	default:
		return nil, kind.refusal()
	}
}
