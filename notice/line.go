package notice

import (
	"strconv"
	"strings"
	"time"

	"payung/domain/calendar"
	"payung/domain/obligation"
	"payung/domain/rupiah"
)

// about is what an item is about and whose it is: "Daftar nama Perangkat desa
// 2027, Desa Lambusa (Konda)".
func (w wording) about(i Item) string {
	s := w.duty(i.Kind, i.Group, i.Year)
	if i.Unit != "" {
		s += ", " + i.Unit
	}
	if i.Kecamatan != "" && i.Kecamatan != i.Unit {
		s += " (" + i.Kecamatan + ")"
	}
	return s
}

// standing is how a deadline stands at an instant: "7 hari lagi", "lewat 3
// hari".
func (w wording) standing(i Item, now time.Time) string {
	left := i.left(now)
	switch {
	case i.Target == "":
		return w.say("standing.open")
	case left < 0:
		return w.say("standing.late", "n", -left)
	case i.passed(now):
		return w.say("standing.over")
	case left == 0:
		return w.say("standing.today")
	case left == 1:
		return w.say("standing.tomorrow")
	}
	return w.say("standing.left", "n", left)
}

// line is an item as one line of a list.
func (w wording) line(i Item, now time.Time) string {
	var s string
	switch {
	case i.News != "":
		s = w.news(i)
	case i.Tone == Inform:
		s = w.say("line.inform", "about", w.about(i))
	default:
		s = w.say("line."+string(i.Tone), "about", w.about(i), "deadline", w.deadline(i), "standing", w.standing(i, now))
		if i.Asked != "" {
			s += ". " + w.say("asked.waiting", "until", i.Asked.Long(w.lang))
		}
	}
	if i.Vacant != "" {
		s += " " + w.say("line.vacant", "post", i.Vacant)
	}
	return s
}

// news is a piece of news in words.
func (w wording) news(i Item) string {
	key := "news." + i.News
	if w.text[key] == "" {
		key = "news.other"
	}
	values := make(map[string]string, len(i.Values))
	for name, v := range i.Values {
		if d := calendar.Day(v); d.Valid() {
			v = d.Long(w.lang)
		} else if n, err := strconv.ParseInt(v, 10, 64); err == nil && name == "n" { // a count, of which there may be thousands
			v = rupiah.Number(n, w.lang)
		}
		values[name] = v
	}
	return w.fill(key, values)
}

// sentences are an item that is said alone: what is asked, and what happens
// else, by its tone.
func (w wording) sentences(i Item, now time.Time) []string {
	if i.News != "" || i.Tone == Inform {
		return []string{w.line(i, now)}
	}
	whose := "own"
	if !i.Own {
		whose = "below"
	}
	tone := string(i.Tone)
	if i.Tone == obligation.Reminder && (i.left(now) < 0 || i.passed(now)) { // it comes late
		tone = "overdue"
	}
	said := []string{w.say("single."+tone+"."+whose, "about", w.about(i), "deadline", w.deadline(i), "standing", w.standing(i, now))}
	if i.Asked != "" {
		said = append(said, w.say("asked.waiting", "until", i.Asked.Long(w.lang)))
	}
	if i.Kind == "roster" && i.Own && i.Tone != obligation.Reminder {
		said = append(said, w.say("single.nihil"))
	}
	if i.Vacant != "" {
		said = append(said, w.say("single.vacant", "post", i.Vacant))
	}
	return said
}

// Line is one item as one line, as it stands in a list.
func Line(l calendar.Lang, i Item, now time.Time) string { return words(l).line(i, now) }

// oneLine takes out what a template's value may not hold: breaks, tabs and runs
// of spaces.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// About is what an item is about and whose it is; of news all of it.
func About(l calendar.Lang, i Item) string {
	w := words(l)
	if i.News != "" {
		return w.news(i)
	}
	return w.about(i)
}

// Deadline is the last day of an item with its zone, or the instant.
func Deadline(l calendar.Lang, i Item) string { return words(l).deadline(i) }
