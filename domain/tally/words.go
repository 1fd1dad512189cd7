package tally

import (
	"strings"
	"time"
	"unicode"

	"payung/domain/calendar"
)

// word is one word of a cell in lower case.
type word struct {
	text   string
	number bool
}

var spelling = strings.NewReplacer(
	"sampai dengan", " sd ", "s.d.", " sd ", "s.d", " sd ", "s/d", " sd ", "s-d", " sd ", "s d ", " sd ", "±", " about ", "+/-", " about ", "kurang lebih", " about ",
	"’", "'", "–", "-", "—", "-", "\u00a0", " ",
)

// lex cuts a cell into words. A hyphen between words is a span, as in
// "Jan-Des"; inside a date it belongs to it.
func lex(text string) []word {
	var out []word
	apart := func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(";:=()[]", r) }
	for w := range strings.FieldsFuncSeq(spelling.Replace(strings.ToLower(text)), apart) {
		for _, part := range pieces(w) {
			out = append(out, word{part, isNumber(part)})
		}
	}
	return out
}

// pieces cuts "10org", "des-26," and "jan-des" into what they are made of.
func pieces(w string) []string {
	w = strings.Trim(w, ".,'\"-/")
	if w == "" {
		return nil
	}
	if (word{text: w}).isDate() || isNumber(w) {
		return []string{w}
	}
	for _, sign := range []string{",", "/", "-", "'", "."} {
		if a, b, ok := strings.Cut(w, sign); ok {
			out := pieces(a)
			if sign == "-" && months[a] != 0 && !(word{text: b}).isYear() {
				out = append(out, "to")
			}
			return append(out, pieces(b)...)
		}
	}
	// A number and the word behind it: 10org.
	if i := strings.IndexFunc(w, func(r rune) bool { return !unicode.IsDigit(r) }); i > 0 {
		return append([]string{w[:i]}, pieces(w[i:])...)
	}
	if i := strings.IndexFunc(w, unicode.IsDigit); i > 0 { // des26
		return append(pieces(w[:i]), pieces(w[i:])...)
	}
	return []string{w}
}

// isNumber reports digits, with separators of thousands between them.
func isNumber(w string) bool {
	return w != "" && strings.Trim(w, "0123456789.,") == "" && unicode.IsDigit(rune(w[0])) && unicode.IsDigit(rune(w[len(w)-1]))
}

func (w word) isYear() bool { _, ok := w.year(); return ok }

// year reads 2026 or 26.
func (w word) year() (int, bool) {
	n, ok := whole(w.text)
	switch {
	case !ok || strings.Trim(w.text, "0123456789") != "":
	case len(w.text) == 4 && n >= firstYear && n <= lastYear:
		return int(n), true
	case len(w.text) == 2 && n >= firstYear-2000:
		return 2000 + int(n), true
	}
	return 0, false
}

func (w word) isDate() bool { _, ok := w.date(); return ok }

// date reads 31/12/2026, 2026-12-31, 12/2026 and 2026-12; a month means its
// last day.
func (w word) date() (calendar.Day, bool) {
	parts := strings.FieldsFunc(w.text, func(r rune) bool { return r == '/' || r == '-' || r == '.' })
	numbers := make([]int, len(parts))
	for i, p := range parts {
		n, ok := whole(p)
		if !ok || strings.Trim(p, "0123456789") != "" || n > lastYear {
			return "", false
		}
		numbers[i] = int(n)
	}
	day := 0
	switch {
	case len(parts) == 3 && len(parts[0]) == 4:
		day = numbers[2]
	case len(parts) == 3 && len(parts[2]) == 4:
		day = numbers[0]
		numbers[0], numbers[2] = numbers[2], numbers[0]
	case len(parts) == 2 && len(parts[0]) == 4:
	case len(parts) == 2 && len(parts[1]) == 4 && len(parts[0]) <= 2 && !strings.Contains(w.text, "."):
		numbers[0], numbers[1] = numbers[1], numbers[0]
	default:
		return "", false
	}
	year, month := numbers[0], numbers[1]
	if year < firstYear || month < 1 || month > 12 {
		return "", false
	}
	if len(parts) == 2 {
		return calendar.NewDay(year, time.Month(month), 1).Month().Last(), true
	}
	d := calendar.NewDay(year, time.Month(month), day)
	_, m, back := d.Date()
	return d, int(m) == month && back == day
}

// months by every way offices write them.
var months = monthNames(`jan januari january|feb peb februari pebruari february|mar mrt maret march|apr april avril|mei may|jun juni june|jul juli july|
	agu ags agt agst agust agustus aug august|sep sept september|okt oct oktober october|nov nop november nopember|des dec desember december`)

func monthNames(names string) map[string]time.Month {
	out := map[string]time.Month{}
	for i, group := range strings.Split(names, "|") {
		for name := range strings.FieldsSeq(group) {
			out[name] = time.Month(i + 1)
		}
	}
	return out
}

// states are the words that say what has become of the people. "Proses" and
// "aktif" are not among them: they mean something else in every office.
var states = map[string]State{
	"lunas": IsPaid, "lns": IsPaid, "dibayar": IsPaid, "terbayar": IsPaid, "bayar": IsPaid, "membayar": IsPaid, "dibayarkan": IsPaid, "terbayarkan": IsPaid,
	"terdaftar": IsRegistered, "tedaftar": IsRegistered, "terdftar": IsRegistered,
	"diajukan": IsSubmitted, "pengajuan": IsSubmitted, "mengajukan": IsSubmitted,
	"belum": NotYet, "blm": NotYet, "blum": NotYet, "belom": NotYet, "tidak": NotYet, "tdk": NotYet,
}

// denied are words that say nothing more behind "belum".
var denied = wordSet("ada mendaftar didaftarkan daftar data iuran sudah ikut jadi menjadi peserta")

// fillers are words that change nothing.
var fillers = wordSet("sudah sdh telah tlh iuran iurannya untuk utk dan dgn dengan semua non asn sejumlah sebanyak total jumlah sampai bpjs")

// people are words for people, behind a number or alone.
var people = wordSet("orang org or orng jiwa tk pekerja aparat perangkat peserta pegawai honorer tenaga kerja")

// spelled are numbers in words, which repeat the figure before them.
var spelled = wordSet("nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas belas puluh seratus ratus seribu ribu")

// periods are words that make a number before them a length of time.
var periods = wordSet("bulan bln hari")

// years are words before a year, or behind a number of them.
var years = wordSet("tahun th thn") //nolint:misspell // thn is tahun cut short

func wordSet(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}
