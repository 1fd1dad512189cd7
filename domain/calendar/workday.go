package calendar

import (
	"slices"
	"sort"
)

const (
	unixOrdinal = 719_162   // 1 January 1970
	lastOrdinal = 3_652_058 // 31 December 9999
)

// ordinal counts days from Monday, 1 January of year 1, which is 0.
func (d Day) ordinal() (int, bool) {
	t, ok := d.midnight()
	return int(t.Unix()/(24*60*60)) + unixOrdinal, ok
}

func dayAt(ordinal int) Day { return NewDay(1, 1, 1+ordinal) }

// Workday reports whether work is done on day d. In a year the table does not
// cover only the weekend is off. What is no day is no working day.
func (c *Calendar) Workday(d Day) bool {
	n, ok := d.ordinal()
	if !ok || n < 0 || n%7 >= c.week {
		return false
	}
	_, off := slices.BinarySearch(c.off, n)
	return !off
}

// AddWorkdays is the n-th working day after d or, for a negative n, before it;
// counting starts the day after d, or the day before. For n = 0 it is d
// itself, working day or not. The cost does not grow with n, and the result
// stays within the years 1 to 9999. What is no day gives no day.
func (c *Calendar) AddWorkdays(d Day, n int) Day {
	at, ok := d.ordinal()
	if !ok {
		return ""
	}
	if n == 0 {
		return d
	}
	n = min(max(n, -lastOrdinal), lastOrdinal)
	if n < 0 {
		at--
		n++
	}
	wanted := c.workdaysUpTo(at) + n
	return dayAt(sort.Search(lastOrdinal, func(i int) bool { return c.workdaysUpTo(i) >= wanted }))
}

// OnOrAfter is d if it is a working day, else the next one.
func (c *Calendar) OnOrAfter(d Day) Day {
	if c.Workday(d) {
		return d
	}
	return c.AddWorkdays(d, 1)
}

// OnOrBefore is d if it is a working day, else the one before.
func (c *Calendar) OnOrBefore(d Day) Day {
	if c.Workday(d) {
		return d
	}
	return c.AddWorkdays(d, -1)
}

// WorkdaysBetween counts the working days after from, up to and including to;
// the other way round the count is negative. It is 0 if either is no day.
func (c *Calendar) WorkdaysBetween(from, to Day) int {
	a, okA := from.ordinal()
	b, okB := to.ordinal()
	if !okA || !okB {
		return 0
	}
	return c.workdaysUpTo(b) - c.workdaysUpTo(a)
}

// workdaysUpTo counts the working days from year 1 up to and including the day
// with that ordinal. It rises by one on each working day and stands still on
// every other, which turns the questions above into subtraction and search.
func (c *Calendar) workdaysUpTo(ordinal int) int {
	if ordinal < 0 {
		return 0
	}
	weeks, rest := (ordinal+1)/7, (ordinal+1)%7
	off, found := slices.BinarySearch(c.off, ordinal)
	if found {
		off++
	}
	return weeks*c.week + min(rest, c.week) - off
}
