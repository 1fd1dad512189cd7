package region_test

import (
	"slices"
	"testing"

	"payung/domain/region"
)

func codesNamed(name, within string) []string {
	var codes []string
	for _, r := range region.ByName(name, within) {
		codes = append(codes, r.Code)
	}
	return codes
}

func TestRegionsAreFoundByTheNamesPeopleWrite(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		within string
		want   []string
	}{
		"Konawe Selatan":                    {"74", []string{"74.05"}},
		"KAB. KONAWE SELATAN":               {"", []string{"74.05"}},
		"Kab.Konawe Selatan":                {"", []string{"74.05"}},
		" kabupaten  konawe selatan ":       {"", []string{"74.05"}},
		"Konsel":                            {"", []string{"74.05"}},
		"Kab. Konsel":                       {"", []string{"74.05"}},
		"KONUT":                             {"74", []string{"74.09"}},
		"Konut":                             {"", []string{"62.12.02.2008", "74.09"}}, // there is a desa of that name
		"Koltim":                            {"", []string{"74.11"}},
		"Konkep":                            {"", []string{"74.12"}},
		"Mubar":                             {"", []string{"74.13"}},
		"Busel":                             {"", []string{"74.15"}},
		"Buteng":                            {"", []string{"74.14"}},
		"Kolut":                             {"", []string{"74.08"}},
		"Butur":                             {"", []string{"74.10"}},
		"Provinsi Sultra":                   {"", []string{"74"}},
		"Kab. Sultra":                       {"", nil},
		"Kota Konsel":                       {"", nil},
		"Baubau":                            {"74", []string{"74.72"}},
		"Kota Bau-Bau":                      {"", []string{"74.72"}},
		"Kota Sorong":                       {"96", []string{"96.71"}},
		"Kabupaten Sorong":                  {"96", []string{"96.01"}},
		"Sorong":                            {"96", []string{"96.01", "96.01.18", "96.71", "96.71.01"}},
		"Kolaka":                            {"74", []string{"74.01", "74.01.04"}},
		"Kec. Kolaka":                       {"74", []string{"74.01.04"}},
		"Desa Wunduhaka":                    {"74.09", []string{"74.09.01.2020"}},
		"Kelurahan Wunduhaka":               {"74.09", nil},
		"Wunduhaka":                         {"74.05", nil},
		"Jakarta Selatan":                   {"31", []string{"31.74"}},
		"Kota Administrasi Jakarta Selatan": {"31", []string{"31.74"}},
		"Kepulauan Seribu":                  {"31", []string{"31.01"}},
		"Raas":                              {"35.29", []string{"35.29.22"}},
		"Konawe Selatan ":                   {"no such code", nil},
		"":                                  {"", nil},
		" . ":                               {"", nil},
		"Kabupaten":                         {"74", nil},
		"Desa":                              {"74", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := codesNamed(name, tt.within); !slices.Equal(got, tt.want) {
				t.Errorf("ByName(%q, %q) = %v, want %v", name, tt.within, got, tt.want)
			}
		})
	}
}

func TestNameRepeatedInsideOneKabupatenIsAnsweredInFull(t *testing.T) {
	t.Parallel()
	want := []string{"74.02.01.2012", "74.02.11.2004", "74.02.16.1003", "74.02.20.2015"}
	if got := codesNamed("Waworaha", "74.02"); !slices.Equal(got, want) {
		t.Errorf("Waworaha in Konawe: %v, want %v", got, want)
	}
}

func FuzzByName(f *testing.F) {
	for _, name := range []string{"Konsel", "Kab. Kolaka", "kota", "Ra'as", "\xff", "İ", ""} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		last := ""
		for _, r := range region.ByName(name, "74") {
			if r.Code <= last {
				t.Errorf("%q is not in order of code", name)
			}
			last = r.Code
		}
	})
}

func BenchmarkByName(b *testing.B) {
	for name, within := range map[string]string{"country": "", "kabupaten": "74.02"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if len(region.ByName("Desa Waworaha", within)) == 0 {
					b.Fatal("not found")
				}
			}
		})
	}
}
