// Package notice words what is said to people about their deadlines: one
// reminder, a morning's list, something urgent, news. It is pure: facts come in,
// texts go out. The inbox, e-mail, WhatsApp, the dry run and the simulation all
// say the same, because all of them ask here.
//
// No text names a person who is insured, and no subject says more than that
// there is something to do.
package notice

import (
	"time"

	"payung/domain/calendar"
	"payung/domain/obligation"
)

// Inform is the tone of what asks for nothing by a date.
const Inform obligation.Tone = "inform"

// Item is one thing a reader is told: a step of a duty's reminders, or news.
type Item struct {
	Ref       string          // of what it is about; two items of one Ref are said once, the sharper one
	News      string          // kind of news; "": it is about a duty
	Kind      string          // of the duty: roster, payment, …
	Group     string          // of people
	Year      int             // 0: none
	Unit      string          // that owes; "": none
	Kecamatan string          // "": none
	Own       bool            // the reader's own duty, not one below
	Tone      obligation.Tone // reminder, request, warning, inform
	Target    calendar.Day    // last day; "": none
	TargetAt  time.Time       // the end of that day, or an exact instant; zero: as Target
	Zone      calendar.Zone
	Asked     calendar.Day      // more time is asked for until then, and not decided yet; "": it is not
	Values    map[string]string // of the words of news
	Path      string            // of the page where it is dealt with
	Vacant    string            // the post it is for, where nobody holds that post
}

// Letter is everything one message has to say.
type Letter struct {
	Lang   calendar.Lang
	Post   string // who is written to
	Unit   string // of that post; "": none
	From   string // whose deadlines they are: the local government
	Urgent bool   // apart from the morning's list
	Sample bool   // everything in it is DATA CONTOH
	Site   string // where pages are reached, without a slash at its end; "": only in the office
	Path   string // the page for more than one item
	Now    time.Time
	Items  []Item
}

// Text is a letter in words.
type Text struct {
	Subject   string
	Body      string   // plain, lines of one paragraph each
	HTML      string   // the same as a simple page
	Variables []string // the same in short, for templates: who, what, whose, until when, how it stands, where
	Link      string   // to the page where it is dealt with; "": only in the office
	Named     []bool   // for each item, whether the text says it and not only counts it
}

// Variables is how many values a template is given.
const Variables = 6

// Place is where an item stands in a list, the worst first.
type Place int

// The places.
const (
	Late      Place = iota // the reader's own, and its day has passed
	Escalated              // somebody else's below
	Today                  // due today
	Soon                   // due later
	Other                  // news
)

// PlaceOf is where an item stands at an instant.
func PlaceOf(i Item, now time.Time) Place {
	switch left := i.left(now); {
	case i.News != "" || i.Tone == Inform:
		return Other
	case !i.Own:
		return Escalated
	case left < 0 || i.passed(now):
		return Late
	case left == 0:
		return Today
	}
	return Soon
}

// left is how many days are left until the last day; less than 0: it has passed.
func (i Item) left(now time.Time) int {
	if i.Target == "" {
		return 0
	}
	return i.Target.Sub(i.Zone.DayOf(now))
}

func (i Item) passed(now time.Time) bool { return !i.TargetAt.IsZero() && now.After(i.TargetAt) }

// exact reports whether the deadline is an instant within its day.
func (i Item) exact() bool {
	return !i.TargetAt.IsZero() && i.Target != "" && !i.TargetAt.Equal(i.Target.End(i.Zone))
}
