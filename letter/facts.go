package letter

import (
	"fmt"
	"strconv"
	"strings"

	"payung/domain/calendar"
	"payung/domain/rupiah"
	"payung/paper"
)

// facts are what stands between body and points: fields, tables, sides.
func (c *composer) facts() {
	l := c.letter
	switch l.Kind {
	case Invitation:
		c.out.fields(l.Meeting.fields(), paragraphIndent)
	case Attendance:
		c.out.fields(l.Meeting.fields(), 0)
		c.out.table(l.attendance())
	case Minutes:
		fields := l.Meeting.fields()
		if l.Meeting.Leader != "" {
			fields = append(fields, field{"Pimpinan rapat", l.Meeting.Leader})
		}
		if n := len(l.People); n > 0 {
			fields = append(fields, field{"Jumlah hadir", counted(int64(n)) + " orang"})
		}
		c.out.fields(fields, 0)
	case Record:
		c.out.items(l.sides(), paper.Style{Align: paper.Justified, After: 0.8})
	case DueNotice:
		c.out.table(l.Due.table())
		if l.Due.Code != "" {
			c.out.fields([]field{{"Kode iuran", l.Due.Code}}, 0)
		}
	case Receipt:
		c.out.fields(l.Received.fields(), 0)
	case Statement:
		c.out.fields(l.Signatory.fields(), 0)
	}
}

func (m Meeting) fields() []field {
	agenda := m.Agenda
	if len(agenda) > 1 {
		agenda = nil
		for i, a := range m.Agenda {
			agenda = append(agenda, strconv.Itoa(i+1)+". "+a)
		}
	}
	return []field{
		{"Hari, tanggal", or(m.Day.Long(calendar.ID), longDots)},
		{"Waktu", "pukul " + m.hours()},
		{"Tempat", or(m.Room, longDots)},
		{"Acara", or(strings.Join(agenda, "\n"), longDots)},
	}
}

// attendance is the list one signs: the signatures of odd and even rows stand
// apart, so that there is room for both.
func (l Letter) attendance() paper.Table {
	t := paper.Table{
		Columns: []paper.Column{
			{Title: "No", Width: 11, Align: paper.Centre}, {Title: "Nama"}, {Title: "Jabatan"}, {Title: "Instansi"}, {Title: "Tanda tangan", Width: 46},
		},
		Points: listPoints, Loose: 10, After: 4,
	}
	rows := append(append([]Person(nil), l.People...), make([]Person, max(0, l.Blank))...)
	for i, p := range rows {
		n := strconv.Itoa(i + 1)
		place := n + "."
		if i%2 == 1 {
			place = strings.Repeat("\u00a0", 22) + place
		}
		t.Rows = append(t.Rows, paper.Row{Cells: []string{n, p.Name, p.Title, p.Unit, place}})
	}
	return t
}

// sides are the two who sign a berita acara.
func (l Letter) sides() []item {
	second := Signatory{}
	if l.Second != nil {
		second = *l.Second
	}
	var items []item
	for i, s := range []Signatory{l.Signatory, second} {
		items = append(items, item{strconv.Itoa(i+1) + ".", []paper.Span{
			{Text: or(s.Name, longDots), Bold: true},
			{Text: fmt.Sprintf(", %s, dalam hal ini bertindak untuk dan atas nama %s, selanjutnya disebut ",
				or(strings.TrimSpace(s.Acting+" "+s.Title), longDots), or(s.Office, longDots))},
			{Text: [...]string{"PIHAK PERTAMA", "PIHAK KEDUA"}[i], Bold: true},
			{Text: [...]string{"; dan", "."}[i]},
		}})
	}
	return items
}

// witnesses sign below the two sides.
func (l Letter) witnesses() *paper.Table {
	if len(l.Witnesses) == 0 {
		return nil
	}
	t := &paper.Table{
		Columns: []paper.Column{{Title: "No", Width: 11, Align: paper.Centre}, {Title: "Saksi"}, {Title: "Jabatan"}, {Title: "Tanda tangan", Width: 46}},
		Points:  listPoints, Loose: 12, After: 4,
	}
	for i, w := range l.Witnesses {
		n := strconv.Itoa(i + 1)
		t.Rows = append(t.Rows, paper.Row{Cells: []string{n, w.Name, strings.TrimSpace(w.Acting + " " + w.Title), n + "."}})
	}
	return t
}

// table is the contribution by programme: two accounts of the budget.
func (d Due) table() paper.Table {
	t := paper.Table{Columns: []paper.Column{{Title: "No", Width: 11, Align: paper.Centre}, {Title: "Program"}, {Title: "Iuran", Width: 50, Align: paper.Right}}, After: 2.5}
	add := func(name string, a rupiah.Amount) {
		t.Rows = append(t.Rows, paper.Row{Cells: []string{strconv.Itoa(len(t.Rows) + 1), name, a.String()}})
	}
	add("Jaminan Kecelakaan Kerja (JKK)", d.JKK)
	add("Jaminan Kematian (JKM)", d.JKM)
	if d.JHT != 0 {
		add("Jaminan Hari Tua (JHT)", d.JHT)
	}
	sum, _ := d.Total() // the letter was checked
	t.Rows = append(t.Rows, paper.Row{Cells: []string{"", "Jumlah", sum.String()}, Bold: true})
	return t
}

func (r Received) fields() []field {
	return []field{
		{"Nama berkas", r.File},
		{"Diterima", calendar.Clock(r.At, r.Zone, calendar.ID)},
		{"Jumlah baris", share(r.Rows)},
		{"Diterima baik", share(r.Accepted)},
		{"Perlu perbaikan", share(r.Rejected)},
		{"Sidik jari berkas", "SHA-256 " + grouped(r.SHA256)},
	}
}

// grouped is a hash in groups that two people can read to one another.
func grouped(hash string) string {
	var b strings.Builder
	for i, r := range hash {
		if i > 0 && i%8 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func (s Signatory) fields() []field {
	return []field{
		{"Nama", or(s.Name, longDots)},
		{"NIP", or(spaced(s.NIP), "-")},
		{"Jabatan", or(strings.TrimSpace(s.Acting+" "+s.Title), longDots)},
		{"Instansi", or(s.Office, longDots)},
	}
}
