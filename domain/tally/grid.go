package tally

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"payung/domain/calendar"
	"payung/domain/cell"
)

// Bounds of a recap; what lies beyond is not read and counted as cut.
const (
	MaxLines   = 5000
	MaxColumns = 40
	maxText    = 300 // bytes of one cell
)

// Grid is one sheet as text, as it is kept until the recap is applied.
type Grid struct {
	Sheet  string `json:"sheet,omitempty"`
	Lines  []Line `json:"lines"`
	Hidden int    `json:"hidden,omitempty"` // lines hidden in the sheet; they are read all the same
	Masked int    `json:"masked,omitempty"` // cells left out because they may hold a NIK
	Cut    int    `json:"cut,omitempty"`    // lines beyond MaxLines
}

// Line is one row of a sheet.
type Line struct {
	Number int      `json:"n"` // as the sheet shows it, from 1
	Cells  []string `json:"c"` // by column; blanks at the end are left out
}

// At is the text in a column, "" beyond the end.
func (l Line) At(column int) string {
	if column < 0 || column >= len(l.Cells) {
		return ""
	}
	return l.Cells[column]
}

// Add keeps a row. What has as many digits as a NIK is left out: a recap needs
// no person's number.
func (g *Grid) Add(r *cell.Row) {
	if r.Blank() {
		return
	}
	if len(g.Lines) >= MaxLines {
		g.Cut++
		return
	}
	line := Line{Number: r.Number}
	for _, c := range r.Cells {
		if c.Column >= MaxColumns {
			continue
		}
		text := textOf(c, r.Date1904)
		if text == "" {
			continue
		}
		if longNumber(text) {
			text = masked
			g.Masked++
		}
		for len(line.Cells) <= c.Column {
			line.Cells = append(line.Cells, "")
		}
		line.Cells[c.Column] = text
	}
	if r.Hidden {
		g.Hidden++
	}
	if len(line.Cells) > 0 {
		g.Lines = append(g.Lines, line)
	}
}

// masked stands for a cell that may hold a NIK.
const masked = "…"

// longNumber reports 15 digits or more in a row, blanks and dots aside.
func longNumber(text string) bool {
	run := 0
	for i := range len(text) {
		switch c := text[i]; {
		case '0' <= c && c <= '9':
			if run++; run >= 15 {
				return true
			}
		case c == ' ' || c == '.' || c == '-':
		default:
			run = 0
		}
	}
	return false
}

// textOf is a cell as people read it: whole numbers without a fraction, dates
// as days, text without line breaks.
func textOf(c cell.Cell, date1904 bool) string {
	text := strings.Join(strings.Fields(strings.ToValidUTF8(strings.ReplaceAll(string(c.Value), "\x00", ""), "")), " ")
	switch c.Kind {
	case cell.Empty:
		return ""
	case cell.Number, cell.Date:
		n, err := strconv.ParseFloat(text, 64)
		if err != nil {
			break
		}
		if c.Kind == cell.Date {
			if day, ok := serial(n, date1904); ok {
				return string(day)
			}
		}
		if n == float64(int64(n)) && n < 1e18 && n > -1e18 {
			return strconv.FormatInt(int64(n), 10)
		}
	}
	for len(text) > maxText {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	return text
}

// serial is the day of a sheet's serial number. Excel counts from 1900 and
// believes in a 29 February of that year.
func serial(n float64, date1904 bool) (calendar.Day, bool) {
	const days1904 = 1462
	if date1904 {
		n += days1904
	}
	if n < 20_000 || n > 80_000 { // 1954 to 2119
		return "", false
	}
	return calendar.NewDay(1899, 12, 30).Add(int(n)), true
}

// Fill writes the value of merged cells into the rows they cover, downwards
// only: a kecamatan beside its villages. A heading over several columns stays
// where it is.
func (g *Grid) Fill(merged []cell.Range) {
	at := make(map[int]int, len(g.Lines))
	for i, l := range g.Lines {
		at[l.Number] = i
	}
	for _, m := range merged {
		top, ok := at[m.FirstRow]
		if !ok || m.FirstColumn >= MaxColumns || m.LastRow <= m.FirstRow || m.LastRow-m.FirstRow > MaxLines {
			continue
		}
		text := g.Lines[top].At(m.FirstColumn)
		for row := m.FirstRow + 1; row <= m.LastRow && text != ""; row++ {
			i, ok := at[row]
			if !ok || g.Lines[i].At(m.FirstColumn) != "" {
				continue
			}
			l := &g.Lines[i]
			for len(l.Cells) <= m.FirstColumn {
				l.Cells = append(l.Cells, "")
			}
			l.Cells[m.FirstColumn] = text
		}
	}
}

// Width is the number of columns in use.
func (g *Grid) Width() int {
	n := 0
	for _, l := range g.Lines {
		n = max(n, len(l.Cells))
	}
	return n
}
