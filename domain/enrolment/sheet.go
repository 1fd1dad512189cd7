package enrolment

import (
	"slices"
	"strconv"
	"strings"

	"payung/domain/cell"
	"payung/domain/fault"
	"payung/domain/sipp"
)

// column is what a column of an answer file means.
type column int

const (
	columnNumber column = iota
	columnName
	columnNIK
	columnState
	columnCard
	columnEmployer
	columnReason
	columns
)

// headings are the words by which a column is known, the ones of our own file
// first.
func headings() [columns][]string {
	return [columns][]string{
		columnNumber:   {"no baris", "row", "nomor baris", "baris", "no urut", "nomor", "no", "number"},
		columnName:     {"nama", "name", "nama lengkap", "nama peserta", "nama tenaga kerja"},
		columnNIK:      {"nik", "nomor identitas", "no ktp", "nik 4 akhir"},
		columnState:    {"hasil", "result", "status", "diterima ditolak", "keterangan hasil"},
		columnCard:     {"kpj", "no kpj", "nomor kpj", "nomor peserta", "no peserta", "card number", "nomor kartu"},
		columnEmployer: {"npp", "no npp", "nomor npp", "employer number"},
		columnReason:   {"alasan", "reason", "alasan penolakan", "alasan ditolak", "keterangan", "catatan"},
	}
}

// Sheet collects the lines of an answer file. The zero value is ready.
type Sheet struct {
	at    map[column]int // by what they mean; nil: no heading was seen yet
	lines []Line
	cut   bool
}

// MaxLines bounds an answer file: one line for each row of the largest batch,
// and some for headings and signatures.
const MaxLines = MaxRows + 200

// MaxRows is how many people one batch may hold, which is what one worker file
// of SIPP takes.
const MaxRows = sipp.MaxRows

// Add takes the next row of the sheet. Rows above the heading are passed over.
func (s *Sheet) Add(r *cell.Row) {
	if r.Blank() {
		return
	}
	if s.at == nil {
		s.at = heading(r)
		return
	}
	if len(s.lines) >= MaxLines {
		s.cut = true
		return
	}
	text := func(c column) string {
		at, ok := s.at[c]
		if !ok {
			return ""
		}
		return written(r.At(at))
	}
	l := Line{
		Number: r.Number, Row: text(columnNumber), Name: text(columnName), NIK: text(columnNIK), State: text(columnState),
		Card: text(columnCard), Employer: text(columnEmployer), Reason: text(columnReason),
	}
	if l.Row != "" || l.says() {
		s.lines = append(s.lines, l)
	}
}

func (l Line) says() bool { return l.State != "" || l.Card != "" || l.Reason != "" }

// Lines are the lines that were collected. A sheet without headings that tell
// the rows and their answers apart is refused, and so is one that is longer than
// any batch.
func (s *Sheet) Lines() ([]Line, error) {
	switch {
	case s.at == nil:
		return nil, fault.New(fault.Invalid, "no_answer_headings", "the sheet needs a heading with the columns No. baris and Hasil, as in the file that was sent").On("file")
	case s.cut:
		return nil, fault.New(fault.TooLarge, "too_many_answers", "a file of answers has %d lines at most", MaxLines).On("file").With("max", strconv.Itoa(MaxLines))
	}
	return s.lines, nil
}

// heading finds what the columns mean, if the row is a heading: one that names
// the rows and says something about them.
func heading(r *cell.Row) map[column]int {
	at := map[column]int{}
	for c, words := range headings() {
		best := len(words)
		for _, v := range r.Cells {
			if i := slices.Index(words, plain(string(v.Value))); i >= 0 && i < best {
				best, at[column(c)] = i, v.Column
			}
		}
	}
	_, numbered := at[columnNumber]
	_, state := at[columnState]
	_, card := at[columnCard]
	if !numbered || !state && !card {
		return nil
	}
	return at
}

// written is a cell as its owner reads it: a whole number without a fraction.
func written(c cell.Cell) string {
	text := strings.TrimSpace(strings.ToValidUTF8(string(c.Value), ""))
	if c.Kind == cell.Number {
		if whole, rest, ok := strings.Cut(text, "."); ok && strings.Trim(rest, "0") == "" {
			return whole
		}
	}
	return text
}
