package simulate

import (
	"cmp"
	_ "embed"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"payung/domain/calendar"
	"payung/domain/rupiah"
)

//go:embed words.json
var wordFile []byte

// words are the sentences of a report, by key and language.
var words = sync.OnceValues(func() (map[string]map[calendar.Lang]string, error) {
	var out map[string]map[calendar.Lang]string
	return out, json.Unmarshal(wordFile, &out)
})

// say is a sentence in a language. The file is part of the program and a test
// reads it.
func say(l calendar.Lang, key string) string {
	all, _ := words()
	return all[key][l]
}

// Total is how many messages of a sort went out and what they cost.
type Total struct {
	Key      string        `json:"key"`
	Messages int           `json:"messages"`
	Cost     rupiah.Amount `json:"cost"`
}

// Summary is a year in figures.
type Summary struct {
	Start    calendar.Day   `json:"start"`
	Units    int            `json:"units"`
	Seed     uint64         `json:"seed"`
	Conduct  map[Kind]int   `json:"conduct"`
	Planned  int            `json:"planned"` // messages the dry run said
	Messages int            `json:"messages"`
	Cost     rupiah.Amount  `json:"cost"`
	Channels []Total        `json:"channels"`
	Months   []Total        `json:"months"`
	Steps    map[string]int `json:"steps"` // notices of each step
	Lists    int            `json:"lists"` // that were accepted
	Open     int            `json:"open"`
	Coverage []Covered      `json:"coverage"`
}

// Covered is how many people were listed, registered and protected when a month
// ended.
type Covered struct {
	Month                         calendar.Month
	Listed, Registered, Protected int64
}

// Summary adds a year up.
func (r *Report) Summary() Summary {
	s := Summary{
		Start: r.Options.Start, Units: r.Options.Units, Seed: r.Options.Seed, Conduct: r.Conduct, Planned: len(r.Calendar), Messages: len(r.Messages),
		Steps: map[string]int{}, Lists: len(r.Closed), Open: r.Open,
	}
	add := func(to []Total, key string, cost rupiah.Amount) []Total {
		i := slices.IndexFunc(to, func(t Total) bool { return t.Key == key })
		if i < 0 {
			i, to = len(to), append(to, Total{Key: key})
		}
		to[i].Messages++
		to[i].Cost += cost
		return to
	}
	for _, m := range r.Messages {
		s.Cost += m.Cost
		s.Channels = add(s.Channels, m.Channel, m.Cost)
		s.Months = add(s.Months, string(zone.DayOf(m.At).Month()), m.Cost)
	}
	slices.SortFunc(s.Channels, func(a, b Total) int { return cmp.Compare(a.Key, b.Key) })
	for _, n := range r.Notices {
		s.Steps[n.Step]++
	}
	for _, c := range r.Coverage {
		s.Coverage = append(s.Coverage, Covered{c.Month, c.People.Listed, c.People.Registered, c.People.Protected})
	}
	return s
}

// barWidth is how many characters the longest bar of the coverage has.
const barWidth = 40

// Print writes a year as text: every message if all is set, the totals, and how
// many people were protected when.
func (r *Report) Print(w io.Writer, l calendar.Lang, all bool) error {
	s := r.Summary()
	p := printer{w: w, lang: l}
	p.line("title", s.Units, s.Start.Long(l), s.Seed)
	for _, k := range Kinds() {
		if n := s.Conduct[k]; n > 0 {
			p.line("conduct."+string(k), n)
		}
	}
	for year := s.Start.Year(); year <= r.Options.end().Year(); year++ {
		if !calendar.National().Covers(year) {
			p.line("holidays", year)
		}
	}
	for _, d := range r.Options.Off {
		p.line("downtime", calendar.Clock(d.From, zone, l), calendar.Clock(d.To, zone, l))
	}
	if all {
		p.heading("messages")
		for _, m := range r.Messages {
			p.text("%s  %-28s %-9s %-12s %s%s\n", stamp(m.At), m.Post, m.Channel, strings.Join(slices.Compact(slices.Clone(m.Steps)), " "), m.Subject, p.cost(m.Cost))
		}
	}
	p.totals(s)
	p.coverage(s.Coverage)
	p.line("lists", s.Lists, s.Open)
	p.line("dryrun", s.Planned, s.Messages)
	return p.err
}

// printer writes lines and keeps the first error.
type printer struct {
	w    io.Writer
	lang calendar.Lang
	err  error
}

func (p *printer) text(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}

func (p *printer) line(key string, args ...any) { p.text(say(p.lang, key)+"\n", args...) }

func (p *printer) heading(key string) { p.text("\n%s\n", say(p.lang, key)) }

func (p *printer) cost(a rupiah.Amount) string {
	if a == 0 {
		return ""
	}
	return "  " + a.String()
}

func (p *printer) totals(s Summary) {
	p.heading("by_channel")
	for _, t := range s.Channels {
		p.text("  %-10s %6d%s\n", t.Key, t.Messages, p.cost(t.Cost))
	}
	p.text("  %-10s %6d%s\n", say(p.lang, "all"), s.Messages, p.cost(s.Cost))
	p.heading("by_month")
	for _, t := range s.Months {
		p.text("  %-10s %6d%s\n", t.Key, t.Messages, p.cost(t.Cost))
	}
	p.heading("by_step")
	steps := make([]string, 0, len(s.Steps))
	for code := range s.Steps {
		steps = append(steps, code)
	}
	slices.SortFunc(steps, func(a, b string) int { return cmp.Or(cmp.Compare(days(a), days(b)), cmp.Compare(a, b)) })
	for _, code := range steps {
		p.text("  %-10s %6d\n", code, s.Steps[code])
	}
}

// days is the number in a step's code, such as -7 in "T-7"; 0: there is none.
func days(code string) int {
	n, _ := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(code, "T"), "HK"))
	return n
}

func (p *printer) coverage(months []Covered) {
	p.heading("coverage")
	most := int64(1)
	for _, c := range months {
		most = max(most, c.Listed, c.Protected)
	}
	for _, c := range months {
		full, half := int(c.Protected*barWidth/most), int(c.Listed*barWidth/most)
		bar := strings.Repeat("#", full) + strings.Repeat("-", max(0, half-full))
		p.text("  %s  %-*s %6d  (%d)\n", c.Month, barWidth, bar, c.Protected, c.Listed)
	}
}

func stamp(t time.Time) string { return t.In(zone.Location()).Format("2006-01-02 15:04") }

// CSV writes every message of a year.
func (r *Report) CSV(w io.Writer, l calendar.Lang) error {
	out := csv.NewWriter(w)
	head := strings.Split(say(l, "columns"), ",")
	if err := out.Write(head); err != nil {
		return fmt.Errorf("simulate: %w", err)
	}
	for _, m := range r.Messages {
		err := out.Write([]string{stamp(m.At), m.Post, m.Unit, m.Channel, m.Kind, strings.Join(m.Steps, " "), strconv.FormatInt(m.Items, 10), m.Subject, strconv.FormatInt(int64(m.Cost), 10), m.Text})
		if err != nil {
			return fmt.Errorf("simulate: %w", err)
		}
	}
	out.Flush()
	return out.Error()
}
