package api

import (
	_ "embed"
	"encoding/json"
	"strings"

	"golang.org/x/text/language"

	"payung/domain/calendar"
	"payung/domain/fault"
)

var (
	//go:embed messages_id.json
	indonesianFile []byte
	//go:embed messages_en.json
	englishFile []byte

	indonesian = catalogue(indonesianFile)
	english    = catalogue(englishFile)
)

// catalogue reads sentences by code. A file that cannot be read is a mistake in
// the program, not in a request.
func catalogue(file []byte) map[string]string {
	out := map[string]string{}
	if err := json.Unmarshal(file, &out); err != nil {
		panic("api: messages: " + err.Error())
	}
	return out
}

// sentence says a code in the caller's language, with its parameters filled in.
// In English a fault brings its own words; the catalogue has those of codes that
// do not.
func sentence(inEnglish bool, code, own string, params map[string]string) string {
	said := indonesian[code]
	if inEnglish {
		if said = own; said == "" {
			said = english[code]
		}
	}
	for name, value := range params {
		said = strings.ReplaceAll(said, "{"+name+"}", value)
	}
	// What is known of a refused file later is its code only.
	if whole := indonesian["kept_"+code]; !inEnglish && whole != "" && strings.Contains(said, "{") {
		return whole
	}
	return said
}

// Sentence says a fault in a language, for pages that show one.
func Sentence(l calendar.Lang, f *fault.Fault) string {
	return sentence(l == calendar.EN, f.Code, f.Detail, f.Params)
}

var spoken = language.NewMatcher([]language.Tag{language.Indonesian, language.English})

// prefersEnglish reports whether a caller wants English: they said what they
// want and it is not Indonesian.
func prefersEnglish(accept string) bool {
	wanted, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(wanted) == 0 || strings.TrimSpace(accept) == "*" {
		return false
	}
	_, which, sure := spoken.Match(wanted...)
	return which == 1 || sure == language.No
}
