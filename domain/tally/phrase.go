package tally

import (
	"strings"
	"unicode"

	"payung/domain/calendar"
)

// Count is a number of people, if one was said.
type Count struct {
	N     int64 `json:"n"`
	Said  bool  `json:"said"`
	About bool  `json:"about,omitempty"` // "±", "sekitar"
}

// Phrase is what a cell says. Clear is false where any word of it was not
// understood; then nothing of it counts and a person is asked.
type Phrase struct {
	People Count
	State  State
	Until  calendar.Day // paid up to the end of that day
	Clear  bool
}

// maxPeople is more than a province has; a larger number is a slip.
const maxPeople = 60_000_000

// ReadPhrase reads a cell such as "10 orang, lunas s.d. Des". A month without a
// year is one of the year given: the recap's own. Blanks, "-" and the like say
// nothing, clearly.
func ReadPhrase(text string, year int) Phrase {
	if len(text) > maxText {
		return Phrase{}
	}
	p := phrase{words: lex(text), year: year}
	out := p.read(text)
	if p.dated && out.State != IsPaid {
		return Phrase{} // "belum s.d. Juni" and "Juni" can mean two things
	}
	return out
}

// ReadMonth reads the last month paid, from a column that says so: its last
// day. A day inside a month is not clear: it may be when somebody paid.
func ReadMonth(text string, year int) (calendar.Day, bool) {
	if len(text) > maxText {
		return "", false
	}
	p := phrase{words: lex(text), year: year, column: true}
	out := p.read(text)
	if !out.Clear || out.Until == "" || out.People.Said || out.State != IsPaid && out.State != Unsaid {
		return "", false
	}
	_, _, day := out.Until.Date()
	last := out.Until.Month().Last()
	return last, day == 1 || out.Until == last
}

// leading cuts a number of people off the front of a cell, so that "10 orang
// proses" and "8 orang proses" are one question.
func leading(text string) (Count, string) {
	words := strings.Fields(text)
	if len(words) < 3 || !people[strings.ToLower(strings.Trim(words[1], ",.;"))] {
		return Count{}, text
	}
	n, ok := whole(words[0])
	if !ok || n > maxPeople {
		return Count{}, text
	}
	return Count{N: n, Said: true}, strings.Join(words[2:], " ")
}

type phrase struct {
	words  []word
	at     int
	year   int
	column bool // of the last month paid: a month alone is one
	out    Phrase
	dated  bool // an end was said
}

func (p *phrase) read(text string) Phrase {
	if len(p.words) == 0 {
		return Phrase{Clear: !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })}
	}
	for p.at < len(p.words) {
		if !p.step() {
			return Phrase{}
		}
	}
	p.out.Clear = true
	return p.out
}

// step reads what begins at the next word. False: nothing known does.
func (p *phrase) step() bool {
	w := p.words[p.at]
	switch {
	case years[w.text] && p.at+1 < len(p.words) && len(p.words[p.at+1].text) == 4 && p.words[p.at+1].isYear():
		p.at++
		return p.until(true)
	case fillers[w.text] || people[w.text] || periods[w.text] || years[w.text]:
		p.at++
		return true
	case w.text == "about":
		p.out.People.About = true
		p.at++
		return true
	case w.text == "sd":
		p.at++
		return p.until(true)
	case months[w.text] != 0 || w.isDate():
		return p.until(false)
	case w.number:
		return p.count()
	}
	return p.state(w.text)
}

// state reads a word that says what has become of the people.
func (p *phrase) state(text string) bool {
	p.at++
	said, ok := states[text]
	if !ok {
		return false
	}
	if said == NotYet { // "belum bayar", "belum ada", "tidak terdaftar"
		for p.at < len(p.words) && (states[p.words[p.at].text] != Unsaid || denied[p.words[p.at].text]) {
			p.at++
		}
	}
	if p.out.State != Unsaid && p.out.State != said {
		// "terdaftar, lunas s.d. Des": the later state is the one that tells.
		if p.out.State == IsRegistered && said == IsPaid {
			p.out.State = said
			return true
		}
		return p.out.State == IsPaid && said == IsRegistered
	}
	p.out.State = said
	return true
}

// count reads a number of people: alone, or before a word for people or what
// has become of them. A second one would be another count, and "6 bulan", "5
// Juni" and "2026" are none.
func (p *phrase) count() bool {
	w := p.words[p.at]
	n, ok := whole(w.text)
	if !ok || p.out.People.Said || n > maxPeople || p.at > 0 && months[p.words[p.at-1].text] != 0 {
		return false
	}
	p.at++
	for p.at < len(p.words) && spelled[p.words[p.at].text] { // "10 (sepuluh) orang"
		p.at++
	}
	next := ""
	if p.at < len(p.words) {
		next = p.words[p.at].text
	}
	if periods[next] || years[next] || months[next] != 0 || w.isYear() && len(w.text) == 4 && len(p.words) > 1 && !people[next] {
		return false
	}
	p.out.People.N, p.out.People.Said = n, true
	return true
}
