package roster

import (
	"math"
	"strconv"
	"time"

	"payung/domain/calendar"
)

// day is a calendar day as the number 19800705, which compares and hashes
// faster than its text. 0 is no day.
type day int32

func (d day) parts() (year, month, dom int) { return int(d) / 10_000, int(d) / 100 % 100, int(d) % 100 }

// append writes the day as ISO 8601.
func (d day) append(to []byte) []byte {
	y, m, dom := d.parts()
	return append(to,
		byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-',
		byte('0'+m/10), byte('0'+m%10), '-', byte('0'+dom/10), byte('0'+dom%10))
}

func (d day) calendar() calendar.Day {
	if d == 0 {
		return ""
	}
	return calendar.Day(d.append(nil))
}

func dayOf(c calendar.Day) day {
	if !c.Valid() {
		return 0
	}
	y, m, dom := c.Date()
	return day(y*10_000 + int(m)*100 + dom)
}

// earliest is the first year a list can mean: nobody on one was born before,
// and Excel knows no day before.
const earliest = 1900

// newDay is that day, if the calendar has it and its year is one of four
// digits from 1900 on.
func newDay(year, month, dom int) (day, bool) {
	if year < earliest || year > 9999 || month < 1 || month > 12 || dom < 1 || dom > daysIn(year, month) {
		return 0, false
	}
	return day(year*10_000 + month*100 + dom), true
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	default:
		return 31
	}
}

// Days on which the counting of days in sheets begins. Excel counts 29 February
// 1900, which never was; before it the first of the two is one day off.
const (
	epoch1900 = 25_569 // serial of 1970-01-01
	epoch1904 = 24_107 // the same where days count from 1904
	phantom   = 60     // serial of 29 February 1900
	lastDay   = 2_958_465
)

// serialDay is the day of a serial number of a sheet; a fraction is the time of
// that day.
func serialDay(value []byte, date1904 bool) (day, bool) {
	f, err := strconv.ParseFloat(string(value), 64)
	if err != nil || f < 1 || f > lastDay {
		return 0, false
	}
	n := int64(math.Floor(f))
	since := n - epoch1900
	switch {
	case date1904:
		since = n - epoch1904
	case n == phantom:
		return 0, false
	case n < phantom:
		since++
	}
	y, m, d := time.Unix(since*24*60*60, 0).UTC().Date()
	return newDay(y, int(m), d)
}
