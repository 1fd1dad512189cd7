package match

import (
	"bytes"
	"strings"
)

// score compares a reading of a text with one of a candidate. It never falls
// with what both have in common; kinds and groups come later.
func score(q, c *form) float64 {
	if q.office || c.office {
		return offices(q, c)
	}
	if bytes.Equal(q.plain, c.plain) {
		return 1
	}
	if bytes.Equal(q.sound, c.sound) {
		return 0.96
	}
	s := names(q, c)
	if full, ok := lengthen(q, c); ok {
		s = max(s, 0.95*names(&full, c))
	}
	if q.number != c.number {
		s -= otherCount
	}
	return s
}

// names compares letters, and where both have as many words also the words
// least alike: Sumber Sari is not Sumber Jaya.
func names(q, c *form) float64 {
	if bytes.Equal(q.sound, c.sound) {
		return 1
	}
	if far(q.has, c.has, len(q.sound), len(c.sound)) {
		return 0
	}
	s := q.alike(c.sound)
	if s < near {
		return 0
	}
	if len(q.sound) > 0 && q.sound[0] != c.sound[0] {
		s -= 0.04 // the first letter is the one people get right
	}
	if n := len(q.words); n > 1 && n == len(c.words) {
		weakest := 1.0
		for i := range n {
			weakest = min(weakest, wordsAlike(q.words[i], c.words[i]))
		}
		s = (s + weakest) / 2
	}
	return s
}

// wordsAlike compares two words by themselves.
func wordsAlike(a, b string) float64 {
	var f form
	f.hear([]byte(a))
	return f.alike(sound([]byte(b)))
}

// lengthen writes the words a text cut short as the candidate has them: "Lbh.
// Beropa" beside Labuan Beropa.
func lengthen(q, c *form) (form, bool) {
	if len(q.words) < 2 || len(q.words) != len(c.words) {
		return form{}, false
	}
	words, changed := make([]string, len(q.words)), false
	for i, w := range q.words {
		words[i] = w
		if q.short[i] && w != c.words[i] && shortens(w, c.words[i]) {
			words[i], changed = c.words[i], true
		}
	}
	if !changed {
		return form{}, false
	}
	return newForm(words, "", q.kind, false), true
}

// shortens reports whether a word can be cut down to another: the same first
// letter, and the rest in order.
func shortens(short, long string) bool {
	if short == "" || len(short) >= len(long) || short[0] != long[0] || len(short) > 5 {
		return false
	}
	if full, ok := cutShort[short]; ok {
		return strings.HasPrefix(long, full)
	}
	at := 0
	for i := range len(short) {
		next := strings.IndexByte(long[at:], short[i])
		if next < 0 {
			return false
		}
		at += next + 1
	}
	return true
}

// cutShort are words offices always cut the same way.
var cutShort = map[string]string{
	"tj": "tanjung", "tjg": "tanjung", "tg": "tanjung", "lbh": "labu", "gn": "gunung", "gng": "gunung", "sei": "sungai", "sgi": "sungai",
	"kp": "kampung", "pl": "pulau", "tl": "teluk", "bt": "batu", "sb": "sumber", "sbr": "sumber", "mr": "muara",
	"utr": "utara", "sel": "selatan", "slt": "selatan", "brt": "barat", "tmr": "timur", "tim": "timur", "tgh": "tengah", "jy": "jaya",
}
