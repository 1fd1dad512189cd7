package sheet

import (
	"archive/zip"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"payung/domain/fault"
)

// smallPart is how much a part may unfold to before its ratio is looked at:
// a page of blanks shrinks a thousandfold and harms nobody.
const smallPart = 4 << 20

// directory is how many bytes may be read to find and list the parts: the
// farthest a comment can push the end, and a generous line for each part.
func directory(entries int) int64 { return 1<<17 + 512*int64(entries) }

// archive is a zip archive whose directory has been checked. Parts are told
// apart by name as the formats do, without regard to case.
type archive struct {
	budget *budget
	parts  map[string]*part
}

// part is one file in an archive.
type part struct {
	file     *zip.File
	inflated int64 // by its last reading
}

// openArchive lists the parts of a zip archive and refuses one that lies or
// would harm: too many parts, parts that share bytes or a name, that are
// encrypted, lead elsewhere or promise more than the limits allow.
func openArchive(r io.ReaderAt, size int64, b *budget) (*archive, error) {
	capped := &cappedReaderAt{r: r, left: directory(b.Entries)}
	z, err := zip.NewReader(capped, size)
	if capped.left < 0 || err == nil && len(z.File) > b.Entries {
		return nil, fault.New(fault.TooLarge, "too_many_entries", "the file is made of more than %d parts: copy the list alone into a new workbook and send that", b.Entries).
			With("max", strconv.Itoa(b.Entries))
	}
	if err != nil {
		return nil, blame(err, "archive")
	}
	a := &archive{budget: b, parts: make(map[string]*part, len(z.File))}
	var total uint64
	for _, f := range z.File {
		if err := a.add(f); err != nil {
			return nil, err
		}
		if total += f.UncompressedSize64; f.UncompressedSize64 > uint64(b.Inflated) || total > uint64(b.Inflated) {
			return nil, unfolds(b.Inflated)
		}
	}
	capped.left = math.MaxInt64 // from here on, parts are counted as they unfold
	return a, overlap(z.File)
}

func (a *archive) add(f *zip.File) error {
	name := partName(f.Name)
	switch {
	case f.Flags&1 != 0:
		return encrypted()
	case strings.HasPrefix(name, "/") || slices.Contains(strings.Split(name, "/"), "..") || strings.ContainsRune(name, 0):
		return damaged("path of a part")
	case a.parts[name] != nil:
		return damaged("two parts of one name")
	case f.UncompressedSize64 > smallPart && f.UncompressedSize64/uint64(a.budget.Ratio) > f.CompressedSize64:
		return unfolds(a.budget.Inflated)
	}
	a.parts[name] = &part{file: f}
	return nil
}

// partName is how a part is looked up; some programs write their own slashes.
func partName(name string) string { return strings.ToLower(strings.ReplaceAll(name, `\`, "/")) }

// overlap refuses parts that share bytes, with which a small archive could
// unfold one piece many times. Every part begins with a header of 30 bytes and
// its name.
func overlap(files []*zip.File) error {
	type span struct{ from, to int64 }
	spans := make([]span, 0, len(files))
	for _, f := range files {
		at, err := f.DataOffset()
		if err != nil {
			return blame(err, "header of a part")
		}
		spans = append(spans, span{at - 30 - int64(len(f.Name)), at + int64(f.CompressedSize64)})
	}
	slices.SortFunc(spans, func(a, b span) int { return int(a.from - b.from) })
	for i := 1; i < len(spans); i++ {
		if spans[i].from < spans[i-1].to {
			return damaged("parts that overlap")
		}
	}
	return nil
}

// has reports whether the archive has a part.
func (a *archive) has(name string) bool { return a.parts[partName(name)] != nil }

// size is how many bytes a part says it unfolds to; 0 without such a part.
func (a *archive) size(name string) int64 {
	if p := a.parts[partName(name)]; p != nil {
		return int64(p.file.UncompressedSize64)
	}
	return 0
}

// open unfolds a part. Its bytes are counted as they come; reading a part again
// gives back what it cost before. A reader that does not get to the end misses
// the check of the part's sum.
func (a *archive) open(ctx context.Context, name string) (io.ReadCloser, error) {
	p := a.parts[partName(name)]
	if p == nil {
		return nil, damaged("no part " + short(name))
	}
	f, err := p.file.Open()
	if err != nil {
		return nil, blame(err, "part "+short(name))
	}
	a.budget.inflated -= p.inflated
	p.inflated = 0
	return &partReader{ReadCloser: f, ctx: ctx, part: p, budget: a.budget}, nil
}

// partReader counts what a part unfolds to, in total and against what it was
// folded into: sizes in headers are only promises.
type partReader struct {
	io.ReadCloser
	ctx    context.Context //nolint:containedctx // io.Reader has no other way to learn of it
	part   *part
	budget *budget
}

// Read unfolds the next bytes.
func (r *partReader) Read(into []byte) (int, error) {
	if err := r.budget.check(r.ctx); err != nil {
		return 0, err
	}
	n, err := r.ReadCloser.Read(into)
	r.part.inflated += int64(n)
	if over := r.budget.inflate(n); over != nil {
		return 0, over
	}
	if r.part.inflated > smallPart && r.part.inflated/r.budget.Ratio > int64(r.part.file.CompressedSize64) {
		return 0, unfolds(r.budget.Inflated)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, blame(err, "part "+short(r.part.file.Name))
	}
	return n, err
}

// short is enough of a part's name to find it by; the rest may be anything.
func short(name string) string { return strconv.QuoteToASCII(name[:min(len(name), 40)]) }

// blame tells a damaged file from a storage that cannot be read just now.
func blame(err error, about string) error {
	if _, corrupt := errors.AsType[flate.CorruptInputError](err); corrupt {
		return damaged(about)
	}
	for _, known := range []error{zip.ErrFormat, zip.ErrChecksum, zip.ErrAlgorithm, io.EOF, io.ErrUnexpectedEOF} {
		if errors.Is(err, known) {
			return damaged(about)
		}
	}
	return fmt.Errorf("%s of a book: %w", about, err)
}

// cappedReaderAt ends in an error once more has been read than is good.
type cappedReaderAt struct {
	r    io.ReaderAt
	left int64
}

// ReadAt reads from the file below as long as there is something left. Where a
// directory leads before the beginning, it is the directory that is wrong.
func (c *cappedReaderAt) ReadAt(into []byte, at int64) (int, error) {
	if at < 0 {
		return 0, zip.ErrFormat
	}
	if c.left -= int64(len(into)); c.left < 0 {
		return 0, errors.New("read more than the directory of an archive needs")
	}
	return c.r.ReadAt(into, at)
}
