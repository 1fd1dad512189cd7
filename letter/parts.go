package letter

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"payung/domain/calendar"
	"payung/domain/rupiah"
)

// Room for writing by hand.
const (
	shortDots = "………………"
	longDots  = "……………………………"
)

// dated is place and date, without a full stop.
func (l Letter) dated() string {
	return or(l.Place, shortDots) + ", " + or(plain(l.Day), longDots)
}

// enclosures counts the pages behind the letter by what they hold.
func (l Letter) enclosures() int {
	n := 0
	if l.Kind.Addressed() && l.addressesAttached() {
		n++
	}
	if l.listAttached() {
		n++
	}
	return n
}

// enclosure is the field Lampiran.
func (l Letter) enclosure() string {
	n := l.enclosures()
	if l.Enclosure != "" || n == 0 {
		return or(l.Enclosure, "-")
	}
	return counted(int64(n)) + " berkas"
}

// sign is how somebody signs.
func sign(s Signatory, stamp bool) signature {
	out := signature{stamp: stamp, name: or(s.Name, longDots)}
	title := strings.TrimSpace(s.Acting + " " + s.Title)
	if s.OnBehalf != "" {
		out.above = append(out.above, "a.n. "+s.OnBehalf)
	}
	switch {
	case s.Under != "":
		out.above = append(out.above, title, "u.b.", s.Under+",")
	case title != "":
		out.above = append(out.above, title+",")
	}
	if s.Rank != "" {
		out.below = append(out.below, s.Rank)
	}
	if s.NIP != "" {
		out.below = append(out.below, "NIP "+spaced(s.NIP))
	}
	return out
}

// spaced is an employee number (NIP) of 18 digits as offices group it: birth,
// appointment, sex, serial. Others stay as they are.
func spaced(nip string) string {
	digits := strings.ReplaceAll(nip, " ", "")
	if len(digits) != 18 || strings.Trim(digits, "0123456789") != "" {
		return nip
	}
	return digits[:8] + " " + digits[8:14] + " " + digits[14:15] + " " + digits[15:]
}

// capital is a phrase with a capital at its beginning.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// roman numbers the attachments, of which there are at most two.
func roman(n int) string { return strings.Repeat("I", n) }

// words are a point and who does it until when.
func (p Point) words() string {
	said := strings.TrimSuffix(strings.TrimSpace(p.Text), ".")
	var task []string
	if p.Owner != "" {
		task = append(task, "penanggung jawab: "+p.Owner)
	}
	if p.Until.Valid() {
		task = append(task, "paling lambat "+plain(p.Until))
	}
	if task != nil {
		said += " (" + strings.Join(task, "; ") + ")"
	}
	return said + "."
}

// hours are the time of a meeting: "09.00–12.00 WITA".
func (m Meeting) hours() string {
	if m.From == "" {
		return longDots
	}
	return m.From + "–" + or(m.Until, "selesai") + " " + m.Zone.Label()
}

// share is a number of rows, as receipts count.
func share(n int64) string { return rupiah.Number(n, calendar.ID) + " baris" }
