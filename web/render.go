package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"strings"
	"time"

	"payung/domain/calendar"
	"payung/domain/rupiah"
	"payung/domain/worker"
	"payung/ledger"
	"payung/models"
)

//go:embed templates/*.html
var templateFiles embed.FS

// pages are the templates of each language: their functions speak it.
type pages map[calendar.Lang]speech

// speech is the pages of one language.
type speech struct {
	words     words
	templates *template.Template
}

func loadPages() (pages, error) {
	out := pages{}
	for _, l := range []calendar.Lang{calendar.ID, calendar.EN} {
		w, err := loadWords(l)
		if err != nil {
			return nil, err
		}
		t, err := template.New("").Option("missingkey=error").Funcs(w.funcs()).ParseFS(templateFiles, "templates/*.html")
		if err != nil {
			return nil, fmt.Errorf("web: templates: %w", err)
		}
		out[l] = speech{words: w, templates: t}
	}
	return out, nil
}

// render makes a whole page before anything is sent, so that nobody sees half
// of one.
func (s speech) render(name string, view any) ([]byte, error) {
	var out bytes.Buffer
	if err := s.templates.ExecuteTemplate(&out, name, view); err != nil {
		return nil, fmt.Errorf("web: %s in %s: %w", name, s.words.lang, err)
	}
	return out.Bytes(), nil
}

func number(n int64, l calendar.Lang) string { return rupiah.Number(n, l) }

// funcs are what templates may call: words, numbers and dates of a language.
func (w words) funcs() template.FuncMap {
	return template.FuncMap{
		"t":       w.say,
		"num":     func(n any) string { return number(whole(n), w.lang) },
		"percent": func(n, of int64) string { return rupiah.Percent(n, of, w.lang) },
		"add":     func(a, b int64) int64 { return a + b },
		"money":   func(n int64) string { return rupiah.Amount(n).String() },
		"long":    func(d calendar.Day) string { return d.Long(w.lang) },
		"short":   func(d calendar.Day) string { return d.Short(w.lang) },
		"words":   func(d calendar.When) string { return d.Words(w.lang) },
		"when":    w.when,
		"clock":   func(t time.Time, z any) string { return calendar.Clock(t, calendar.Zone(fmt.Sprint(z)), w.lang) },
		"zone":    func(z any) string { return calendar.Zone(fmt.Sprint(z)).Label() },
		"local":   func(n worker.Name) string { return pick(w.lang, n.ID, n.EN) },
		"commas":  func(s string) string { return strings.ReplaceAll(s, ",", ", ") },

		"day": func(s string) calendar.Day { return calendar.Day(s) },
		"date": func(day, p string) calendar.When {
			return calendar.When{On: calendar.Day(day), Precision: calendar.Precision(p)}
		},
		"micros": time.UnixMicro,
		"first":  func(f []ledger.Reported) []ledger.Reported { return f[:min(len(f), figuresShown)] },
		"rest":   func(f []ledger.Reported) int { return max(0, len(f)-figuresShown) },

		"answered": func(c ledger.DutyCount) int64 { return c.Answered + c.Nihil },
		"bar":      duties,
		"tally":    w.tally,
		"tallybar": tallyBar,
		"status":   w.status,
		"cell":     w.cell,
		"tone":     toneShape,

		"known":   known,
		"rowbar":  rowBar,
		"changed": changed,

		"ask":       w.ask,
		"askas":     w.askAs,
		"asked":     w.asked,
		"masked":    masked,
		"moved":     movedShape,
		"judged":    judgedShape,
		"reason":    w.leaving,
		"rejection": w.rejection,
		"rule":      func(code string) string { return w.named("rule.", code) },
		"plus":      func(a, b int) int { return a + b },

		"at":      at,
		"sides":   sides,
		"tones":   tones,
		"heights": heights,

		"letterUpload": uploadOf,
		"letterShape":  letterShape,
		"bulk":         bulk,
		"invitable":    invitable,

		"asking":   extensionShape,
		"deciding": func(id string, who []models.Post, f form) deciding { return deciding{id, who, f} },
		"outage":   outageWord,
		"lasted":   w.lasted,
		"between":  func(from, to int64) time.Duration { return time.Duration(to-from) * time.Microsecond },
		"minutes":  func(n int) time.Duration { return time.Duration(n) * time.Minute },
		"doubted":  w.doubted,
		"pause":    func(code string) string { return w.named("pause.", code) },

		"weeknumber": w.weekNumber,
		"weekmoney":  weekMoney,

		"called":     called,
		"choose":     choose,
		"choosehead": chooseHead,
		"groups":     groups,

		"infile":  func(f fileView, b boxView) fileInBox { return fileInBox{f, b} },
		"size":    w.size,
		"weight":  weight,
		"funding": w.funding,

		"about":      w.aboutItem,
		"deadline":   w.deadlineOf,
		"msgstate":   stateShape,
		"msgproblem": w.problem,
		"plansteps":  stepsOf,
		"month":      func(m string) string { return calendar.Month(m).Long(w.lang) },

		"channelfield": w.channelField,

		"group":      w.group,
		"kind":       func(code string) string { return w.named("unit.", code) },
		"happening":  func(code string) string { return w.named("happening.", code) },
		"step":       func(code string) string { return w.named("prospect.", code) },
		"duty":       w.duty,
		"action":     w.action,
		"source":     w.source,
		"figure":     w.figure,
		"counted":    w.counted,
		"states":     w.states,
		"regulation": w.regulation,
	}
}

// figuresShown is how many reported figures a row of the recap has room for;
// the agreement's page has them all.
const figuresShown = 2

func pick(l calendar.Lang, id, en string) string {
	if l == calendar.EN {
		return en
	}
	return id
}

// whole is any of the whole numbers the views hold.
func whole(n any) int64 {
	switch n := n.(type) {
	case int:
		return int64(n)
	case int64:
		return n
	}
	return 0
}

// group is a worker group's name; a code that is not in the table is shown as
// it is.
func (w words) group(code string) string {
	if g, ok := worker.Find(code); ok {
		return pick(w.lang, g.Name.ID, g.Name.EN)
	}
	return code
}
