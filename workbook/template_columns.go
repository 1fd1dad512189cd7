package workbook

import (
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"payung/domain/calendar"
	"payung/domain/nik"
	"payung/domain/roster"
)

// column is a field of the list as the template shows it.
type column struct{ roster.Heading }

// columns are all columns of the list, the row ID first. A template has every
// one of them in its place, shown or not, so that it can be told from a sheet
// somebody has rearranged.
func columns() []column {
	var out []column
	for _, h := range roster.Fields() {
		out = append(out, column{h})
	}
	return out
}

// shows reports whether people see a column.
func (t *template) shows(c column) bool {
	switch c.Field {
	case roster.RowID:
		return false
	case roster.Leaving, roster.LeavingDate:
		return len(t.People) > 0 // there is nobody else who could have left
	}
	return c.Required || t.Fields == nil || slices.Contains(t.Fields, c.Field)
}

func (c column) heading(lang calendar.Lang) string {
	if lang == calendar.EN {
		return c.Name.EN
	}
	return c.Name.ID
}

// nikWidth is how wide a column has to be to show all of a NIK.
const nikWidth = 18

// width is in characters, no more than a phone needs to show the column.
func (c column) width() float64 {
	switch c.Field {
	case roster.Number:
		return 5
	case roster.NIK:
		return nikWidth
	case roster.Name, roster.Address:
		return 24
	case roster.Reserve:
		return 11
	case roster.Mother, roster.Village, roster.Note, roster.LeavingDate:
		return 18
	default:
		return 14
	}
}

// person is a row filled in beforehand.
func (t *template) person(number int, p Person) []any {
	out := make([]any, len(t.columns))
	for i, c := range t.columns {
		switch c.Field {
		case roster.RowID:
			out[i] = excelize.Cell{StyleID: t.styles.locked, Value: p.RowID}
		case roster.Number:
			out[i] = excelize.Cell{StyleID: t.styles.locked, Value: number}
		case roster.NIK:
			out[i] = excelize.Cell{StyleID: t.styles.locked, Value: masked(p.Last4)}
		case roster.Wage:
			if p.Wage > 0 {
				out[i] = int64(p.Wage)
			}
		default:
			if text := t.text(c.Field, p); text != "" {
				out[i] = text
			}
		}
	}
	return out
}

// text is what a template says of a person in a column of text.
func (t *template) text(f roster.Field, p Person) string {
	switch f {
	case roster.Name:
		return p.Name
	case roster.Birthplace:
		return p.Details.Birthplace
	case roster.Born:
		return written(p.Born)
	case roster.Sex:
		return map[nik.Sex]string{nik.Male: "L", nik.Female: "P"}[p.Sex]
	case roster.Mother:
		return p.Details.Mother
	case roster.Address:
		return p.Details.Address
	case roster.Village:
		return p.Details.Village
	case roster.Phone:
		return p.Details.Phone
	case roster.Job:
		return p.Details.Job
	case roster.Start:
		return written(p.Details.Start)
	case roster.Reserve:
		if p.Reserve {
			return t.words["yes"]
		}
	case roster.Note:
		return p.Details.Note
	}
	return ""
}

// masked is a NIK of which the last four digits are known.
func masked(last4 string) string {
	last4 = last4[max(0, len(last4)-4):]
	return strings.Repeat("*", nik.Length-len(last4)) + last4
}

// written is a day as forms have it, 05-07-1980.
func written(d calendar.Day) string {
	if !d.Valid() {
		return ""
	}
	return midnight(d).Format("02-01-2006")
}

// templateStyles are the looks of a template.
type templateStyles struct {
	title, due, how, heading int // above the people
	input, money, locked     int // of columns, and of cells that stay as they are
}

func newTemplateStyles(f *excelize.File) (s templateStyles, err error) {
	open, middle := &excelize.Protection{Locked: false}, &excelize.Alignment{Vertical: "center"}
	err = define(f, []look{
		{&s.title, &excelize.Style{Font: titleFont(), Alignment: middle}},
		{&s.due, &excelize.Style{Font: bold(ink), Fill: fill(yellow), Alignment: middle}},
		{&s.how, &excelize.Style{Font: font(muted), Alignment: middle}},
		{&s.heading, headingStyle()},
		{&s.input, &excelize.Style{Font: font(ink), NumFmt: asText, Border: grid(), Protection: open}},
		{&s.money, &excelize.Style{Font: font(ink), NumFmt: 3, Border: grid(), Protection: open, Alignment: &excelize.Alignment{Horizontal: "right", Indent: 1}}},
		{&s.locked, &excelize.Style{NumFmt: asText, Border: grid(), Fill: fill(grey), Font: font(muted)}},
	})
	return s, err
}

// of is the style of a column. All but money is text: a date or a number with a
// leading zero stays as it was typed.
func (s templateStyles) of(f roster.Field) int {
	if f == roster.Wage {
		return s.money
	}
	return s.input
}
