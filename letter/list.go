package letter

import (
	"strconv"

	"payung/paper"
)

// inline is the most rows of a list that stand in a letter itself.
const inline = 10

// direct is the most addressees a letter names on its first page.
const direct = 5

func (l List) count() int {
	n := 0
	for _, g := range l.Groups {
		n += len(g.Rows)
	}
	return n
}

// listAttached reports whether the list stands on pages of its own. A
// recapitulation is its list.
func (l Letter) listAttached() bool {
	return l.List != nil && l.Kind.Addressed() && l.Kind != Cover && l.List.count() > inline
}

func (l Letter) addressesAttached() bool { return len(l.To) > direct }

// table is the list with a running number before its columns.
func (l List) table() paper.Table {
	t := paper.Table{
		Columns: append([]paper.Column{{Title: "No", Width: 11, Align: paper.Centre}}, l.Columns...),
		Points:  listPoints,
	}
	n := 0
	for _, g := range l.Groups {
		if g.Title != "" {
			t.Rows = append(t.Rows, paper.Row{Group: g.Title})
		}
		for _, row := range g.Rows {
			n++
			t.Rows = append(t.Rows, paper.Row{Cells: append([]string{strconv.Itoa(n)}, row...)})
		}
		if g.Total != nil {
			t.Rows = append(t.Rows, total(g.Total))
		}
	}
	if l.Total != nil {
		t.Rows = append(t.Rows, total(l.Total))
	}
	return t
}

func total(cells []string) paper.Row {
	return paper.Row{Cells: append([]string{""}, cells...), Bold: true}
}

// addressTable is the list of whom the letter goes to.
func (l Letter) addressTable() paper.Table {
	t := paper.Table{Columns: []paper.Column{{Title: "No", Width: 11, Align: paper.Centre}, {Title: "Tujuan"}, {Title: "Tempat", Width: 55}}, Points: listPoints}
	for i, a := range l.To {
		t.Rows = append(t.Rows, paper.Row{Cells: []string{strconv.Itoa(i + 1), a.Title, or(a.Place, "Tempat")}})
	}
	return t
}

const listPoints = 9
