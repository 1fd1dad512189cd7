package roster

import (
	"strconv"

	"payung/domain/cell"
	"payung/domain/nik"
)

// Checker checks the rows of one list, one after the other. It remembers which
// people it has seen, about 40 bytes for each, and serves one list and one
// goroutine.
type Checker struct {
	terms     Terms
	at        columns
	births    *births
	districts map[uint32][]nik.Finding // what nik says about the first six digits
	villages  map[string]bool          // folded
	from, to  day                      // nobody born strictly between is too old or too young
	seen      map[uint64]int32         // NIK to the row it stands in
	same      map[uint64]int32         // hash of name and birth to the row; negative: that row was told
	rows      map[string]int32         // row id to the row it stands in
	closing   bool                     // a signature was met and no person since
	list      []Finding
	reading
}

// reading is the row being checked.
type reading struct {
	row  *cell.Row
	out  *Checked
	text []byte // of everything kept of the row, cut up by spans
	span [spans]struct{ from, to int }
}

// The texts kept of a row.
const (
	spanName = iota
	spanBorn
	spanRowID
	spanBirthplace
	spanMother
	spanAddress
	spanVillage
	spanPhone
	spanJob
	spanStart
	spanNote
	spans
)

// columns say where the fields are, -1 for those that are not there.
type columns struct {
	rowID, number, nik, name, birthplace, born, sex, mother, address, village, phone, job, wage, start, reserve, note, leaving, leavingDate int
}

func (m Mapping) at() columns {
	of := func(f Field) int {
		if column, ok := m.Columns[f]; ok && column >= 0 {
			return column
		}
		return -1
	}
	return columns{
		of(RowID), of(Number), of(NIK), of(Name), of(Birthplace), of(Born), of(Sex), of(Mother),
		of(Address), of(Village), of(Phone), of(Job), of(Wage), of(Start), of(Reserve), of(Note), of(Leaving), of(LeavingDate),
	}
}

// mostRows is how many rows a sheet can have.
const mostRows = 1 << 20

// NewChecker is a checker for a list. Whether the list can be read and its
// group is in use, [Checker.List] tells.
func NewChecker(t Terms) *Checker {
	rows := min(max(t.Rows, 0), mostRows)
	c := &Checker{
		terms: t, at: t.Mapping.at(), births: newBirths(t.On),
		districts: map[uint32][]nik.Finding{}, villages: map[string]bool{},
		seen: make(map[uint64]int32, rows), same: make(map[uint64]int32, rows), rows: map[string]int32{},
		list: t.Mapping.Check(),
	}
	for _, name := range t.Villages {
		c.villages[string(villageKey(fold(name)))] = true
	}
	c.from, c.to = ageless(t.Group, dayOf(t.On))
	if t.Group.Code == "" {
		return c
	}
	for _, f := range t.Group.Eligible("", t.On) {
		if rule := groupRule(f.Code); rule == GroupNotInUse || rule == GroupPhasedOut {
			c.list = append(c.list, Finding{Column: -1, Level: Level(f.Level), Rule: rule, Params: f.Note.Params})
		}
	}
	return c
}

// List is what there is to say about the list as a whole, before any row. An
// error in it means that the rows are not worth reading.
func (c *Checker) List() []Finding { return c.list }

// Check reads a row into out, whose findings it overwrites. The row may be used
// again afterwards.
func (c *Checker) Check(r *cell.Row, out *Checked) {
	*out = Checked{Row: r.Number, Kind: Data, Findings: out.Findings[:0]}
	c.row, c.out = r, out
	if c.skips() {
		out.Kind = Skipped
		return
	}
	c.closing = false
	c.text = c.text[:0]
	clear(c.span[:])
	if r.Hidden {
		c.find(-1, "", Warning, HiddenRow, nil)
	}
	carried, known := c.carried()
	number := c.readNIK(carried, known)
	if c.readLeaving(number) {
		c.keep(number)
		return
	}
	if carried.Left {
		c.find(c.at.nik, NIK, Error, TakenOff, nil)
	}
	c.readName()
	c.readBorn(number)
	c.readSex(number)
	c.readWage()
	c.readDetails()
	c.compare(number)
	c.keep(number)
}

// find adds a finding about a column of the row.
func (c *Checker) find(column int, f Field, l Level, r Rule, params map[string]string) {
	found := ""
	if column >= 0 {
		found = c.shows(column, f)
	}
	c.out.Findings = append(c.out.Findings, Finding{Row: c.row.Number, Column: column, Field: f, Level: l, Rule: r, Found: found, Params: params})
	c.out.Refused = c.out.Refused || l == Error
}

// cell is the row's cell in a column, an empty one for a field that has none.
func (c *Checker) cell(column int) cell.Cell {
	if column < 0 {
		return cell.Cell{Column: column}
	}
	return c.row.At(column)
}

// shows is a cell as the sheet shows it, as far as a finding may.
func (c *Checker) shows(column int, f Field) string { return Shown(c.cell(column), f, c.row.Date1904) }

// cut marks what was appended to the text since from.
func (c *Checker) cut(span, from int) {
	c.span[span].from, c.span[span].to = from, len(c.text)
}

// keep gives out what was read. All texts of a person share one string.
func (c *Checker) keep(n number) {
	text := string(c.text)
	of := func(span int) string { return text[c.span[span].from:c.span[span].to] }
	p := &c.out.Person
	p.digits = n.digits
	p.Name, p.RowID = of(spanName), of(spanRowID)
	p.Born = calendarDay(of(spanBorn))
	p.Details = Details{
		Birthplace: of(spanBirthplace), Mother: of(spanMother), Address: of(spanAddress), Village: of(spanVillage),
		Phone: of(spanPhone), Job: of(spanJob), Start: calendarDay(of(spanStart)), Note: of(spanNote),
	}
}

// rowParam is the number of a row as a parameter of a finding.
func rowParam(row int32) map[string]string { return map[string]string{"row": strconv.Itoa(int(row))} }
