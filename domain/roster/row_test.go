package roster_test

import (
	"strings"
	"testing"

	"payung/domain/cell"
	"payung/domain/nik"
	"payung/domain/roster"
	"payung/domain/rupiah"
)

func TestARowIsReadInFull(t *testing.T) {
	t.Parallel()
	terms := plain()
	terms.Mapping = mapped(roster.NIK, roster.Name, roster.Birthplace, roster.Born, roster.Sex, roster.Mother, roster.Address,
		roster.Village, roster.Phone, roster.Job, roster.Wage, roster.Start, roster.Reserve, roster.Note)
	out := checked(t, terms, woman(7), "  Siti \t Aminah\u200b ", "Kendari", date("29407"), "Perempuan", "Wa Ode", "Jl. Poros", "Wunduhaka",
		"081234567890", "Nelayan", number("1.5E6"), "2 Januari 2024", "Ya", "=SUM(A1)")
	if len(out.Findings) > 0 || out.Refused || out.Kind != roster.Data || out.Row != 2 {
		t.Fatalf("%s, %q", out.Kind, told(out.Findings))
	}
	p := out.Person
	want := roster.Details{
		Birthplace: "Kendari", Mother: "Wa Ode", Address: "Jl. Poros", Village: "Wunduhaka", Phone: "081234567890",
		Job: "Nelayan", Start: "2024-01-02", Note: "=SUM(A1)",
	}
	if p.Name != "Siti Aminah" || p.Born != "1980-07-05" || p.Sex != nik.Female || p.Wage != 1_500_000 || !p.Reserve || p.Details != want {
		t.Errorf("%+v", p)
	}
}

func TestWhatIsWrongWithARowIsTold(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		row   []any
		rules string
	}{
		"all is well":                      {[]any{someone(1), "Ahmad", "05-07-1980", "L", "1000000"}, ""},
		"a formula in a name is a text":    {[]any{someone(1), "=cmd|' /C calc'!A", "05-07-1980"}, ""},
		"a name without NIK":               {[]any{"", "Ahmad", "05-07-1980"}, "error nik_missing"},
		"a NIK without name":               {[]any{someone(1), "", "05-07-1980"}, "error name_missing"},
		"a mark for a name":                {[]any{someone(1), "-", "05-07-1980"}, "error name_missing"},
		"a name too long":                  {[]any{someone(1), strings.Repeat("Siti ", 50), "05-07-1980"}, "error name_too_long"},
		"a number in front of the name":    {[]any{someone(1), "12. Ahmad", "05-07-1980"}, "warning name_has_digits"},
		"two numbers":                      {[]any{someone(1), someone(2), "05-07-1980"}, "error name_is_number"},
		"a name that is an error":          {[]any{someone(1), failed("#N/A"), "05-07-1980"}, "error error_cell"},
		"a stroke for a birth":             {[]any{someone(1), "Ahmad", "-", "-"}, "warning born_missing"},
		"no birth":                         {[]any{someone(1), "Ahmad"}, "warning born_missing"},
		"31 February":                      {[]any{someone(1), "Ahmad", "31-02-1980"}, "error born_no_such_day"},
		"month first":                      {[]any{someone(1), "Ahmad", "07/25/1980"}, "error born_month_first"},
		"born tomorrow":                    {[]any{someone(1), "Ahmad", "23-11-2026"}, "error born_implausible"},
		"born 110 years ago":               {[]any{someone(1), "Ahmad", "05-07-1916"}, "error born_implausible"},
		"the wrong century":                {[]any{someone(1), "Ahmad", "05-07-2080"}, "error born_implausible"},
		"a birth that is an error":         {[]any{someone(1), "Ahmad", failed("#REF!")}, "error error_cell"},
		"sex unknown":                      {[]any{someone(1), "Ahmad", "05-07-1980", "X"}, "warning sex_bad"},
		"a wage nothing depends on":        {[]any{someone(1), "Ahmad", "05-07-1980", "L", "1,5 juta"}, "warning wage_worded"},
		"a wage with sen":                  {[]any{someone(1), "Ahmad", "05-07-1980", "L", number("1000000.5")}, "warning wage_rounded"},
		"a wage that is a day":             {[]any{someone(1), "Ahmad", "05-07-1980", "L", date("29407")}, "warning wage_bad"},
		"a wage below nothing":             {[]any{someone(1), "Ahmad", "05-07-1980", "L", number("-5")}, "warning wage_bad"},
		"a stroke for a wage":              {[]any{someone(1), "Ahmad", "05-07-1980", "L", "-"}, ""},
		"everything at once":               {[]any{"123", "1", "x", "x", "x"}, "error nik_too_short, error name_missing, error born_bad, warning sex_bad, warning wage_bad"},
		"no NIK and nothing else readable": {[]any{"", "Ahmad", "x"}, "error nik_missing, error born_bad"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := told(checked(t, plain(), tt.row...).Findings); got != tt.rules {
				t.Errorf("%q, want %q", got, tt.rules)
			}
		})
	}
}

func TestAWageTheContributionDependsOnKeepsPeopleOut(t *testing.T) {
	t.Parallel()
	terms := plain()
	terms.Wage = roster.WageLimits{Needed: true, Least: 2_000_000, Most: 20_000_000}
	for name, tt := range map[string]struct {
		wage  any
		want  rupiah.Amount
		rules string
	}{
		"inside":       {"2.500.000", 2_500_000, ""},
		"the least":    {"2.000.000", 2_000_000, ""},
		"below":        {"1.999.999", 1_999_999, "warning wage_below"},
		"above":        {number("20000001"), 20_000_001, "warning wage_above"},
		"none":         {"", 0, "error wage_missing"},
		"zero":         {"0", 0, "error wage_missing"},
		"a stroke":     {"-", 0, "error wage_missing"},
		"one comma":    {"2,500", 0, "error wage_ambiguous"},
		"in words":     {"2 jt", 0, "error wage_worded"},
		"what is this": {"?", 0, "error wage_bad"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := checked(t, terms, someone(1), "Ahmad", "05-07-1980", "L", tt.wage)
			if out.Person.Wage != tt.want || told(out.Findings) != tt.rules {
				t.Errorf("%d, %q, want %d, %q", out.Person.Wage, told(out.Findings), tt.want, tt.rules)
			}
		})
	}
}

func TestPlaceAndDayOfBirthMayShareAColumn(t *testing.T) {
	t.Parallel()
	terms := plain()
	terms.Mapping = mapped(roster.NIK, roster.Name, roster.Birthplace)
	terms.Mapping.Columns[roster.Born] = 2
	for written, want := range map[string]string{
		"Kendari, 05-07-1980":       "Kendari",
		"Kendari,05 Juli 1980":      "Kendari",
		"Kendari 05-07-1980":        "Kendari",
		"Kendari / 05-07-1980":      "Kendari",
		"Kota Kendari, 5 Juli 1980": "Kota Kendari",
		"Kendari, July 5, 1980":     "Kendari",
		"05-07-1980":                "",
		"July 5, 1980":              "",
	} {
		out := checked(t, terms, someone(1), "Ahmad", written)
		if p := out.Person; p.Details.Birthplace != want || p.Born != "1980-07-05" || len(out.Findings) > 0 {
			t.Errorf("%q is %q, %s (%s)", written, p.Details.Birthplace, p.Born, told(out.Findings))
		}
	}
}

func TestAgesAreThoseOfTheGroupOnTheDayOfTheCheck(t *testing.T) {
	t.Parallel()
	terms := plain()
	terms.Group = group(t, "vulnerable")
	settled := terms
	window := *terms.Group.Age
	window.Confidence = "V"
	settled.Group.Age = &window
	for name, tt := range map[string]struct{ born, unsettled, settled string }{
		"18 today":      {"22-11-2008", "", ""},
		"18 tomorrow":   {"23-11-2008", "warning too_young", "error too_young"},
		"65 today":      {"22-11-1961", "warning too_old", "error too_old"},
		"65 tomorrow":   {"23-11-1961", "", ""},
		"30":            {"01-01-1996", "", ""},
		"100 this year": {"01-01-1927", "warning too_old", "error too_old"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, k := range []struct {
				terms roster.Terms
				want  string
			}{{terms, tt.unsettled}, {settled, tt.settled}} {
				out := checked(t, k.terms, someone(1), "Ahmad", tt.born)
				got := strings.TrimPrefix(strings.TrimPrefix(told(out.Findings), "warning nik_birth_differs"), ", ")
				if got != k.want {
					t.Errorf("%q, want %q", got, k.want)
				}
			}
		})
	}
}

func TestAGroupOutOfUseIsToldOnceForTheList(t *testing.T) {
	t.Parallel()
	terms := plain()
	terms.Group = group(t, "non_asn")
	c := roster.NewChecker(terms)
	if got := told(c.List()); got != "warning group_phased_out" {
		t.Errorf("%q", got)
	}
	terms.Group, terms.On = group(t, "pktd_worker"), "2025-06-01"
	if got := told(roster.NewChecker(terms).List()); got != "warning group_not_in_use" {
		t.Errorf("%q", got)
	}
	var out roster.Checked
	c.Check(line(2, someone(1), "Ahmad", "05-07-1980"), &out)
	if len(out.Findings) > 0 {
		t.Errorf("a row repeats %q", told(out.Findings))
	}
}

func TestAVillageHasToBeOneOfTheList(t *testing.T) {
	t.Parallel()
	terms := plain()
	terms.Mapping = mapped(roster.NIK, roster.Name, roster.Village)
	terms.Villages = []string{"Desa Wunduhaka", "Landono"}
	for written, want := range map[string]string{
		"Wunduhaka": "", "DESA WUNDUHAKA": "", "Ds. Landono": "", "Kel. Landono": "", "wundu haka": "", "": "",
		"Mowila": "warning village_unknown", "Wunduhaka Jaya": "warning village_unknown",
	} {
		if got := told(checked(t, terms, someone(1), "Ahmad", written).Findings); got != want {
			t.Errorf("%q: %q, want %q", written, got, want)
		}
	}
	terms.Villages = nil
	if got := told(checked(t, terms, someone(1), "Ahmad", "Mowila").Findings); got != "" {
		t.Errorf("without a list of villages there is %q", got)
	}
}

func TestTheFirstDayOfWorkIsReadOrLeftOut(t *testing.T) {
	t.Parallel()
	terms := plain()
	terms.Mapping = mapped(roster.NIK, roster.Name, roster.Start)
	for written, want := range map[string]string{
		"02-01-2024": "", "2 Jan 24": "", "2 Jan 99": "", "13-13-2024": "warning start_bad", "sejak 2024": "warning start_bad", "02-01-1979": "warning start_before_born",
	} {
		out := checked(t, terms, someone(1), "Ahmad", written)
		if got := told(out.Findings); got != want || (out.Person.Details.Start == "") != (want != "") {
			t.Errorf("%q: %q, %s, want %q", written, got, out.Person.Details.Start, want)
		}
	}
}

func TestAReserveIsMarkedWithYesOrNo(t *testing.T) {
	t.Parallel()
	terms := plain()
	terms.Mapping = mapped(roster.NIK, roster.Name, roster.Reserve)
	for written, want := range map[string]string{"Ya": "", "x": "", "✓": "", "Cadangan": "", "": "no", "tidak": "no", "-": "no", "mungkin": "warning reserve_bad"} {
		out := checked(t, terms, someone(1), "Ahmad", written)
		if got := told(out.Findings); got != strings.TrimPrefix(want, "no") || out.Person.Reserve != (want == "") {
			t.Errorf("%q: %q, reserve %t", written, got, out.Person.Reserve)
		}
	}
}

func TestAHiddenRowCountsWithAWarning(t *testing.T) {
	t.Parallel()
	r := line(2, someone(1), "Ahmad", "05-07-1980")
	r.Hidden = true
	var out roster.Checked
	roster.NewChecker(plain()).Check(r, &out)
	if told(out.Findings) != "warning hidden_row" || out.Kind != roster.Data || out.Refused {
		t.Errorf("%s, %q", out.Kind, told(out.Findings))
	}
}

func TestCellsMergedOverSeveralPeopleAreTold(t *testing.T) {
	t.Parallel()
	found := roster.NewChecker(plain()).Merged([]cell.Range{
		{FirstRow: 1, LastRow: 1, FirstColumn: 0, LastColumn: 4}, // the title
		{FirstRow: 1, LastRow: 3, FirstColumn: 1, LastColumn: 1},
		{FirstRow: 5, LastRow: 7, FirstColumn: 0, LastColumn: 1},
		{FirstRow: 8, LastRow: 9, FirstColumn: 3, LastColumn: 3}, // the sex
	})
	if got := told(found); got != "warning merged_cells, warning merged_cells, warning merged_cells" {
		t.Fatalf("%q", got)
	}
	for i, row := range []int{2, 5, 5} {
		if found[i].Row != row {
			t.Errorf("finding %d is about row %d, want %d", i, found[i].Row, row)
		}
	}
}
