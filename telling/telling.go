// Package telling writes what is put into the chat groups of those who collect
// answers: a text and a picture for each kecamatan, so that every village can be
// told by hand in a few minutes, without an account of any provider. They are in
// Indonesian, whoever reads the pages, and name units, never people.
package telling

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"payung/domain/calendar"
	"payung/domain/worker"
	"payung/ledger"
)

// Part is one text for one group. Number counts from 1.
type Part struct {
	Number int
	Of     int
	Text   string
	Units  []ledger.ToldDuty // that it names
}

// Link opens WhatsApp with the text ready; the sender chooses the group.
func (p Part) Link() string { return "https://wa.me/?text=" + escape(p.Text) }

// Parts writes the texts for one desk, each short enough to be sent as one
// message; none if everybody has answered.
func Parts(k ledger.TellingKit, d ledger.TellingDesk) []Part {
	silent := d.Silent()
	if len(silent) == 0 {
		return nil
	}
	w := writer{kit: k, desk: d, common: common(silent)}
	head, foot := w.head(len(silent)), w.foot()
	room := ledger.TellingLimit - utf8.RuneCountInString(head) - utf8.RuneCountInString(foot) - len(numbered(99, 99))
	var parts []Part
	used := room
	for i, u := range silent {
		line := w.line(i+1, u)
		n := utf8.RuneCountInString(line)
		if used+n > room {
			parts, used = append(parts, Part{Number: len(parts) + 1}), 0
		}
		p := &parts[len(parts)-1]
		p.Text, p.Units, used = p.Text+line, append(p.Units, u), used+n
	}
	for i := range parts {
		p := &parts[i]
		p.Of = len(parts)
		number := ""
		if p.Of > 1 {
			number = numbered(p.Number, p.Of)
		}
		p.Text = head + p.Text + foot + number
	}
	return parts
}

func numbered(n, of int) string { return fmt.Sprintf("\n(bagian %d dari %d)", n, of) }

// writer writes the texts of one desk.
type writer struct {
	kit    ledger.TellingKit
	desk   ledger.TellingDesk
	common calendar.Day // target most units have; "": most have none
}

// head is what stands above the names.
func (w writer) head(silent int) string {
	var b strings.Builder
	if w.kit.Sample {
		b.WriteString("[DATA CONTOH]\n")
	}
	place := w.kit.Pemda.Name
	if w.desk.Name != "" {
		place = w.desk.Name
	}
	who := heads(w.desk.Units)
	fmt.Fprintf(&b, "*Yth. Bapak/Ibu %s se-%s*\n\n", who, place)
	fmt.Fprintf(&b, "Mohon dikirim: *%s*, untuk perlindungan BPJS Ketenagakerjaan.\n", w.what())
	b.WriteString(w.byWhen())
	fmt.Fprintf(&b, "\nSampai %s, %d dari %d belum menjawab:\n", w.kit.Today.Long(calendar.ID), silent, len(w.desk.Units))
	return b.String()
}

// what is asked for.
func (w writer) what() string {
	name := w.kit.Group
	if g, ok := worker.Find(w.kit.Group); ok {
		name = lower(g.Name.ID)
	}
	return fmt.Sprintf("daftar nama %s tahun %d", name, w.kit.Period.Year)
}

// lower begins a name in the middle of a sentence, and leaves RT/RW as it is.
func lower(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if second, _ := utf8.DecodeRuneInString(s[size:]); unicode.IsUpper(second) {
		return s
	}
	return string(unicode.ToLower(first)) + s[size:]
}

// byWhen is the sentence with the date, on the clock of the agreement.
func (w writer) byWhen() string {
	zone := calendar.Zone(w.kit.Agreement.Zone).Label()
	switch {
	case w.common == "":
		return "Batas waktunya belum ditentukan; mohon dikirim secepatnya.\n"
	case w.common < w.kit.Today:
		return fmt.Sprintf("Batas waktunya *%s* sudah lewat %d hari. Mohon dikirim hari ini.\n", w.common.Long(calendar.ID), w.kit.Today.Sub(w.common))
	}
	return fmt.Sprintf("Paling lambat *%s pukul 23.59 %s*.\n", w.common.Long(calendar.ID), zone)
}

// line names one unit, with its own date if it has another.
func (w writer) line(n int, u ledger.ToldDuty) string {
	own := calendar.Day(u.Cell.Obligation.TargetOn)
	line := strconv.Itoa(n) + ". " + plain(u.UnitName)
	if own != "" && own != w.common {
		line += " (batas waktunya " + own.Short(calendar.ID) + ")"
	}
	return line + "\n"
}

// foot says how to answer, and who asks.
func (w writer) foot() string {
	var b strings.Builder
	b.WriteString("\n*Cara menjawab*\n- Isi berkas Excel yang kami bagikan, lalu kirim ")
	if w.kit.Pemda.Email != "" {
		b.WriteString("ke surel " + w.kit.Pemda.Email + " atau ")
	}
	b.WriteString("langsung kepada pengirim pesan ini. Jangan kirim NIK di grup.\n")
	b.WriteString("- Bila tidak ada yang didaftarkan, kirim pernyataan nihil yang sudah ditandatangani.\n")
	b.WriteString("- Bila sudah mengirim, mohon beri tahu kami.\n\nTerima kasih.\n")
	if w.kit.Sender.ID != "" {
		b.WriteString(plain(w.kit.Sender.Title) + "\n")
	}
	b.WriteString(plain(w.kit.Pemda.Name))
	return b.String()
}

// common is the target that most units have.
func common(units []ledger.ToldDuty) calendar.Day {
	counts := map[string]int{}
	var days []string
	for _, u := range units {
		day := u.Cell.Obligation.TargetOn
		if counts[day] == 0 {
			days = append(days, day)
		}
		counts[day]++
	}
	slices.Sort(days)
	most := ""
	for _, day := range days {
		if counts[day] > counts[most] {
			most = day
		}
	}
	return calendar.Day(most)
}

// heads is how those who head units are addressed.
func heads(units []ledger.ToldDuty) string {
	has := map[string]bool{}
	for _, u := range units {
		has[u.UnitKind] = true
	}
	var words []string
	for _, w := range []struct{ kind, word string }{{"kecamatan", "Camat"}, {"desa", "Kepala Desa"}, {"kelurahan", "Lurah"}} {
		if has[w.kind] {
			words = append(words, w.word)
		}
		delete(has, w.kind)
	}
	if len(has) > 0 {
		words = slices.Insert(words, 0, "Kepala OPD")
	}
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " dan " + words[n-1]
	}
	return strings.Join(words, "")
}

// nameLimit bounds what one name takes of a text.
const nameLimit = 120

// plain is a name on one line, without the marks that WhatsApp reads as type.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune("*_~`", r) {
			return ' '
		}
		return r
	}, s)
	runes := []rune(strings.Join(strings.Fields(s), " "))
	return string(runes[:min(len(runes), nameLimit)])
}
