package tally

import (
	"slices"
	"strings"

	"payung/domain/match"
)

// Options says how to read a grid.
type Options struct {
	Kind      Kind
	Mapping   Mapping
	Year      int               // a month without a year is one of this
	Districts []string          // names of the kecamatan, to know headings by
	Phrases   map[string]Phrase // what people said that unclear cells mean, by match.Key
}

// Read reads the rows of a grid and checks its sums.
func Read(g Grid, o Options) ([]Row, []Finding) {
	r := reader{Options: o, column: map[Field]int{}, districts: map[string]bool{}}
	for _, f := range []Field{Number, Code, District, Name, NPP, People, Registered, Paid, Until, Status, Post, Holder, Phone, Email} {
		r.column[f] = o.Mapping.Column(f)
	}
	for _, d := range o.Districts {
		r.districts[match.Key(d)] = true
	}
	for code, n := range map[string]int{HiddenLines: g.Hidden, LeftOut: g.Masked, CutShort: g.Cut} {
		if n > 0 {
			r.findings = append(r.findings, Finding{Code: code, Says: int64(n)})
		}
	}
	slices.SortFunc(r.findings, func(a, b Finding) int { return strings.Compare(a.Code, b.Code) })
	for i, l := range g.Lines {
		if l.Number == o.Mapping.Heading {
			r.heading = l
		}
		if l.Number > o.Mapping.Heading {
			r.line(l, i == len(g.Lines)-1)
		}
	}
	r.endGroup()
	return r.rows, r.findings
}

type reader struct {
	Options
	column    map[Field]int
	districts map[string]bool
	heading   Line
	rows      []Row
	findings  []Finding
	district  string
	group     sum // since the last heading or subtotal
	all       sum
}

// sum adds up the people of rows; said is what a heading claims for them.
type sum struct {
	n, said int64
	claimed bool
	line    int
	about   string
}

// text is the cell of a field.
func (r *reader) text(l Line, f Field) string {
	if text := l.At(r.column[f]); text != masked {
		return text
	}
	return ""
}

func (r *reader) line(l Line, last bool) {
	name := r.text(l, Name)
	switch {
	case r.repeats(l) || numbering(l):
	case r.total(l, last):
	case r.groupHeading(l, name):
	case name == "":
		if r.text(l, People) != "" || r.text(l, Holder) != "" {
			r.findings = append(r.findings, Finding{Code: NoName, Line: l.Number})
		}
	default:
		r.row(l, name)
	}
}

// repeats reports the headings again, at the top of each printed page.
func (r *reader) repeats(l Line) bool {
	name := r.column[Name]
	return r.Mapping.Heading > 0 && r.heading.At(name) != "" && match.Key(l.At(name)) == match.Key(r.heading.At(name))
}

// numbering reports the line "1 2 3 4" under the headings.
func numbering(l Line) bool {
	n := 0
	for _, text := range l.Cells {
		if text == "" {
			continue
		}
		n++
		if strings.Trim(text, "()") != digit(n) {
			return false
		}
	}
	return n > 2
}

func digit(n int) string {
	if n > 9 {
		return "1" + string(rune('0'+n%10))
	}
	return string(rune('0' + n))
}

func (r *reader) row(l Line, name string) {
	row := Row{Line: l.Number, Name: name, District: r.district, Code: r.text(l, Code), NPP: r.text(l, NPP)}
	if d := r.text(l, District); d != "" {
		r.district, row.District = d, d
	}
	for _, f := range []Field{People, Registered, Paid, Status, Until} {
		r.read(&row, l, f)
	}
	if row.State == IsPaid && !row.People.Said && !row.Paid.Said && !row.Registered.Said {
		r.findings = append(r.findings, Finding{Code: PaidUncounted, Line: l.Number, About: name})
	}
	if r.Kind == Contacts {
		row.Post, row.Holder, row.Email = r.text(l, Post), r.text(l, Holder), r.text(l, Email)
		if text := r.text(l, Phone); text != "" {
			var ok bool
			if row.Phone, ok = ReadPhone(text); !ok && strings.ContainsAny(text, "0123456789") {
				r.findings = append(r.findings, Finding{Code: BadPhone, Line: l.Number, About: name})
			}
		}
	}
	r.rows = append(r.rows, row)
	r.group.n += row.People.N
	r.all.n += row.People.N
}

// read takes one cell into a row. Counts may carry words ("10 orang, lunas s.d.
// Des"), and words counts; what a column is for comes first.
func (r *reader) read(row *Row, l Line, f Field) {
	text := r.text(l, f)
	if text == "" {
		return
	}
	if f == Until {
		if day, ok := ReadMonth(text, r.Year); ok {
			row.Until = day
			if row.State == Unsaid || row.State == IsRegistered {
				row.State = IsPaid
			}
			return
		}
	}
	p := ReadPhrase(text, r.Year)
	if !p.Clear || f == Until && p.Until != "" {
		count, rest := leading(text)
		said, ok := r.Phrases[match.Key(rest)]
		if !ok {
			row.Unclear = append(row.Unclear, Unclear{f, rest})
			return
		}
		if p = said; count.Said {
			p.People = count
		}
	}
	switch {
	case f == Registered && p.People.Said:
		row.Registered = p.People
	case f == Paid && p.People.Said:
		row.Paid = p.People
	case p.People.Said && !row.People.Said:
		row.People = p.People
	}
	if p.State != Unsaid {
		row.State = p.State
	}
	if p.Until != "" {
		row.Until = p.Until
	}
}
