package roster

import (
	"bytes"
	"unicode/utf8"

	"payung/domain/calendar"
)

// century tells which year of four digits a day with a year of two digits lies
// in, or 0.
type century func(dom, month, year int) int

// ReadBorn reads a day of birth as lists write it: "05/07/1980", "5-7-1980",
// "5.7.1980", "5 Juli 1980", "5 Jul 80", "1980-07-05", "05071980", also with a
// place in front ("Kendari, 05-07-1980"). The day stands before the month,
// always; a year of two digits is the one that a NIK with it would mean. What
// cannot be read has a rule instead: [BornBad], [BornNoSuchDay] or
// [BornMonthFirst].
func ReadBorn(text string, on calendar.Day) (calendar.Day, Rule) {
	d, wrong := readDay([]byte(text), newBirths(on).year)
	return d.calendar(), wrong
}

// readDay is [ReadBorn] with any rule about years of two digits.
func readDay(value []byte, years century) (day, Rule) {
	parts, n, ok := dayTokens(value)
	switch {
	case !ok:
		return 0, BornBad
	case n == 1 && !parts[0].word:
		return solidDay(parts[0], years)
	case n < len(parts) || parts[2].word || parts[0].word && parts[1].word:
		return 0, BornBad
	}
	dom, month, year := parts[0], parts[1], parts[2]
	if dom.word {
		dom, month = month, dom
	}
	if len(dom.text) == 4 && !parts[0].word {
		dom, year = year, dom
	}
	if len(dom.text) > 2 || !month.word && len(month.text) > 2 {
		return 0, BornBad
	}
	switch len(year.text) {
	case 2:
		year.value = years(dom.value, month.value, year.value)
	case 4:
	default:
		return 0, BornBad
	}
	return judge(year.value, month.value, dom.value, !month.word)
}

// solidDay reads a day without marks: 05071980, 19800705 or 050780.
func solidDay(t token, years century) (day, Rule) {
	at := func(from, to int) int { return valueOf(t.text[from:to]) }
	switch len(t.text) {
	case 8:
		if d, ok := newDay(at(4, 8), at(2, 4), at(0, 2)); ok {
			return d, ""
		}
		// Read the other way round it is never a day of our time as well.
		if d, ok := newDay(at(0, 4), at(4, 6), at(6, 8)); ok {
			return d, ""
		}
		return judge(at(4, 8), at(2, 4), at(0, 2), true)
	case 6:
		return judge(years(at(0, 2), at(2, 4), at(4, 6)), at(2, 4), at(0, 2), true)
	default:
		return 0, BornBad
	}
}

// judge is that day, or why there is none.
func judge(year, month, dom int, digits bool) (day, Rule) {
	if d, ok := newDay(year, month, dom); ok {
		return d, ""
	}
	_, swapped := newDay(year, dom, month)
	switch {
	case year < earliest || year > 9999:
		return 0, BornBad
	case digits && swapped && month > 12:
		return 0, BornMonthFirst
	default:
		return 0, BornNoSuchDay
	}
}

// token is a run of digits, or of letters with its month if it names one.
type token struct {
	text  []byte
	value int // of digits, or the month
	word  bool
}

// dayTokens cuts a text into the three parts of a day, leaving out what stands
// before them. It is false for what has no such parts or too many.
func dayTokens(value []byte) (parts [3]token, n int, ok bool) {
	for len(value) > 0 {
		b := value[0]
		if !isDigit(b) && !isLetter(b) {
			_, size := utf8.DecodeRune(value)
			value = value[size:]
			continue
		}
		end := 1
		for end < len(value) && (isDigit(b) && isDigit(value[end]) || isLetter(b) && isLetter(value[end])) {
			end++
		}
		if n == len(parts) {
			return parts, n, timeOfDay(value)
		}
		t := token{text: value[:end], word: isLetter(b)}
		value = value[end:]
		switch {
		case !t.word:
			t.value = valueOf(t.text)
		case n > 0 || hasDigit(value):
			if t.value = monthNamed(t.text); t.value == 0 {
				if n > 0 {
					return parts, n, false
				}
				continue
			}
			// "Mei, 5-7-1980" was born in a place called Mei.
			if n == 0 && !monthInFront(value) {
				continue
			}
		default:
			return parts, n, false
		}
		parts[n] = t
		n++
	}
	return parts, n, n > 0
}

// monthInFront reports that what follows a month's name is a day and a year
// alone: "July 5, 1980".
func monthInFront(rest []byte) bool {
	runs, in := 0, false
	for _, b := range rest {
		if isLetter(b) {
			return false
		}
		if isDigit(b) && !in {
			runs++
		}
		in = isDigit(b)
	}
	return runs == 2
}

// timeOfDay reports that a text is the time that some programs write behind a
// day: "00:00:00", "T00:00:00Z".
func timeOfDay(rest []byte) bool {
	rest = bytes.TrimLeft(rest, "T")
	return bytes.IndexByte(rest, ':') > 0 && len(bytes.Trim(rest, "0123456789:.Z+ ")) == 0
}

func hasDigit(b []byte) bool { return bytes.ContainsAny(b, "0123456789") }

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// valueOf is the value of digits, too large for any day if there are too many.
func valueOf(digits []byte) int {
	n := 0
	for _, b := range digits {
		if n > 1e12 {
			return n
		}
		n = n*10 + int(b-'0')
	}
	return n
}
