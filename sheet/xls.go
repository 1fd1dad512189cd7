package sheet

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"payung/domain/fault"
)

// openOld reads formats that Excel wrote before .xlsx, or beside it, by way of
// LibreOffice, if there is one and l.Office gives it time. Otherwise the sender
// is told how to save the file as .xlsx. Whoever has to pick a directory for the
// short-lived copy does so with TMPDIR; it had better be in memory.
func openOld(ctx context.Context, r io.ReaderAt, size int64, kind Kind, l Limits) (Book, error) {
	office, err := exec.LookPath("soffice")
	if err != nil || l.Office <= 0 {
		return nil, kind.refusal()
	}
	workbook, err := converted(ctx, office, io.NewSectionReader(r, 0, size), kind, l)
	switch {
	case err != nil:
		return nil, err
	case workbook == nil:
		return nil, kind.refusal()
	case int64(len(workbook)) > l.Size:
		return nil, tooLarge(l.Size)
	}
	book, err := openXLSX(ctx, bytes.NewReader(workbook), int64(len(workbook)), l)
	if err != nil {
		return nil, err
	}
	return oldBook{book, kind}, nil
}

// oldBook is a book that was put into another format to be read.
type oldBook struct {
	Book
	kind Kind
}

// Kind is the format the file came in.
func (b oldBook) Kind() Kind { return b.kind }

// converting has one place: LibreOffice takes some hundred MB for each file.
var converting = make(chan struct{}, 1)

// converted is a file as .xlsx, or nil if LibreOffice cannot make it one. What
// it writes, it writes to a directory that only we can enter and that is gone
// when converted returns: the lists hold personal data.
func converted(ctx context.Context, office string, file io.Reader, kind Kind, l Limits) ([]byte, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, l.Office, tooSlowToConvert())
	defer cancel()
	select {
	case converting <- struct{}{}:
		defer func() { <-converting }()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	dir, err := os.MkdirTemp(memory(), folders)
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	held, err := lock(dir)
	if err != nil {
		return nil, err
	}
	defer func() { _ = held.Close() }()
	if err := settle(dir, file); err != nil {
		return nil, err
	}
	if err := convert(ctx, office, dir, kind); err != nil && ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	out, err := os.Open(filepath.Join(dir, "out", "list.xlsx"))
	if err != nil {
		return nil, nil //nolint:nilerr,nilnil // no file is how LibreOffice says that it could not
	}
	defer func() { _ = out.Close() }()
	return io.ReadAll(io.LimitReader(out, l.Size+1))
}

func tooSlowToConvert() *fault.Fault {
	return fault.New(fault.TooLarge, "old_excel_too_slow", "turning the old Excel file into a new one takes too long: open it in Excel, choose File > Save As > Excel Workbook (.xlsx) and send that")
}

// memory is a folder that is never written to a disk, where the system has one
// and nobody has named another; "" elsewhere: the usual place.
func memory() string {
	const shared = "/dev/shm"
	if os.Getenv("TMPDIR") != "" {
		return ""
	}
	if info, err := os.Stat(shared); err == nil && info.IsDir() {
		return shared
	}
	return ""
}
