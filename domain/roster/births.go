package roster

import (
	"fmt"

	"payung/domain/calendar"
	"payung/domain/nik"
)

// birth is what six digits of a NIK say about its owner: its [nik.Info], and
// the findings of a NIK that is sound but for them.
type birth struct {
	born     day
	sex      nik.Sex
	findings []nik.Finding
}

// births knows what package nik says about the six digits of birth. Its rules
// are asked and not repeated here, but only once for what they say about a whole
// year: asking for every person would take most of the time of a check.
type births struct {
	on      calendar.Day
	century [100]int16 // of a year of two digits: 1900 or 2000; 0: not asked yet, -1: it depends on the day
	days    map[uint32]birth
}

func newBirths(on calendar.Day) *births { return &births{on: on, days: map[uint32]birth{}} }

// womensDay is added to the day of birth of women.
const womensDay = 40

// of is what DDMMYY means, the day of a woman 40 higher.
func (b *births) of(ddmmyy uint32) birth {
	dom, month, year := int(ddmmyy/10_000), int(ddmmyy/100%100), int(ddmmyy%100)
	sex := nik.Male
	if dom > womensDay {
		sex, dom = nik.Female, dom-womensDay
	}
	if century := b.settled(year); century > 0 {
		if d, ok := newDay(century+year, month, dom); ok {
			return birth{born: d, sex: sex}
		}
	}
	found, asked := b.days[ddmmyy]
	if !asked {
		found = b.ask(ddmmyy)
		b.days[ddmmyy] = found
	}
	return found
}

// settled is the century of everybody born in a year of two digits, or -1 if
// that depends on the day: it does where one turns 15 or 100 these days.
func (b *births) settled(year int) int {
	if b.century[year] == 0 {
		first, last := b.ask(uint32(10_100+year)), b.ask(uint32(311_200+year))
		b.century[year] = -1
		if y, _, _ := first.born.parts(); y > 0 && first.born/10_000 == last.born/10_000 {
			b.century[year] = int16(y - year)
		}
	}
	return int(b.century[year])
}

// ask asks package nik, with a NIK that is sound but for its birth.
func (b *births) ask(ddmmyy uint32) birth {
	_, info, findings := nik.Parse(fmt.Sprintf("990101%06d0001", ddmmyy), b.on)
	return birth{dayOf(info.Born), info.Sex, findings}
}

// year is the year of a day of birth whose year has two digits; 0 if it is
// nobody's on a list.
func (b *births) year(dom, month, year int) int {
	if dom < 1 || dom > 31 || month < 1 || month > 12 {
		return 0
	}
	y, _, _ := b.of(uint32(dom*10_000 + month*100 + year)).born.parts()
	return y
}

// plausible reports whether somebody on a list can have been born on that day:
// a NIK with it would not be refused.
func (b *births) plausible(d day) bool {
	y, month, dom := d.parts()
	return b.year(dom, month, y%100) == y
}

// key6 is the number that six digits spell.
func key6(digits []byte) uint32 {
	n := uint32(0)
	for _, d := range digits[:6] {
		n = n*10 + uint32(d-'0')
	}
	return n
}
