package region_test

import (
	"strings"
	"testing"

	"payung/domain/calendar"
	"payung/domain/region"
)

func TestEveryProvinceHasItsZone(t *testing.T) {
	t.Parallel()
	for _, p := range region.Children("") {
		if _, err := calendar.ParseZone(string(region.ZoneOf(p.Code))); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
	}
	for code, want := range map[string]calendar.Zone{
		"11":            calendar.WIB,
		"31.74":         calendar.WIB,
		"61":            calendar.WIB,
		"62":            calendar.WIB,
		"51":            calendar.WITA,
		"63":            calendar.WITA,
		"65":            calendar.WITA,
		"74.09.01.2020": calendar.WITA,
		"82":            calendar.WIT,
		"96.71":         calendar.WIT,
		"91.01":         calendar.WIT, // out of force, but where it was is known
		"99":            "",
		"":              "",
	} {
		if got := region.ZoneOf(code); got != want {
			t.Errorf("ZoneOf(%q) = %q, want %q", code, got, want)
		}
	}
}

func TestPapuaCodesOutOfForceNameTheirSuccessor(t *testing.T) {
	t.Parallel()
	recoded := map[string]int{}
	for _, province := range []string{"91", "92"} {
		for n := range 99 {
			code := province + "." + string([]byte{byte('0' + (n+1)/10), byte('0' + (n+1)%10)})
			change, ok := region.Changed(code)
			if !ok {
				continue
			}
			recoded[region.ProvinceOf(change.ReplacedBy)]++
			if _, ok := region.Find(code); ok {
				t.Errorf("%s is still in force", code)
			}
			if now, ok := region.Find(change.ReplacedBy); !ok || now.Name != change.Name {
				t.Errorf("%s %s became %s %s", code, change.Name, change.ReplacedBy, now.Name)
			}
			if !change.ValidTo.Valid() || change.ValidFrom().Sub(change.ValidTo) != 1 || !strings.HasPrefix(change.Decree, "Kepmendagri ") {
				t.Errorf("%s has no date or decree: %+v", code, change)
			}
		}
	}
	for province, want := range map[string]int{"93": 4, "94": 8, "95": 8, "96": 6} {
		if n := recoded[province]; n != want || n != len(region.Children(province)) {
			t.Errorf("%d kabupaten and kota were recoded into %s, want %d", n, province, want)
		}
	}
	merauke, _ := region.Changed("91.01")
	if merauke.ReplacedBy != "93.01" || merauke.ValidTo != "2022-11-08" {
		t.Errorf("Merauke: %+v", merauke)
	}
}

func TestCodesInForceAndUnknownCodesHaveNotChanged(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"91.03", "74.05", "99", "", "91.01.01"} {
		if c, ok := region.Changed(code); ok {
			t.Errorf("Changed(%q) = %+v", code, c)
		}
	}
}

func TestDatasetTellsItsLicenceDecreeAndCounts(t *testing.T) {
	t.Parallel()
	d := region.Dataset()
	if d.Name != "idn-area-data" || d.Version != "4.0.1" || d.Decree != "Kepmendagri 300.2.2-2138 Tahun 2025" {
		t.Errorf("Dataset = %+v", d)
	}
	if !d.Released.Valid() || !d.DecreeDate.Valid() {
		t.Errorf("released %q, decree of %q", d.Released, d.DecreeDate)
	}
	if d.Licence != "ODbL 1.0" || !strings.Contains(d.Notice, d.Name) || !strings.Contains(d.Notice, "Open Database License") {
		t.Errorf("licence %q, notice %q", d.Licence, d.Notice)
	}
	if d.Counts != region.Count("") {
		t.Errorf("counts %+v", d.Counts)
	}
}
