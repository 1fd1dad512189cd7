package letter

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"payung/domain/calendar"
	"payung/domain/rupiah"
)

// Placeholders are the names that texts may use in braces.
func Placeholders() []string {
	return []string{
		"agreement", "as_of", "authority", "day", "day_in_words", "deadline", "due_day", "earlier", "file",
		"list_count", "list_title", "list_where", "meeting_day", "meeting_room", "months", "partner", "people",
		"received_from", "signatory_title", "subject", "total", "total_in_words", "wanted", "year",
	}
}

// values is what each placeholder stands for in the letter; what the letter
// does not say is missing.
func (l Letter) values() map[string]string {
	v := map[string]string{
		"agreement":       l.Agreement,
		"as_of":           plain(l.AsOf),
		"day":             plain(l.Day),
		"day_in_words":    inWords(l.Day),
		"earlier":         l.earlier(),
		"partner":         l.Partner,
		"signatory_title": l.Signatory.Title,
		"subject":         l.Subject,
		"wanted":          l.Wanted,
	}
	if len(l.Head.Names) > 0 {
		v["authority"] = titled(l.Head.Names[0])
	}
	if l.Year != 0 {
		v["year"] = strconv.Itoa(l.Year)
	}
	if l.Deadline != nil {
		v["deadline"] = l.Deadline.words()
	}
	if m := l.Meeting; m != nil {
		v["meeting_day"], v["meeting_room"] = m.Day.Long(calendar.ID), m.Room
	}
	if d := l.Due; d != nil {
		v["months"], v["due_day"], v["people"] = d.months(), d.Day.Long(calendar.ID), counted(d.People)
		if total, err := d.Total(); err == nil {
			v["total"], v["total_in_words"] = total.String(), total.Words()
		}
	}
	if r := l.Received; r != nil {
		v["file"], v["received_from"] = r.File, r.From
	}
	if l.List != nil {
		v["list_title"], v["list_count"] = l.List.Title, counted(int64(l.List.count()))
		v["list_where"] = "sebagai berikut"
		if l.listAttached() {
			v["list_where"] = "sebagaimana tercantum dalam lampiran"
		}
	}
	for name, value := range v {
		if value == "" {
			delete(v, name)
		}
	}
	return v
}

// missing are the placeholders of the text that the letter has no value for.
func (l Letter) missing(t Text) []string {
	values := l.values()
	var names []string
	for _, text := range t.all() {
		if text == t.Listed && l.List == nil {
			continue
		}
		used, _ := placeholders(text) // the text was checked
		for _, name := range used {
			if values[name] == "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// plain is a day without its weekday: "7 Oktober 2019".
func plain(d calendar.Day) string { return calendar.On(d).Words(calendar.ID) }

// inWords is a day as a berita acara begins: "Senin tanggal tujuh bulan
// Oktober tahun dua ribu sembilan belas".
func inWords(d calendar.Day) string {
	if !d.Valid() {
		return ""
	}
	year, _, day := d.Date()
	weekday, _, _ := strings.Cut(d.Long(calendar.ID), ",")
	month, _, _ := strings.Cut(d.Month().Long(calendar.ID), " ")
	return fmt.Sprintf("%s tanggal %s bulan %s tahun %s", weekday, rupiah.Terbilang(int64(day)), month, rupiah.Terbilang(int64(year)))
}

// counted is a number and its words: "289 (dua ratus delapan puluh sembilan)".
func counted(n int64) string {
	return fmt.Sprintf("%s (%s)", rupiah.Number(n, calendar.ID), rupiah.Terbilang(n))
}

func (d Deadline) words() string {
	if d.Workdays > 0 {
		return counted(int64(d.Workdays)) + " hari kerja setelah surat ini dikirim"
	}
	if d.Hour == "" || !d.Day.Valid() {
		return d.Day.Long(calendar.ID)
	}
	return fmt.Sprintf("%s pukul %s %s", d.Day.Long(calendar.ID), d.Hour, d.Zone.Label())
}

func (d Due) months() string {
	if d.Until == "" || d.Until == d.From {
		return d.From.Long(calendar.ID)
	}
	return d.From.Long(calendar.ID) + " s.d. " + d.Until.Long(calendar.ID)
}

// earlier are the letters this one follows, in a row.
func (l Letter) earlier() string {
	said := make([]string, 0, len(l.Earlier))
	for _, r := range l.Earlier {
		s := fmt.Sprintf("surat Nomor %s tanggal %s", or(r.Number, shortDots), or(plain(r.Day), shortDots))
		if r.Subject != "" {
			s += " hal " + r.Subject
		}
		said = append(said, s)
	}
	return joined(said)
}

// joined is a row of things as a sentence says them: "a, b, dan c".
func joined(s []string) string {
	switch len(s) {
	case 0, 1:
		return strings.Join(s, "")
	case 2:
		return s[0] + " dan " + s[1]
	}
	return strings.Join(s[:len(s)-1], ", ") + ", dan " + s[len(s)-1]
}

// titled is a name in capitals as running text writes it.
func titled(capitals string) string {
	words := strings.Fields(strings.ToLower(capitals))
	for i, w := range words {
		first := []rune(w)
		words[i] = strings.ToUpper(string(first[0])) + string(first[1:])
	}
	return strings.Join(words, " ")
}

func or(s, otherwise string) string {
	if strings.TrimSpace(s) == "" {
		return otherwise
	}
	return s
}
