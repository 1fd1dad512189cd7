package sheet

import (
	"bufio"
	"bytes"
	"io"
)

// longest is how many bytes of a cell are kept, and how far the end of a quoted
// one is looked for. Excel lets a cell have 32,767 characters.
const longest = 1 << 16

// scanner cuts separated text into records and cells.
//
// A cell that begins with a quote is a quoted one only if it ends properly,
// with a quote before the next separator or line end: then separators and line
// ends inside belong to it and two quotes stand for one. Any other quote is a
// character like all others, so one that nobody closes costs its own cell and
// does not swallow the rest of the file.
type scanner struct {
	src       *bufio.Reader
	separator byte
	columns   int // cells kept of a record

	text     []byte // of the record's cells, one after the other
	ends     []int  // where each ends
	leftOver bool   // a quote begins a cell and does not end it
}

func newScanner(r io.Reader, separator byte, columns int) *scanner {
	return &scanner{src: bufio.NewReaderSize(r, 2*longest), separator: separator, columns: columns}
}

// next reads a record. It is io.EOF after the last one; a line end at the end of
// the file begins no other.
func (s *scanner) next() error {
	s.text, s.ends, s.leftOver = s.text[:0], s.ends[:0], false
	if _, err := s.src.Peek(1); err != nil {
		return err
	}
	for column := 0; ; column++ {
		more, err := s.cell(column)
		if err != nil {
			return err
		}
		if column < s.columns {
			s.ends = append(s.ends, len(s.text))
		}
		if !more {
			return nil
		}
	}
}

// value is a cell of the record just read.
func (s *scanner) value(column int) []byte {
	if column == 0 {
		return s.text[:s.ends[0]]
	}
	return s.text[s.ends[column-1]:s.ends[column]]
}

// cell reads a cell and what ends it, and reports whether the record goes on.
func (s *scanner) cell(column int) (more bool, err error) {
	quoted, err := s.quoted()
	if err != nil {
		return false, err
	}
	if quoted > 0 {
		s.unquote(column, quoted)
	}
	begun := len(s.text)
	for {
		window, err := s.window()
		if err != nil || len(window) == 0 {
			return false, err
		}
		n := s.plain(window)
		if column < s.columns {
			room := longest - (len(s.text) - begun)
			s.text = append(s.text, window[:min(n, room)]...)
		}
		s.skip(n)
		if n < len(window) {
			return s.end(window[n])
		}
	}
}

// window is what is there to be read, at least a byte unless the text is over.
func (s *scanner) window() ([]byte, error) {
	if _, err := s.src.Peek(1); err != nil {
		if err == io.EOF {
			err = nil
		}
		return nil, err
	}
	return s.src.Peek(s.src.Buffered())
}

// plain is how many bytes come before a separator or a line end.
func (s *scanner) plain(window []byte) int {
	for i, c := range window {
		if c == s.separator || c == '\n' || c == '\r' {
			return i
		}
	}
	return len(window)
}

// end steps over a separator or a line end; CR and LF together are one.
func (s *scanner) end(c byte) (more bool, err error) {
	s.skip(1)
	if c == s.separator {
		return true, nil
	}
	if c == '\r' {
		if following, err := s.src.Peek(1); err == nil && following[0] == '\n' {
			s.skip(1)
		} else if err != nil && err != io.EOF {
			return false, err
		}
	}
	return false, nil
}

// quoted is the length of the quoted cell that begins here, with its quotes; 0
// if none does. It looks at more and more of the text until it can tell.
func (s *scanner) quoted() (int, error) {
	first, err := s.window()
	if err != nil || len(first) == 0 || first[0] != '"' {
		return 0, err
	}
	for size := 256; size <= longest; size *= 4 {
		window, err := s.src.Peek(size)
		if err != nil && err != io.EOF {
			return 0, err
		}
		if length, told := s.closing(window, err == io.EOF); told {
			s.leftOver = s.leftOver || length == 0
			return length, nil
		}
	}
	s.leftOver = true
	return 0, nil
}

// closing is how far a quoted cell goes that begins a window of the text; 0 if
// it is not closed properly. It is not told if the text goes on and may yet
// close it.
func (s *scanner) closing(window []byte, over bool) (length int, told bool) {
	for at := 1; ; at += 2 {
		i := bytes.IndexByte(window[at:], '"')
		if i < 0 {
			return 0, over
		}
		at += i
		switch {
		case at+1 == len(window):
			return at + 1, over
		case s.plain(window[at+1:at+2]) == 0:
			return at + 1, true
		case window[at+1] != '"':
			return 0, true
		}
	}
}

// unquote keeps the content of a quoted cell of so many bytes.
func (s *scanner) unquote(column, size int) {
	raw, _ := s.src.Peek(size)
	for rest := raw[1 : size-1]; column < s.columns && len(rest) > 0; {
		i := bytes.IndexByte(rest, '"')
		if i < 0 {
			s.text = append(s.text, rest...)
			break
		}
		s.text = append(s.text, rest[:i+1]...)
		rest = rest[i+2:]
	}
	s.skip(size)
}

// skip drops bytes that have been peeked at.
func (s *scanner) skip(n int) { _, _ = s.src.Discard(n) }
