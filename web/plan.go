package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"payung/delivery"
	"payung/ledger"
	"payung/models"
)

// planning adds the pages about what will be sent.
func (s *site) planning(mux *http.ServeMux) {
	mux.HandleFunc("GET /agreements/{id}/plan", s.page(s.plan))
	mux.HandleFunc("GET /agreements/{id}/plan.csv", s.page(s.planFile))
}

const (
	planMonths  = 12 // how far it looks ahead
	planSize    = 50 // messages on a page
	planLeaders = 5  // posts that get most, as far as they are shown
)

// planView is the messages of the coming months.
type planView struct {
	frame
	Agreement models.Agreement
	Totals    delivery.Totals // of all months, as narrowed
	Leaders   []delivery.Total
	Month     delivery.Total // that is shown
	Days      []planDay
	Filter    delivery.PlanFilter
	Posts     []planChoice
	Units     []planChoice
	Steps     []string
	Narrowed  bool
	Next      string
	File      string
	URL       string
}

// planChoice is one choice of a list.
type planChoice struct{ Value, Name string }

// planDay is one day of the agenda.
type planDay struct {
	Planned []delivery.Planned
}

// First is a message of the day, for its date.
func (d planDay) First() delivery.Planned { return d.Planned[0] }

// plan shows every message of the coming months, a month at a time.
func (s *site) plan(v *visit) error {
	view := planView{}
	all, err := v.planned(&view)
	if err != nil {
		return err
	}
	view.choices(all)
	month := view.Filter.Month
	view.Filter.Month = ""
	planned := view.Filter.Of(all)
	view.Totals = delivery.Sum(planned)
	view.Leaders = view.Totals.Posts[:min(planLeaders, len(view.Totals.Posts))]
	view.Narrowed = view.Filter != delivery.PlanFilter{}
	if i := slices.IndexFunc(view.Totals.Months, func(t delivery.Total) bool { return t.Key == month }); i >= 0 {
		view.Month = view.Totals.Months[i]
	} else if len(view.Totals.Months) > 0 {
		view.Month = view.Totals.Months[0]
	}
	shown := delivery.PlanFilter{Month: view.Month.Key}.Of(planned)
	skip, err := strconv.Atoi(v.r.URL.Query().Get("skip"))
	if err != nil || skip < 0 || skip >= len(shown) {
		skip = 0
	}
	shown = shown[skip:]
	if len(shown) > planSize {
		shown = shown[:planSize]
		view.Next = v.link(url.Values{"skip": {strconv.Itoa(skip + planSize)}})
	}
	for _, p := range shown {
		if n := len(view.Days); n == 0 || view.Days[n-1].First().Day() != p.Day() {
			view.Days = append(view.Days, planDay{})
		}
		d := &view.Days[len(view.Days)-1]
		d.Planned = append(d.Planned, p)
	}
	if v.frame.Title, err = v.words.say("plan.title"); err != nil {
		return err
	}
	v.frame.Nav = "recap"
	view.frame, view.URL = v.frame, "/agreements/"+url.PathEscape(view.Agreement.ID)+"/plan"
	view.File = view.URL + ".csv"
	if q := v.r.URL.Query(); len(q) > 0 {
		q.Del("skip")
		view.File += "?" + q.Encode()
	}
	return v.show(http.StatusOK, "plan.html", view)
}

// planned reads the whole plan of an agreement.
func (v *visit) planned(view *planView) (all []delivery.Planned, err error) {
	q := v.r.URL.Query()
	view.Filter = delivery.PlanFilter{Month: q.Get("month"), PostID: q.Get("post"), UnitID: q.Get("unit"), Step: q.Get("step")}
	err = v.read(func(tx *ledger.Tx) (err error) {
		if view.Agreement, err = tx.Agreement(v.r.PathValue("id")); err != nil {
			return err
		}
		all, err = delivery.Plan(tx, view.Agreement.ID, tx.Now(), tx.Now().AddDate(0, planMonths, 0))
		return err
	})
	return all, err
}

// choices fills in what the plan can be narrowed to.
func (p *planView) choices(all []delivery.Planned) {
	posts, units, steps := map[planChoice]bool{}, map[planChoice]bool{}, map[string]bool{}
	for _, m := range all {
		for i, n := range m.Notices {
			posts[planChoice{n.PostID, n.PostTitle}] = true
			if n.OwingUnitID != "" {
				units[planChoice{n.OwingUnitID, m.Letter.Items[i].Unit}] = true
			}
			if !steps[n.Step] {
				steps[n.Step], p.Steps = true, append(p.Steps, n.Step)
			}
		}
	}
	p.Posts, p.Units = planChoices(posts), planChoices(units)
}

func planChoices(of map[planChoice]bool) []planChoice {
	out := make([]planChoice, 0, len(of))
	for o := range of {
		out = append(out, o)
	}
	slices.SortFunc(out, func(a, b planChoice) int { return strings.Compare(a.Name+a.Value, b.Name+b.Value) })
	return out
}

// planFile is the plan as a file, one line for each message.
func (s *site) planFile(v *visit) error {
	view := planView{}
	all, err := v.planned(&view)
	if err != nil {
		return err
	}
	f, err := v.file("when", "to", "name", "channel", "step", "unit", "subject", "price", "text")
	if err != nil {
		return err
	}
	for _, m := range view.Filter.Of(all) {
		by, err := v.words.say("channel." + m.Message.Channel)
		if err != nil {
			return err
		}
		units := make([]string, len(m.Letter.Items))
		for i, item := range m.Letter.Items {
			units[i] = item.Unit
		}
		f.add(v.clock(m.At.UnixMicro(), string(m.Zone)), m.To.PostTitle, m.To.Name, by, stepsOf(m.Notices), distinct(units), m.Text.Subject, m.Message.Price, m.Text.Body)
	}
	return f.send("rencana-pesan", "")
}

// stepsOf says which steps a message takes.
func stepsOf(notices []ledger.PlannedNotice) string {
	steps := make([]string, len(notices))
	for i, n := range notices {
		steps[i] = n.Step
	}
	return distinct(steps)
}

// distinct says each of several things once, in order.
func distinct(all []string) string {
	slices.Sort(all)
	return strings.Join(slices.Compact(all), "; ")
}
