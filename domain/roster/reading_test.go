package roster_test

import (
	"testing"

	"payung/domain/calendar"
	"payung/domain/roster"
	"payung/domain/rupiah"
)

func TestADayOfBirthIsReadAsListsWriteIt(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]calendar.Day{
		"05/07/1980":                    "1980-07-05",
		"5-7-1980":                      "1980-07-05",
		"5.7.1980":                      "1980-07-05",
		" 05 - 07 - 1980 ":              "1980-07-05",
		"5 Juli 1980":                   "1980-07-05",
		"5 JULI 1980":                   "1980-07-05",
		"5 Jul 80":                      "1980-07-05",
		"5-Jul-80":                      "1980-07-05",
		"05/07/80":                      "1980-07-05",
		"1980-07-05":                    "1980-07-05",
		"1980/7/5":                      "1980-07-05",
		"1980-07-05 00:00:00":           "1980-07-05",
		"1980-07-05T00:00:00Z":          "1980-07-05",
		"05/07/1980 0:00":               "1980-07-05",
		"05071980":                      "1980-07-05",
		"19800705":                      "1980-07-05",
		"050780":                        "1980-07-05",
		"July 5, 1980":                  "1980-07-05",
		"5th":                           "",
		"Kendari, 05-07-1980":           "1980-07-05",
		"Kendari, 5 Juli 1980":          "1980-07-05",
		"Kendari 5 Juli 1980":           "1980-07-05",
		"Konawe Selatan / 05-07-1980":   "1980-07-05",
		"Mei, 05-07-1980":               "1980-07-05",
		"17 Agt 1990":                   "1990-08-17",
		"10 Nopember 1990":              "1990-11-10",
		"14 Pebruari 1990":              "1990-02-14",
		"1 Mei 1990":                    "1990-05-01",
		"5-VII-1980":                    "1980-07-05",
		"31 Desember 1999":              "1999-12-31",
		"01/01/05":                      "2005-01-01",
		"29-02-2000":                    "2000-02-29",
		"5–7–1980":                      "1980-07-05",
		"lahir di Kendari 05 Juli 1980": "1980-07-05",
	} {
		got, wrong := roster.ReadBorn(written, today)
		if got != want || (wrong == "") != (want != "") {
			t.Errorf("%q is %q (%s), want %q", written, got, wrong, want)
		}
	}
}

func TestADayThatCannotBeReadSurelyIsNeverGuessed(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]roster.Rule{
		"":                      roster.BornBad,
		"Kendari":               roster.BornBad,
		"1980":                  roster.BornBad,
		"07/1980":               roster.BornBad,
		"Juli 1980":             roster.BornBad,
		"29407":                 roster.BornBad,
		"5 Foo 1980":            roster.BornBad,
		"5-7-980":               roster.BornBad,
		"05-07-1980-01":         roster.BornBad,
		"05-07-1980 atau 1981":  roster.BornBad,
		"005-07-1980":           roster.BornBad,
		"5-7-1880":              roster.BornBad,
		"99999999999999999999":  roster.BornBad,
		"30-02-1980":            roster.BornNoSuchDay,
		"31 April 1980":         roster.BornNoSuchDay,
		"00-00-1980":            roster.BornNoSuchDay,
		"29-02-1981":            roster.BornNoSuchDay,
		"1980-02-30":            roster.BornNoSuchDay,
		"31131980":              roster.BornNoSuchDay,
		"07/25/1980":            roster.BornMonthFirst,
		"5-7-20":                roster.BornBad, // six years old, or 106
		"Kendari, 5 Juli 1980,": "",
	} {
		got, wrong := roster.ReadBorn(written, today)
		if wrong != want || (got == "") != (want != "") {
			t.Errorf("%q is %q (%s), want %s", written, got, wrong, want)
		}
	}
}

func TestAWageIsReadAsListsWriteIt(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]struct {
		amount rupiah.Amount
		rule   roster.Rule
	}{
		"1000000":                {1_000_000, ""},
		"1.000.000":              {1_000_000, ""},
		"Rp 1.000.000":           {1_000_000, ""},
		"Rp1.000.000,-":          {1_000_000, ""},
		"Rp. 1.000.000":          {1_000_000, ""},
		"IDR 1.000.000":          {1_000_000, ""},
		"1.000.000,00":           {1_000_000, ""},
		"1.000.000,50":           {1_000_000, roster.WageRounded},
		"1000000,5":              {1_000_000, roster.WageRounded},
		"1,000,000":              {1_000_000, ""},
		"1,000,000.00":           {1_000_000, ""},
		"1,000,000.75":           {1_000_000, roster.WageRounded},
		"500.000":                {500_000, ""},
		"0":                      {0, ""},
		"2,500":                  {0, roster.WageAmbiguous},
		"1.5":                    {0, roster.WageAmbiguous},
		"2.5000":                 {0, roster.WageAmbiguous},
		"1,5 juta":               {0, roster.WageWorded},
		"2 jt":                   {0, roster.WageWorded},
		"1.5E6":                  {0, roster.WageWorded},
		"":                       {0, roster.WageBad},
		"belum ada":              {0, roster.WageBad},
		"-1000000":               {0, roster.WageBad},
		"(1.000)":                {0, roster.WageBad},
		"1.000.00":               {0, roster.WageBad},
		"1.000,000.00":           {0, roster.WageBad},
		"1,000.000,00":           {0, roster.WageBad},
		"1..000":                 {0, roster.WageBad},
		"1.":                     {0, roster.WageBad},
		"9999999999999999999999": {0, roster.WageBad},
	} {
		got, wrong := roster.ReadAmount(written)
		if got != want.amount || wrong != want.rule {
			t.Errorf("%q is %d (%s), want %d (%s)", written, got, wrong, want.amount, want.rule)
		}
	}
}

func TestDaysOfASheetAreCountedAsItsProgramCounts(t *testing.T) {
	t.Parallel()
	terms := plain()
	for name, tt := range map[string]struct {
		value    any
		date1904 bool
		want     calendar.Day
		rules    string
	}{
		"date":                        {date("29407"), false, "1980-07-05", ""},
		"date with a time":            {date("29407.75"), false, "1980-07-05", ""},
		"date of an old Mac":          {date("27945"), true, "1980-07-05", ""},
		"serial shown as a number":    {number("29407"), false, "1980-07-05", ""},
		"digits without their 0":      {number("5071980"), false, "1980-07-05", ""},
		"all eight digits":            {number("15071980"), false, "1980-07-15", "warning nik_birth_differs"},
		"six digits without their 0":  {number("50780"), false, "1980-07-05", ""},
		"a year alone":                {number("1980"), false, "1980-07-05", "error born_bad"},
		"the day that never was":      {date("60"), false, "1980-07-05", "error born_bad"},
		"the first days of Excel":     {date("59"), false, "1980-07-05", "error born_implausible"},
		"a number far beyond the end": {date("99999999"), false, "1980-07-05", "error born_bad"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := line(2, someone(1), "Ahmad", tt.value)
			r.Date1904 = tt.date1904
			var out roster.Checked
			roster.NewChecker(terms).Check(r, &out)
			if out.Person.Born != tt.want || told(out.Findings) != tt.rules {
				t.Errorf("born %s, %q, want %s, %q", out.Person.Born, told(out.Findings), tt.want, tt.rules)
			}
		})
	}
}

func TestAPhoneNumberIsReadFromItsZero(t *testing.T) {
	t.Parallel()
	terms := plain()
	terms.Mapping = mapped(roster.NIK, roster.Name, roster.Phone)
	for name, tt := range map[string]struct {
		value       any
		want, rules string
	}{
		"as dialled":              {"081234567890", "081234567890", ""},
		"with marks":              {"0812-3456-7890", "081234567890", ""},
		"with the country":        {"+62 812 3456 7890", "081234567890", ""},
		"with country and zero":   {"+62 0812 3456 7890", "081234567890", ""},
		"country without plus":    {"6281234567890", "081234567890", ""},
		"number without its zero": {number("81234567890"), "081234567890", "info phone_restored"},
		"number in short":         {number("8.123456789E+10"), "081234567890", "info phone_restored"},
		"text without its zero":   {"81234567890", "081234567890", "info phone_restored"},
		"none":                    {"-", "", ""},
		"two numbers":             {"081234567890/081234567891", "", "warning phone_bad"},
		"another country":         {"+60 12 345 6789", "", "warning phone_bad"},
		"too short":               {"0812", "", "warning phone_bad"},
		"words":                   {"tidak ada", "", "warning phone_bad"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := checked(t, terms, someone(1), "Ahmad", tt.value)
			if out.Person.Details.Phone != tt.want || told(out.Findings) != tt.rules {
				t.Errorf("%q, %q, want %q, %q", out.Person.Details.Phone, told(out.Findings), tt.want, tt.rules)
			}
		})
	}
}
