package sheet

import (
	"bytes"
	"strings"
)

// separators are those a list may have, the likelier first: Windows in
// Indonesian writes CSV with semicolons, as its decimal mark is the comma.
const separators = ";\t,|"

// sniffed is how many records are looked at to find the separator.
const sniffed = 50

// dialect is how one text writes its cells.
type dialect struct {
	encoding  encoding
	separator byte
	start     int64 // where the first record begins
}

// dialectOf tells a dialect from the beginning of a text.
func dialectOf(head []byte) dialect {
	e, mark := encodingOf(head)
	d := dialect{encoding: e, start: int64(mark)}
	text, _ := plainText(head)
	if separator, length := named(text); length > 0 {
		if e != bytewise {
			length *= 2
		}
		d.separator, d.start = separator, d.start+int64(length)
		return d
	}
	d.separator = likeliest(text)
	return d
}

// named is the separator that a first line such as "sep=;" gives to Excel, and
// the length of that line; 0 if the first line is none.
func named(text []byte) (separator byte, length int) {
	line := text
	if i := bytes.IndexAny(text, "\r\n"); i >= 0 {
		line = text[:i]
	}
	name := strings.Trim(string(line), `"`)
	if len(name) != len("sep=;") || !strings.EqualFold(name[:4], "sep=") || !strings.Contains(separators, name[4:]) {
		return 0, 0
	}
	length = len(line)
	for _, end := range []string{"\r\n", "\n", "\r"} {
		if bytes.HasPrefix(text[length:], []byte(end)) {
			return name[4], length + len(end)
		}
	}
	return name[4], length
}

// likeliest is the separator that cuts most records into the same number of
// cells, and into more of them. Titles above a list and notes below it differ,
// so the records need not all agree. Commas stand in names and in numbers, too:
// they have to be the more convincing.
func likeliest(text []byte) byte {
	best, found := 0, separators[0]
	for _, separator := range []byte(separators) {
		score := regularity(text, separator)
		if separator != ',' {
			score *= 4
		}
		if score > best {
			best, found = score, separator
		}
	}
	return found
}

// regularity says how well a separator explains a text: by how many records have
// as many of it as most do, and how many that is. Records in which a quote is
// left over speak against it.
func regularity(text []byte, separator byte) int {
	counts := map[int]int{}
	s := newScanner(bytes.NewReader(text), separator, sample)
	for range sniffed {
		if s.next() != nil {
			break
		}
		if !s.leftOver {
			counts[len(s.ends)-1]++
		}
	}
	best := 0
	for separators, records := range counts {
		best = max(best, separators*records*records)
	}
	return best
}
