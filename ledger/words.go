package ledger

import (
	"regexp"
	"strings"
	"unicode"
)

// likeNIK is what may be a NIK in a text, in one or in groups, or one with a
// digit left out: no phone number is as long.
var likeNIK = regexp.MustCompile(`\p{Nd}(?:[\p{Z}.-]?\p{Nd}){14,}`)

// longNumber is what could be a NIK in the name of a file.
var longNumber = regexp.MustCompile(`\p{Nd}{9,}`)

// unbroken is what may be a NIK in a name that a program gave, in which short
// numbers and hyphens are many.
var unbroken = regexp.MustCompile(`\d{15,}`)

// inWords is what somebody wrote, such as who they are or why they did
// something, without the NIKs in it.
func inWords(s string) string { return likeNIK.ReplaceAllStringFunc(strings.TrimSpace(s), lastFour) }

// lastFour hides the digits of a number but the last four.
func lastFour(number string) string {
	hide := -4
	for _, r := range number {
		if unicode.IsDigit(r) {
			hide++
		}
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			if hide--; hide >= 0 {
				return '*'
			}
		}
		return r
	}, number)
}

// fileName is a file's name as it is kept: without its folders and what is not
// seen, at most 200 bytes, long numbers masked.
func fileName(s string) string {
	s = strings.ToValidUTF8(s[strings.LastIndexAny(s, `/\`)+1:], "")
	s = strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf) {
			return -1
		}
		return r
	}, s)
	s = inWords(longNumber.ReplaceAllStringFunc(s, lastFour))
	if len(s) > 200 {
		s = strings.ToValidUTF8(s[len(s)-200:], "") // what kind of file it is stands at the end
	}
	return s
}
