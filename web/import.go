package web

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"payung/domain/cell"
	"payung/domain/roster"
	"payung/intake"
	"payung/ledger"
	"payung/models"
)

// findingsShown is how many findings a page has room for.
const findingsShown = 50

// readingView is what became of a file: how far its reading is, what it means,
// what is wrong with it, and what somebody has to say before it counts.
type readingView struct {
	frame
	models.Import
	Duty     ledger.DutyView
	File     models.Upload
	Found    intake.Result
	Stage    tag
	Effect   string
	Stopped  bool // nobody has read on for a while
	Why      saidRule
	Rules    []ruleView
	List     []saidRule // about the file as a whole
	Findings []findingView
	Levels   []levelLink
	Level    string
	Next     string
	First    bool // the first page of findings
	Columns  []columnRead
	Guessed  bool // nobody has said so, and the headings do not
	Missing  []missingView
	Absent   int      // people of the list before who are not in the file
	Open     int      // of them, of whom nobody has said what became
	Rest     []option // what may have become of all the others
	Form     form
	Said     form // about missing people
	Told     string
	Path     string
}

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

// reading shows one reading.
func (s *site) reading(v *visit) error { return v.readingPage(http.StatusOK, begin(), begin()) }

func (v *visit) readingPage(status int, accept, answers form) error {
	view := readingView{Form: accept, Said: answers, Told: v.told()}
	err := v.read(func(tx *ledger.Tx) error { return v.readReading(tx, &view) })
	if err != nil {
		return err
	}
	if view.State == ledger.ImportReading {
		v.w.Header().Set("Refresh", "3")
	}
	if v.frame.Title, err = v.words.say("import.title", "file", view.File.Name); err != nil {
		return err
	}
	v.frame.Nav, view.Path = "recap", readingPath(view.Import)
	v.returned(view.Path)
	view.frame = v.frame
	return v.show(status, "import.html", view)
}

// stalled is after how long without progress a reading is said to wait.
const stalled = 30 * time.Second

func (v *visit) readReading(tx *ledger.Tx, view *readingView) (err error) {
	if view.Import, err = tx.Import(v.r.PathValue("id")); err != nil {
		return err
	}
	if view.Duty, err = tx.Duty(view.ObligationID); err != nil {
		return err
	}
	if view.File, err = tx.Upload(view.UploadID); err != nil {
		return err
	}
	if view.Stage, err = v.words.readingTag(view.Import); err != nil {
		return err
	}
	if view.State == ledger.ImportReading {
		view.Stopped = tx.Now().Sub(time.UnixMicro(view.UpdatedAt)) > stalled
		return nil
	}
	if err := json.Unmarshal([]byte(view.Result), &view.Found); err != nil {
		return err
	}
	if view.Found.Effect != nil {
		view.Effect = view.Found.Effect.Say(v.words.lang)
	}
	v.readColumns(view)
	view.Why = v.whyNot(view.Import, view.Found)
	for _, f := range view.Found.List {
		if string(f.Rule) != view.Problem {
			view.List = append(view.List, v.saidOf(f))
		}
	}
	if err := v.readFindings(tx, view); err != nil {
		return err
	}
	return v.readMissing(tx, view)
}

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
	view.First = page.Row == 0
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
