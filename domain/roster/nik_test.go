package roster_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"payung/domain/nik"
	"payung/domain/roster"
)

func TestRule27_NIKKeptAsANumberIsRefusedWithItsCure(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		value      any
		rule, lost string
	}{
		"in short":                        {number("9.9051105078E+15"), "error numeric_nik", "yes"},
		"rounded to 15 digits":            {number("7405110507800010"), "error numeric_nik", "yes"},
		"beyond 2^53, as in Papua":        {number("9205110507800001"), "error numeric_nik", "yes"},
		"all digits there, below 2^53":    {number("7405110507800001"), "error numeric_nik", "maybe"},
		"fewer digits":                    {number("740511050780"), "error numeric_nik", "yes"},
		"shown as a date":                 {date("29407"), "error numeric_nik", "yes"},
		"a text that was a number before": {"9.90511E+15", "error nik_scientific", ""},
		"computed":                        {formula(someone(1)), "error formula_nik", ""},
		"an error of the sheet":           {failed("#REF!"), "error error_cell", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := checked(t, plain(), tt.value, "Ahmad", "05-07-1980")
			if told(out.Findings) != tt.rule || !out.Refused || out.Person.HasNIK() {
				t.Fatalf("%q, want %q", told(out.Findings), tt.rule)
			}
			if got := out.Findings[0].Params["lost"]; got != tt.lost {
				t.Errorf("lost %q, want %q", got, tt.lost)
			}
		})
	}
}

func TestEveryFindingOfANIKIsToldInTheList(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ written, rules string }{
		"sound":                   {someone(1), ""},
		"blanks around":           {" " + someone(1) + "\u00a0", "info nik_trimmed"},
		"an apostrophe in front":  {"'" + someone(1), "info nik_trimmed"},
		"15 digits":               {"990511050780001", "error nik_too_short"},
		"a NIP":                   {"198007052005011001", "error nik_too_long"},
		"blanks inside":           {"990511 050780 0001", "error nik_separated"},
		"letter O":                {"99O5110507800001", "error nik_letter_for_digit"},
		"another letter":          {"99X5110507800001", "error nik_not_digits"},
		"all zeros":               {"0000000000000000", "error nik_all_zeros"},
		"day 72":                  {"9905117207800001", "error nik_no_such_day"},
		"30 February":             {"9905113002800001", "error nik_no_such_day"},
		"month 13":                {"9905110513800001", "error nik_no_such_month"},
		"serial 0000":             {"9905110507800000", "error nik_no_such_serial"},
		"a child":                 {"9905110507200001", "error nik_implausible_year"},
		"ends in 0":               {"9905110507800010", "info nik_maybe_rounded"},
		"blanks, and ends in 0":   {" 9905110507800010", "info nik_trimmed, info nik_maybe_rounded"},
		"a mask of another's row": {"************0001", "error masked_nik"},
		"a word":                  {"belum ada", "error nik_not_digits"},
		"none":                    {"", "error nik_missing"},
		"blanks alone":            {"  ", "error nik_missing"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := checked(t, plain(), tt.written, "Ahmad")
			got := strings.TrimPrefix(strings.TrimSuffix(strings.TrimSuffix(told(out.Findings), "warning born_missing"), ", "), "warning born_missing, ")
			if got != tt.rules {
				t.Errorf("%q, want %q", got, tt.rules)
			}
			if refused := strings.HasPrefix(tt.rules, "error"); out.Refused != refused || out.Person.HasNIK() == refused {
				t.Errorf("refused %t, NIK %t", out.Refused, out.Person.HasNIK())
			}
		})
	}
}

func TestRule26_BirthAndSexOtherThanInTheNIKOnlyWarn(t *testing.T) {
	t.Parallel()
	out := checked(t, plain(), woman(1), "Siti Aminah", "06-07-1980", "L")
	if got := told(out.Findings); got != "warning nik_birth_differs, warning nik_sex_differs" || out.Refused {
		t.Errorf("%q, refused %t", got, out.Refused)
	}
	if p := out.Person; p.Born != "1980-07-06" || p.Sex != nik.Male {
		t.Errorf("what is stated does not count: %s, %s", p.Born, p.Sex)
	}
	out = checked(t, plain(), woman(1), "Siti Aminah", "", "")
	if p := out.Person; p.Born != "1980-07-05" || p.Sex != nik.Female {
		t.Errorf("what the NIK says does not help out: %s, %s", p.Born, p.Sex)
	}
}

func TestRule25_KecamatanOfTheNIKOnlyWarns(t *testing.T) {
	t.Parallel()
	asked := 0
	terms := plain()
	terms.Domicile = "74.05"
	terms.Known = func(code string) bool {
		asked++
		return code != "74.01.05"
	}
	c := roster.NewChecker(terms)
	var out roster.Checked
	for i, tt := range []struct{ digits, want string }{
		{"7401055701900001", "warning nik_unknown_district, info nik_other_domicile"},
		{"7401055701900002", "warning nik_unknown_district, info nik_other_domicile"},
		{"7405115701900001", ""},
		{someone(1), ""}, // of region 99, which is nowhere
	} {
		c.Check(line(i+2, tt.digits, fmt.Sprint("Siti ", "ABCD"[i:i+1]), "x"), &out)
		got := strings.TrimSuffix(strings.TrimSuffix(told(out.Findings), "error born_bad"), ", ")
		if got != tt.want {
			t.Errorf("row %d: %q, want %q", i+2, got, tt.want)
		}
	}
	if asked != 2 {
		t.Errorf("asked %d times for two kecamatan", asked)
	}
}

func TestSwappedColumnsAreToldOnceForBoth(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]any{"text": someone(1), "number": number("9.905110507800001E+15"), "a damaged one": "990511050780001"} {
		out := checked(t, plain(), "Siti Aminah", value, "05-07-1980")
		if got := told(out.Findings); got != "error swapped_columns" {
			t.Errorf("%s: %q", name, got)
		}
		if p := out.Findings[0].Params; p["nik"] != "A" || p["name"] != "B" {
			t.Errorf("%s: columns %v", name, p)
		}
	}
}

func TestRule36_NoFindingShowsMoreThanTheLastFourDigitsOfANIK(t *testing.T) {
	t.Parallel()
	digits := someone(1234)
	rows := [][]any{
		{digits + "9", "Ahmad"},
		{digits[:15], "Ahmad"},
		{digits[:5], "Ahmad"},
		{number(digits), "Ahmad"},
		{formula(digits), "Ahmad"},
		{digits[:6] + " " + digits[6:], "Ahmad"},
		{digits, digits},
		{digits, "Ahmad " + digits},
		{"Ahmad", digits},
		{digits, "Ahmad", digits},
		{digits, "Ahmad", "05-07-1980", "L", "", "NIK istri " + digits},
		{digits, "Ahmad", "Kendari, " + digits},
		{digits, "Ahmad", "05-07-1980", digits, digits},
		{digits, "Ahmad", "05-07-1980", "L", "Rp " + digits},
		{digits, "Ahmad", "06-07-1980", "P", number(digits)},
	}
	for i, row := range rows {
		terms := plain()
		terms.Mapping.Columns[roster.Note] = 5
		out := checked(t, terms, row...)
		text, err := json.Marshal(out)
		if err != nil {
			t.Fatal(err)
		}
		printed := fmt.Sprintf("%s %+v %#v %+v", text, out.Findings, out.Findings, out.Person)
		if len(out.Findings) == 0 {
			t.Errorf("row %d: nothing was found", i)
		}
		for at := 0; at+5 <= len(digits); at++ {
			if part := digits[at : at+5]; strings.Contains(printed, part) {
				t.Fatalf("row %d shows %s in %s", i, part, printed)
			}
		}
	}
}

func TestAPersonShowsTheLastFourDigitsAndRevealsThemAll(t *testing.T) {
	t.Parallel()
	p := checked(t, plain(), someone(1234), "Ahmad", "05-07-1980").Person
	if p.Masked() != "************1234" || p.Reveal() != someone(1234) || p.NIK().Reveal() != someone(1234) {
		t.Errorf("%s", p.Masked())
	}
	if none := (roster.Person{}); none.Masked() != "" || none.Reveal() != "" || !none.NIK().IsZero() {
		t.Error("nobody has a NIK")
	}
}
