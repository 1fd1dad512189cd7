package roster

import (
	"cmp"
	"slices"
	"strconv"

	"payung/domain/calendar"
)

// Format is the version of the template that is made now.
const Format = 1

// Identity says what a template was made for. It travels in the file and is
// compared with what the file is handed in for.
type Identity struct {
	Format     int    // version of the template
	Obligation string // duty it answers
	Unit       string
	Line       string // line of the agreement, with its group of workers
	Year       int
	Generation int    // counts up when templates sent earlier become void
	Roster     string // list it was filled from; empty: none
}

// identityKeys are the keys in the file, in order.
var identityKeys = [...]string{"format", "obligation", "unit", "line", "year", "generation", "roster"}

// Pairs are the keys and values as they stand in the file.
func (id Identity) Pairs() [][2]string {
	values := [...]string{
		strconv.Itoa(id.Format), id.Obligation, id.Unit, id.Line, strconv.Itoa(id.Year), strconv.Itoa(id.Generation), id.Roster,
	}
	pairs := make([][2]string, len(values))
	for i, v := range values {
		pairs[i] = [2]string{identityKeys[i], v}
	}
	return pairs
}

// ParseIdentity reads the keys and values of a file. None at all are
// [IdentityMissing]; a key that is unknown, repeated or not there, and a value
// that is no number where one belongs, are [IdentityBroken].
func ParseIdentity(pairs [][2]string) (Identity, []Finding) {
	if len(pairs) == 0 {
		return Identity{}, []Finding{wholeList(IdentityMissing, nil)}
	}
	values := map[string]string{}
	for _, pair := range pairs {
		_, twice := values[pair[0]]
		if twice || !slices.Contains(identityKeys[:], pair[0]) {
			return Identity{}, []Finding{wholeList(IdentityBroken, nil)}
		}
		values[pair[0]] = pair[1]
	}
	format, err1 := strconv.Atoi(values["format"])
	year, err2 := strconv.Atoi(values["year"])
	generation, err3 := strconv.Atoi(values["generation"])
	if cmp.Or(err1, err2, err3) != nil || len(values) != len(identityKeys) {
		return Identity{}, []Finding{wholeList(IdentityBroken, nil)}
	}
	return Identity{
		Format: format, Obligation: values["obligation"], Unit: values["unit"], Line: values["line"],
		Year: year, Generation: generation, Roster: values["roster"],
	}, nil
}

// Match says in what a file's identity differs from the wanted one; nothing
// found means it is the file that was asked for. Any difference refuses the
// file, even one that seems harmless.
func (id Identity) Match(want Identity) []Finding {
	var found []Finding
	differ := func(r Rule, params map[string]string) { found = append(found, wholeList(r, params)) }
	if id.Format != want.Format {
		differ(OtherFormat, nil)
	}
	if id.Unit != want.Unit {
		differ(OtherUnit, nil)
	}
	if id.Year != want.Year {
		differ(OtherYear, map[string]string{"year": strconv.Itoa(id.Year), "want": strconv.Itoa(want.Year)})
	}
	if id.Line != want.Line {
		differ(OtherLine, nil)
	}
	if id.Obligation != want.Obligation {
		differ(OtherObligation, nil)
	}
	if id.Generation != want.Generation {
		differ(OtherGeneration, nil)
	}
	if id.Roster != want.Roster {
		differ(OtherRoster, nil)
	}
	return found
}

func wholeList(r Rule, params map[string]string) Finding {
	return Finding{Column: -1, Level: Error, Rule: r, Params: params}
}

// Headings are the headings of the template in a language, in the order of
// [Fields].
func Headings(l calendar.Lang) []string {
	var list []string
	for _, h := range Fields() {
		if l == calendar.EN {
			list = append(list, h.Name.EN)
		} else {
			list = append(list, h.Name.ID)
		}
	}
	return list
}

// TemplateMapping is the mapping of a template in a language whose headings
// stand in that row.
func TemplateMapping(l calendar.Lang, row int) Mapping {
	m := Mapping{Sheet: ListSheet, HeadFrom: row, HeadTo: row, Columns: map[Field]int{}, Signature: Signature(Headings(l))}
	for i, f := range order {
		m.Columns[f] = i
	}
	return m
}

// Untouched checks that the headings a template came back with are those it
// was made with, in either language, in the same columns. Otherwise its locked
// cells were changed, and nothing in it can be relied on.
func Untouched(back Mapping) []Finding {
	for _, l := range []calendar.Lang{calendar.ID, calendar.EN} {
		if back.Signature == Signature(Headings(l)) {
			return nil
		}
	}
	return []Finding{{Row: back.HeadFrom, Column: -1, Level: Error, Rule: LockedCellChanged}}
}
