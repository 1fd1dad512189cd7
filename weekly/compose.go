package weekly

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"payung/domain/calendar"
	"payung/domain/matter"
	"payung/domain/rupiah"
)

func (c composer) people() Section {
	s := Section{Key: KeyPeople, Title: c.say("people.title"), Missing: c.missing(NoYear, NoTarget, NoAnswer, NoReported, NoBefore)}
	if n, known := c.Unprotected(); known {
		s.Figure, s.Unit = rupiah.Number(n, c.lang), c.say("people.unit")
	}
	var sources []string
	for _, l := range c.lines() {
		if l.Basis == "" {
			continue
		}
		line := c.say("people.line", "group", c.name(l.Name), "year", itoa(l.Year), "protected", l.Protected, "people", l.People, "basis", c.say("basis."+l.Basis),
			"listed", l.Listed, "submitted", l.Submitted, "registered", l.Registered)
		if l.Lapsed > 0 {
			line += " " + c.say("people.lapsed", "n", l.Lapsed)
		}
		s.Lines = append(s.Lines, line)
		sources = append(sources, c.say("people.target_by", "source", c.source(l.By)))
		if l.Said {
			sources = append(sources, c.say("people.protected_by", "source", c.source(l.Saying)))
		}
	}
	if c.Change != nil {
		s.Lines = append(s.Lines, c.say("people.change", "day", c.Change.Since, "protected", c.signed(c.Change.Protected), "answered", c.signed(c.Change.Answered)))
	}
	for _, r := range c.Reported {
		s.Lines = append(s.Lines, c.reported(r))
	}
	slices.Sort(sources)
	s.Source = c.from(append([]string{c.say("source.computed", "clock", c.clock())}, slices.Compact(sources)...)...)
	return s
}

func (c composer) reported(r Reported) string {
	value := rupiah.Number(r.Value, c.lang)
	if r.About {
		value = c.say("reported.about", "value", value)
	}
	if r.Of > 0 {
		value = c.say("reported.of", "value", value, "of", r.Of, "percent", rupiah.Percent(r.Value, r.Of, c.lang))
	}
	return c.say("reported.line", "value", value, "definition", r.Definition, "who", cmp.Or(r.Who, c.say("source.own")), "on", r.On.Words(c.lang))
}

func (c composer) matters() Section {
	first := c.First()
	s := Section{Key: KeyMatters, Count: true, Title: c.say("matters.title"), Source: c.from(c.say("matters.source", "clock", c.clock()))}
	if len(first) == MostMatters {
		s.Title = c.say("matters.three")
	}
	for _, m := range first {
		s.Items = append(s.Items, c.matter(m))
	}
	if len(first) == 0 {
		s.Lines = []string{c.say("matters.none")}
	}
	if rest := len(c.Matters) - len(first); rest > 0 {
		s.Note = c.say("matters.rest", "n", rest)
	}
	return s
}

func (c composer) matter(m matter.Matter) Item {
	key := "matter." + string(m.Kind)
	about := m.About
	switch m.Kind {
	case matter.Basis, matter.Budget:
		about = c.group(m.About)
	case matter.WriteLetter, matter.SignLetter:
		about = cmp.Or(c.say("letter."+m.About), c.say("letter.other"))
		if m.Kind == matter.WriteLetter && m.Places > 0 {
			key += "_through"
		}
	case matter.Desk:
		about = cmp.Or(m.About, c.say("desk.unknown"))
	}
	values := []any{"about", about, "n", m.Count, "places", m.Places, "amount", m.Amount, "by", m.By, "since", m.Since}
	said := []string{c.say(key+".text", values...)}
	if m.By != "" {
		said = append(said, c.say(key+".by", values...))
	}
	if m.Since != "" {
		said = append(said, c.say(key+".since", values...))
	}
	said = slices.DeleteFunc(said, func(s string) bool { return s == "" })
	return Item{Head: c.say(key, values...), Text: strings.Join(said, " ")}
}

func (c composer) holds() Section {
	s := Section{Key: KeyHolds, Title: c.say("holds.title"), Source: c.computed()}
	if len(c.Holds) == MostHolds {
		s.Title = c.say("holds.five")
	}
	if c.Lists.All > 0 {
		s.Lines = []string{c.say("holds.lists", "answered", c.Lists.Answered, "all", c.Lists.All, "percent", rupiah.Percent(c.Lists.Answered, c.Lists.All, c.lang), "late", c.Lists.Late)}
	}
	for _, h := range c.Holds {
		i := Item{Head: h.Name}
		if h.Of > 1 {
			i.Tail = c.say("holds.of", "n", h.Silent, "of", h.Of)
		}
		var parts []string
		switch {
		case h.Late > 0:
			parts = append(parts, c.say("holds.late", "days", c.Day.Sub(h.Since), "day", h.Since))
		case h.Since != "":
			parts = append(parts, c.say("holds.soon", "day", h.Since))
		default:
			parts = append(parts, c.say("holds.undated"))
		}
		if h.People > 0 {
			parts = append(parts, c.say("holds.people", "n", h.People))
		}
		if h.Head != "" {
			parts = append(parts, c.say("holds.head", "post", h.Head))
		}
		i.Text = strings.Join(parts, " · ")
		s.Items = append(s.Items, i)
	}
	if len(c.Holds) == 0 {
		s.Lines = append(s.Lines, c.say("holds.none"))
	}
	if rest := c.Holding - len(c.Holds); rest > 0 {
		s.Note = c.say("holds.rest", "n", rest)
	}
	return s
}

func (c composer) desks() Section {
	s := Section{Key: KeyDesks, Title: c.say("desks.title"), Source: c.computed()}
	for _, d := range c.Desks {
		text := c.say("desk."+d.What, "n", d.Count)
		if d.Late {
			text += " " + c.say("desk.late")
		}
		s.Items = append(s.Items, Item{Head: cmp.Or(d.Title, c.say("desk.unknown")), Tail: c.say("desks.since", "day", d.Since), Text: text})
	}
	if len(c.Desks) == 0 {
		s.Lines = []string{c.say("desks.none")}
	}
	if rest := c.Waiting - len(c.Desks); rest > 0 {
		s.Note = c.say("desks.rest", "n", rest)
	}
	return s
}

func (c composer) money() Section {
	s := Section{Key: KeyMoney, Title: c.say("money.title"), Missing: c.missing(NoWage, NoCeiling)}
	if sum, known := c.Needed(); known {
		s.Figure = sum.String()
	}
	rules := map[string]bool{}
	var versions []string
	for _, l := range c.lines() {
		m := l.Money
		if m == nil {
			continue
		}
		line := c.say("money.line", "group", c.name(l.Name), "year", itoa(l.Year), "n", m.Payers, "months", m.Months, "from", m.From.Long(c.lang), "cost", m.Cost)
		if m.Months == 0 {
			line = c.say("money.over", "group", c.name(l.Name), "year", itoa(l.Year))
		}
		if m.Ahead > 0 {
			line += " " + c.say("money.ahead", "ahead", m.Ahead)
		}
		switch {
		case m.Short() > 0:
			line += " " + c.say("money.short", "ceiling", m.Ceiling, "short", m.Short())
		case m.Ceiling > 0:
			line += " " + c.say("money.enough", "ceiling", m.Ceiling)
		}
		s.Lines = append(s.Lines, line)
		if !rules[m.Rule] {
			rules[m.Rule], versions = true, append(versions, cmp.Or(calendar.Day(m.Rule).Short(c.lang), m.Rule))
		}
	}
	if len(versions) > 0 {
		s.Source = c.from(c.say("money.source", "rule", strings.Join(versions, ", "), "clock", c.clock()))
	} else {
		s.Lines = append(s.Lines, c.say("money.none"))
		s.Source = c.computed()
	}
	return s
}

// from is the sentence about where a section's figures come from.
func (c composer) from(parts ...string) string {
	return c.say("source", "source", strings.Join(parts, "; "))
}

func (c composer) computed() string { return c.from(c.say("source.computed", "clock", c.clock())) }

// itoa is a year, whose thousands are not marked.
func itoa(n int) string { return strconv.Itoa(n) }
