package roster

import (
	"bytes"
	"math"
	"strconv"

	"payung/domain/nik"
)

// sexOf reads a sex as lists write it, in either language or as the code of the
// population register; it is false for anything else.
func sexOf(value []byte) (nik.Sex, bool) {
	var buf [24]byte
	switch string(appendFolded(buf[:0], value)) {
	case "l", "lk", "lakilaki", "laki", "lelaki", "pria", "m", "male", "1", "lakilakil", "cowok":
		return nik.Male, true
	case "p", "pr", "perempuan", "wanita", "w", "f", "female", "2", "perempuanp", "cewek":
		return nik.Female, true
	default:
		return "", false
	}
}

// yesOrNo reads the mark of a reserve; it is false in sure for what is
// neither.
func yesOrNo(value []byte) (yes, sure bool) {
	if string(bytes.TrimSpace(value)) == "✓" || string(bytes.TrimSpace(value)) == "√" {
		return true, true
	}
	var buf [24]byte
	switch string(appendFolded(buf[:0], value)) {
	case "", "0", "tidak", "bukan", "no", "n", "t", "utama", "inti":
		return false, true
	case "ya", "y", "yes", "1", "x", "v", "cadangan", "reserve", "cad":
		return true, true
	default:
		return false, false
	}
}

// Lengths of a telephone number with the 0 in front.
const (
	shortestPhone = 8
	longestPhone  = 14
)

// appendPhone appends a number as its owner dials it, digits alone and from 0.
// It says what was wrong: nothing, [PhoneRestored] or [PhoneBad], with which
// nothing is appended.
func appendPhone(to, value []byte, number bool) ([]byte, Rule) {
	if number {
		f, err := strconv.ParseFloat(string(value), 64)
		if err != nil || f != math.Trunc(f) || f < 0 || f >= dearest {
			return to, PhoneBad
		}
		value = strconv.AppendInt(nil, int64(f), 10)
	}
	start := len(to)
	plus := false
	for _, b := range value {
		switch {
		case isDigit(b):
			to = append(to, b)
		case b == '+' && len(to) == start:
			plus = true
		case isLetter(b) || b == '/' || b == ';':
			return to[:start], PhoneBad
		}
	}
	digits := to[start:]
	rule := Rule("")
	switch {
	case bytes.HasPrefix(digits, []byte("62")):
		to = append(append(to[:start], '0'), digits[2:]...)
	case plus || len(digits) == 0:
		return to[:start], PhoneBad
	case digits[0] != '0':
		to = append(to, 0)
		copy(to[start+1:], to[start:])
		to[start] = '0'
		rule = PhoneRestored
	}
	// "+62 0812…" has one 0 too many.
	if bytes.HasPrefix(to[start:], []byte("00")) {
		to = append(to[:start], to[start+1:]...)
	}
	if n := len(to) - start; n < shortestPhone || n > longestPhone {
		return to[:start], PhoneBad
	}
	return to, rule
}
