package region_test

import (
	"slices"
	"testing"

	"payung/domain/region"
)

func TestCodesNameRegionsOfEveryLevel(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]struct {
		name string
		kind region.Kind
		full string
	}{
		"74":            {"Sulawesi Tenggara", region.Province, "Provinsi Sulawesi Tenggara"},
		"74.05":         {"Konawe Selatan", region.Regency, "Kabupaten Konawe Selatan"},
		"74.71":         {"Kota Kendari", region.City, "Kota Kendari"},
		"31.01":         {"Administrasi Kepulauan Seribu", region.Regency, "Kabupaten Administrasi Kepulauan Seribu"},
		"74.09.01":      {"Asera", region.District, "Kecamatan Asera"},
		"74.09.01.2020": {"Wunduhaka", region.Village, "Desa Wunduhaka"},
		"74.02.16.1003": {"Waworaha", region.Ward, "Kelurahan Waworaha"},
		"35.29.22":      {"Ra'as", region.District, "Kecamatan Ra'as"},
		"74.12.01.2014": {"Langkowala", region.Village, "Desa Langkowala"},
		"12.07.28.1007": {"Lubuk Pakam I,II", region.Ward, "Kelurahan Lubuk Pakam I,II"},
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			got, ok := region.Find(code)
			if !ok || got != (region.Region{Code: code, Name: want.name, Kind: want.kind}) {
				t.Errorf("Find = %v, %t, want %s, %s", got, ok, want.name, want.kind)
			}
			if got.FullName() != want.full {
				t.Errorf("FullName = %q, want %q", got.FullName(), want.full)
			}
		})
	}
}

func TestCustomaryVillagesAreToldByTheirCode(t *testing.T) {
	t.Parallel()
	for _, r := range region.Children("91.03.01") {
		if r.Kind == region.CustomaryVillage {
			if want := "Desa Adat " + r.Name; r.Code[9] != '3' || r.FullName() != want {
				t.Errorf("%v is called %q", r, r.FullName())
			}
			return
		}
	}
	t.Error("Kecamatan Sentani has no desa adat")
}

func TestCodesThatNobodyHasAreNotFound(t *testing.T) {
	t.Parallel()
	for name, code := range map[string]string{
		"region 99, kept free for test data":    "99",
		"kabupaten of region 99":                "99.01",
		"kecamatan that left with Kolaka Timur": "74.01.05",
		"kabupaten recoded in 2022":             "91.01",
		"no code":                               "",
		"code without dots":                     "7405",
		"dot in the wrong place":                "740.5",
		"unfinished code":                       "74.",
		"letter":                                "74.O5",
		"zero part":                             "74.00",
		"zero part in the middle":               "74.00.01",
		"zero village":                          "74.05.01.0000",
		"too long":                              "74.05.01.2001.1",
		"blank":                                 "74.05 ",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if r, ok := region.Find(code); ok {
				t.Errorf("Find(%q) = %v", code, r)
			}
			if code != "" && region.Children(code) != nil {
				t.Errorf("Children(%q) is not empty", code)
			}
		})
	}
}

func TestCodeTellsWhatItBelongsTo(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]struct{ parent, province, regency, district string }{
		"74":            {"", "74", "", ""},
		"74.05":         {"74", "74", "74.05", ""},
		"74.05.01":      {"74.05", "74", "74.05", "74.05.01"},
		"74.05.01.2001": {"74.05.01", "74", "74.05", "74.05.01"},
		"91.01.05":      {"91.01", "91", "91.01", "91.01.05"},
		"":              {},
		"7405":          {},
		"Konsel":        {},
		"74-05":         {},
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			for what, got := range map[string][2]string{
				"parent":   {region.Parent(code), want.parent},
				"province": {region.ProvinceOf(code), want.province},
				"regency":  {region.RegencyOf(code), want.regency},
				"district": {region.DistrictOf(code), want.district},
			} {
				if got[0] != got[1] {
					t.Errorf("%s is %q, want %q", what, got[0], got[1])
				}
			}
		})
	}
}

func TestChildrenAreTheNextLevelInOrder(t *testing.T) {
	t.Parallel()
	if n := len(region.Children("")); n != 38 {
		t.Errorf("%d provinces", n)
	}
	var codes []string
	for _, r := range region.Children("74") {
		codes = append(codes, r.Code)
	}
	want := []string{
		"74.01", "74.02", "74.03", "74.04", "74.05", "74.06", "74.07", "74.08", "74.09",
		"74.10", "74.11", "74.12", "74.13", "74.14", "74.15", "74.71", "74.72",
	}
	if !slices.Equal(codes, want) {
		t.Errorf("Sulawesi Tenggara has %v", codes)
	}
	if got := region.Children("74.09.01.2020"); got != nil {
		t.Errorf("a village has children: %v", got)
	}
	villages := 0
	for _, d := range region.Children("74.05") {
		for _, v := range region.Children(d.Code) {
			if region.Parent(v.Code) != d.Code {
				t.Errorf("%v is among the children of %v", v, d)
			}
			villages++
		}
	}
	if villages != 336+15 {
		t.Errorf("Konawe Selatan has %d desa and kelurahan, want 351", villages)
	}
}

func FuzzFind(f *testing.F) {
	for _, code := range []string{"", "74", "74.05", "74.05.01", "74.05.01.2001", "7405", "00", "99.99.99.9999", "74.05.01.2OO1"} {
		f.Add(code)
	}
	f.Fuzz(func(t *testing.T, code string) {
		r, ok := region.Find(code)
		if ok && r.Code != code {
			t.Errorf("Find(%q) = %v", code, r)
		}
		if ok && region.Parent(code) != "" {
			if _, ok := region.Find(region.Parent(code)); !ok {
				t.Errorf("%q has no parent", code)
			}
		}
		if p := region.Parent(code); len(p) >= len(code) && code != "" {
			t.Errorf("Parent(%q) = %q", code, p)
		}
	})
}
