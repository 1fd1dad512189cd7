package match

import (
	"strings"
	"unicode"
)

// form is one reading of a name.
type form struct {
	kind   Kind     // by the word in front; "": none
	words  []string // without the word for the kind
	short  []bool   // which words were cut short by a dot
	plain  []byte   // letters and digits only
	sound  []byte   // the same as it is spoken
	number string   // the numbers in it: "2"
	office bool
	has    uint64      // the set of letters of sound
	pm     [256]uint64 // where each letter of sound stands
}

// Key is a text as it is remembered: what differs only in case, blanks and
// punctuation has the same key.
func Key(text string) string { return strings.Join(split(text), " ") }

// Same is a text as far as it names something: lists that write "Desa Lambusa",
// "PEMDES LAMBUSA" and "Lambusa" mean the same.
func Same(text string) string {
	words, kind := strip(split(text), false)
	if kind == Village {
		kind = ""
	}
	return string(kind) + ":" + strings.Join(numbered(words), "")
}

// split cuts a text into lower-case words; a dot stays behind the word it ends.
func split(text string) []string {
	var words []string
	var word strings.Builder
	end := func() {
		if word.Len() > 0 {
			words = append(words, word.String())
			word.Reset()
		}
	}
	for _, r := range text {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			word.WriteRune(unicode.ToLower(plainLetter(r)))
		case r == '\'' || r == '’' || r == '`' || r == '‘':
			// Pu'unggoni is one word.
		case r == '&':
			end()
			words = append(words, "dan")
		default:
			end()
		}
	}
	end()
	return words
}

// plainLetter drops the accents that find their way into names.
func plainLetter(r rune) rune {
	const accented, plain = "àáâãäåèéêëìíîïòóôõöùúûüÀÁÂÃÄÅÈÉÊËÌÍÎÏÒÓÔÕÖÙÚÛÜ", "aaaaaaeeeeiiiiooooouuuuAAAAAAEEEEIIIIOOOOOUUUU"
	if r < 0x80 {
		return r
	}
	at := 0
	for _, a := range accented {
		if a == r {
			return rune(plain[at])
		}
		at++
	}
	return r
}

// formsOf are the readings of a name: as it stands, and with numbers written
// out or "rambu2" as "rambu rambu".
func formsOf(text string, office bool) []form {
	words, kind := strip(split(text), office)
	if len(words) == 0 {
		return nil
	}
	if office {
		return []form{newForm(spellOut(words), text, kind, true)}
	}
	forms := []form{newForm(numbered(words), text, kind, false)}
	if plain := strings.Join(words, ""); plain != string(forms[0].plain) {
		forms = append(forms, newForm(words, text, kind, false))
	}
	if twice, ok := doubled(words); ok {
		forms = append(forms, newForm(twice, text, kind, false))
	}
	return forms
}

func newForm(words []string, text string, kind Kind, office bool) form {
	f := form{kind: kind, words: words, office: office, short: make([]bool, len(words))}
	lower := strings.ToLower(text)
	var numbers []string
	for i, w := range words {
		f.short[i] = strings.Contains(lower, w+".") || !strings.ContainsAny(w, "aiueo0123456789")
		if isNumber(w) {
			numbers = append(numbers, w)
		}
	}
	f.number = strings.Join(numbers, " ")
	f.plain = []byte(strings.Join(words, ""))
	f.hear(f.plain)
	return f
}

// kindWords are what offices write in front of a name.
var kindWords = map[string]Kind{
	"desa": Village, "ds": Village, "pemdes": Village, "kampung": Village, "gampong": Village, "nagari": Village,
	"kel": Ward, "kelurahan": Ward, "lurah": Ward,
	"kec": District, "kecamatan": District, "distrik": District, "camat": District,
}

// strip takes numbering, words for the kind and the name of the kabupaten away.
func strip(words []string, office bool) ([]string, Kind) {
	var kind Kind
	for len(words) > 1 {
		w := words[0]
		k, known := kindWords[w]
		switch {
		case known && !office:
			kind = k
		case isNumber(w) || w == "kantor" || w == "pemerintah" || w == "pem" || w == "kepala" && !office || w == "no":
		default:
			return tail(words), kind
		}
		words = words[1:]
	}
	return tail(words), kind
}

// tail drops what follows a name: its kecamatan, kabupaten or province.
func tail(words []string) []string {
	for i, w := range words {
		if i > 0 && (w == "kab" || w == "kabupaten" || w == "prov" || w == "provinsi" || w == "kec" || w == "kecamatan") {
			return words[:i]
		}
	}
	return words
}

func isNumber(w string) bool {
	for i := range len(w) {
		if w[i] < '0' || w[i] > '9' {
			return false
		}
	}
	return w != ""
}

// counts are numbers as words and in Roman figures.
var counts = map[string]string{
	"satu": "1", "dua": "2", "tiga": "3", "empat": "4", "lima": "5", "enam": "6", "tujuh": "7", "delapan": "8", "sembilan": "9", "sepuluh": "10",
	"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10", "xi": "11", "xii": "12",
}

// numbered writes numbers behind a name as figures: Konda Satu, Konda I.
func numbered(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w
		if n, ok := counts[w]; ok && i > 0 {
			out[i] = n
		}
	}
	return out
}

// doubled reads the 2 that stands for a repeated word: rambu2, tumbu2 jaya.
func doubled(words []string) ([]string, bool) {
	var out []string
	found := false
	for _, w := range words {
		if stem, ok := strings.CutSuffix(w, "2"); ok && len(stem) > 2 && !isNumber(stem) {
			out, found = append(out, stem, stem), true
			continue
		}
		out = append(out, w)
	}
	return out, found
}
