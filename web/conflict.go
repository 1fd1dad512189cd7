package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"payung/domain/worker"
	"payung/ledger"
)

// conflictsShown is how many people a page of the queue shows.
const conflictsShown = 25

// conflictsView is the queue of people who stand on more than one list.
type conflictsView struct {
	frame
	Items  []conflictView
	Rules  []ruleShare
	State  string
	States []string
	Keep   string // the query a form returns to
	Next   string
	Told   string
	Form   form // of a decision that was refused
	About  string
	Decide bool // the visitor may
	First  bool // the first page

	Oversees bool // the visitor sees several kabupaten
}

// conflictView is one person with the places they have.
type conflictView struct {
	ledger.ConflictView
	Name     string
	Sides    []sideView
	Sentence string // of the rule
	Wrong    form
}

// sideView is one place on a list.
type sideView struct {
	ledger.SideView
	Kecamatan string
	Proposed  bool
	Chosen    bool
	Year      int
}

// ruleShare is how many open conflicts of an agreement one rule speaks of.
type ruleShare struct {
	ledger.RuleShare
	Name, Sentence string
}

// conflictStates are those the queue can show.
var conflictStates = []string{"open", "decided", "gone"}

// conflicts shows the queue.
func (s *site) conflicts(v *visit) error { return v.queue(http.StatusOK, "", begin()) }

func (v *visit) queue(status int, about string, f form) error {
	q := v.r.URL.Query()
	if back, err := url.ParseQuery(f.Value("back")); err == nil && len(back) > 0 {
		q = back // as the page was that the form stood on
	}
	view := conflictsView{Oversees: oversees(v.actor), State: "open", States: conflictStates, Told: v.told(), Form: f, About: about, Decide: v.actor.Reach != ledger.Units, First: q.Get("after") == ""}
	if slices.Contains(conflictStates, q.Get("state")) {
		view.State = q.Get("state")
	}
	err := v.read(func(tx *ledger.Tx) error {
		shares, err := tx.OpenConflicts()
		if err != nil {
			return err
		}
		for _, r := range shares {
			rule, _ := worker.FindPriority(r.Rule)
			view.Rules = append(view.Rules, ruleShare{r, cmp.Or(v.words.local(rule.Name), r.Rule), v.words.local(rule.Reason)})
		}
		filter := ledger.ConflictFilter{State: view.State, AgreementID: q.Get("agreement"), Rule: q.Get("rule")}
		rows, err := tx.Conflicts(filter, ledger.Page{After: q.Get("after"), Size: conflictsShown + 1})
		if err != nil {
			return err
		}
		if len(rows) > conflictsShown {
			rows = rows[:conflictsShown]
			next := url.Values{"state": {view.State}, "agreement": {q.Get("agreement")}, "rule": {q.Get("rule")}, "after": {rows[conflictsShown-1].ID}}
			view.Next = "/conflicts?" + next.Encode()
		}
		for _, r := range rows {
			c, err := v.conflict(tx, r)
			if err != nil {
				return err
			}
			if c.ID == about {
				c.Wrong = f
				for i := range c.Sides {
					c.Sides[i].Chosen = slices.Contains(f.typed["keeps"], c.Sides[i].ObligationID)
				}
			}
			view.Items = append(view.Items, c)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if v.frame.Title, err = v.words.say("conflicts.title"); err != nil {
		return err
	}
	q.Del("done")
	q.Del("lang")
	view.Keep = q.Encode()
	v.frame.Nav = "conflicts"
	v.returned("/conflicts?" + view.Keep)
	view.frame = v.frame
	return v.show(status, "conflicts.html", view)
}

func (v *visit) conflict(tx *ledger.Tx, r ledger.ConflictView) (conflictView, error) {
	rule, _ := worker.FindPriority(r.Rule)
	out := conflictView{ConflictView: r, Sentence: v.words.local(rule.Reason)}
	winners := strings.Split(r.Winner, ",")
	for _, s := range r.Sides {
		d, err := tx.Duty(s.ObligationID)
		if err != nil {
			return out, err
		}
		out.Name = cmp.Or(out.Name, s.Name)
		won := slices.Contains(winners, s.ObligationID)
		out.Sides = append(out.Sides, sideView{SideView: s, Kecamatan: d.Kecamatan, Year: d.Year, Proposed: won, Chosen: won})
	}
	return out, nil
}

// local is a name of the rules in the visitor's language.
func (w words) local(n worker.Name) string { return pick(w.lang, n.ID, n.EN) }
