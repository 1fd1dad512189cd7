// Package filename cleans the names that files come with: what a browser or a
// phone says a file is called is somebody else's text.
package filename

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Longest is how many bytes of a name are kept, less than any disk allows.
const Longest = 200

// Plain is a name without folders, without what is no text and without signs
// that are not seen, such as those that turn the end of a name around. Of one
// that is too long the end is kept: it says what kind of file it is.
func Plain(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf) || r == utf8.RuneError {
			return -1
		}
		return r
	}, name))
	if name == "." || name == ".." || name == "/" {
		return ""
	}
	if len(name) > Longest {
		name = strings.ToValidUTF8(name[len(name)-Longest:], "")
	}
	return name
}
