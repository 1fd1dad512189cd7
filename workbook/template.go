package workbook

import (
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"

	"payung/domain/calendar"
	"payung/domain/nik"
	"payung/domain/roster"
	"payung/domain/rupiah"
)

// TemplateInput is what a template is made of. Counts of 0 are left unsaid.
type TemplateInput struct {
	Lang      calendar.Lang
	Agreement string // number or name of the agreement
	Unit      string // village or office that fills it
	Line      string // worker group, in Lang
	Year      int
	Deadline  calendar.Day
	Zone      calendar.Zone
	Minimum   int // people the unit is asked for at least
	Ceiling   int // people the budget is for
	Identity  roster.Identity
	Fields    []roster.Field // columns to show beside NIK and name; nil for all. The others are there, hidden
	People    []Person       // of the list before
	Villages  []string       // to choose from, in the order to be shown
	Jobs      []string       // to choose from
}

// Person is somebody a template is filled with. Of the NIK it has no more than
// what a template may show.
type Person struct {
	RowID   string
	Last4   string // digits of the NIK
	Name    string
	Born    calendar.Day
	Sex     nik.Sex
	Wage    rupiah.Amount
	Reserve bool
	Details roster.Details
}

// Rows of the list sheet. Titles stand above the headings.
const (
	titleRow = iota + 1
	dueRow
	howRow
	headingRow
	firstRow
)

// room is how many rows for new people get rules and drop-downs at least; below
// them one can go on writing without.
const room = 2000

// Template writes the sheet a unit fills with names, in Excel, LibreOffice, WPS
// or on a phone. Whoever was on the list before is filled in with a masked NIK
// and a hidden row ID, both locked; new people are written below. [roster.IdentitySheet] says
// what the sheet was made for.
func Template(w io.Writer, in TemplateInput) error {
	t := template{TemplateInput: in, words: wordsIn(in.Lang), columns: columns()}
	t.last = firstRow - 1 + len(in.People) + max(room, 2*in.Minimum, 2*in.Ceiling)
	f, err := newFile(roster.ListSheet, t.title(), calendar.NewDay(in.Year, 1, 1))
	if err != nil {
		return err
	}
	t.file = f
	return save(w, f, t.write())
}

// template is one being written.
type template struct {
	TemplateInput
	words   words
	file    *excelize.File
	columns []column
	styles  templateStyles
	last    int // row with rules
}

func (t *template) title() string {
	return t.words.say("template_title", "year", strconv.Itoa(t.Year), "unit", t.Unit)
}

func (t *template) write() error {
	var err error
	if t.styles, err = newTemplateStyles(t.file); err != nil {
		return err
	}
	identity := func() error { return writePairs(t.file, roster.IdentitySheet, t.Identity.Pairs()) }
	// The list comes last: excelize reads a streamed sheet back when others are
	// added after it.
	for _, step := range []func() error{t.guide, t.choices, identity, t.rules, t.protect, t.list} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// protect locks what is not to be filled in. There is no password: the lock
// keeps slips away, and the server the rest.
func (t *template) protect() error {
	err := t.file.ProtectSheet(roster.ListSheet, &excelize.SheetProtectionOptions{
		FormatCells: true, FormatColumns: true, FormatRows: true,
		SelectLockedCells: true, SelectUnlockedCells: true,
	})
	if err != nil {
		return err
	}
	return t.file.ProtectWorkbook(&excelize.WorkbookProtectionOptions{LockStructure: true})
}

// list writes the sheet of people, streamed: it may be the whole of a kabupaten.
func (t *template) list() error {
	if err := printWide(t.file, roster.ListSheet, headingRow); err != nil {
		return err
	}
	out, err := t.file.NewStreamWriter(roster.ListSheet)
	if err != nil {
		return err
	}
	if err := out.SetPanes(below(headingRow)); err != nil {
		return err
	}
	for i, c := range t.columns {
		if err := out.SetColWidth(i+1, i+1, c.width()); err != nil {
			return err
		}
		if err := out.SetColStyle(i+1, i+1, t.styles.of(c.Field)); err != nil {
			return err
		}
		if err := out.SetColVisible(i+1, i+1, t.shows(c)); err != nil {
			return err
		}
	}
	if err := t.head(out); err != nil {
		return err
	}
	for i, p := range t.People {
		if err := out.SetRow(at(0, firstRow+i), t.person(i+1, p)); err != nil {
			return err
		}
	}
	return out.Flush()
}

// head writes the titles and the headings. Every cell of theirs is written, so
// that none is left open for writing by its column.
func (t *template) head(out *excelize.StreamWriter) error {
	for _, line := range []struct {
		row    int
		text   string
		style  int
		height float64
	}{
		{titleRow, t.title(), t.styles.title, 24},
		{dueRow, t.due(), t.styles.due, 18},
		{howRow, t.how(), t.styles.how, 18},
	} {
		cells := make([]any, len(t.columns))
		for i := range cells {
			cells[i] = excelize.Cell{StyleID: line.style}
		}
		cells[1] = excelize.Cell{StyleID: line.style, Value: line.text} // the first column is hidden
		if err := out.SetRow(at(0, line.row), cells, excelize.RowOpts{Height: line.height}); err != nil {
			return err
		}
	}
	cells := make([]any, len(t.columns))
	for i, c := range t.columns {
		cells[i] = excelize.Cell{StyleID: t.styles.heading, Value: c.heading(t.Lang)}
	}
	return out.SetRow(at(0, headingRow), cells, excelize.RowOpts{Height: 34})
}
