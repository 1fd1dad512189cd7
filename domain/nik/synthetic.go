package nik

import (
	"fmt"

	"payung/domain/calendar"
)

// Synthetic makes up a NIK for samples and tests. It is always of region 99, so
// it can be nobody's. District, of four digits, and serial, from 1 to 9999,
// start over when they go beyond; born has to be a day.
func Synthetic(district int, born calendar.Day, female bool, serial int) NIK {
	year, month, day := born.Date()
	if female {
		day += womensDay
	}
	n, _ := Restore(fmt.Sprintf("%s%04d%02d%02d%02d%04d",
		testProvince, wrap(district, 10_000), day, month, year%100, 1+wrap(serial-1, 9_999)))
	return n
}

// wrap is the remainder, never negative.
func wrap(n, m int) int { return ((n % m) + m) % m }
