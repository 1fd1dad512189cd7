package roster

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"payung/domain/calendar"
	"payung/domain/cell"
	"payung/domain/rupiah"
)

//go:embed words.json
var wordsFile []byte

var texts = mustRead(parseWords(wordsFile))

// saying is a rule in one language.
type saying struct {
	Title   string `json:"title"`
	Problem string `json:"problem"`
	Cure    string `json:"cure"`
}

// catalogue has the words of every rule, and of the parts of an [Effect].
type catalogue struct {
	Rules  map[Rule]map[calendar.Lang]saying   `json:"rules"`
	Effect map[string]map[calendar.Lang]string `json:"effect"`
}

func parseWords(data []byte) (catalogue, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var c catalogue
	if err := d.Decode(&c); err != nil {
		return catalogue{}, fmt.Errorf("roster: words: %w", err)
	}
	return c, nil
}

// Say is one sentence on what is wrong and one on what to write instead, in the
// words of whoever keeps the list.
func Say(f Finding, l calendar.Lang) (problem, cure string) {
	s := texts.Rules[f.Rule][lang(l)]
	values := map[string]string{"found": f.Found, "column": cell.Letters(f.Column)}
	for name, value := range f.Params {
		switch {
		case name == "limit" && f.Field == Wage:
			value = money(value, l)
		case name == "by":
			value = calendar.Day(value).Short(l)
		}
		values[name] = value
	}
	return fillIn(s.Problem, values), fillIn(s.Cure, values)
}

// Title names a rule in a few words, for lists of how often each was met.
func Title(r Rule, l calendar.Lang) string { return texts.Rules[r][lang(l)].Title }

// lang is the language words are kept in: anything but [calendar.EN] reads as
// Indonesian.
func lang(l calendar.Lang) calendar.Lang {
	if l == calendar.EN {
		return calendar.EN
	}
	return calendar.ID
}

// fillIn puts values in place of {name}.
func fillIn(sentence string, values map[string]string) string {
	var b strings.Builder
	for {
		before, rest, open := strings.Cut(sentence, "{")
		b.WriteString(before)
		if !open {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		b.WriteString(values[name])
		sentence = after
	}
}

// money writes an amount that a parameter holds as digits.
func money(digits string, l calendar.Lang) string {
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return digits
	}
	return "Rp" + rupiah.Number(n, l)
}

// Say is the effect in one line, such as "+312 people, Rp62,899,200 a year, 41
// duplicates, 38 of the minimum 50, Rp9,072,000 under the ceiling". What does
// not apply is left out.
func (e Effect) Say(l calendar.Lang) string {
	var parts []string
	add := func(key string, values map[string]string) {
		parts = append(parts, fillIn(texts.Effect[key][lang(l)], values))
	}
	count := func(n int64) map[string]string { return map[string]string{"n": rupiah.Number(n, l)} }
	add("added", count(e.Added))
	if e.Removed > 0 {
		add("removed", count(e.Removed))
	}
	if e.Unchanged > 0 {
		add("unchanged", count(e.Unchanged))
	}
	cost := map[string]string{"amount": "Rp" + rupiah.Number(int64(e.Cost), l), "n": strconv.Itoa(e.Months)}
	if e.Months == 12 {
		add("cost_year", cost)
	} else {
		add("cost_months", cost)
	}
	if e.Duplicates > 0 {
		add("duplicates", count(e.Duplicates))
	}
	e.sayUnits(add, l)
	if e.HasCeiling {
		key, room := "under", e.Room
		if room < 0 {
			key, room = "over", -room
		}
		add(key, map[string]string{"amount": "Rp" + rupiah.Number(int64(room), l)})
	}
	return strings.Join(parts, ", ")
}

// sayUnits tells of the units below their minimum or above their quota, by name
// if there are several.
func (e Effect) sayUnits(add func(string, map[string]string), l calendar.Lang) {
	several := len(e.Short)+len(e.Over) > 1
	for _, kind := range []struct {
		key   string
		units []UnitCount
	}{{"short", e.Short}, {"beyond", e.Over}} {
		for _, u := range kind.units {
			limit, name := u.Minimum, ""
			if kind.key == "beyond" {
				limit = u.Quota
			}
			if several {
				name = u.Unit + ": "
			}
			add(kind.key, map[string]string{"unit": name, "n": rupiah.Number(u.People, l), "limit": rupiah.Number(limit, l)})
		}
	}
}
