package worker_test

import (
	"slices"
	"testing"

	"payung/domain/worker"
)

func TestRule28_NobodyIsListedTwiceInAYearWithoutAResolution(t *testing.T) {
	t.Parallel()

	office := worker.Listing{Person: "a", Unit: "dinas", Group: "non_asn", Funding: "apbd_regency", Year: 2027}
	with := func(change func(*worker.Listing)) worker.Listing {
		l := office
		change(&l)
		return l
	}
	elsewhere := with(func(l *worker.Listing) { l.Unit = "desa" })
	village := with(func(l *worker.Listing) { l.Unit, l.Group, l.Funding = "desa", "village_officials", "apbdes" })
	vulnerable := with(func(l *worker.Listing) { l.Group = "vulnerable" })
	province := with(func(l *worker.Listing) { l.Funding = "apbd_province" })
	settled := with(func(l *worker.Listing) { l.Unit, l.Resolved = "desa", true })
	renewed := with(func(l *worker.Listing) { l.Year = 2028 })
	another := with(func(l *worker.Listing) { l.Person = "b" })

	tests := map[string]struct {
		listings []worker.Listing
		want     []worker.Overlap
	}{
		"once":                                  {[]worker.Listing{office}, nil},
		"twice in one list":                     {[]worker.Listing{office, office}, []worker.Overlap{worker.WithinUnit}},
		"in an office and a village":            {[]worker.Listing{office, elsewhere}, []worker.Overlap{worker.AcrossUnits}},
		"as honorer and as vulnerable worker":   {[]worker.Listing{office, vulnerable}, []worker.Overlap{worker.WithinUnit, worker.AcrossGroups}},
		"paid by regency and province":          {[]worker.Listing{office, province}, []worker.Overlap{worker.WithinUnit, worker.AcrossPayers}},
		"as honorer and as village official":    {[]worker.Listing{office, village}, []worker.Overlap{worker.AcrossUnits, worker.AcrossGroups, worker.AcrossPayers}},
		"the second one is resolved":            {[]worker.Listing{office, settled}, nil},
		"a third one after the resolution":      {[]worker.Listing{office, settled, vulnerable}, []worker.Overlap{worker.WithinUnit, worker.AcrossGroups}},
		"a renewal in the next year":            {[]worker.Listing{office, renewed}, nil},
		"two people in one unit, the same year": {[]worker.Listing{office, another}, nil},
		"nobody":                                {nil, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []worker.Overlap
			for _, c := range worker.Conflicts(tt.listings) {
				if c.Person != "a" || c.Year != 2027 {
					t.Errorf("conflict of %s in %d", c.Person, c.Year)
				}
				got = append(got, c.Overlap)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestConflictsComeInTheSameOrderWhateverTheOrderOfTheLists(t *testing.T) {
	t.Parallel()

	listings := []worker.Listing{
		{Person: "b", Unit: "desa 1", Group: "vulnerable", Funding: "apbdes", Year: 2027},
		{Person: "a", Unit: "desa 1", Group: "vulnerable", Funding: "apbdes", Year: 2028},
		{Person: "a", Unit: "desa 2", Group: "vulnerable", Funding: "apbdes", Year: 2027},
		{Person: "b", Unit: "desa 2", Group: "non_asn", Funding: "apbdes", Year: 2027},
		{Person: "a", Unit: "desa 1", Group: "vulnerable", Funding: "apbdes", Year: 2027},
		{Person: "a", Unit: "desa 2", Group: "vulnerable", Funding: "apbdes", Year: 2028},
	}
	want := []worker.Conflict{
		{Person: "a", Year: 2027, Overlap: worker.AcrossUnits},
		{Person: "a", Year: 2028, Overlap: worker.AcrossUnits},
		{Person: "b", Year: 2027, Overlap: worker.AcrossUnits},
		{Person: "b", Year: 2027, Overlap: worker.AcrossGroups},
	}
	given := slices.Clone(listings)
	if got := worker.Conflicts(listings); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if !slices.Equal(listings, given) {
		t.Error("the caller's listings were changed")
	}
	slices.Reverse(listings)
	if got := worker.Conflicts(listings); !slices.Equal(got, want) {
		t.Errorf("reversed: got %v, want %v", got, want)
	}
}
