package paper

// Column of a table.
type Column struct {
	Title string  `json:"title"`
	Width float64 `json:"width,omitempty"` // mm; 0: an equal share of what the others leave
	Align Align   `json:"align,omitempty"`
}

// Row of a table. A row with Group set is one cell over all columns, as a
// heading of what follows; it is told again on the next page.
type Row struct {
	Cells []string
	Group string
	Bold  bool
	Fill  *Color
}

// Table has a heading that is repeated on every page. Rows are as high as
// their longest cell and are not cut, unless one is higher than a page.
type Table struct {
	Columns []Column
	Rows    []Row
	Points  float64 // 0: the size of the document
	Head    *Color  // ground of the heading; nil: Pale
	Loose   float64 // least height of a row, mm, for what is filled in by hand
	After   float64 // room below, mm
}

const (
	padding = 1.0 // mm between line and text
	rule    = 0.2 // mm
	narrow  = 8   // mm, a column when the others leave nothing
)

// Table writes a table in the flow.
func (d *Document) Table(t Table) {
	b := d.board(t)
	b.heading()
	for i, row := range t.Rows {
		if row.Group != "" {
			b.group = row.Group
			next := 0.0
			if i+1 < len(t.Rows) {
				next = min(b.height(t.Rows[i+1]), d.Width())
			}
			b.need(b.height(row)+next, false)
			b.row(row)
			continue
		}
		height := b.height(row)
		if height <= b.most() {
			b.need(height, true)
			b.row(row)
			continue
		}
		for _, part := range b.divide(row) {
			b.need(b.height(part), true)
			b.row(part)
		}
	}
	d.y += t.After
}

// Widths are the widths of the columns in a room of that width, mm.
func (t Table) Widths(room float64) []float64 {
	free, open := room, 0
	for _, c := range t.Columns {
		free -= c.Width
		if c.Width == 0 {
			open++
		}
	}
	widths := make([]float64, len(t.Columns))
	for i, c := range t.Columns {
		widths[i] = c.Width
		if c.Width == 0 {
			widths[i] = max(free/float64(open), narrow)
		}
	}
	return widths
}
