package tally

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"payung/domain/match"
)

// OfficeKey is the name of an office as far as it tells it from others.
func OfficeKey(name string) string { return match.Key(name) }

// keptUpper are short forms that stay in capitals.
var keptUpper = []string{
	"DPRD", "RSUD", "UPTD", "UPT", "PP", "KB", "BKPSDM", "DPMD", "BPBD", "BKAD", "BPKAD", "PUPR", "PU", "DPMPTSP", "PTSP", "P3A", "PPPA", "SDM", "KUKM", "UKM", "TK", "SD", "SMP", "PAUD", "II", "III", "IV",
}

// joining are words that stay small inside a name.
var joining = []string{"dan", "di", "ke", "dari", "untuk", "serta", "pada", "atas"}

// TitleCase writes a name in capitals as offices write it in letters: "Dinas
// Pemberdayaan Masyarakat dan Desa". Anything else only loses extra blanks.
func TitleCase(name string) string {
	words := strings.Fields(name)
	name = strings.Join(words, " ")
	if strings.ToUpper(name) != name {
		return name
	}
	for i, w := range words {
		bare := strings.Trim(w, ".,()")
		switch lower := strings.ToLower(w); {
		case slices.Contains(keptUpper, bare) || !strings.ContainsAny(bare, "AIUEO"):
		case i > 0 && slices.Contains(joining, lower):
			words[i] = lower
		default:
			words[i] = capital(lower)
		}
	}
	return strings.Join(words, " ")
}

// capital raises the first letter, also behind a bracket and a hyphen.
func capital(word string) string {
	var out strings.Builder
	raise := true
	for _, r := range word {
		if raise && unicode.IsLetter(r) {
			r, raise = unicode.ToUpper(r), false
		} else if r == '-' || r == '/' {
			raise = true
		}
		out.WriteRune(r)
	}
	return out.String()
}

// HeadOf is what the head of an office is called.
func HeadOf(name string) string {
	first, rest, _ := strings.Cut(name, " ")
	switch strings.ToLower(first) {
	case "kecamatan", "kec.":
		return "Camat " + rest
	case "kelurahan", "kel.":
		return "Lurah " + rest
	case "sekretariat", "setda", "setwan":
		return strings.TrimSpace("Sekretaris " + rest)
	case "inspektorat":
		return strings.TrimSpace("Inspektur " + rest)
	case "rsud", "rs", "rumah":
		return "Direktur " + name
	}
	return "Kepala " + name
}

// Role is what a person of a contact list is for a village or office.
type Role string

// The roles people are called by.
const (
	Head      Role = "head"
	Secretary Role = "secretary"
	Treasurer Role = "treasurer"
	Operator  Role = "operator"
	Contact   Role = "contact" // somebody to call; the list does not say what they are
)

// RoleOf reads a post as lists write it: "Sekdes", "Plt. Kades", "Kaur Keuangan".
// Acting says that somebody stands in.
func RoleOf(post string) (role Role, acting bool) {
	words := strings.Fields(match.Key(post))
	has := func(any ...string) bool {
		return slices.ContainsFunc(any, func(w string) bool { return slices.Contains(words, w) })
	}
	acting = has("plt", "plh", "pj", "pjs", "penjabat")
	switch {
	case has("sekdes", "sekretaris", "sekcam", "sekban", "sekdis", "seklur"):
		return Secretary, acting
	case has("bendahara", "keuangan"):
		return Treasurer, acting
	case has("operator", "admin", "op"):
		return Operator, acting
	case has("kaur", "kasi", "kasubag", "kabid", "staf", "staff"):
		return Contact, acting
	case has("kades", "kepala", "lurah", "camat", "kadis", "kaban", "direktur", "inspektur"):
		return Head, acting
	}
	return Contact, acting
}

// maxHolder is how long a person's name may be.
const maxHolder = 120

// HolderName is a person's name without extra blanks; "" for what is none, such
// as a number or a dash.
func HolderName(text string) string {
	name := strings.Join(strings.Fields(text), " ")
	if !strings.ContainsFunc(name, unicode.IsLetter) {
		return ""
	}
	for len(name) > maxHolder {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	return name
}
