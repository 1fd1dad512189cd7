package sheet

import (
	"bytes"
	"strconv"
)

// manyStyles is how many formats of cells a workbook can have; Excel stops at
// 65,490.
const manyStyles = 1 << 16

// readStyles learns which of the formats of cells show a date.
func (w *workbook) readStyles(m *markup) error {
	custom := map[int]bool{}
	formats := false // inside cellXfs, the formats that cells refer to
	count := 0
	for {
		t, err := m.next()
		if err != nil {
			return err
		}
		switch {
		case t == ends:
			return nil
		case m.depth() == 2 && t == opens:
			formats = string(m.name) == "cellXfs"
		case t != opens || m.depth() != 3:
		case string(m.name) == "numFmt":
			if id, err := strconv.Atoi(string(m.attr("numFmtId"))); err == nil {
				custom[id] = showsDate(m.attr("formatCode"))
			}
			count++
		case formats && string(m.name) == "xf":
			id, _ := strconv.Atoi(string(m.attr("numFmtId")))
			date, own := custom[id]
			w.dates = append(w.dates, own && date || !own && builtInDate(id))
			count++
		}
		if count > manyStyles {
			return damaged("styles")
		}
	}
}

// builtInDate reports whether a format that is never written out shows a day,
// month or year: ECMA-376 part 1, 18.8.30, with those of East Asia and Thailand.
func builtInDate(id int) bool {
	switch {
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58, id >= 71 && id <= 74, id == 77, id == 81:
		return true
	}
	return false
}

// showsDate reports whether a format code shows a day, month or year. What
// stands in quotes or brackets, or after a backslash, an underscore or a star,
// is not of the format. An m next to hours or seconds means minutes.
func showsDate(code []byte) bool {
	month, clock := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			i = skipTo(code, i, '"')
		case '[':
			end := skipTo(code, i, ']')
			clock = clock || elapsed(code[i+1:min(end, len(code))])
			i = end
		case '\\', '_', '*':
			i++
		case 'd', 'D', 'y', 'Y':
			return true
		case 'm', 'M':
			month = true
		case 'h', 'H', 's', 'S':
			clock = true
		case ';': // what follows is for other numbers
			return month && !clock
		}
	}
	return month && !clock
}

// skipTo is where a byte stands next after i, or the end.
func skipTo(code []byte, i int, c byte) int {
	if n := bytes.IndexByte(code[i+1:], c); n >= 0 {
		return i + 1 + n
	}
	return len(code)
}

// elapsed reports whether brackets hold hours, minutes or seconds gone by.
func elapsed(inside []byte) bool {
	return len(inside) > 0 && len(bytes.Trim(inside, "hHmMsS")) == 0
}
