package weekly

import (
	"cmp"
	"slices"
	"time"

	"payung/domain/calendar"
	"payung/domain/fault"
)

// Page is the facts in words, to be shown in any medium.
type Page struct {
	Lang      calendar.Lang
	Title     string
	Pemda     string
	Agreement string
	Week      string // the days it is of
	AsOf      string // the instant it shows
	Sample    string // says that everything is made up; "": it is not
	Sections  []Section
	Foot      string
	facts     Facts
}

// Section is one question and its answer.
type Section struct {
	Key     string // people, matters, holds, desks, money
	Title   string
	Figure  string   // the answer in one number; "": it is none
	Unit    string   // of the figure
	Lines   []string // how it comes about
	Items   []Item
	Count   bool     // the items are counted off
	Note    string   // below the items
	Missing []string // what is not on record, and what to do
	Source  string
}

// Item is one of a list.
type Item struct {
	Head string
	Tail string // at the other end of the line
	Text string
}

// Keys of the sections, in order.
const (
	KeyPeople  = "people"  // how many are not protected
	KeyMatters = "matters" // what has to be decided
	KeyHolds   = "holds"   // who holds things up
	KeyDesks   = "desks"   // where files lie
	KeyMoney   = "money"   // what is needed
)

// Compose puts facts into words. Facts of a version that is not known here are
// refused: a newer program has kept them.
func Compose(l calendar.Lang, f Facts) (Page, error) {
	if f.Version != Version {
		return Page{}, fault.New(fault.Unavailable, "weekly_of_newer_version", "this page was kept by a newer program (version %d); use that one", f.Version)
	}
	w, err := words(l)
	if err != nil {
		return Page{}, err
	}
	c := composer{w, f}
	p := Page{
		Lang: w.lang, Title: w.say("title"), Pemda: f.Pemda, Agreement: f.Agreement, facts: f,
		Week: w.say("week", "from", f.Week, "to", f.Week.Add(6)), AsOf: w.say("as_of", "clock", c.clock()), Foot: w.say("foot"),
		Sections: []Section{c.people(), c.matters(), c.holds(), c.desks(), c.money()},
	}
	if f.Sample {
		p.Sample = w.say("sample")
	}
	return p, nil
}

// Section is the section of a key; of one that is not there, an empty one.
func (p Page) Section(key string) Section {
	at := slices.IndexFunc(p.Sections, func(s Section) bool { return s.Key == key })
	if at < 0 {
		return Section{}
	}
	return p.Sections[at]
}

// composer writes the sections.
type composer struct {
	wording
	Facts
}

func (c composer) clock() string {
	return calendar.Clock(time.UnixMicro(c.At), c.Zone, c.lang)
}

// lines are the groups with the most people unprotected first.
func (c composer) lines() []Line {
	lines := slices.Clone(c.Lines)
	slices.SortStableFunc(lines, func(a, b Line) int { return cmp.Compare(b.Unprotected(), a.Unprotected()) })
	return lines
}

// missing are the sentences about what is not on record.
func (c composer) missing(of ...string) []string {
	var out []string
	for _, m := range c.Missing {
		if !slices.Contains(of, m.What) {
			continue
		}
		group := ""
		if m.Group != nil {
			group = c.name(*m.Group)
		}
		out = append(out, c.say("missing."+m.What, "group", group))
	}
	return out
}
