package roster

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// appendText appends a cell's text on one line: no blanks around it, one blank
// for any number of them inside, no control characters and no signs of no
// width, as they come with text copied from a chat.
func appendText(to, value []byte) []byte {
	gap := false
	for start := len(to); len(value) > 0; {
		if n := plainRun(value); n > 0 {
			if gap {
				to, gap = append(to, ' '), false
			}
			to, value = append(to, value[:n]...), value[n:]
			continue
		}
		r, size := rune(value[0]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(value)
		}
		value = value[size:]
		switch {
		case blank(r):
			gap = len(to) > start
			continue
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			continue
		case gap:
			to, gap = append(to, ' '), false
		}
		to = utf8.AppendRune(to, r)
	}
	return to
}

// plainRun is how many bytes of plain ASCII without blanks a text begins with.
func plainRun(value []byte) int {
	for i, b := range value {
		if b <= ' ' || b >= 0x7f {
			return i
		}
	}
	return len(value)
}

func blank(r rune) bool {
	return r == ' ' || unicode.IsSpace(r)
}

// fold leaves only the letters and digits of a text, in lower case.
func fold(text string) string { return string(appendFolded(nil, []byte(text))) }

func appendFolded(to, value []byte) []byte {
	for len(value) > 0 {
		b := value[0]
		if b < utf8.RuneSelf {
			value = value[1:]
			switch {
			case 'A' <= b && b <= 'Z':
				to = append(to, b+'a'-'A')
			case 'a' <= b && b <= 'z', '0' <= b && b <= '9':
				to = append(to, b)
			}
			continue
		}
		r, size := utf8.DecodeRune(value)
		value = value[size:]
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			to = utf8.AppendRune(to, unicode.ToLower(r))
		}
	}
	return to
}

// words are the runs of letters and digits of a text, in lower case. Letters
// set apart for looks ("N I K", "N.I.K.") are one word.
func words(text string) []string {
	var list []string
	single := false
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		letter := utf8.RuneCountInString(w) == 1 && !isDigit(w[0])
		if letter && single {
			list[len(list)-1] += w
			continue
		}
		list, single = append(list, w), letter
	}
	return list
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// counted tells how many digits and how many letters a text has.
func counted(value []byte) (digits, letters int) {
	for len(value) > 0 {
		b := value[0]
		switch {
		case isDigit(b):
			digits++
		case 'a' <= b|0x20 && b|0x20 <= 'z':
			letters++
		case b >= utf8.RuneSelf:
			r, size := utf8.DecodeRune(value)
			if unicode.IsLetter(r) {
				letters++
			} else if unicode.IsDigit(r) {
				digits++
			}
			value = value[size:]
			continue
		}
		value = value[1:]
	}
	return digits, letters
}

// unwritten reports a text that says nothing: no text, or a mark for none.
func unwritten(value []byte) bool { return len(bytes.Trim(value, "-–—.\u00a0 \t\r\n")) == 0 }
