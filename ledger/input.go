package ledger

import (
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/region"
)

func unknownRegion(field, code string) error {
	return fault.New(fault.Invalid, "unknown_region", "there is no region %s in the table of %s", code, region.Dataset().Decree).
		On(field).With("code", code)
}

func missing(field string) error {
	return fault.New(fault.Invalid, "missing_field", "%s is needed", field).On(field).With("field", field)
}

// Page is a stretch of a list: rows after a token, at most size.
type Page struct {
	After string
	Size  int
}

func badDate(field string) error {
	return fault.New(fault.Invalid, "bad_date", "%s must be an existing day such as 2026-03-27, from 2004 to 2100", field).On(field).With("field", field)
}

// earliest is the year of the law on the national social security system (UU
// 40/2004); nothing recorded here can be older. Nothing is planned beyond
// latest, and what moves with a pause stays far from the end of the calendar.
const (
	earliest = calendar.Day("2004-01-01")
	latest   = calendar.Day("2100-12-31")
)

func checkDay(field, s string) (calendar.Day, error) {
	d, err := calendar.ParseDay(s)
	if err != nil || !recordable(d) {
		return "", badDate(field)
	}
	return d, nil
}

func checkWhen(field string, w calendar.When) error {
	if _, err := calendar.ParseWhen(string(w.On), string(w.Precision)); err != nil || !recordable(w.On) {
		return badDate(field)
	}
	return nil
}

func recordable(d calendar.Day) bool { return earliest <= d && d <= latest }
