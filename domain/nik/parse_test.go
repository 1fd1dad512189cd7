package nik_test

import (
	"fmt"
	"strings"
	"testing"

	"payung/domain/calendar"
	"payung/domain/nik"
	"payung/domain/region"
)

// today is the day of the check in these tests.
const today calendar.Day = "2026-11-22"

// found lists findings as level and code.
func found(findings []nik.Finding) string {
	var list []string
	for _, f := range findings {
		list = append(list, fmt.Sprintf("%s %s", f.Level, f.Code))
	}
	return strings.Join(list, ", ")
}

func knownToday(code string) bool {
	_, ok := region.Find(code)
	return ok
}

func TestRule25_NIKOfASplitKecamatanIsAcceptedWithAWarningOnly(t *testing.T) {
	t.Parallel()
	n, info, findings := nik.Parse("7401055701900001", today)
	if n.IsZero() || findings != nil {
		t.Fatalf("Parse found %s", found(findings))
	}
	want := nik.Info{Born: "1990-01-17", Sex: nik.Female, DistrictCode: "74.01.05"}
	if info != want {
		t.Errorf("it says %+v, want %+v", info, want)
	}
	if got := found(nik.Check(info, nik.Stated{Domicile: "74.01"}, knownToday)); got != "warning unknown_district" {
		t.Errorf("Check found %q", got)
	}
}

func TestRule26_NIKIsDecodedAndOnlyTheImpossibleIsAnError(t *testing.T) {
	t.Parallel()
	_, info, findings := nik.Parse("7405117112800002", today)
	if want := (nik.Info{Born: "1980-12-31", Sex: nik.Female, DistrictCode: "74.05.11"}); info != want || findings != nil {
		t.Errorf("it says %+v with %s, want %+v", info, found(findings), want)
	}
	for name, tt := range map[string]struct{ written, want string }{
		"day 72":                       {"9905117212800002", "error no_such_day"},
		"day 00":                       {"9905110012800002", "error no_such_day"},
		"day 32":                       {"9905113212800002", "error no_such_day"},
		"day 40":                       {"9905114012800002", "error no_such_day"},
		"month 13":                     {"9905110113800002", "error no_such_month"},
		"month 00":                     {"9905110100800002", "error no_such_month"},
		"30 February":                  {"9905113002800002", "error no_such_day"},
		"70 February, a woman's 30th":  {"9905117002800002", "error no_such_day"},
		"29 February of a common year": {"9905112902810002", "error no_such_day"},
		"15 digits":                    {"990511710180000", "error too_short"},
		"17 digits":                    {"99051171018000021", "error too_long"},
		"serial 0000":                  {"9905110112800000", "error no_such_serial"},
		"day, month and serial wrong":  {"9905119999800000", "error no_such_month, error no_such_day, error no_such_serial"},
		"all zeros":                    {"0000000000000000", "error all_zeros"},
		"15 tomorrow":                  {"9905112311110001", "error implausible_year"},
		"101 today":                    {"9905112211250001", "error implausible_year"},
		"a child of 2020":              {"9905110101200001", "error implausible_year"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n, info, findings := nik.Parse(tt.written, today)
			if got := found(findings); got != tt.want || !n.IsZero() || info != (nik.Info{}) {
				t.Errorf("Parse = %v, %+v, %q, want %q", n, info, got, tt.want)
			}
		})
	}
}

func TestRule26_DifferingBirthOrSexIsAWarningNotARejection(t *testing.T) {
	t.Parallel()
	_, info, _ := nik.Parse("7405117112800002", today)
	for name, tt := range map[string]struct {
		stated nik.Stated
		want   string
	}{
		"nothing stated":             {nik.Stated{}, ""},
		"all the same":               {nik.Stated{Born: "1980-12-31", Sex: nik.Female, Domicile: "74.05.11.2001"}, ""},
		"another birth":              {nik.Stated{Born: "1980-12-30", Sex: nik.Female}, "warning birth_differs"},
		"another sex":                {nik.Stated{Born: "1980-12-31", Sex: nik.Male}, "warning sex_differs"},
		"both":                       {nik.Stated{Born: "1981-12-31", Sex: nik.Male}, "warning birth_differs, warning sex_differs"},
		"lives in the province":      {nik.Stated{Domicile: "74"}, ""},
		"lives in the kabupaten":     {nik.Stated{Domicile: "74.05"}, ""},
		"lives in another one":       {nik.Stated{Domicile: "74.03"}, "info other_domicile"},
		"lives in another kecamatan": {nik.Stated{Domicile: "74.05.12.2001"}, "info other_domicile"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := found(nik.Check(info, tt.stated, nil)); got != tt.want {
				t.Errorf("Check = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestRule27_NIKThatWentThroughExcelAsANumberIsRefused(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]nik.Finding{
		"7.40106E+15":           {Level: nik.Error, Code: nik.Scientific},
		"7,40106E+15":           {Level: nik.Error, Code: nik.Scientific},
		"7.40106e15":            {Level: nik.Error, Code: nik.Scientific},
		"7E+15":                 {Level: nik.Error, Code: nik.Scientific},
		"740106":                {Level: nik.Error, Code: nik.TooShort, Digits: 6},
		"990511010180000":       {Level: nik.Error, Code: nik.TooShort, Digits: 15},
		"99051101018000010":     {Level: nik.Error, Code: nik.TooLong, Digits: 17},
		"9905110101800001.0":    {Level: nik.Error, Code: nik.Separated, At: 17},
		"9,905,110,101,800,001": {Level: nik.Error, Code: nik.Separated, At: 2},
		"9905110101800000":      {Level: nik.Error, Code: nik.NoSuchSerial}, // was 0001 to 0009
	} {
		t.Run(written, func(t *testing.T) {
			t.Parallel()
			n, _, findings := nik.Parse(written, today)
			if !n.IsZero() || len(findings) != 1 || findings[0] != want {
				t.Errorf("Parse found %+v, want %+v", findings, want)
			}
		})
	}
}

func TestNIKEndingInZeroMayHaveBeenRounded(t *testing.T) {
	t.Parallel()
	n, _, findings := nik.Parse("9905110101800010", today)
	if got := found(findings); got != "info maybe_rounded" || n.IsZero() {
		t.Errorf("Parse = %v, %q", n, got)
	}
}

func TestOnlyWhatSurroundsTheDigitsIsForgiven(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ written, want string }{
		"as it should be":          {"9905110101800001", ""},
		"blanks around":            {"  9905110101800001\t\r\n", "info trimmed"},
		"unbreakable blank":        {"\u00a09905110101800001\u00a0", "info trimmed"},
		"sign of no width":         {"\ufeff9905110101800001\u200b", "info trimmed"},
		"apostrophe":               {"'9905110101800001", "info trimmed"},
		"typographic apostrophe":   {"’9905110101800001", "info trimmed"},
		"blank and apostrophe":     {" ' 9905110101800001 ", "info trimmed"},
		"two apostrophes":          {"''9905110101800001", "error not_digits"},
		"apostrophe behind":        {"9905110101800001'", "error not_digits"},
		"blanks inside":            {"990511 010180 0001", "error separated"},
		"dots inside":              {"99.05.11.010180.0001", "error separated"},
		"sign of no width inside":  {"990511\u200b0101800001", "error separated"},
		"letter O for zero":        {"99O5110101800001", "error letter_for_digit"},
		"letter O and a blank":     {"99O511 0101800001", "error letter_for_digit"},
		"letter l for one":         {"990511010180000l", "error letter_for_digit"},
		"another letter":           {"99X5110101800001", "error not_digits"},
		"other letters and O":      {"NOMOR 9905110101800001", "error not_digits"},
		"digits of another script": {"٩٩٠٥١١٠١٠١٨٠٠٠٠١", "error not_digits"},
		"broken text":              {"\xff\xfe9905110101800001", "error not_digits"},
		"minus":                    {"-9905110101800001", "error separated"},
		"empty":                    {"", "error missing"},
		"blanks alone":             {" \u00a0 ", "error missing"},
		"apostrophe alone":         {"'", "error missing"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n, _, findings := nik.Parse(tt.written, today)
			if got := found(findings); got != tt.want {
				t.Errorf("found %q, want %q", got, tt.want)
			}
			if refused := strings.HasPrefix(tt.want, "error"); n.IsZero() != refused {
				t.Errorf("NIK %v", n)
			}
			if !n.IsZero() && n.Reveal() != "9905110101800001" {
				t.Errorf("the digits were changed")
			}
		})
	}
}

func TestFindingSaysWhereTheWrongCharacterIs(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]int{
		"99O5110101800001":    3,
		"99 5O10101800001":    5, // the letter matters more than the blank
		"  '99O5110101800001": 3,
		"990511–0101800001":   7,
	} {
		if _, _, findings := nik.Parse(written, today); findings[0].At != want {
			t.Errorf("%q is wrong at %d, want %d", written, findings[0].At, want)
		}
	}
}

func TestCenturyIsTheOneOfAWorkersAge(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]calendar.Day{
		"9905112211110001": "2011-11-22", // 15 today
		"9905112311250001": "1925-11-23", // 101 tomorrow
		"9905112211260001": "1926-11-22",
		"9905110101000001": "2000-01-01",
		"9905113112990001": "1999-12-31",
		"9905112902000001": "2000-02-29", // there was none in 1900
	} {
		if _, info, findings := nik.Parse(written, today); info.Born != want || info.Sex != nik.Male {
			t.Errorf("%s is of %s, %s (%s), want %s", written, info.Born, info.Sex, found(findings), want)
		}
	}
	if _, _, findings := nik.Parse("9905112902080001", "2023-02-28"); found(findings) != "error implausible_year" {
		t.Errorf("born on 29 February 2008 and not yet 15: %s", found(findings))
	}
	if _, info, _ := nik.Parse("9905112902080001", "2023-03-01"); info.Born != "2008-02-29" {
		t.Errorf("15 from 1 March: %+v", info)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"", "9905110101800001", " '9905110101800001", "7.40106E+15", "99O5110101800001",
		"9905117002800002", "0000000000000000", "990511 010180 0001", "\xff", "٩٩٠٥",
	} {
		f.Add(s, "2026-11-22")
	}
	f.Add("9905110101800001", "")
	f.Fuzz(func(t *testing.T, s, on string) {
		n, info, findings := nik.Parse(s, calendar.Day(on))
		refused := false
		for _, finding := range findings {
			refused = refused || finding.Level == nik.Error
			if shown := fmt.Sprintf("%#v", finding); sharesDigits(shown, s) {
				t.Errorf("%s tells digits of %q", shown, s)
			}
		}
		if refused != n.IsZero() || refused != (info == nik.Info{}) {
			t.Errorf("Parse(%q) = %v, %+v, %s", s, n, info, found(findings))
		}
		if !refused {
			if !info.Born.Valid() || !strings.Contains(s, n.Reveal()) {
				t.Errorf("Parse(%q) is born %q", s, info.Born)
			}
		}
	})
}

// sharesDigits reports whether six digits in a row of s are in shown.
func sharesDigits(shown, s string) bool {
	for i := 0; i+6 <= len(s); i++ {
		if strings.Trim(s[i:i+6], "0123456789") == "" && strings.Contains(shown, s[i:i+6]) {
			return true
		}
	}
	return false
}
