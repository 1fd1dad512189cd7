package notice

import (
	"html"
	"strconv"
	"strings"
	"time"

	"payung/domain/calendar"
)

// Compose puts a letter into words. At most limit items are named; the rest is
// counted, the mildest first.
func Compose(l Letter, limit int) Text {
	w := words(l.Lang)
	said := ordered(l.Items, l.Now)
	out := Text{Named: make([]bool, len(l.Items))}
	named := said[:min(max(limit, 1), len(said))]
	for _, e := range named {
		for _, n := range e.of {
			out.Named[n] = true
		}
	}
	out.Subject = w.subject(l, said)
	p := w.page(l, said, len(named))
	out.Body, out.HTML = p.plain(), p.html(string(l.Lang), out.Subject)
	out.Variables, out.Link = w.variables(l, said), p.link
	return out
}

// subject says that there is something to do, how much of it is late, and
// nothing else.
func (w wording) subject(l Letter, said []entry) string {
	duties, late := 0, 0
	for _, e := range said {
		if e.place != Other {
			duties++
		}
		if e.place == Late || e.place == Escalated {
			late++
		}
	}
	var s string
	switch {
	case l.Urgent:
		s = w.say("subject.urgent")
	case duties == 0:
		s = w.say("subject.news", "n", len(said))
	case late > 0:
		s = w.say("subject.late", "n", duties, "late", late)
	default:
		s = w.say("subject.duties", "n", duties)
	}
	if l.Sample {
		s = w.say("sample") + " " + s
	}
	return s
}

// variables are the letter in short, the worst item for all.
func (w wording) variables(l Letter, said []entry) []string {
	out := make([]string, Variables)
	out[0] = w.addressed(l)
	if len(said) > 0 {
		first := said[0]
		what := w.duty(first.Kind, first.Group, first.Year)
		if first.News != "" {
			what = w.news(first.Item)
		}
		if n := len(said) - 1; n > 0 {
			what += " " + w.say("list.and_more", "n", n)
		}
		out[1], out[2] = what, first.Unit
		out[3], out[4] = w.deadline(first.Item), w.standing(first.Item, l.Now)
	}
	out[5] = l.link(said)
	if out[5] == "" {
		out[5] = w.say("close.office")
	}
	for i, v := range out {
		if out[i] = oneLine(v); out[i] == "" {
			out[i] = "–"
		}
	}
	return out
}

// addressed is the post with its unit, where the title does not name it.
func (w wording) addressed(l Letter) string {
	if l.Unit == "" || strings.Contains(strings.ToLower(l.Post), strings.ToLower(bare(l.Unit))) {
		return l.Post
	}
	return l.Post + ", " + l.Unit
}

// bare is a unit's name without its kind: "Desa Lambusa" is called Lambusa.
func bare(unit string) string {
	if _, rest, two := strings.Cut(unit, " "); two {
		return rest
	}
	return unit
}

// link is the page where the letter is dealt with; "": pages are not reached
// from outside.
func (l Letter) link(said []entry) string {
	switch {
	case l.Site == "":
		return ""
	case len(said) == 1 && said[0].Path != "":
		return l.Site + said[0].Path
	}
	return l.Site + l.Path
}

// page is a letter on its way to being text or HTML.
type page struct {
	greeting string
	sample   string
	intro    []string
	parts    []part
	more     string // "dan 12 lainnya"
	link     string
	close    []string
	from     string
}

// part is a list under a heading.
type part struct {
	heading string
	lines   []string
}

func (w wording) page(l Letter, said []entry, named int) page {
	p := page{greeting: w.say("greeting", "who", w.addressed(l)), link: l.link(said), from: w.say("from", "who", l.From)}
	if l.From == "" {
		p.from = w.say("from.nobody")
	}
	if l.Sample {
		p.sample = w.say("sample.body")
	}
	if len(said) == 1 {
		p.intro = w.sentences(said[0].Item, l.Now)
	} else if len(said) > 1 {
		p.intro = []string{w.say("list.intro", "n", len(said))}
		p.parts = w.parts(l, said, named)
		if rest := len(said) - named; rest > 0 {
			p.more = w.say("list.rest", "n", rest)
		}
	}
	if p.link == "" {
		p.close = append(p.close, w.say("close.office")+".")
	}
	p.close = append(p.close, w.say("close.done"))
	return p
}

// parts puts the named items under the headings of their places.
func (w wording) parts(l Letter, said []entry, named int) []part {
	count := map[Place]int{}
	for _, e := range said {
		count[e.place]++
	}
	var out []part
	for i, e := range said[:named] {
		if i == 0 || e.place != said[i-1].place {
			out = append(out, part{heading: w.say("place."+strconv.Itoa(int(e.place)), "n", count[e.place])})
		}
		last := &out[len(out)-1]
		last.lines = append(last.lines, w.line(e.Item, l.Now))
	}
	return out
}

// plain is the page as text.
func (p page) plain() string {
	var b strings.Builder
	para := func(s string) {
		if s != "" {
			b.WriteString(s + "\n\n")
		}
	}
	para(p.sample)
	para(p.greeting)
	for _, s := range p.intro {
		para(s)
	}
	for _, part := range p.parts {
		b.WriteString(part.heading + "\n")
		for _, line := range part.lines {
			b.WriteString("- " + line + "\n")
		}
		b.WriteString("\n")
	}
	para(p.more)
	para(p.link)
	for _, s := range p.close {
		para(s)
	}
	b.WriteString(p.from)
	return b.String()
}

// html is the page as a simple web page, readable where styles are taken away.
func (p page) html(lang, title string) string {
	var b strings.Builder
	e := html.EscapeString
	para := func(s string) {
		if s != "" {
			b.WriteString("<p>" + e(s) + "</p>\n")
		}
	}
	b.WriteString(`<!doctype html><html lang="` + lang + `"><head><meta charset="utf-8"><title>` + e(title) + "</title></head>\n<body style=\"font-family:sans-serif;font-size:16px;line-height:1.5;max-width:40em\">\n")
	para(p.sample)
	para(p.greeting)
	for _, s := range p.intro {
		para(s)
	}
	for _, part := range p.parts {
		b.WriteString("<h2 style=\"font-size:16px\">" + e(part.heading) + "</h2>\n<ul>\n")
		for _, line := range part.lines {
			b.WriteString("<li>" + e(line) + "</li>\n")
		}
		b.WriteString("</ul>\n")
	}
	para(p.more)
	if p.link != "" {
		b.WriteString(`<p><a href="` + e(p.link) + `">` + e(p.link) + "</a></p>\n")
	}
	for _, s := range p.close {
		para(s)
	}
	b.WriteString("<p>" + e(p.from) + "</p>\n</body></html>\n")
	return b.String()
}

// Test is a message that only shows that a channel works.
func Test(lang calendar.Lang, from string, now time.Time) Text {
	w := words(lang)
	p := page{greeting: w.say("test.greeting"), intro: []string{w.say("test.body")}, from: w.say("from", "who", from)}
	if from == "" {
		p.from = w.say("from.nobody")
	}
	out := Text{Subject: w.say("test.subject"), Body: p.plain()}
	out.HTML = p.html(string(lang), out.Subject)
	out.Variables = []string{w.say("test.who"), w.say("test.what"), w.say("test.whose"), calendar.Clock(now, calendar.WITA, lang), w.say("test.standing"), w.say("close.office")}
	return out
}
