package region

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ByName are the regions of that name anywhere below a code, or in the whole
// country for the empty code, in order of code. Capitals, spaces, dots, hyphens
// and apostrophes do not matter ("Baubau" finds Kota Bau Bau). A word for the
// kind narrows the answer ("Kab. Kolaka" leaves out Kecamatan Kolaka), and the
// short names of data/aliases.csv are understood ("Konsel").
//
// Names repeat even inside one kabupaten, so several answers mean that a
// person has to choose.
func ByName(name, within string) []Region {
	q := newQuery(name)
	if q.bare == "" {
		return nil
	}
	t := loaded()
	var found []Region
	for _, r := range t.below(within) {
		if q.matches(t, r) {
			found = append(found, t.region(r))
		}
	}
	return found
}

// query is a name somebody wrote, prepared for comparing with many. Whole is
// the folded name; bare goes without a leading word for the kind, which allows
// only the kinds in it.
type query struct {
	whole, bare string
	kinds       []Kind
	aliases     []key
}

func newQuery(name string) query {
	q := query{whole: fold(name)}
	q.bare = q.whole
	name = strings.TrimSpace(name)
	if end := strings.IndexFunc(name, notInName); end > 0 {
		if kinds := kindsOf(fold(name[:end])); kinds != nil {
			q.kinds, q.bare = kinds, fold(name[end:])
		}
	}
	for _, a := range aliases() {
		if a.name == q.whole || a.name == q.bare && q.allows(a.key.kind()) {
			q.aliases = append(q.aliases, a.key)
		}
	}
	return q
}

// kindsOf are the kinds that a word in front of a name can mean, if any.
func kindsOf(word string) []Kind {
	switch word {
	case "prov", "provinsi":
		return []Kind{Province}
	case "kab", "kabupaten":
		return []Kind{Regency}
	case "kota":
		return []Kind{City}
	case "kec", "kecamatan", "distrik":
		return []Kind{District}
	case "desa":
		return []Kind{Village, CustomaryVillage}
	case "kel", "kelurahan":
		return []Kind{Ward}
	default:
		return nil
	}
}

func (q query) allows(k Kind) bool { return q.kinds == nil || slices.Contains(q.kinds, k) }

func (q query) matches(t *table, r row) bool {
	name, kind := t.name(r), r.key.kind()
	if same(name, q.whole) || slices.Contains(q.aliases, r.key) {
		return true
	}
	if kind == City || kind == Regency {
		name = strings.TrimPrefix(name, "Kota ")
		name = strings.TrimPrefix(name, "Administrasi ")
	}
	return q.allows(kind) && same(name, q.bare)
}

// fold leaves only the letters and digits of a name, in lower case.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if notInName(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

// same reports fold(name) == folded without building it: it runs once for each
// of up to 91 thousand names.
func same(name, folded string) bool {
	for _, r := range name {
		if notInName(r) {
			continue
		}
		next, size := utf8.DecodeRuneInString(folded)
		if size == 0 || unicode.ToLower(r) != next {
			return false
		}
		folded = folded[size:]
	}
	return folded == ""
}

func notInName(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
