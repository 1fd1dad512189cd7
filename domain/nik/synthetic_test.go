package nik_test

import (
	"testing"

	"payung/domain/calendar"
	"payung/domain/nik"
)

func TestMadeUpNIKsAreOfARegionThatDoesNotExist(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		district int
		born     calendar.Day
		female   bool
		serial   int
		want     string
	}{
		"man":                     {511, "1980-12-31", false, 2, "9905113112800002"},
		"woman":                   {511, "1980-12-31", true, 2, "9905117112800002"},
		"born in this century":    {7405, "2001-02-03", false, 9999, "9974050302019999"},
		"serial after the last":   {1, "1980-12-31", false, 10_000, "9900013112800001"},
		"serial zero":             {1, "1980-12-31", false, 0, "9900013112809999"},
		"district after the last": {10_001, "1980-12-31", false, 1, "9900013112800001"},
		"negative":                {-1, "1980-12-31", false, -1, "9999993112809998"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			made := nik.Synthetic(tt.district, tt.born, tt.female, tt.serial)
			if made.Reveal() != tt.want {
				t.Fatalf("made %s, want %s", made.Reveal(), tt.want)
			}
			n, info, _ := nik.Parse(made.Reveal(), today)
			if n != made || !info.Test || info.Born != tt.born || (info.Sex == nik.Female) != tt.female {
				t.Errorf("read back as %v, %+v", n, info)
			}
			stated := nik.Stated{Born: tt.born, Sex: info.Sex, Domicile: "74.05"}
			if got := found(nik.Check(info, stated, knownToday)); got != "" {
				t.Errorf("Check found %q", got)
			}
		})
	}
}

func TestRealRegionsAreNotMarkedAsTest(t *testing.T) {
	t.Parallel()
	if _, info, _ := nik.Parse("7405117112800002", today); info.Test {
		t.Error("74.05.11 is marked as test")
	}
}
