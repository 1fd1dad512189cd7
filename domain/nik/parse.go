package nik

import (
	"regexp"
	"strings"
	"unicode"

	"payung/domain/calendar"
)

// Info is what the digits say. It is about the first registration, not about
// the person today.
type Info struct {
	Born         calendar.Day
	Sex          Sex
	DistrictCode string // kecamatan of first registration, such as "74.01.05"
	Test         bool   // of region 99, which does not exist and marks made-up people
}

// Sex is the sex that civil registration keeps.
type Sex string

// The sexes; the zero value is unknown.
const (
	Male   Sex = "male"
	Female Sex = "female"
)

// testProvince is no province's code and is not going to be one: the ministry
// gives 11 to 96.
const testProvince = "99"

// Parse reads a NIK as it was written in a form or a cell. On is the day of the
// check, which settles the century of birth: the one that makes its owner 15 to
// 100 years old. It has to be a valid day.
//
// Blanks around the number and one apostrophe before it, Excel's mark for text,
// change no digit: they are left off and reported as info. Anything else that
// is not a digit is an error, even where the digits could be guessed, because
// a column that holds it has been through a program that took NIKs for numbers.
// With an error among the findings, NIK and Info are zero.
func Parse(s string, on calendar.Day) (NIK, Info, []Finding) {
	digits := trim(s)
	if wrong, ok := misshapen(digits); ok {
		return NIK{}, Info{}, []Finding{wrong}
	}
	info, findings := decode(digits, on)
	if len(findings) > 0 {
		return NIK{}, Info{}, findings
	}
	if digits != s {
		findings = append(findings, Finding{Level: Notice, Code: Trimmed})
	}
	if strings.HasSuffix(digits, "0") {
		findings = append(findings, Finding{Level: Notice, Code: MaybeRounded})
	}
	n, _ := Restore(digits)
	return n, info, findings
}

// trim leaves off what surrounds a number, signs of no width among it, as they
// come with text copied from a chat.
func trim(s string) string {
	s = strings.TrimFunc(s, unseen)
	for _, apostrophe := range []string{"'", "’", "‘"} {
		if rest, ok := strings.CutPrefix(s, apostrophe); ok {
			return strings.TrimFunc(rest, unseen)
		}
	}
	return s
}

func unseen(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

var scientific = regexp.MustCompile(`^[0-9]+([.,][0-9]*)?[eE]\+?[0-9]+$`)

// misshapen finds what keeps a writing from being 16 digits. The first cause is
// told alone, as the others follow from it.
func misshapen(s string) (Finding, bool) {
	wrong := Finding{Level: Error}
	switch digits := countDigits(s); {
	case s == "":
		wrong.Code = Missing
	case scientific.MatchString(s):
		wrong.Code = Scientific
	case digits < len(s):
		wrong.Code, wrong.At = stranger(s)
	case digits < Length:
		wrong.Code, wrong.Digits = TooShort, digits
	case digits > Length:
		wrong.Code, wrong.Digits = TooLong, digits
	case strings.Trim(s, "0") == "":
		wrong.Code = AllZeros
	default:
		return Finding{}, false
	}
	return wrong, true
}

func countDigits(s string) int {
	n := 0
	for i := range len(s) {
		if '0' <= s[i] && s[i] <= '9' {
			n++
		}
	}
	return n
}

// stranger names the characters that are not digits by the worst of them, and
// says where that one is.
func stranger(s string) (Code, int) {
	rank := map[Code]int{Separated: 1, LetterForDigit: 2, NotDigits: 3}
	var worst Code
	var at, position int
	for _, r := range s {
		position++
		var code Code
		switch {
		case '0' <= r && r <= '9':
			continue
		case unseen(r) || strings.ContainsRune(".,-/", r):
			code = Separated
		case strings.ContainsRune("OoIl", r):
			code = LetterForDigit
		default:
			code = NotDigits
		}
		if rank[code] > rank[worst] {
			worst, at = code, position
		}
	}
	return worst, at
}
