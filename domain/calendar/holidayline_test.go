package calendar_test

import (
	"testing"

	"payung/domain/calendar"
)

func TestALineOfAPastedListIsADay(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		line string
		want calendar.Holiday
	}{
		"as a decree writes it":       {"Jumat, 1 Januari 2027: Tahun Baru 2027 Masehi", calendar.Holiday{Day: "2027-01-01", Kind: calendar.Libur, Name: "Tahun Baru 2027 Masehi"}},
		"without the weekday":         {"1 Januari 2027 Tahun Baru 2027 Masehi", calendar.Holiday{Day: "2027-01-01", Kind: calendar.Libur, Name: "Tahun Baru 2027 Masehi"}},
		"collective leave":            {"8 Maret 2027 – Cuti bersama Idul Fitri", calendar.Holiday{Day: "2027-03-08", Kind: calendar.Cuti, Name: "Cuti bersama Idul Fitri"}},
		"in capitals":                 {"8 MARET 2027 CUTI BERSAMA IDUL FITRI", calendar.Holiday{Day: "2027-03-08", Kind: calendar.Cuti, Name: "CUTI BERSAMA IDUL FITRI"}},
		"with a kind of its own":      {"2027-03-08; cuti; Idul Fitri", calendar.Holiday{Day: "2027-03-08", Kind: calendar.Cuti, Name: "Idul Fitri"}},
		"a public holiday so called":  {"2027-03-08; libur; Cuti bersama dijadikan libur", calendar.Holiday{Day: "2027-03-08", Kind: calendar.Libur, Name: "Cuti bersama dijadikan libur"}},
		"in numbers":                  {"08/03/2027 Idul Fitri", calendar.Holiday{Day: "2027-03-08", Kind: calendar.Libur, Name: "Idul Fitri"}},
		"with dashes":                 {"8-3-2027\tIdul Fitri", calendar.Holiday{Day: "2027-03-08", Kind: calendar.Libur, Name: "Idul Fitri"}},
		"a short month":               {"17 Ags 2027 Proklamasi Kemerdekaan", calendar.Holiday{Day: "2027-08-17", Kind: calendar.Libur, Name: "Proklamasi Kemerdekaan"}},
		"in English":                  {"Tuesday, 17 August 2027, Independence Day", calendar.Holiday{Day: "2027-08-17", Kind: calendar.Libur, Name: "Independence Day"}},
		"a name with a semicolon":     {"2027-03-08; Idul Fitri; hari pertama", calendar.Holiday{Day: "2027-03-08", Kind: calendar.Libur, Name: "Idul Fitri; hari pertama"}},
		"a date and no name":          {"2027-03-08", calendar.Holiday{Day: "2027-03-08", Kind: calendar.Libur}},
		"a name in brackets":          {"25 Desember 2027 (Kelahiran Yesus Kristus)", calendar.Holiday{Day: "2027-12-25", Kind: calendar.Libur, Name: "Kelahiran Yesus Kristus"}},
		"the first day of a week day": {"Minggu, 28 Maret 2027: Paskah", calendar.Holiday{Day: "2027-03-28", Kind: calendar.Libur, Name: "Paskah"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := calendar.ReadHolidayLine(tt.line)
			if err != nil || got != tt.want {
				t.Errorf("%q is read as %+v, %v", tt.line, got, err)
			}
		})
	}
}

func TestALineWithoutADateIsRefused(t *testing.T) {
	t.Parallel()
	for name, line := range map[string]string{
		"nothing":                 "",
		"a heading":               "Hari libur nasional 2027",
		"a day that is none":      "30 Februari 2027 Libur",
		"a month that is none":    "3 Sapar 2027 Libur",
		"no year":                 "3 Maret Libur",
		"a year of five digits":   "3 Maret 20271",
		"a two-digit year":        "3-3-27 Libur",
		"a mixture of marks":      "3-3/2027 Libur",
		"a weekday and no date":   "Senin",
		"several days of a feast": "21-22 Maret 2027 Idul Fitri",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if h, err := calendar.ReadHolidayLine(line); err == nil {
				t.Errorf("%q is read as %+v", line, h)
			}
		})
	}
}

func FuzzReadHolidayLine(f *testing.F) {
	for _, s := range []string{"Jumat, 1 Januari 2027: Tahun Baru", "2027-03-08; cuti; Idul Fitri", "08/03/2027", "17 Ags. 2027 x", "\xff1 Mei 2027", "31-04-2027 a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		h, err := calendar.ReadHolidayLine(line)
		if err != nil {
			return
		}
		if !h.Day.Valid() || h.Kind != calendar.Libur && h.Kind != calendar.Cuti {
			t.Errorf("%q is read as %+v", line, h)
		}
	})
}
