package region

import "fmt"

// key is a code as a number of ten digits: "74.05" is 7405000000. No part of a
// code is zero, so zeros at the end mean a region higher up, and keys sort as
// codes do, every region just before those below it.
type key uint64

// Keys between one region and the next of the same level.
const (
	provinceStep key = 1_00_00_0000
	regencyStep  key = 1_00_0000
	districtStep key = 1_0000
	villageStep  key = 1
)

// Lengths of a code, by level.
const (
	provinceLen = len("74")
	regencyLen  = len("74.05")
	districtLen = len("74.05.01")
	villageLen  = len("74.05.01.2001")
)

// parseKey reads a dotted code.
func parseKey(code string) (key, bool) {
	var k key
	for i := range len(code) {
		c := code[i]
		switch dot := i == provinceLen || i == regencyLen || i == districtLen; {
		case dot && c == '.':
		case !dot && '0' <= c && c <= '9':
			k = 10*k + key(c-'0')
		default:
			return 0, false
		}
	}
	var step key
	switch len(code) {
	case provinceLen:
		step = provinceStep
	case regencyLen:
		step = regencyStep
	case districtLen:
		step = districtStep
	case villageLen:
		step = villageStep
	default:
		return 0, false
	}
	k *= step
	return k, k.step() == step
}

// step is the distance to the next region of the same level.
func (k key) step() key {
	for _, step := range [...]key{provinceStep, regencyStep, districtStep} {
		if k%step == 0 {
			return step
		}
	}
	return villageStep
}

func (k key) code() string {
	p, r, d, v := k/provinceStep, k/regencyStep%100, k/districtStep%100, k%districtStep
	switch k.step() {
	case provinceStep:
		return fmt.Sprintf("%02d", p)
	case regencyStep:
		return fmt.Sprintf("%02d.%02d", p, r)
	case districtStep:
		return fmt.Sprintf("%02d.%02d.%02d", p, r, d)
	default:
		return fmt.Sprintf("%02d.%02d.%02d.%04d", p, r, d, v)
	}
}

func (k key) kind() Kind {
	switch k.step() {
	case provinceStep:
		return Province
	case regencyStep:
		if k/regencyStep%100 > 70 {
			return City
		}
		return Regency
	case districtStep:
		return District
	}
	switch k % districtStep / 1000 {
	case 1:
		return Ward
	case 3:
		return CustomaryVillage
	default:
		return Village
	}
}

// Parent is the code one level up, by its form alone: "74.05" for "74.05.01".
// It is empty for a province and for what is not a code.
func Parent(code string) string {
	switch len(code) {
	case villageLen:
		return DistrictOf(code)
	case districtLen:
		return RegencyOf(code)
	case regencyLen:
		return ProvinceOf(code)
	default:
		return ""
	}
}

// ProvinceOf is the province part of a code, by its form alone, so that it
// answers for codes out of force too. It is empty for what is not a code.
func ProvinceOf(code string) string { return cut(code, provinceLen) }

// RegencyOf is the kabupaten or kota part of a code, by its form alone. It is
// empty for a province and for what is not a code.
func RegencyOf(code string) string { return cut(code, regencyLen) }

// DistrictOf is the kecamatan part of a code, by its form alone. It is empty
// for a region above and for what is not a code.
func DistrictOf(code string) string { return cut(code, districtLen) }

func cut(code string, n int) string {
	if _, ok := parseKey(code); !ok || len(code) < n {
		return ""
	}
	return code[:n]
}
