package telling

import (
	"bytes"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"payung/domain/calendar"
	"payung/ledger"
	"payung/paper"
)

// Grounds of the rows, as the pages have them.
const (
	green  paper.Color = 0xE3F4EA
	amber  paper.Color = 0xFFF2D1
	red    paper.Color = 0xFDE8E6
	accent paper.Color = 0x0B5A5E
)

// rowsInPicture is how many units one picture shows; more would be too small to
// read on a phone.
const rowsInPicture = 40

// pixels across: eight to a millimetre, so that a line of the table is read
// without enlarging.
const pixels = 864

// Pictures is how many pictures the units of a desk take.
func Pictures(d ledger.TellingDesk) int { return (len(d.Units) + rowsInPicture - 1) / rowsInPicture }

// Picture draws all units of a desk and how far they are, as a PNG that a phone
// shows without enlarging: at most 200 KB. Pictures are counted from 1.
func Picture(k ledger.TellingKit, d ledger.TellingDesk, number int) ([]byte, error) {
	from := min(max(0, number-1)*rowsInPicture, len(d.Units))
	units := d.Units[from:min(from+rowsInPicture, len(d.Units))]
	w := writer{kit: k, desk: d, common: common(d.Units)}
	p := paper.New(paper.Setup{
		Size: paper.Size{Width: 108}, Margins: paper.Margins{Top: 6, Right: 5, Bottom: 6, Left: 5}, Points: 10.5,
		Title: "Jawaban " + d.Name, Author: k.Pemda.Name,
	})
	title := d.Name
	if title == "" {
		title = heads(d.Units)
	}
	if n := Pictures(d); n > 1 {
		title += fmt.Sprintf(" (%d dari %d)", number, n)
	}
	p.Paragraph(title, paper.Style{Face: paper.Bold, Points: 15, Color: accent, After: 0.8})
	p.Paragraph(k.Pemda.Name, paper.Style{After: 0.8})
	p.Paragraph(upper(w.what()), paper.Style{Face: paper.Bold, After: 0.8})
	if w.common != "" {
		p.Paragraph(fmt.Sprintf("Batas waktu %s pukul 23.59 %s", w.common.Long(calendar.ID), calendar.Zone(k.Agreement.Zone).Label()), paper.Style{After: 0.8})
	}
	p.Paragraph(fmt.Sprintf("Keadaan %s: %d dari %d belum menjawab", k.Today.Long(calendar.ID), len(d.Silent()), len(d.Units)), paper.Style{After: 2.5})
	rows := make([]paper.Row, len(units))
	for i, u := range units {
		said, ground := state(u)
		rows[i] = paper.Row{Cells: []string{strconv.Itoa(from + i + 1), plain(u.UnitName), said}, Fill: &ground}
	}
	p.Table(paper.Table{
		Columns: []paper.Column{{Title: "No.", Width: 10, Align: paper.Right}, {Title: "Nama"}, {Title: "Jawaban", Width: 41}},
		Rows:    rows, After: 2,
	})
	if k.Sample {
		p.Paragraph("DATA CONTOH", paper.Style{Face: paper.Bold, Align: paper.Centre})
	}
	var out bytes.Buffer
	err := p.PNG(&out, 1, paper.Raster{Width: pixels})
	return out.Bytes(), err
}

// state is how far a unit is, in words, and the ground it stands on.
func state(u ledger.ToldDuty) (string, paper.Color) {
	switch u.Cell.State {
	case ledger.CellAnswered, ledger.CellReceiver, ledger.CellDone:
		return "Sudah masuk", green
	case ledger.CellNihil:
		return "Nihil", green
	case ledger.CellSubmitted:
		return "Masuk, perlu perbaikan", amber
	case ledger.CellPaused:
		return "Waktu dihentikan", paper.Pale
	case ledger.CellLate:
		return fmt.Sprintf("Terlambat %d hari", u.Cell.DaysLate), red
	}
	return "Belum ada", amber
}

// upper begins a line with a capital.
func upper(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(string(r)) + s[size:]
}

// escape writes a text into a link; a plus sign is read as such by some phones.
func escape(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }
