package rupiah_test

import (
	"testing"

	"payung/domain/calendar"
	"payung/domain/region"
	"payung/domain/rupiah"
)

func TestRule31_SharesOfVillagesAreCountedFromTheTableOfRegions(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		regency     string
		done        int
		share       string
		outstanding int
	}{
		"Konawe Utara, 85 of 159 paid":         {"74.09", 85, "53,46%", 74},
		"Konawe Selatan, 47 of 336 registered": {"74.05", 47, "13,99%", 289},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			villages := region.Count(tt.regency).Villages
			if got := rupiah.Percent(int64(tt.done), int64(villages), calendar.ID); got != tt.share {
				t.Errorf("%d of %d is %s, want %s", tt.done, villages, got, tt.share)
			}
			if got := villages - tt.done; got != tt.outstanding {
				t.Errorf("%d outstanding, want %d", got, tt.outstanding)
			}
		})
	}
}

func TestRule31_SulawesiTenggaraSumsTo7431WithElevenRegionsOf17Unregistered(t *testing.T) {
	t.Parallel()

	reported := map[string]int64{ // non-ASN staff protected, 4 October 2018; 74 is the province's own
		"74": 977, "74.71": 1_135, "74.06": 1_285, "74.02": 3_301, "74.05": 202, "74.01": 295, "74.11": 236,
	}
	var sum int64
	for code, people := range reported {
		if _, known := region.Find(code); !known {
			t.Errorf("%s is no region", code)
		}
		sum += people
	}
	if got := rupiah.Number(sum, calendar.ID); got != "7.431" {
		t.Errorf("the sum is %s, want 7.431", got)
	}
	regions, unregistered := region.Children("74"), 0
	for _, r := range regions {
		if reported[r.Code] == 0 {
			unregistered++
		}
	}
	if len(regions) != 17 || unregistered != 11 {
		t.Errorf("%d of %d regions have nobody registered, want 11 of 17", unregistered, len(regions))
	}
}
