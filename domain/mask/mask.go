// Package mask hides most of what identifies a person, for lists that anybody
// may read: whoever is meant knows themselves and their neighbours, and nobody
// else learns a name (UU 27/2022 on personal data).
package mask

import (
	"strings"
	"unicode"
)

// Style is how much of a name is shown.
type Style string

// The styles.
const (
	Middle   Style = "middle"   // first and last letter of each word: "S**i A****h"
	Initials Style = "initials" // the first letter of each word: "S*** A*****"
	Full     Style = "full"     // all of it, where a regulation orders that
)

// Known reports whether s is one of the styles.
func (s Style) Known() bool { return s == Middle || s == Initials || s == Full }

// Name is a name in that style; an unknown style hides as much as [Initials].
// Stars stand for letters and digits one by one; what separates words stays. A
// word of one or two letters shows its first only where more would show all.
func (s Style) Name(name string) string {
	name = strings.Join(strings.Fields(name), " ")
	if s == Full {
		return name
	}
	letters := []rune(name)
	for start := 0; start < len(letters); {
		end := start
		for end < len(letters) && inWord(letters[end]) {
			end++
		}
		for i := start + 1; i < end; i++ {
			if s == Middle && i == end-1 && end-start > 2 {
				break
			}
			letters[i] = '*'
		}
		start = max(end, start) + 1
	}
	return string(letters)
}

// inWord reports what belongs to a word; marks that sit on a letter do.
func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
