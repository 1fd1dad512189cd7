package ledger

import (
	"regexp"
	"strings"

	"payung/domain/filename"
	"payung/domain/mask"
)

// longNumber is what could be a NIK in the name of a file.
var longNumber = regexp.MustCompile(`\p{Nd}{9,}`)

// unbroken is what may be a NIK in a name that a program gave, in which short
// numbers and hyphens are many.
var unbroken = regexp.MustCompile(`\d{15,}`)

// inWords is what somebody wrote, such as who they are or why they did
// something, without the NIKs in it.
func inWords(s string) string { return mask.Numbers(strings.TrimSpace(s)) }

// fileName is a file's name as it is kept, long numbers masked.
func fileName(s string) string {
	return inWords(longNumber.ReplaceAllStringFunc(filename.Plain(s), mask.LastFour))
}
