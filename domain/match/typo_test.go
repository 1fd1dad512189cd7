package match_test

import (
	"math/rand/v2"
	"strings"

	"payung/domain/match"
	"payung/domain/region"
)

// villagesOf are the desa and kelurahan of a kabupaten as candidates, with its
// kecamatan.
func villagesOf(regency string) (villages, districts []match.Candidate) {
	for _, d := range region.Children(regency) {
		districts = append(districts, match.Candidate{ID: d.Code, Name: d.Name, Kind: match.District})
		for _, v := range region.Children(d.Code) {
			kind := match.Village
			if v.Kind == region.Ward {
				kind = match.Ward
			}
			villages = append(villages, match.Candidate{ID: v.Code, Name: v.Name, Group: d.Code, Kind: kind})
		}
	}
	return villages, districts
}

// slips are the ways clerks write a name wrongly.
var slips = []func(*rand.Rand, string) string{
	func(r *rand.Rand, s string) string { i := 1 + r.IntN(len(s)-2); return s[:i] + s[i+1:] },          // a letter left out
	func(r *rand.Rand, s string) string { i := 1 + r.IntN(len(s)-2); return s[:i] + s[i:i+1] + s[i:] }, // a letter doubled
	func(r *rand.Rand, s string) string {
		i := 1 + r.IntN(len(s)-2)
		return s[:i] + s[i+1:i+2] + s[i:i+1] + s[i+2:]
	}, // two swapped
	func(r *rand.Rand, s string) string { // another vowel
		i := 1 + r.IntN(len(s)-1)
		for range s {
			if strings.ContainsRune("aiueo", rune(s[i])) {
				return s[:i] + string("aiueo"[r.IntN(5)]) + s[i+1:]
			}
			if i++; i == len(s) {
				i = 0
			}
		}
		return s
	},
	func(r *rand.Rand, s string) string { i := 1 + r.IntN(len(s)-1); return s[:i] + "h" + s[i:] },
	func(_ *rand.Rand, s string) string { return strings.ReplaceAll(s, " ", "") },
	func(_ *rand.Rand, s string) string { return strings.ReplaceAll(s, " ", "-") },
	func(r *rand.Rand, s string) string { i := 2 + r.IntN(len(s)-2); return s[:i] + " " + s[i:] },
	func(r *rand.Rand, s string) string { // a neighbour on the keyboard
		i := 1 + r.IntN(len(s)-1)
		return s[:i] + string("sdfghjklweruio"[r.IntN(14)]) + s[i+1:]
	},
	func(_ *rand.Rand, s string) string { // the first word cut short
		first, rest, two := strings.Cut(s, " ")
		if !two || len(first) < 5 {
			return s + "h"
		}
		return first[:1] + strings.NewReplacer("a", "", "i", "", "u", "", "e", "", "o", "").Replace(first[1:]) + ". " + rest
	},
}

// misspell writes a name wrongly, sometimes in two ways.
func misspell(r *rand.Rand, name string) string {
	s := slips[r.IntN(len(slips))](r, name)
	if r.IntN(5) == 0 && len(s) > 4 {
		s = slips[r.IntN(len(slips))](r, s)
	}
	return s
}

// dress writes a name as lists do.
func dress(r *rand.Rand, name string) string {
	switch r.IntN(5) {
	case 0:
		return strings.ToUpper(name)
	case 1:
		return "Desa " + name
	case 2:
		return "DS. " + strings.ToUpper(name)
	case 3:
		return " " + name + " "
	}
	return name
}
