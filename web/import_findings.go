package web

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"payung/domain/cell"
	"payung/domain/roster"
	"payung/intake"
	"payung/ledger"
	"payung/models"
)

// findingsShown is how many findings a page has room for.
const findingsShown = 50

// saidRule is one thing to say: what is wrong and what to do.
type saidRule struct{ Level, Title, Problem, Cure string }

// ruleView is one rule with how often it spoke, and where first.
type ruleView struct {
	saidRule
	Count int64
	Rows  string
}

// findingView is one finding about one cell.
type findingView struct {
	saidRule
	Row    int64
	Column string
	Field  string
	Found  string
}

// levelLink is one way to narrow the findings.
type levelLink struct{ Level, URL string }

// levels are those of findings; "": all of them.
var levels = []string{"", string(roster.Error), string(roster.Warning), string(roster.Info)}

// readFindings reads the rules that spoke, and a stretch of what they said.
func (v *visit) readFindings(tx *ledger.Tx, view *readingView) error {
	counts, err := tx.RuleCounts(view.ID)
	if err != nil {
		return err
	}
	for _, c := range counts {
		first, err := tx.FirstFindings(view.ID, c.Rule, c.Level, rowsNamed+1)
		if err != nil {
			return err
		}
		r := ruleView{Count: c.Count}
		var numbers []int
		for i, f := range first {
			if i == 0 {
				r.saidRule = v.saidOf(intake.FindingOf(f))
			}
			numbers = append(numbers, int(f.Number))
		}
		r.Rows = lines(slices.Compact(numbers))
		view.Rules = append(view.Rules, r)
	}
	q := v.r.URL.Query()
	if slices.Contains(levels, q.Get("level")) {
		view.Level = q.Get("level")
	}
	for _, l := range levels {
		view.Levels = append(view.Levels, levelLink{l, v.link(url.Values{"level": {l}, "after": {""}, "done": {""}}) + "#rows"})
	}
	page := ledger.FindingPage{Size: findingsShown + 1, Level: view.Level}
	row, seq, _ := strings.Cut(q.Get("after"), ".")
	page.Row, _ = strconv.ParseInt(row, 10, 64) // what is no number begins at the top
	page.Seq, _ = strconv.Atoi(seq)
	found, err := tx.Findings(view.ID, page)
	if err != nil {
		return err
	}
	if len(found) > findingsShown {
		found = found[:findingsShown]
		last := found[findingsShown-1]
		view.Next = v.link(url.Values{"after": {strconv.FormatInt(last.Number, 10) + "." + strconv.Itoa(last.Seq)}, "done": {""}}) + "#rows"
	}
	for _, f := range found {
		view.Findings = append(view.Findings, findingView{
			saidRule: v.saidOf(intake.FindingOf(f)), Row: f.Number, Column: cell.Letters(f.Column), Field: v.words.heading(roster.Field(f.Field)), Found: f.Found,
		})
	}
	return nil
}

// columnRead is a field with the column it was read from.
type columnRead struct{ Field, Letters string }

// readColumns says which column was read as what, and whether that was only
// guessed.
func (v *visit) readColumns(view *readingView) {
	var m roster.Mapping
	if json.Unmarshal([]byte(view.Mapping), &m) != nil {
		return // it was not read at all
	}
	for _, h := range roster.Fields() {
		if column, ok := m.Columns[h.Field]; ok && h.Field != roster.RowID {
			view.Columns = append(view.Columns, columnRead{pick(v.words.lang, h.Name.ID, h.Name.EN), cell.Letters(column)})
		}
	}
	g := view.Found.Guess
	view.Guessed = g != nil && g.Confidence != roster.Sure && maps.Equal(g.Mapping.Columns, m.Columns)
}

// rowsNamed is how many rows a rule names.
const rowsNamed = 5

// saidOf says a finding: in the words of the rules, or of what only the ledger
// finds.
func (v *visit) saidOf(f roster.Finding) saidRule {
	s := saidRule{Level: string(f.Level), Title: roster.Title(f.Rule, v.words.lang)}
	if s.Title == "" {
		s.Title = cmp.Or(v.words.text["rule."+string(f.Rule)], string(f.Rule))
		s.Problem, s.Cure = v.words.text["rule."+string(f.Rule)+".problem"], v.words.text["rule."+string(f.Rule)+".cure"]
		return s
	}
	s.Problem, s.Cure = roster.Say(f, v.words.lang)
	return s
}

// whyNot says why a reading is held or refused.
func (v *visit) whyNot(i models.Import, r intake.Result) saidRule {
	if i.Problem == "" {
		return saidRule{}
	}
	for _, f := range r.List {
		if string(f.Rule) == i.Problem {
			return v.saidOf(f)
		}
	}
	if title := v.words.text["hold."+i.Problem]; title != "" {
		return saidRule{Title: title, Problem: v.words.text["hold."+i.Problem+".problem"], Cure: v.words.text["hold."+i.Problem+".cure"]}
	}
	return saidRule{Problem: v.code(i.Problem, r.Params)}
}

// heading is what stands above the column of a field.
func (w words) heading(f roster.Field) string {
	for _, h := range roster.Fields() {
		if h.Field == f {
			return pick(w.lang, h.Name.ID, h.Name.EN)
		}
	}
	return ""
}
