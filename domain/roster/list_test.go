package roster_test

import (
	"slices"
	"testing"

	"payung/domain/calendar"
	"payung/domain/nik"
	"payung/domain/roster"
)

// sheetOf checks rows as one list, the first of them row 1.
func sheetOf(terms roster.Terms, rows ...[]any) []roster.Checked {
	c := roster.NewChecker(terms)
	list := make([]roster.Checked, len(rows))
	for i, row := range rows {
		c.Check(line(i+1, row...), &list[i])
	}
	return list
}

func TestRule28_TheSecondOfTwoRowsWithOneNIKIsRefused(t *testing.T) {
	t.Parallel()
	list := sheetOf(plain(),
		[]any{"NIK", "Nama", "Tgl lahir"},
		[]any{someone(1), "Ahmad", "05-07-1980"},
		[]any{someone(2), "Budi", "05-07-1980"},
		[]any{" " + someone(1), "Achmad", "05-07-1980"},
		[]any{someone(1), "Ahmad", "05-07-1980"},
	)
	if list[1].Refused || list[2].Refused || told(list[3].Findings) != "info nik_trimmed, error repeated_nik" || told(list[4].Findings) != "error repeated_nik" {
		t.Fatalf("%q, %q", told(list[3].Findings), told(list[4].Findings))
	}
	if f := list[4].Findings[0]; f.Row != 5 || f.Params["row"] != "2" {
		t.Errorf("the rows are %d and %s, want 5 and 2", f.Row, f.Params["row"])
	}
}

func TestSameNameAndBirthWithAnotherNIKWarnsOnBothRows(t *testing.T) {
	t.Parallel()
	list := sheetOf(plain(),
		[]any{"NIK", "Nama", "Tgl lahir"},
		[]any{someone(1), "Siti Aminah", "05-07-1980"},
		[]any{someone(2), "SITI  AMINAH.", "5 Juli 1980"},
		[]any{someone(3), "Siti Aminah", "05-07-1980"},
		[]any{someone(4), "Siti Amina", "05-07-1980"},
	)
	if len(list[1].Findings)+len(list[4].Findings) > 0 {
		t.Errorf("%q, %q", told(list[1].Findings), told(list[4].Findings))
	}
	second, third := list[2].Findings, list[3].Findings
	if told(second) != "warning same_person, warning same_person" || second[0].Row != 2 || second[0].Params["row"] != "3" || second[1].Row != 3 || second[1].Params["row"] != "2" {
		t.Errorf("the second row has %+v", second)
	}
	if told(third) != "warning same_person" || third[0].Row != 4 || third[0].Params["row"] != "2" || list[3].Refused {
		t.Errorf("the third row has %+v", third)
	}
}

func TestRowsAboutNobodyAreSkippedAndPeopleNever(t *testing.T) {
	t.Parallel()
	terms := plain()
	terms.Mapping = mapped(roster.Number, roster.NIK, roster.Name, roster.Born, roster.Sex, roster.Wage)
	person := []any{"1", someone(1), "Ahmad", "05-07-1980", "L", "1000000"}
	for name, tt := range map[string]struct {
		before, row []any
		want        roster.Kind
	}{
		"blank":                                     {nil, []any{"", " ", ""}, roster.Skipped},
		"numbers of the columns":                    {nil, []any{"1", "2", "3", "4"}, roster.Skipped},
		"numbers in brackets":                       {nil, []any{"(1)", "(2)", "(3)"}, roster.Skipped},
		"the headings again":                        {nil, []any{"No", "NIK", "Nama Lengkap", "Tgl Lahir"}, roster.Skipped},
		"a total":                                   {nil, []any{"", "", "Jumlah", "", "", "12000000"}, roster.Skipped},
		"a total under the NIK":                     {nil, []any{"", "TOTAL", "", "", "", "12000000"}, roster.Skipped},
		"a total of two words":                      {nil, []any{"", "", "Jumlah seluruhnya"}, roster.Skipped},
		"a running number alone":                    {nil, []any{"17"}, roster.Skipped},
		"acknowledged by":                           {nil, []any{"", "", "Mengetahui,"}, roster.Skipped},
		"the village head":                          {nil, []any{"", "", "Kepala Desa Wunduhaka"}, roster.Skipped},
		"place and day":                             {nil, []any{"", "", "Wunduhaka, 12 Januari 2027"}, roster.Skipped},
		"a NIP":                                     {nil, []any{"", "", "NIP. 19800705 200501 1 001"}, roster.Skipped},
		"a note":                                    {nil, []any{"", "Catatan: data sementara", ""}, roster.Skipped},
		"the name below a signature":                {[]any{"", "", "Kepala Desa"}, []any{"", "", "H. ANDI, S.Sos"}, roster.Skipped},
		"a signature in another column":             {[]any{"", "", "", "", "", "", "Kepala Desa"}, []any{"", "", "H. ANDI, S.Sos"}, roster.Skipped},
		"a person":                                  {nil, person, roster.Data},
		"a person below a signature":                {[]any{"", "", "Kepala Desa"}, person, roster.Data},
		"a name without NIK":                        {nil, []any{"", "", "Ahmad"}, roster.Data},
		"a name without NIK below a person":         {person, []any{"", "", "Ahmad"}, roster.Data},
		"a numbered name below a signature":         {[]any{"", "", "Kepala Desa"}, []any{"5", "", "Ahmad"}, roster.Data},
		"a village head with a birth and no NIK":    {nil, []any{"", "", "Kepala Desa", "05-07-1980"}, roster.Data},
		"a damaged NIK and no name":                 {nil, []any{"", "12345", ""}, roster.Data},
		"a NIK as a number and no name":             {nil, []any{"", number("9.9E+15"), ""}, roster.Data},
		"somebody called Total, with a NIK":         {nil, []any{"", someone(2), "Total"}, roster.Data},
		"somebody called Yang, with a number of 15": {nil, []any{"", "990511050780001", "Yang"}, roster.Data},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := roster.NewChecker(terms)
			var out roster.Checked
			c.Check(line(2, tt.before...), &out)
			c.Check(line(3, tt.row...), &out)
			if out.Kind != tt.want {
				t.Errorf("%s, want %s", out.Kind, tt.want)
			}
			if out.Kind == roster.Skipped && (len(out.Findings) > 0 || out.Refused) {
				t.Errorf("a skipped row has %q", told(out.Findings))
			}
		})
	}
}

func TestACheckedRowMayBeUsedAgain(t *testing.T) {
	t.Parallel()
	c := roster.NewChecker(plain())
	var out roster.Checked
	c.Check(line(2, "x", "y", "z", "w", "v"), &out)
	c.Check(line(3, someone(1), "Ahmad", "05-07-1980"), &out)
	first := out.Person
	c.Check(line(4, woman(2), "Siti Aminah", "06-07-1980"), &out)
	if first.Name != "Ahmad" || first.Reveal() != someone(1) || first.Born != "1980-07-05" || first.Sex != nik.Male {
		t.Errorf("the next row overwrote %+v", first)
	}
	if told(out.Findings) != "warning nik_birth_differs" {
		t.Errorf("%q", told(out.Findings))
	}
}

// template are the terms of a template filled with two people.
func template() roster.Terms {
	carried := func(digits, name string) roster.Carried {
		n, _ := nik.Restore(digits)
		return roster.Carried{NIK: n, Name: name, Born: "1980-07-05", Sex: nik.Male}
	}
	return roster.Terms{
		On: today, Mapping: mapped(roster.RowID, roster.NIK, roster.Name, roster.Born),
		Previous: map[string]roster.Carried{"r1": carried(someone(1), "Ahmad"), "r2": carried(someone(2), "Budi"), "r3": carried(someone(3), "Candra")},
	}
}

func TestAPrefilledRowKeepsItsPersonAndNothingElseDoes(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		row    []any
		rules  string
		reveal string
	}{
		"as it was sent":             {[]any{"r1", "************0001", "Ahmad", "05-07-1980"}, "", someone(1)},
		"the name was corrected":     {[]any{"r1", "************0001", "Achmad", "05-07-1980"}, "", someone(1)},
		"the NIK written out":        {[]any{"r1", someone(1), "Ahmad", "05-07-1980"}, "", someone(1)},
		"another mask":               {[]any{"r1", "************0009", "Ahmad", "05-07-1980"}, "error locked_cell_changed", ""},
		"another NIK":                {[]any{"r1", someone(9), "Ahmad", "05-07-1980"}, "error locked_cell_changed", ""},
		"the mask of another row":    {[]any{"r1", "************0002", "Ahmad", "05-07-1980"}, "error locked_cell_changed", ""},
		"the NIK was cleared":        {[]any{"r1", "", "Ahmad", "05-07-1980"}, "error nik_missing", ""},
		"a row id nobody knows":      {[]any{"r9", someone(1), "Ahmad", "05-07-1980"}, "error unknown_row_id", someone(1)},
		"a mask under an unknown id": {[]any{"r9", "************0001", "Ahmad", "05-07-1980"}, "error unknown_row_id, error masked_nik", ""},
		"a mask without a row id":    {[]any{"", "************0001", "Ahmad", "05-07-1980"}, "error masked_nik", ""},
		"a new person":               {[]any{"", someone(9), "Dedi", "05-07-1980"}, "", someone(9)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := checked(t, template(), tt.row...)
			if told(out.Findings) != tt.rules || out.Person.Reveal() != tt.reveal {
				t.Errorf("%q, %s, want %q", told(out.Findings), out.Person.Masked(), tt.rules)
			}
		})
	}
}

func TestACopiedRowOfATemplateIsRefused(t *testing.T) {
	t.Parallel()
	list := sheetOf(template(),
		[]any{"ID", "NIK", "Nama"},
		[]any{"r1", "************0001", "Ahmad", "05-07-1980"},
		[]any{"r1", "************0001", "Ahmad", "05-07-1980"},
		[]any{"", someone(1), "Ahmad", "05-07-1980"},
	)
	if got := told(list[2].Findings); got != "error duplicate_row_id, error repeated_nik" || list[2].Findings[0].Params["row"] != "2" {
		t.Errorf("the copy has %q", got)
	}
	if got := told(list[3].Findings); got != "error repeated_nik" {
		t.Errorf("the same person as a new one has %q", got)
	}
}

func TestPeopleOfTheLastListWhoAreNotInThisOneAreAskedAfter(t *testing.T) {
	t.Parallel()
	c := roster.NewChecker(template())
	var out roster.Checked
	c.Check(line(2, "r2", "************0002", "Budi", "05-07-1980"), &out)
	c.Check(line(3, "r3", "", "", ""), &out) // emptied
	if got := c.Missing(); !slices.Equal(got, []string{"r1", "r3"}) {
		t.Errorf("missing are %v", got)
	}
}

func TestRowIDsOfAForeignFileMeanNothing(t *testing.T) {
	t.Parallel()
	terms := template()
	terms.Previous = nil
	out := checked(t, terms, "17", someone(1), "Ahmad", "05-07-1980")
	if len(out.Findings) > 0 || out.Person.RowID != "" {
		t.Errorf("%q, row id %q", told(out.Findings), out.Person.RowID)
	}
}

func TestAFileIsTakenOnlyForWhatItWasMadeFor(t *testing.T) {
	t.Parallel()
	want := roster.Identity{Format: roster.Format, Obligation: "o1", Unit: "u1", Line: "l1", Year: 2027, Generation: 2, Roster: "r1"}
	for name, tt := range map[string]struct {
		change func(*roster.Identity)
		rules  string
	}{
		"the file asked for":    {func(*roster.Identity) {}, ""},
		"another version":       {func(id *roster.Identity) { id.Format = 9 }, "error other_format"},
		"another duty":          {func(id *roster.Identity) { id.Obligation = "o2" }, "error other_obligation"},
		"another unit":          {func(id *roster.Identity) { id.Unit = "u2" }, "error other_unit"},
		"another line":          {func(id *roster.Identity) { id.Line = "l2" }, "error other_line"},
		"last year":             {func(id *roster.Identity) { id.Year = 2026 }, "error other_year"},
		"a template too old":    {func(id *roster.Identity) { id.Generation = 1 }, "error other_generation"},
		"from another list":     {func(id *roster.Identity) { id.Roster = "" }, "error other_roster"},
		"another unit and year": {func(id *roster.Identity) { id.Unit, id.Year = "u2", 2026 }, "error other_unit, error other_year"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			id := want
			tt.change(&id)
			read, broken := roster.ParseIdentity(id.Pairs())
			if len(broken) > 0 || read != id {
				t.Fatalf("read %+v, %q", read, told(broken))
			}
			if got := told(read.Match(want)); got != tt.rules {
				t.Errorf("%q, want %q", got, tt.rules)
			}
		})
	}
}

func TestAnIdentityThatIsNotWholeRefusesTheFile(t *testing.T) {
	t.Parallel()
	pairs := roster.Identity{Format: 1, Year: 2027}.Pairs()
	for name, tt := range map[string]struct {
		pairs [][2]string
		rule  string
	}{
		"none":            {nil, "error identity_missing"},
		"one key is gone": {pairs[1:], "error identity_broken"},
		"a key twice":     {append(slices.Clone(pairs), pairs[0]), "error identity_broken"},
		"unknown key":     {append(slices.Clone(pairs[1:]), [2]string{"x", "1"}), "error identity_broken"},
		"year no number":  {append(slices.Clone(pairs[:4]), append([][2]string{{"year", "2O27"}}, pairs[5:]...)...), "error identity_broken"},
	} {
		if _, found := roster.ParseIdentity(tt.pairs); told(found) != tt.rule {
			t.Errorf("%s: %q, want %q", name, told(found), tt.rule)
		}
	}
}

func TestHeadingsOfATemplateAreLocked(t *testing.T) {
	t.Parallel()
	for _, l := range []calendar.Lang{calendar.ID, calendar.EN} {
		if found := roster.Untouched(roster.TemplateMapping(l, 4)); len(found) > 0 {
			t.Errorf("%s: %q", l, told(found))
		}
	}
	changed := roster.Headings(calendar.ID)
	changed[2], changed[3] = changed[3], changed[2]
	if got := told(roster.Untouched(roster.Mapping{Signature: roster.Signature(changed)})); got != "error locked_cell_changed" {
		t.Errorf("%q", got)
	}
}
