package sheet

import (
	"context"
	"strconv"
	"time"
	"unicode/utf8"

	"payung/domain/cell"
	"payung/domain/fault"
)

// lastRow is the number of the last row a sheet can have, in every program.
const lastRow = 1_048_576

const ellipsis = "…"

// Limits say how much of a file is read before it is refused. They hold for one
// file; a part that is read again counts once.
type Limits struct {
	Size     int64         // bytes of the file as sent
	Entries  int           // files inside an archive
	Inflated int64         // bytes an archive unfolds to, all parts together
	Ratio    int64         // bytes unfolded from one byte, once they are many
	Strings  int64         // bytes of the part with a book's shared texts
	Texts    int64         // bytes of shared texts kept in memory
	Sheets   int           // sheets in a book
	Rows     int           // rows with content, all sheets together
	Columns  int           // columns kept; what stands further right is passed over
	Cell     int           // bytes kept of a cell's text; a longer one ends in an ellipsis
	Merged   int           // merged blocks kept of one sheet
	Time     time.Duration // of our own work, not of whoever visits the rows
	Office   time.Duration // of LibreOffice's over an old Excel file; 0 leaves such files unread
}

// DefaultLimits suit the rosters of one unit with much to spare.
func DefaultLimits() Limits {
	return Limits{
		Size: 20 << 20, Entries: 200, Inflated: 256 << 20, Ratio: 100, Strings: 64 << 20, Texts: 32 << 20,
		Sheets: 100, Rows: 100_000, Columns: 64, Cell: 512, Merged: 10_000, Time: 30 * time.Second,
	}
}

// budget is what reading one file has cost so far, held against its limits.
type budget struct {
	Limits
	inflated int64
	rows     int
	perSheet map[int]int // rows by sheet
	sheet    int         // being read
	worked   time.Duration
	since    time.Time // when work began or went on; zero while none is done
}

func newBudget(l Limits) *budget { return &budget{Limits: l, perSheet: map[int]int{}} }

// begin starts the clock over our own work; what it returns stops it.
func (b *budget) begin() (end func()) {
	b.since = time.Now()
	return b.pause
}

// turn goes to a sheet and gives back the rows that reading it before has cost.
func (b *budget) turn(sheet int) {
	b.rows -= b.perSheet[sheet]
	b.perSheet[sheet] = 0
	b.sheet = sheet
}

func (b *budget) pause() {
	b.worked += time.Since(b.since)
	b.since = time.Time{}
}

// check is asked now and then, at least once per block of input.
func (b *budget) check(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	worked := b.worked
	if !b.since.IsZero() {
		worked += time.Since(b.since)
	}
	if worked > b.Time {
		return fault.New(fault.TooLarge, "file_too_slow", "reading the file takes too long: save the list alone in a new workbook and send that").
			With("seconds", strconv.Itoa(int(b.Time.Seconds())))
	}
	return nil
}

// inflate counts bytes as they come out of an archive.
func (b *budget) inflate(n int) error {
	b.inflated += int64(n)
	if b.inflated > b.Inflated {
		return unfolds(b.Inflated)
	}
	return nil
}

// visit counts a row and shows it to whoever asked, on their own time.
func (b *budget) visit(row *cell.Row, visit func(*cell.Row) error) error {
	b.rows++
	b.perSheet[b.sheet]++
	if b.rows > b.Rows {
		return fault.New(fault.TooLarge, "file_has_too_many_rows", "the file has more than %d rows with content: split the list and send it in parts", b.Rows).
			With("max", strconv.Itoa(b.Rows))
	}
	b.pause()
	defer func() { b.since = time.Now() }()
	return visit(row)
}

// cut shortens a text that is over the limit of a cell, at a character, and
// marks it with an ellipsis. It does so in place and never refuses: instructions
// at the top of a sheet are long, values of a list are not.
func cut(text []byte, limit int) []byte {
	if len(text) <= limit {
		return text
	}
	keep := max(0, limit-len(ellipsis))
	for keep > 0 && !utf8.RuneStart(text[keep]) {
		keep--
	}
	return append(text[:keep], ellipsis...)
}
