package nik

import (
	"time"

	"payung/domain/calendar"
)

// Age at which a number is taken for its owner's: no legal limit, only wide
// enough for every worker and narrow enough that never both centuries fit.
const (
	youngest = 15
	oldest   = 100
)

// womensDay is added to the day of birth of women.
const womensDay = 40

// decode takes 16 digits apart. The findings, if any, are errors.
func decode(digits string, on calendar.Day) (Info, []Finding) {
	info := Info{
		Sex:          Male,
		DistrictCode: digits[0:2] + "." + digits[2:4] + "." + digits[4:6],
		Test:         digits[0:2] == testProvince,
	}
	day, month, year := number(digits[6:8]), number(digits[8:10]), number(digits[10:12])
	if day > womensDay {
		info.Sex, day = Female, day-womensDay
	}
	var wrong []Finding
	fail := func(c Code) { wrong = append(wrong, Finding{Level: Error, Code: c}) }

	monthExists := 1 <= month && month <= 12
	if !monthExists {
		fail(NoSuchMonth)
	}
	switch exists, plausible := born(year, time.Month(month), day, on); {
	case day < 1 || day > 31 || monthExists && !exists:
		fail(NoSuchDay)
	case monthExists && plausible == "":
		fail(ImplausibleYear)
	default:
		info.Born = plausible
	}
	if digits[12:] == "0000" {
		fail(NoSuchSerial)
	}
	return info, wrong
}

// born tries both centuries for a year of two digits: whether the day exists in
// either, and the one that gives a plausible age on a day, if any does.
func born(year int, month time.Month, day int, on calendar.Day) (exists bool, plausible calendar.Day) {
	for _, century := range [...]int{1900, 2000} {
		candidate := calendar.NewDay(century+year, month, day)
		if _, m, d := candidate.Date(); m != month || d != day {
			continue
		}
		exists = true
		if age := ageOn(candidate, on); youngest <= age && age <= oldest {
			plausible = candidate
		}
	}
	return exists, plausible
}

// ageOn is the age in whole years. Born on 29 February, one is a year older
// from 1 March in common years.
func ageOn(born, on calendar.Day) int {
	by, bm, bd := born.Date()
	oy, om, od := on.Date()
	age := oy - by
	if om < bm || om == bm && od < bd {
		age--
	}
	return age
}

// number is the value of two digits.
func number(two string) int { return int(two[0]-'0')*10 + int(two[1]-'0') }
