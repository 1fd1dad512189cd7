package sheet

import (
	"bytes"
	"context"
)

// OpenText opens what was pasted from a sheet: cells separated by tabs, as every
// program leaves them on the clipboard, or else in a dialect of CSV. Rows are
// numbered from 1 as they were pasted. Limits hold as for a file.
func OpenText(_ context.Context, text []byte, l Limits) (Book, error) {
	size := int64(len(text))
	if size > l.Size {
		return nil, tooLarge(l.Size)
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, Nothing.refusal()
	}
	d := dialectOf(text[:min(size, sample)])
	if bytes.IndexByte(text, '\t') >= 0 {
		d.separator = '\t'
	}
	return &separated{r: bytes.NewReader(text), size: size, budget: newBudget(l), dialect: d}, nil
}
