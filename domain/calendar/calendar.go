package calendar

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"sync"
)

// Calendar tells working days from days off. It is immutable and safe to
// share: every method that changes something returns another calendar.
type Calendar struct {
	rows      []Holiday // all that was decreed, in order of day, a day's libur before its cuti
	listed    []Holiday // of rows, the one that counts for each day
	off       []int     // ordinals of the listed days that take a working day away, ascending
	week      int       // working days of a week, counted from Monday
	cutiWorks bool
	version   func() string // worked out once, when first asked for
}

var national = sync.OnceValue(func() *Calendar {
	c := Calendar{week: 5}
	return c.withRows(skbHolidays())
})

// National is the built-in table of the joint decrees (SKB) on public holidays
// and collective leave, with a week from Monday to Friday and collective leave
// off. [Calendar.Covers] says which years it knows.
func National() *Calendar { return national() }

// Version names the table and its settings, such as
// "skb-2026-09-15-1a2b3c4d/5d": the latest decree in it, a short hash of every
// row, the days of the week. It is stored beside a judged result, so that the
// result can be explained after the table has changed.
func (c *Calendar) Version() string { return c.version() }

// AsOf is the calendar as it stood at the end of day known: only the holidays
// decreed by then. One without any date of decree was always known.
func (c *Calendar) AsOf(known Day) *Calendar {
	return c.withRows(slices.DeleteFunc(slices.Clone(c.rows), func(h Holiday) bool { return h.known() > known }))
}

// With adds holidays: a Pemda's local ones or a decree newer than the table.
// Where two fall on one day, libur goes before cuti and the older entry before
// the newer. An entry whose Day does not exist is left out.
func (c *Calendar) With(extra ...Holiday) *Calendar {
	rows := slices.Concat(c.rows, extra)
	return c.withRows(slices.DeleteFunc(rows, func(h Holiday) bool { return !h.Day.Valid() }))
}

// Without takes days off back, whatever made them days off: a decree that was
// amended, or a Pemda that works on a day others have off.
func (c *Calendar) Without(days ...Day) *Calendar {
	return c.withRows(slices.DeleteFunc(slices.Clone(c.rows), func(h Holiday) bool { return slices.Contains(days, h.Day) }))
}

// SixDayWeek is the calendar of an office that works on Saturdays.
func (c *Calendar) SixDayWeek() *Calendar {
	six := *c
	six.week = 6
	return six.withRows(c.rows)
}

// CutiIsWorkday is the calendar under the policy that collective leave does
// not move a due date. No source settles the question for contributions; the
// default of [National] is that it does.
func (c *Calendar) CutiIsWorkday() *Calendar {
	works := *c
	works.cutiWorks = true
	return works.withRows(c.rows)
}

// withRows is a calendar with the settings of c and the given rows, which it
// may keep but does not change.
func (c *Calendar) withRows(rows []Holiday) *Calendar {
	rows = slices.SortedStableFunc(slices.Values(rows), func(a, b Holiday) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(rank(a.Kind), rank(b.Kind)))
	})
	out := &Calendar{rows: rows, week: c.week, cutiWorks: c.cutiWorks}
	out.listed = slices.CompactFunc(slices.Clone(rows), func(a, b Holiday) bool { return a.Day == b.Day })
	for _, h := range out.listed {
		if n, _ := h.Day.ordinal(); n%7 < out.week && (h.Kind != Cuti || !out.cutiWorks) {
			out.off = append(out.off, n)
		}
	}
	out.version = sync.OnceValue(out.name)
	return out
}

// rank orders the entries of one day: a public holiday counts before leave.
func rank(k HolidayKind) int {
	if k == Cuti {
		return 1
	}
	return 0
}

func (c *Calendar) name() string {
	sum := sha256.New()
	var latest Day
	for _, h := range c.rows {
		_, _ = fmt.Fprintf(sum, "%q %q %q %q %q %t %q\n", h.Day, h.Kind, h.Name, h.Decree, h.DecreedOn, h.Verified, h.AddedOn)
		latest = max(latest, h.known())
	}
	name := fmt.Sprintf("skb-%s-%x/%dd", cmp.Or(latest, "undated"), sum.Sum(nil)[:4], c.week)
	if c.cutiWorks {
		name += "/cuti-kerja"
	}
	return name
}

// Holiday is the holiday on day d, whether or not it falls on a weekend.
func (c *Calendar) Holiday(d Day) (Holiday, bool) {
	i, ok := slices.BinarySearchFunc(c.listed, d, func(h Holiday, d Day) int { return cmp.Compare(h.Day, d) })
	if !ok {
		return Holiday{}, false
	}
	return c.listed[i], true
}

// Holidays are the holidays of a year in order of day.
func (c *Calendar) Holidays(year int) []Holiday {
	var of []Holiday
	for _, h := range c.listed {
		if h.Day.Year() == year {
			of = append(of, h)
		}
	}
	return of
}

// Covers reports whether the holidays of a year are known at all. The sign is
// New Year's Day: every yearly decree lists it, and no local holiday does.
func (c *Calendar) Covers(year int) bool {
	h, ok := c.Holiday(NewDay(year, 1, 1))
	return ok && h.Kind == Libur
}
