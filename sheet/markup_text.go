package sheet

import (
	"bytes"
	"unicode/utf8"
)

// odd are the bytes of a text that have to be looked at: the rest stand for
// themselves.
var odd = func() (set [256]bool) {
	for c := range set {
		set[c] = c < ' ' && c != '\n' && c != '\t' || c >= utf8.RuneSelf || c == '&' || c == ']'
	}
	return set
}()

// chars takes a piece of text as it stands between tags.
func (m *markup) chars(raw []byte) error {
	m.begun = true
	for _, c := range raw {
		if odd[c] {
			return m.oddChars(raw, true)
		}
	}
	if m.keep {
		m.add(raw)
	}
	return nil
}

// oddChars takes a piece of text that has to be looked at. Escaped is false for
// text in a CDATA section, where nothing stands for anything else.
func (m *markup) oddChars(raw []byte, escaped bool) error {
	var ok bool
	if escaped {
		m.scratch, ok = unescape(m.scratch[:0], raw, true)
	} else {
		m.scratch, ok = verbatim(m.scratch[:0], raw)
	}
	if !ok {
		return damaged(aboutXML)
	}
	if m.keep {
		m.add(m.scratch)
	}
	return nil
}

// add keeps text up to what is wanted of it; it may end within a character then.
func (m *markup) add(piece []byte) {
	m.text = append(m.text, piece[:min(len(piece), max(0, m.most-len(m.text)))]...)
}

// whole is how much of a text can be taken without what follows: it parts no
// character, no entity, no line end and no mark of an end.
func whole(text []byte) int {
	cut := len(text) - runOver
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	tail := text[max(0, cut-runOver):cut]
	if i := bytes.LastIndexByte(tail, '&'); i >= 0 && bytes.IndexByte(tail[i:], ';') < 0 {
		cut -= len(tail) - i
	}
	for cut > 0 && (text[cut-1] == ']' || text[cut-1] == '\r') {
		cut--
	}
	return cut
}

// unescape appends a text with its entities resolved; ok is false where
// encoding/xml would refuse it.
func unescape(into, raw []byte, between bool) (out []byte, ok bool) {
	for len(raw) > 0 {
		i := bytes.IndexByte(raw, '&')
		piece := raw
		if i >= 0 {
			piece = raw[:i]
		}
		if between && bytes.Contains(piece, []byte("]]>")) {
			return into, false
		}
		if into, ok = verbatim(into, piece); !ok {
			return into, false
		}
		raw = raw[len(piece):]
		if i < 0 {
			break
		}
		end := bytes.IndexByte(raw, ';')
		if end < 0 {
			return into, false
		}
		r := entity(raw[1:end])
		if !character(r) {
			return into, false
		}
		into = utf8.AppendRune(into, r)
		raw = raw[end+1:]
	}
	return into, true
}

// verbatim appends a text with its line ends made one.
func verbatim(into, raw []byte) (out []byte, ok bool) {
	for i := 0; i < len(raw); {
		c := raw[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRune(raw[i:])
			if r == utf8.RuneError && n == 1 || !character(r) {
				return into, false
			}
			into = append(into, raw[i:i+n]...)
			i += n
			continue
		}
		i++
		if c == '\r' {
			c = '\n'
			if i < len(raw) && raw[i] == '\n' {
				i++
			}
		}
		if !character(rune(c)) {
			return into, false
		}
		into = append(into, c)
	}
	return into, true
}

// entity is the character a reference stands for, or -1.
func entity(name []byte) rune {
	switch string(name) {
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "amp":
		return '&'
	case "apos":
		return '\''
	case "quot":
		return '"'
	}
	if len(name) < 2 || name[0] != '#' {
		return -1
	}
	digits, base := name[1:], rune(10)
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	var r rune
	for _, c := range digits {
		d := digit(c)
		if d < 0 || d >= base || r > utf8.MaxRune {
			return -1
		}
		r = r*base + d
	}
	switch {
	case len(digits) == 0 || r > utf8.MaxRune:
		return -1
	case !utf8.ValidRune(r): // half of a pair
		return utf8.RuneError
	}
	return r
}

// digit is the value of a hexadecimal digit, or -1.
func digit(c byte) rune {
	switch {
	case '0' <= c && c <= '9':
		return rune(c - '0')
	case 'a' <= c && c <= 'f':
		return rune(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return rune(c-'A') + 10
	}
	return -1
}

// character reports whether XML has a character.
func character(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= ' ' && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= utf8.MaxRune
}
