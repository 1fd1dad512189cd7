package sheet

import (
	"strconv"
	"strings"
	"time"
)

// serialOf is a date as the number by which other sheets keep it: days since the
// end of 1899, the time of day as a fraction. The count has a 29 February 1900,
// which never was; older dates have no number.
func serialOf(date string) (string, bool) {
	layout := "2006-01-02"
	if strings.Contains(date, "T") {
		layout = "2006-01-02T15:04:05"
	}
	day, err := time.Parse(layout, date)
	if err != nil {
		return "", false
	}
	seconds := day.Unix() - time.Date(1899, time.December, 31, 0, 0, 0, 0, time.UTC).Unix()
	const perDay = 24 * 60 * 60
	if seconds < perDay {
		return "", false
	}
	if day.Compare(time.Date(1900, time.March, 1, 0, 0, 0, 0, time.UTC)) >= 0 {
		seconds += perDay
	}
	return strconv.FormatFloat(float64(seconds)/perDay, 'f', -1, 64), true
}
