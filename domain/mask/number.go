package mask

import (
	"regexp"
	"strings"
	"unicode"
)

// likeNIK is what may be a NIK in a text, in one or in groups, or one with a
// digit left out: no phone number is as long.
var likeNIK = regexp.MustCompile(`\p{Nd}(?:[\p{Z}.-]?\p{Nd}){14,}`)

// Numbers is a text without the NIKs in it: of a number as long as one, the last
// four digits are left.
func Numbers(s string) string { return likeNIK.ReplaceAllStringFunc(s, LastFour) }

// LastFour hides the digits of a number but the last four. What stands between
// them stays.
func LastFour(number string) string {
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
