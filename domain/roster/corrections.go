package roster

import "payung/domain/calendar"

// Corrections is the heading of the column that a list gets which goes back with
// its errors: what is to be corrected in each row. It is no part of the list:
// when the list comes again, [Guess] leaves the column aside and [Signature]
// does not see it.
func Corrections(l calendar.Lang) string {
	if l == calendar.EN {
		return "Needs correction"
	}
	return "Perlu diperbaiki"
}

// IsCorrections reports whether a heading is [Corrections] in either language.
func IsCorrections(heading string) bool {
	folded := fold(heading)
	return folded == fold(Corrections(calendar.ID)) || folded == fold(Corrections(calendar.EN))
}
