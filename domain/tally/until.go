package tally

import (
	"strconv"
	"strings"

	"payung/domain/calendar"
)

// until reads a month, a span of months, a day or a year, and keeps its end.
func (p *phrase) until(after bool) bool {
	if p.dated {
		return false
	}
	for p.at < len(p.words) && (fillers[p.words[p.at].text] || periods[p.words[p.at].text] || years[p.words[p.at].text]) {
		p.at++
	}
	end, ok := p.date()
	if !ok {
		return false
	}
	if p.at < len(p.words) && (p.words[p.at].text == "sd" || p.words[p.at].text == "to") { // Jan s.d. Des, Jan–Des
		p.at++
		if end, ok = p.date(); !ok {
			return false
		}
		after = true
	}
	p.out.Until, p.dated = end, true
	return after || p.column // "lunas Des" may mean that one month only
}

// date reads one month, day or year, as the last day it covers.
func (p *phrase) date() (calendar.Day, bool) {
	if p.at >= len(p.words) {
		return "", false
	}
	w := p.words[p.at]
	if d, ok := w.date(); ok {
		p.at++
		return d, true
	}
	m, year := months[w.text], p.year
	if y, ok := w.year(); ok && len(w.text) == 4 {
		m, year = 12, y // "lunas s.d. 2026"
	}
	if m == 0 {
		return "", false
	}
	p.at++
	if p.at < len(p.words) && months[w.text] != 0 {
		if y, ok := p.words[p.at].year(); ok {
			year = y
			p.at++
		}
	}
	if !inYears(year) {
		return "", false
	}
	return calendar.NewDay(year, m, 1).Month().Last(), true
}

// Years a recap can speak of: programmes for village officials began after the
// law on BPJS (UU 24/2011).
const (
	firstYear = 2012
	lastYear  = 2099
)

func inYears(y int) bool { return firstYear <= y && y <= lastYear }

// whole reads a number with or without separators of thousands.
func whole(text string) (int64, bool) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == '.' || r == ',' })
	for i, p := range parts {
		if i > 0 && len(p) != 3 || i == 0 && len(parts) > 1 && len(p) > 3 {
			return 0, false
		}
	}
	n, err := strconv.ParseInt(strings.Join(parts, ""), 10, 64)
	return n, err == nil && n >= 0
}
