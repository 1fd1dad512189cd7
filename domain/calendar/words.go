package calendar

import (
	"fmt"
	"strconv"
	"time"
)

// Lang is a language of the app. Anything but [EN] reads as Indonesian.
type Lang string

// The two languages.
const (
	ID Lang = "id"
	EN Lang = "en"
)

var (
	bulan = [...]string{
		"Januari", "Februari", "Maret", "April", "Mei", "Juni",
		"Juli", "Agustus", "September", "Oktober", "November", "Desember",
	}
	hari = [...]string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}
)

func monthName(m time.Month, l Lang) string {
	if l == EN {
		return m.String()
	}
	return bulan[m-1]
}

func weekdayName(d time.Weekday, l Lang) string {
	if l == EN {
		return d.String()
	}
	return hari[d]
}

// Long is the day as letters write it: "Senin, 7 Oktober 2019" or "Monday,
// 7 October 2019". It is empty for what is no day.
func (d Day) Long(l Lang) string {
	if !d.Valid() {
		return ""
	}
	return weekdayName(d.Weekday(), l) + ", " + d.plain(l)
}

// Short is the day as tables write it: "7 Okt 2019" or "7 Oct 2019". It is
// empty for what is no day.
func (d Day) Short(l Lang) string {
	if !d.Valid() {
		return ""
	}
	y, m, day := d.Date()
	return fmt.Sprintf("%d %s %d", day, monthName(m, l)[:3], y)
}

func (d Day) plain(l Lang) string {
	y, m, day := d.Date()
	return fmt.Sprintf("%d %s %d", day, monthName(m, l), y)
}

// Long is the month in words: "Januari 2026" or "January 2026". It is empty
// for what is no month.
func (m Month) Long(l Lang) string {
	if !m.First().Valid() {
		return ""
	}
	y, month, _ := m.First().Date()
	return monthName(month, l) + " " + strconv.Itoa(y)
}

// Words is the date in words, no surer than it is: "7 Oktober 2019", "Maret
// 2022", "awal Maret 2022", "2019", "sebelum 7 Oktober 2019", "sejak awal
// 2019". [Before] includes its day, yet is worded as its sources word it: a
// report of 7 October tells of a death "before 7 October". A zero date is
// empty.
func (w When) Words(l Lang) string {
	if !w.On.Valid() {
		return ""
	}
	y, m, day := w.On.Date()
	year := strconv.Itoa(y)
	newYear := m == time.January && day == 1
	switch w.Precision {
	case Monthly:
		return w.On.Month().Long(l)
	case Yearly:
		return year
	case Early:
		if newYear {
			return pick(l, "awal ", "early ") + year
		}
		return pick(l, "awal ", "early ") + w.On.Month().Long(l)
	case Before:
		return pick(l, "sebelum ", "before ") + w.On.plain(l)
	case Since:
		if newYear {
			return pick(l, "sejak awal ", "since the beginning of ") + year
		}
		return pick(l, "sejak ", "since ") + w.On.plain(l)
	default:
		return w.On.plain(l)
	}
}

func pick(l Lang, id, en string) string {
	if l == EN {
		return en
	}
	return id
}

// Clock is an instant on the clock of zone z, which it names: "27 Nov 2026
// 16.00 WITA" or "27 Nov 2026 16:00 WITA".
func Clock(t time.Time, z Zone, l Lang) string {
	local := t.In(z.Location())
	return fmt.Sprintf("%s %s %s", z.DayOf(t).Short(l), local.Format(pick(l, "15.04", "15:04")), z.Label())
}
