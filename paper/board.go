package paper

// board is a table while it is being written.
type board struct {
	d      *Document
	table  Table
	widths []float64
	style  Style
	group  string // the heading of the rows being written
	head   float64
}

func (d *Document) board(t Table) *board {
	b := &board{d: d, table: t, style: d.with(Style{Points: t.Points, Leading: 1.15})}
	b.widths = t.Widths(d.Width())
	b.head = b.text(b.titles())
	return b
}

// titles is the heading as a row.
func (b *board) titles() Row {
	r := Row{Bold: true, Fill: b.table.Head}
	if r.Fill == nil {
		ground := Pale
		r.Fill = &ground
	}
	for _, c := range b.table.Columns {
		r.Cells = append(r.Cells, c.Title)
	}
	return r
}

func (b *board) untitled() bool {
	for _, c := range b.table.Columns {
		if c.Title != "" {
			return false
		}
	}
	return true
}

// heading writes the heading if there is room for it and one more line.
func (b *board) heading() {
	if b.untitled() {
		b.d.Keep(2 * (b.style.line() + 2*padding))
		return
	}
	least := b.style.line() + 2*padding
	if len(b.table.Rows) > 0 {
		least = min(b.height(b.table.Rows[0]), b.most())
	}
	b.d.Keep(b.head + least)
	b.cells(b.titles(), b.head, true)
}

// need goes on with a new page, heading and, inside a group, the group's name
// unless that much room is left.
func (b *board) need(height float64, inside bool) {
	if b.d.Room() >= height-rounding {
		return
	}
	b.d.NewPage()
	if !b.untitled() {
		b.cells(b.titles(), b.head, true)
	}
	if inside && b.group != "" {
		b.row(Row{Group: b.group + " (lanjutan)"})
	}
}

// most is the highest row that fits a page.
func (b *board) most() float64 {
	page := b.d.Bottom() - b.d.setup.Margins.Top - b.head
	return max(page-3*(b.style.line()+2*padding), b.style.line()+2*padding)
}

// row writes a row at the flow.
func (b *board) row(r Row) {
	height := b.height(r)
	if r.Group == "" {
		b.cells(r, height, false)
		return
	}
	d, width := b.d, b.width()
	s := b.style
	s.Face = Bold
	d.writeLines(d.lines(Plain(r.Group), width-2*padding, s), d.Left()+padding, d.y+padding, width-2*padding, s)
	d.Box(d.Left(), d.y, width, height, rule, 0)
	d.y += height
}

// cells writes the cells of a row of that height and the lines around them.
func (b *board) cells(r Row, height float64, centred bool) {
	d, x := b.d, b.d.Left()
	if r.Fill != nil {
		d.Fill(x, d.y, b.width(), height, *r.Fill)
	}
	for i, w := range b.widths {
		s := b.of(r, i)
		if centred {
			s.Align = Centre
		}
		lines := d.lines(Plain(r.cell(i)), w-2*padding, s)
		top := d.y + padding
		if centred {
			top = d.y + (height-float64(len(lines))*s.line())/2
		}
		d.writeLines(lines, x+padding, top, w-2*padding, s)
		d.Box(x, d.y, w, height, rule, 0)
		x += w
	}
	d.y += height
}

// of is the style of a row's cell.
func (b *board) of(r Row, column int) Style {
	s := b.style
	s.Align = b.table.Columns[column].Align
	if r.Bold {
		s.Face = Bold
	}
	return s
}

// height is how high a row is.
func (b *board) height(r Row) float64 {
	if r.Group != "" {
		return b.text(r)
	}
	return max(b.text(r), b.table.Loose)
}

// text is how high the text of a row is, with the room around it.
func (b *board) text(r Row) float64 {
	count := 1
	if r.Group != "" {
		s := b.style
		s.Face = Bold
		count = len(b.d.lines(Plain(r.Group), b.width()-2*padding, s))
	}
	for i, w := range b.widths {
		if r.Group == "" {
			count = max(count, len(b.d.lines(Plain(r.cell(i)), w-2*padding, b.of(r, i))))
		}
	}
	return float64(count)*b.style.line() + 2*padding
}

func (b *board) width() float64 {
	sum := 0.0
	for _, w := range b.widths {
		sum += w
	}
	return sum
}

// cell is the text of a cell; a row may have fewer cells than columns.
func (r Row) cell(i int) string {
	if i < len(r.Cells) {
		return r.Cells[i]
	}
	return ""
}

// divide cuts a row that is higher than a page into rows that are not.
func (b *board) divide(r Row) []Row {
	fit := max(1, int((b.most()-2*padding)/b.style.line()))
	var parts []Row
	for i, w := range b.widths {
		lines := b.d.lines(Plain(r.cell(i)), w-2*padding, b.of(r, i))
		for n := 0; n*fit < len(lines); n++ {
			if n == len(parts) {
				parts = append(parts, Row{Cells: make([]string, len(b.widths)), Bold: r.Bold, Fill: r.Fill})
			}
			parts[n].Cells[i] = joined(lines[n*fit : min(len(lines), (n+1)*fit)])
		}
	}
	return parts
}

// joined is the text of lines, with a line feed after each.
func joined(lines []textLine) string {
	text := ""
	for i, line := range lines {
		if i > 0 {
			text += "\n"
		}
		for j, w := range line.words {
			if j > 0 && !w.glued {
				text += " "
			}
			for _, r := range w.runs {
				text += r.text
			}
		}
	}
	return text
}

// TableHeight is how high a table would come out on one page, mm.
func (d *Document) TableHeight(t Table) float64 {
	b := d.board(t)
	height := t.After
	if !b.untitled() {
		height += b.head
	}
	for _, r := range t.Rows {
		height += b.height(r)
	}
	return height
}
