package api

import (
	"payung/domain/calendar"
	"payung/domain/nik"
	"payung/domain/region"
	"payung/ledger"
)

// NIKQuery asks about a NIK, with what a form says of the person.
type NIKQuery struct {
	NIK      string `json:"nik" maxLength:"40" writeOnly:"true" doc:"16 digits, as text"`
	Born     string `json:"born,omitempty" format:"date"`
	Sex      string `json:"sex,omitempty" enum:"male,female"`
	Domicile string `json:"domicile,omitempty" maxLength:"13" doc:"a region's code"`
}

// NIKAnswer is what was found. It never holds digits of the NIK.
type NIKAnswer struct {
	Acceptable bool         `json:"acceptable" doc:"no finding is an error"`
	Findings   []NIKFinding `json:"findings"`
	Made       bool         `json:"made_up" doc:"of region 99: a sample, nobody's"`
}

// NIKFinding is one thing to say about a NIK.
type NIKFinding struct {
	Level  string `json:"level" enum:"error,warning,info"`
	Code   string `json:"code"`
	Digits int    `json:"digits,omitempty" doc:"how many there are"`
	At     int    `json:"at,omitempty" doc:"the first wrong character, from 1"`
}

func (in NIKQuery) answer(l *ledger.Ledger) (NIKAnswer, error) {
	n, info, found := nik.Parse(in.NIK, calendar.WIB.DayOf(l.Now()))
	if !n.IsZero() {
		known := func(code string) bool { _, ok := region.Find(code); return ok }
		found = append(found, nik.Check(info, nik.Stated{Born: calendar.Day(in.Born), Sex: nik.Sex(in.Sex), Domicile: in.Domicile}, known)...)
	}
	return NIKAnswer{Acceptable: !n.IsZero(), Made: info.Test, Findings: each(found, func(f nik.Finding) NIKFinding {
		return NIKFinding{Level: string(f.Level), Code: string(f.Code), Digits: f.Digits, At: f.At}
	})}, nil
}
