package intake

import (
	"bytes"
	"sync/atomic"
)

// gauge is a file that knows how far it was read, to tell how many rows are
// still to come. Readers go through the list from its beginning to its end.
type gauge struct {
	*bytes.Reader
	begun    atomic.Bool
	from, to atomic.Int64
}

// ReadAt notes what was read.
func (g *gauge) ReadAt(p []byte, off int64) (int, error) {
	n, err := g.Reader.ReadAt(p, off)
	if g.begun.CompareAndSwap(false, true) {
		g.from.Store(off)
	}
	if end := off + int64(n); end > g.to.Load() {
		g.to.Store(end)
	}
	return n, err
}

// begin forgets what was read before the list.
func (g *gauge) begin() {
	g.begun.Store(false)
	g.from.Store(0)
	g.to.Store(0)
}

// rows is how many rows the file has, about, after so many were read; 0: nobody
// can tell yet.
func (g *gauge) rows(read int64) int64 {
	from, to := g.from.Load(), g.to.Load()
	if to <= from {
		return 0
	}
	return max(read, read*(g.Size()-from)/(to-from))
}
