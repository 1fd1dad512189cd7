package calendar

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ReadHolidayLine reads one line of a list of holidays as people paste it: a
// date in words or numbers, and what the day is called. A weekday before the
// date is left out; what is called "Cuti bersama" is collective leave, unless a
// kind of its own stands between date and name: "2027-03-08; cuti; Idul Fitri".
// The decree is not in the line.
func ReadHolidayLine(line string) (Holiday, error) {
	bad := fmt.Errorf("calendar: %q does not begin with a date such as 1 Januari 2027", line)
	rest := withoutWeekday(strings.TrimSpace(line))
	day, rest, ok := cutDay(rest)
	if !ok {
		return Holiday{}, bad
	}
	h := Holiday{Day: day, Kind: Libur, Name: trimmed(rest)}
	if kind, name, found := strings.Cut(h.Name, ";"); found {
		switch k := HolidayKind(strings.ToLower(strings.TrimSpace(kind))); k {
		case Libur, Cuti:
			h.Kind, h.Name = k, trimmed(name)
			return h, nil
		}
	}
	if len(h.Name) >= len(collective) && strings.EqualFold(h.Name[:len(collective)], collective) {
		h.Kind = Cuti
	}
	return h, nil
}

// collective is how the name of a day of collective leave begins.
const collective = "cuti bersama"

// trimmed is a text without the marks that part it from its neighbours.
func trimmed(s string) string { return strings.Trim(s, " \t;:,|–-()") }

// withoutWeekday leaves out the name of a day of the week at the beginning.
func withoutWeekday(s string) string {
	for d := range hari {
		for _, name := range []string{hari[d], time.Weekday(d).String()} {
			if len(s) > len(name) && strings.EqualFold(s[:len(name)], name) && strings.ContainsRune(" ,", rune(s[len(name)])) {
				return strings.TrimLeft(s[len(name):], " ,")
			}
		}
	}
	return s
}

// cutDay reads the date a text begins with: 2027-01-01, 01-01-2027, 1/1/2027 or
// 1 Januari 2027.
func cutDay(s string) (Day, string, bool) {
	if len(s) >= len(dayLayout) && Day(s[:len(dayLayout)]).Valid() {
		return Day(s[:len(dayLayout)]), s[len(dayLayout):], true
	}
	day, rest, ok := cutNumber(s, 2)
	if !ok || rest == "" {
		return "", s, false
	}
	var month int
	if rest[0] == '-' || rest[0] == '/' || rest[0] == '.' {
		mark := rest[:1]
		if month, rest, ok = cutNumber(rest[1:], 2); !ok || !strings.HasPrefix(rest, mark) {
			return "", s, false
		}
		rest = rest[1:]
	} else {
		word, after, _ := strings.Cut(strings.TrimLeft(rest, " "), " ")
		if month, rest = monthOf(word), strings.TrimLeft(after, " "); month == 0 {
			return "", s, false
		}
	}
	year, rest, ok := cutNumber(rest, 4)
	if !ok || year < 1000 || rest != "" && rest[0] >= '0' && rest[0] <= '9' {
		return "", s, false
	}
	d := Day(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
	return d, rest, d.Valid()
}

// cutNumber reads a number of at most so many digits.
func cutNumber(s string, most int) (n int, rest string, ok bool) {
	i := 0
	for i < len(s) && i < most && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	n, err := strconv.Atoi(s[:i])
	return n, s[i:], err == nil
}

// monthOf is the number of a month in either language, in full or by its first
// three letters; 0 for what is none.
func monthOf(word string) int {
	word = strings.TrimSuffix(word, ".")
	for i := range bulan {
		for _, name := range []string{bulan[i], time.Month(i + 1).String()} {
			if strings.EqualFold(word, name) || strings.EqualFold(word, name[:3]) || i == 7 && strings.EqualFold(word, "Ags") {
				return i + 1
			}
		}
	}
	return 0
}
