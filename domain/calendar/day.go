// Package calendar knows local days, months, working days and how sure a date
// is. It reads no clock: whoever asks says what "now" is.
package calendar

import (
	"fmt"
	"time"
)

const dayLayout = "2006-01-02"

// Day is a local calendar day in ISO 8601, such as "2026-03-27". Days compare
// in the order of time as plain strings do; the zero value means "no day".
type Day string

// ParseDay reads an ISO 8601 day and refuses days that do not exist.
func ParseDay(s string) (Day, error) {
	if !Day(s).Valid() {
		return "", fmt.Errorf("calendar: %q is not a day such as 2026-03-27", s)
	}
	return Day(s), nil
}

// NewDay is the day of that year, month and day of the month, normalised as
// time.Date does.
func NewDay(year int, month time.Month, day int) Day {
	return dayOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

func dayOf(t time.Time) Day { return Day(t.Format(dayLayout)) }

// utc is the day's midnight in UTC, used for arithmetic only; the zero time
// for what is no day.
func (d Day) utc() time.Time {
	t, _ := d.midnight()
	return t
}

// midnight reads the day by hand, several times faster than time.Parse:
// working days are counted thousands of times in one transaction.
func (d Day) midnight() (time.Time, bool) {
	if len(d) != len(dayLayout) || d[4] != '-' || d[7] != '-' {
		return time.Time{}, false
	}
	year, month, day := digits(d[:4]), time.Month(digits(d[5:7])), digits(d[8:])
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if year < 0 || t.Month() != month || t.Day() != day {
		return time.Time{}, false
	}
	return t, true
}

// digits is the number a run of digits spells, -1 if anything else is in it.
func digits(s Day) int {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// Valid reports whether d names an existing day.
func (d Day) Valid() bool { _, ok := d.midnight(); return ok }

// Add is the day n days later; no day stays no day.
func (d Day) Add(n int) Day {
	if d == "" {
		return ""
	}
	return dayOf(d.utc().AddDate(0, 0, n))
}

// Sub is the number of days from o to d.
func (d Day) Sub(o Day) int { return int(d.utc().Sub(o.utc()) / (24 * time.Hour)) }

// Weekday is the day of the week.
func (d Day) Weekday() time.Weekday { return d.utc().Weekday() }

// Date is the day's year, month and day of the month.
func (d Day) Date() (year int, month time.Month, day int) { return d.utc().Date() }

// Year is the day's year.
func (d Day) Year() int { return d.utc().Year() }

// Month is the month the day lies in.
func (d Day) Month() Month {
	if len(d) < 7 {
		return ""
	}
	return Month(d[:7])
}

// In is the instant at which the clock in zone z shows that time on day d.
func (d Day) In(z Zone, hour, minute int) time.Time {
	y, m, day := d.Date()
	return time.Date(y, m, day, hour, minute, 0, 0, z.Location())
}

// End is the last second of the day in zone z: a duty due on a day may still
// be done at 23:59:59 local time.
func (d Day) End(z Zone) time.Time {
	y, m, day := d.Date()
	return time.Date(y, m, day, 23, 59, 59, 0, z.Location())
}

// Month is a calendar month in ISO 8601, such as "2026-01": the contribution
// month (bulan-tahun, BLTH). The zero value means "no month".
type Month string

// ParseMonth reads an ISO 8601 month.
func ParseMonth(s string) (Month, error) {
	t, err := time.Parse("2006-01", s)
	if err != nil || t.Format("2006-01") != s {
		return "", fmt.Errorf("calendar: %q is not a month such as 2026-03", s)
	}
	return Month(s), nil
}

// Add is the month n months later.
func (m Month) Add(n int) Month { return dayOf(m.First().utc().AddDate(0, n, 0)).Month() }

// First is the first day of the month.
func (m Month) First() Day { return Day(m + "-01") }

// Last is the last day of the month.
func (m Month) Last() Day { return m.Add(1).First().Add(-1) }

// Zone is one of Indonesia's three time zones. None of them has ever had
// daylight saving since 1988 (Keppres 41/1987), so an offset is the whole rule
// and no time-zone table of the machine can change a deadline.
type Zone string

// The three zones of Keppres 41/1987.
const (
	WIB  Zone = "Asia/Jakarta"  // UTC+7: Sumatra, Java, West and Central Kalimantan
	WITA Zone = "Asia/Makassar" // UTC+8: Sulawesi, Bali, Nusa Tenggara, the rest of Kalimantan
	WIT  Zone = "Asia/Jayapura" // UTC+9: Maluku, Papua
)

// ParseZone reads an IANA name of one of the three zones.
func ParseZone(s string) (Zone, error) {
	switch z := Zone(s); z {
	case WIB, WITA, WIT:
		return z, nil
	}
	return "", fmt.Errorf("calendar: %q is not Asia/Jakarta, Asia/Makassar or Asia/Jayapura", s)
}

// Label is the zone's everyday name: WIB, WITA or WIT.
func (z Zone) Label() string {
	switch z {
	case WIB:
		return "WIB"
	case WIT:
		return "WIT"
	default:
		return "WITA"
	}
}

var (
	wib  = time.FixedZone("WIB", 7*60*60)
	wita = time.FixedZone("WITA", 8*60*60)
	wit  = time.FixedZone("WIT", 9*60*60)
)

// Location is the zone's fixed offset.
func (z Zone) Location() *time.Location {
	switch z {
	case WIB:
		return wib
	case WIT:
		return wit
	default:
		return wita
	}
}

// DayOf is the local day at that instant.
func (z Zone) DayOf(t time.Time) Day { return dayOf(t.In(z.Location())) }
