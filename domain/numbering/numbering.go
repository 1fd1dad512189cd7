// Package numbering writes and reads the numbers of letters (Nomor) by the
// pattern an office uses, such as 560/{no}/{unit}/{year}. Numbering is a local
// matter: no regulation fixes one form, so the pattern is data.
package numbering

import (
	"strconv"
	"strings"
	"unicode"

	"payung/domain/calendar"
	"payung/domain/fault"
)

// Pattern is the form of an office's numbers. Its places are
//
//	{no}     the number of the year's register; {no:3} is at least 3 digits wide
//	{unit}   the code of the office
//	{year}   four digits
//	{month}  two digits; {roman} the month in Roman numerals
//
// Everything else stands as it is. {no} occurs exactly once.
type Pattern string

// Default is the pattern of an office that has not said its own. 560 is the
// archive code of manpower matters in common use.
const Default Pattern = "560/{no}/{unit}/{year}"

// Bounds of numbers and patterns.
const (
	longestPattern = 80
	widest         = 6
	// Longest is how many characters a number may have, however it came about.
	Longest = 100
)

// Codes of faults of this package.
const (
	BadPattern = "bad_number_pattern"
	BadNumber  = "bad_letter_number"
)

// part is a stretch of a pattern: a text or a place.
type part struct {
	text  string
	place string // no, unit, year, month, roman; "": a text
	width int
}

func bad(why string) error {
	return fault.New(fault.Invalid, BadPattern, "the pattern of numbers %s", why).On("pattern").With("why", why)
}

// Check refuses a pattern that is too long, has an unknown place, or does not
// have {no} exactly once.
func (p Pattern) Check() error {
	parts, err := p.parts()
	if err != nil {
		return err
	}
	places := 0
	for _, x := range parts {
		if x.place == "no" {
			places++
		}
	}
	if places != 1 {
		return bad("needs {no} once")
	}
	return nil
}

func (p Pattern) parts() ([]part, error) {
	if len(p) > longestPattern {
		return nil, bad("is too long")
	}
	if strings.ContainsFunc(string(p), unicode.IsControl) {
		return nil, bad("has a character that cannot be printed")
	}
	var out []part
	rest := string(p)
	for {
		before, after, found := strings.Cut(rest, "{")
		if strings.Contains(before, "}") {
			return nil, bad("has a } without {")
		}
		if before != "" {
			out = append(out, part{text: before})
		}
		if !found {
			return out, nil
		}
		place, behind, closed := strings.Cut(after, "}")
		if !closed {
			return nil, bad("has a { without }")
		}
		x, err := placeOf(place)
		if err != nil {
			return nil, err
		}
		out, rest = append(out, x), behind
	}
}

func placeOf(s string) (part, error) {
	name, width, wide := strings.Cut(s, ":")
	x := part{place: name}
	if wide {
		n, err := strconv.Atoi(width)
		if err != nil || n < 1 || n > widest || name != "no" {
			return x, bad("has a width that cannot be read")
		}
		x.width = n
	}
	switch name {
	case "no", "unit", "year", "month", "roman":
		return x, nil
	}
	return x, bad("has a place that is not known")
}

// Number is the number seq of a register in the form of the pattern, for an
// office's code and the day the letter bears.
func (p Pattern) Number(seq int, unit string, on calendar.Day) (string, error) {
	if err := p.Check(); err != nil {
		return "", err
	}
	parts, err := p.parts()
	if err != nil {
		return "", err
	}
	if seq < 1 || !on.Valid() {
		return "", fault.New(fault.Invalid, BadNumber, "a number needs a place in the register and a day")
	}
	var out strings.Builder
	for _, x := range parts {
		if x.place == "no" {
			n := strconv.Itoa(seq)
			out.WriteString(strings.Repeat("0", max(0, x.width-len(n))) + n)
			continue
		}
		out.WriteString(x.fixed(unit, on))
	}
	return out.String(), nil
}

// fixed is what a part other than {no} says on a day.
func (x part) fixed(unit string, on calendar.Day) string {
	year, month, _ := on.Date()
	switch x.place {
	case "unit":
		return unit
	case "year":
		return strconv.Itoa(year)
	case "month":
		return strconv.Itoa(100 + int(month))[1:]
	case "roman":
		return roman[month-1]
	}
	return x.text
}

var roman = [...]string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"}

// Seq is the place in the register that a number typed by hand has, if it fits
// the pattern: the register goes on after it. A number of another form is a
// number too, and known is false.
func (p Pattern) Seq(number, unit string, on calendar.Day) (seq int, known bool) {
	parts, err := p.parts()
	if err != nil || p.Check() != nil || !on.Valid() {
		return 0, false
	}
	before, after, reached := "", "", false
	for _, x := range parts {
		switch {
		case x.place == "no":
			reached = true
		case reached:
			after += x.fixed(unit, on)
		default:
			before += x.fixed(unit, on)
		}
	}
	rest, fits := strings.CutPrefix(number, before)
	digits, ends := strings.CutSuffix(rest, after)
	if !fits || !ends || digits == "" || len(digits) > 9 || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	seq, err = strconv.Atoi(digits)
	return seq, err == nil && seq > 0
}

// Clean is a number typed by hand without the spaces around and doubled in it;
// it is refused if it is empty, too long or cannot be printed.
func Clean(number string) (string, error) {
	s := strings.Join(strings.Fields(number), " ")
	if s == "" || len([]rune(s)) > Longest || strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return "", fault.New(fault.Invalid, BadNumber, "a number has 1 to %d printable characters", Longest).On("number").With("max", strconv.Itoa(Longest))
	}
	return s, nil
}
