package nik

import (
	"strings"

	"payung/domain/calendar"
)

// Stated is what a form says about a person. What it leaves out is not
// compared.
type Stated struct {
	Born     calendar.Day
	Sex      Sex
	Domicile string // code of a region of any level, such as "74.09" or "74.09.01.2020"
}

// Check compares what a NIK says with what a form says and with the regions of
// today; known reports whether there is a kecamatan of that code, and nil
// leaves that out. It never finds an error: births and sexes are corrected
// without a new number, kecamatan are split and recoded, people move. Made-up
// people of region 99 have no kecamatan and come from nowhere.
func Check(info Info, stated Stated, known func(code string) bool) []Finding {
	var findings []Finding
	if stated.Born != "" && stated.Born != info.Born {
		findings = append(findings, Finding{Level: Warning, Code: BirthDiffers})
	}
	if stated.Sex != "" && stated.Sex != info.Sex {
		findings = append(findings, Finding{Level: Warning, Code: SexDiffers})
	}
	if info.Test {
		return findings
	}
	if known != nil && !known(info.DistrictCode) {
		findings = append(findings, Finding{Level: Warning, Code: UnknownDistrict})
	}
	if stated.Domicile != "" && !covers(stated.Domicile, info.DistrictCode) {
		findings = append(findings, Finding{Level: Notice, Code: OtherDomicile})
	}
	return findings
}

// covers reports whether a kecamatan lies in the domicile, or the domicile in
// it.
func covers(domicile, district string) bool {
	return strings.HasPrefix(district+".", domicile+".") || strings.HasPrefix(domicile+".", district+".")
}
