package calendar

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// HolidayKind says by what right a day is off.
type HolidayKind string

// The two kinds of the joint decrees (SKB) of three ministers. Whether
// collective leave moves a due date is nowhere settled: see
// [Calendar.CutiIsWorkday].
const (
	Libur HolidayKind = "libur" // a public holiday
	Cuti  HolidayKind = "cuti"  // cuti bersama, collective leave
)

// Holiday is one day off and the decree that makes it one.
type Holiday struct {
	Day       Day         `json:"day"`
	Kind      HolidayKind `json:"kind"`
	Name      string      `json:"name"`       // in Indonesian
	Decree    string      `json:"decree"`     // numbers of the decree, in the order of its ministers
	DecreedOn Day         `json:"decreed_on"` // the day the decree was signed; zero if not known
	Verified  bool        `json:"verified"`   // compared with the decree or with published lists that agree
	AddedOn   Day         `json:"added_on"`   // for a day that joined after its year's first decree; zero otherwise
}

// known is the day from which the holiday could be reckoned with; the zero day
// if that was always so, as with a local holiday without a decree.
func (h Holiday) known() Day {
	if h.AddedOn != "" {
		return h.AddedOn
	}
	return h.DecreedOn
}

//go:embed holidays.csv
var skb string

// skbHolidays is the embedded table. A table that cannot be read is a broken
// build, so it panics.
var skbHolidays = sync.OnceValue(func() []Holiday {
	holidays, err := readHolidays(strings.NewReader(skb))
	if err != nil {
		panic(err)
	}
	return holidays
})

// readHolidays reads a table with the columns date, kind, name, decree,
// decree_date, verified and added_on. It refuses a day listed twice.
func readHolidays(r io.Reader) ([]Holiday, error) {
	table := csv.NewReader(r)
	table.Comment = '#'
	table.FieldsPerRecord = 7
	records, err := table.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("calendar: holidays: %w", err)
	}
	if len(records) == 0 {
		return nil, fmt.Errorf("calendar: holidays: no header")
	}
	var holidays []Holiday
	for _, record := range records[1:] {
		h, err := readHoliday(record)
		if err != nil {
			return nil, fmt.Errorf("calendar: holiday %s: %w", record[0], err)
		}
		if slices.ContainsFunc(holidays, func(o Holiday) bool { return o.Day == h.Day }) {
			return nil, fmt.Errorf("calendar: holiday %s: listed twice", h.Day)
		}
		holidays = append(holidays, h)
	}
	return holidays, nil
}

func readHoliday(record []string) (Holiday, error) {
	h := Holiday{
		Day:       Day(record[0]),
		Kind:      HolidayKind(record[1]),
		Name:      record[2],
		Decree:    record[3],
		DecreedOn: Day(record[4]),
		AddedOn:   Day(record[6]),
	}
	if !h.Day.Valid() {
		return h, fmt.Errorf("no such day")
	}
	if h.Kind != Libur && h.Kind != Cuti {
		return h, fmt.Errorf("kind %q is neither libur nor cuti", h.Kind)
	}
	if h.Name == "" || h.Decree == "" {
		return h, fmt.Errorf("name or decree is missing")
	}
	for _, d := range []Day{h.DecreedOn, h.AddedOn} {
		if d != "" && !d.Valid() {
			return h, fmt.Errorf("%q is not a day", d)
		}
	}
	verified, err := strconv.ParseBool(record[5])
	if err != nil {
		return h, fmt.Errorf("verified: %w", err)
	}
	h.Verified = verified
	return h, nil
}
