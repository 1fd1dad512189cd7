package sheet

import (
	"bytes"
	"context"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// sample is how much of a text is looked at to tell what it is.
const sample = 64 << 10

// encoding is how the characters of a text are written in bytes.
type encoding uint8

// The encodings. Bytes that are no UTF-8 are taken for Windows-1252, cell by
// cell: an old program may have added a line to a file of a newer one.
const (
	bytewise encoding = iota
	utf16LE
	utf16BE
)

// encodingOf tells the encoding of a text from its beginning, and how many bytes
// of mark come before the text.
func encodingOf(head []byte) (e encoding, mark int) {
	switch {
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		return bytewise, 3
	case bytes.HasPrefix(head, []byte("\xFF\xFE")):
		return utf16LE, 2
	case bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return utf16BE, 2
	}
	// Digits, blanks and plain letters have a zero for one of their two bytes.
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}
	switch most := len(head) / 4; {
	case zeros[1] > most && zeros[0] <= zeros[1]/20:
		return utf16LE, 0
	case zeros[0] > most && zeros[1] <= zeros[0]/20:
		return utf16BE, 0
	}
	return bytewise, 0
}

// decode reads text of an encoding as UTF-8, or as the bytes they are.
func (e encoding) decode(r io.Reader) io.Reader {
	switch e {
	case utf16LE:
		return transform.NewReader(r, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder())
	case utf16BE:
		return transform.NewReader(r, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder())
	default:
		return r
	}
}

// plainText is the beginning of a file as text, without its mark. It is false if
// that is no text.
func plainText(head []byte) ([]byte, bool) {
	e, mark := encodingOf(head)
	text, err := io.ReadAll(e.decode(bytes.NewReader(head[mark:])))
	if err != nil || len(text) == 0 {
		return nil, false
	}
	strange := 0
	for _, c := range text {
		switch {
		case c == 0:
			return nil, false
		case c < ' ' && c != '\t' && c != '\n' && c != '\r', c == 0x7F:
			strange++
		}
	}
	return text, strange <= len(text)/100
}

// clean is what a cell of a text holds, in UTF-8 and within its limit.
func (b *budget) clean(value []byte) ([]byte, error) {
	if bytes.IndexByte(value, 0) >= 0 {
		return nil, damaged("bytes that are no text")
	}
	if !utf8.Valid(value) {
		value = fromWindows1252(value)
	}
	return cut(value, b.Cell), nil
}

// fromWindows1252 is a value whose bytes are no UTF-8 in UTF-8.
func fromWindows1252(value []byte) []byte {
	into := make([]byte, 0, len(value)+8)
	for _, c := range value {
		into = utf8.AppendRune(into, charmap.Windows1252.DecodeByte(c))
	}
	return into
}

// steadyReader looks at the budget with every block that it reads.
type steadyReader struct {
	io.Reader
	ctx    context.Context //nolint:containedctx // io.Reader has no other way to learn of it
	budget *budget
}

// Read reads the next block.
func (r *steadyReader) Read(into []byte) (int, error) {
	if err := r.budget.check(r.ctx); err != nil {
		return 0, err
	}
	return r.Reader.Read(into)
}
