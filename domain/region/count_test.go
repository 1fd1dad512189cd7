package region_test

import (
	"testing"

	"payung/domain/region"
)

// The table of the 2025 decree: 377 kelurahan in Sulawesi Tenggara, where the
// one of 2022 had 379.
func TestSulawesiTenggaraHasTheRegionsOfTheDecree(t *testing.T) {
	t.Parallel()
	sum := region.Counts{}
	for code, want := range map[string]struct {
		name                       string
		districts, villages, wards int
	}{
		"74.01": {"Kolaka", 12, 100, 35},
		"74.02": {"Konawe", 28, 291, 57},
		"74.03": {"Muna", 22, 124, 26},
		"74.04": {"Buton", 7, 83, 12},
		"74.05": {"Konawe Selatan", 25, 336, 15},
		"74.06": {"Bombana", 22, 121, 22},
		"74.07": {"Wakatobi", 8, 75, 25},
		"74.08": {"Kolaka Utara", 15, 127, 6},
		"74.09": {"Konawe Utara", 13, 159, 11},
		"74.10": {"Buton Utara", 6, 78, 12},
		"74.11": {"Kolaka Timur", 12, 117, 16},
		"74.12": {"Konawe Kepulauan", 7, 89, 7},
		"74.13": {"Muna Barat", 11, 81, 5},
		"74.14": {"Buton Tengah", 7, 67, 10},
		"74.15": {"Buton Selatan", 7, 60, 10},
		"74.71": {"Kota Kendari", 11, 0, 65},
		"74.72": {"Kota Bau Bau", 8, 0, 43},
	} {
		if r, _ := region.Find(code); r.Name != want.name {
			t.Errorf("%s is %q, want %q", code, r.Name, want.name)
		}
		got := region.Count(code)
		if got != (region.Counts{Districts: want.districts, Villages: want.villages, Wards: want.wards}) {
			t.Errorf("%s has %+v, want %+v", want.name, got, want)
		}
		sum.Districts += got.Districts
		sum.Villages += got.Villages
		sum.Wards += got.Wards
	}
	sum.Regencies, sum.Cities = 15, 2
	if got := region.Count("74"); got != sum || got.Districts != 221 || got.Villages != 1908 || got.Wards != 377 {
		t.Errorf("the province has %+v, its parts %+v", got, sum)
	}
}

func TestCountryHasTheRegionsOfTheDecree(t *testing.T) {
	t.Parallel()
	want := region.Counts{
		Provinces: 38, Regencies: 416, Cities: 98, Districts: 7285,
		Villages: 75266, CustomaryVillages: 14, Wards: 8496,
	}
	if got := region.Count(""); got != want {
		t.Errorf("Count = %+v, want %+v", got, want)
	}
}

func TestNothingIsCountedBelowVillagesAndUnknownCodes(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"74.09.01.2020", "74.01.05", "99", "Konsel"} {
		if got := region.Count(code); got != (region.Counts{}) {
			t.Errorf("Count(%q) = %+v", code, got)
		}
	}
}
