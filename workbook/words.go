package workbook

import (
	_ "embed"
	"encoding/json"
	"strings"

	"payung/domain/calendar"
)

var (
	//go:embed words_id.json
	indonesianFile []byte
	//go:embed words_en.json
	englishFile []byte

	indonesian = mustRead(indonesianFile)
	english    = mustRead(englishFile)
)

// words are what sheets say in one language, by key.
type words map[string]string

// mustRead reads the words built into the program; that they cannot be read is
// a mistake in it.
func mustRead(file []byte) words {
	var out words
	if err := json.Unmarshal(file, &out); err != nil {
		panic("workbook: words: " + err.Error())
	}
	return out
}

// wordsIn are the words of a language.
func wordsIn(lang calendar.Lang) words {
	if lang == calendar.EN {
		return english
	}
	return indonesian
}

// say is a sentence with its parameters, given as name, value, name, value.
func (w words) say(key string, params ...string) string {
	said, known := w[key]
	if !known {
		panic("workbook: no words for " + key)
	}
	for i := 0; i < len(params); i += 2 {
		params[i] = "{" + params[i] + "}"
	}
	// One pass: what is filled in is not looked at again.
	return strings.NewReplacer(params...).Replace(said)
}
