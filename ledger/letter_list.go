package ledger

import (
	"slices"
	"strings"

	"payung/domain/calendar"
	"payung/domain/rupiah"
	"payung/letter"
	"payung/paper"
)

// listOfDuties lists the units a letter is about by kecamatan, with the date
// that has counted so far.
func listOfDuties(duties []LetterDutyView) *letter.List {
	out := &letter.List{Title: "unit", Columns: []paper.Column{{Title: "Unit"}, {Title: "Batas waktu semula", Width: 50}}}
	villages, offices := 0, 0
	for _, o := range duties {
		if o.Kecamatan == "" {
			offices++
		} else {
			villages++
		}
		if n := len(out.Groups); n == 0 || out.Groups[n-1].Title != o.Kecamatan {
			out.Groups = append(out.Groups, letter.Group{Title: o.Kecamatan})
		}
		g := &out.Groups[len(out.Groups)-1]
		until := "belum ditentukan"
		if o.TargetOn != "" {
			until = calendar.Day(o.TargetOn).Short(calendar.ID)
		}
		g.Rows = append(g.Rows, []string{o.UnitName, until})
	}
	switch {
	case offices == 0:
		out.Title, out.Columns[0].Title = "desa/kelurahan", "Desa/Kelurahan"
	case villages == 0:
		out.Title, out.Columns[0].Title = "perangkat daerah", "Perangkat Daerah"
	}
	return out
}

// recap lists every unit of an agreement with what became of its list: those
// that have reported, those that have nobody, those that are silent.
func (d *drafting) recap() error {
	o, err := d.tx.Overview(d.a.ID, "")
	if err != nil {
		return err
	}
	at := slices.IndexFunc(o.Matrix.Columns, func(c Column) bool { return c.Kind == KindRoster })
	list := &letter.List{Title: "unit", Columns: []paper.Column{
		{Title: "Unit"}, {Title: "Jawaban", Width: 48}, {Title: "Terdaftar", Width: 26, Align: paper.Right},
	}}
	var all int64
	for _, g := range o.Matrix.Groups {
		group, people := letter.Group{Title: g.Name}, int64(0)
		for _, r := range g.Rows {
			if at < 0 || r.Cells[at].State == CellNone {
				continue
			}
			people += r.People.Registered
			group.Rows = append(group.Rows, []string{r.Unit.Name, cellWords[r.Cells[at].State], rupiah.Number(r.People.Registered, calendar.ID)})
		}
		if len(group.Rows) == 0 {
			continue
		}
		group.Total = []string{strings.TrimSpace("Jumlah " + g.Name), "", rupiah.Number(people, calendar.ID)}
		list.Groups = append(list.Groups, group)
		all += people
	}
	if len(list.Groups) == 0 {
		return missing("about_id")
	}
	list.Total = []string{"Jumlah seluruhnya", "", rupiah.Number(all, calendar.ID)}
	d.content.List, d.content.AsOf = list, o.Today
	return nil
}

// cellWords say the state of a unit's list on paper.
var cellWords = map[string]string{
	CellAnswered: "daftar diterima", CellReceiver: "diterima BPJS", CellDone: "selesai", CellNihil: "nihil", CellSubmitted: "diterima, perlu perbaikan",
	CellLate: "terlambat", CellNoAnswer: "belum menjawab", CellNotRegistered: "belum didaftarkan", CellPaused: "waktu dihentikan",
}
