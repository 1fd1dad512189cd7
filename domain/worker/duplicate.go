package worker

import (
	"cmp"
	"slices"
)

// Listing is one place on a list that a person has in a year.
type Listing struct {
	Person   string // stands for one NIK, and holds none of its digits
	Unit     string
	Group    string // code of a [Group]
	Funding  string // code of a [Funding]
	Year     int
	Resolved bool // somebody has decided that it may stand beside the others
}

// Overlap says between what a person is listed twice.
type Overlap string

// The overlaps in the order in which [Conflicts] reports them.
const (
	WithinUnit   Overlap = "within_unit"
	AcrossUnits  Overlap = "across_units"
	AcrossGroups Overlap = "across_groups"
	AcrossPayers Overlap = "across_payers"
)

// Conflict is a person listed more than once in a year.
type Conflict struct {
	Person  string
	Year    int
	Overlap Overlap
}

// Conflicts finds who is listed more than once in a year, in order of person,
// year and overlap. Death benefit is paid once for a person, however many pay
// for it. Listings that are resolved conflict with nothing; the same person in
// another year is a renewal.
func Conflicts(listings []Listing) []Conflict {
	active := slices.DeleteFunc(slices.Clone(listings), func(l Listing) bool { return l.Resolved })
	slices.SortFunc(active, func(a, b Listing) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.Year, b.Year))
	})
	var found []Conflict
	for len(active) > 0 {
		first := active[0]
		n := slices.IndexFunc(active, func(l Listing) bool { return l.Person != first.Person || l.Year != first.Year })
		if n < 0 {
			n = len(active)
		}
		for _, o := range overlaps(active[:n]) {
			found = append(found, Conflict{first.Person, first.Year, o})
		}
		active = active[n:]
	}
	return found
}

// overlaps are those between one person's listings of one year.
func overlaps(same []Listing) []Overlap {
	units, groups, payers := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, l := range same {
		units[l.Unit], groups[l.Group], payers[l.Funding] = true, true, true
	}
	var found []Overlap
	for _, o := range []struct {
		overlap Overlap
		is      bool
	}{
		{WithinUnit, len(units) < len(same)},
		{AcrossUnits, len(units) > 1},
		{AcrossGroups, len(groups) > 1},
		{AcrossPayers, len(payers) > 1},
	} {
		if o.is {
			found = append(found, o.overlap)
		}
	}
	return found
}
