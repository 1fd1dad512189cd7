package letter

import (
	"strconv"

	"payung/paper"
)

// cellRoom is the room above and below the text of a cell, mm.
const cellRoom = 0.4

// openTable begins a table with columns of these widths, mm.
func openTable(m *markup, widths []float64, lines bool) {
	m.open("w:tbl")
	m.open("w:tblPr")
	m.empty("w:tblW", "w:w", twips(sum(widths)), "w:type", "dxa")
	margin := "0"
	if lines {
		margin = twips(1)
		m.empty("w:tblInd", "w:w", margin, "w:type", "dxa") // the lines stand at the margin, not the text
		m.open("w:tblBorders")
		for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
			m.empty("w:"+side, "w:val", "single", "w:sz", "4", "w:space", "0", "w:color", "000000")
		}
		m.close("w:tblBorders")
	}
	m.empty("w:tblLayout", "w:type", "fixed")
	m.open("w:tblCellMar")
	for _, side := range []string{"left", "right"} {
		m.empty("w:"+side, "w:w", margin, "w:type", "dxa")
	}
	m.close("w:tblCellMar")
	m.close("w:tblPr")
	m.open("w:tblGrid")
	for _, width := range widths {
		m.empty("w:gridCol", "w:w", twips(width))
	}
	m.close("w:tblGrid")
}

// closeTable ends a table; a small paragraph keeps it from its neighbours.
func closeTable(m *markup, after float64) {
	m.close("w:tbl")
	pose{small: true, after: after}.write(m, func() {})
}

// cell writes a cell with at least one paragraph in it.
func cell(m *markup, width float64, content func()) {
	m.open("w:tc")
	m.open("w:tcPr")
	m.empty("w:tcW", "w:w", twips(width), "w:type", "dxa")
	m.close("w:tcPr")
	content()
	m.close("w:tc")
}

func (w *word) table(t paper.Table) {
	widths := t.Widths(w.width())
	openTable(&w.body, widths, true)
	heading := paper.Row{Bold: true}
	for _, c := range t.Columns {
		heading.Cells = append(heading.Cells, c.Title)
	}
	w.row(t, heading, widths, true)
	for _, r := range t.Rows {
		w.row(t, r, widths, false)
	}
	closeTable(&w.body, t.After)
}

// row writes a row that no page cuts; the heading is repeated on every page.
func (w *word) row(t paper.Table, r paper.Row, widths []float64, heading bool) {
	m := &w.body
	m.open("w:tr")
	m.open("w:trPr")
	m.empty("w:cantSplit")
	if t.Loose > 0 && !heading {
		m.empty("w:trHeight", "w:val", twips(t.Loose))
	}
	if heading {
		m.empty("w:tblHeader")
	}
	m.close("w:trPr")
	if r.Group != "" {
		ruled(m, sum(widths), len(widths), false, func() {
			pose{keep: true, before: cellRoom, after: cellRoom}.write(m, func() { run(m, r.Group, true, t.Points, 0) })
		})
		m.close("w:tr")
		return
	}
	for i, width := range widths {
		text, align := "", t.Columns[i].Align
		if i < len(r.Cells) {
			text = r.Cells[i]
		}
		if heading {
			align = paper.Centre
		}
		ruled(m, width, 1, heading, func() {
			pose{align: align, before: cellRoom, after: cellRoom}.write(m, func() { run(m, text, r.Bold, t.Points, 0) })
		})
	}
	m.close("w:tr")
}

// ruled writes a cell of a table with lines.
func ruled(m *markup, width float64, columns int, heading bool, content func()) {
	m.open("w:tc")
	m.open("w:tcPr")
	m.empty("w:tcW", "w:w", twips(width), "w:type", "dxa")
	if columns > 1 {
		m.empty("w:gridSpan", "w:val", strconv.Itoa(columns))
	}
	if heading {
		m.empty("w:shd", "w:val", "clear", "w:color", "auto", "w:fill", hex(paper.Pale))
		m.empty("w:vAlign", "w:val", "center")
	}
	m.close("w:tcPr")
	content()
	m.close("w:tc")
}

func sum(lengths []float64) float64 {
	total := 0.0
	for _, l := range lengths {
		total += l
	}
	return total
}
