package ledger

import (
	"cmp"
	"slices"
	"strings"

	"payung/domain/calendar"
	"payung/domain/worker"
	"payung/models"
	"payung/weekly"
)

// gathering puts the facts of one page together.
type gathering struct {
	tx    *Tx
	a     models.Agreement
	facts facts
	row   RecapRow
	cells Matrix
	years []string // periods that count now, one for each line
	out   *weekly.Facts
}

// weeklyFacts is what the page of a week says now. It has to be asked for by
// somebody who sees everything.
func (tx *Tx) weeklyFacts(a models.Agreement, week calendar.Day) (weekly.Facts, error) {
	settings, err := tx.Settings()
	if err != nil {
		return weekly.Facts{}, err
	}
	f, err := tx.facts(a.ID, "")
	if err != nil {
		return weekly.Facts{}, err
	}
	out := weekly.Facts{
		Version: weekly.Version, Week: week, At: tx.micros(), Day: tx.today(a.Zone), Zone: calendar.Zone(a.Zone), Agreement: a.Title,
		Pemda: f.parties[a.PemdaPartyID].Name, Paper: "f4", Sample: settings.Sample,
	}
	g := gathering{tx: tx, a: a, facts: f, row: tx.recapRow(f, a, ""), out: &out}
	g.years = runningYears(f.periods[a.ID], out.Day)
	for _, read := range []func() error{g.paper, g.matrix, g.lines, g.holds, g.desks, g.matters, g.changes} {
		if err := read(); err != nil {
			return out, err
		}
	}
	g.reported()
	g.lists()
	return out, nil
}

// lacks notes what is not on record, once for each group.
func (g *gathering) lacks(what string, group *worker.Name) {
	g.out.Missing = append(g.out.Missing, weekly.Missing{What: what, Group: group})
}

// paper is what the Pemda writes on.
func (g *gathering) paper() error {
	var papers []string
	err := g.tx.db.Model(&models.Letterhead{}).Where("party_id = ?", g.a.PemdaPartyID).Order("unit_id, id").Limit(1).Pluck("paper", &papers).Error
	if len(papers) == 1 && papers[0] != "" {
		g.out.Paper = papers[0]
	}
	return wrap("paper of a page", err)
}

// matrix sets offices against what they owe.
func (g *gathering) matrix() error {
	o := Overview{RecapRow: g.row, Periods: g.facts.periods[g.a.ID]}
	v := view{tx: g.tx, a: g.a, facts: g.facts}
	if err := v.names(&o); err != nil {
		return err
	}
	err := v.matrix(&o)
	g.cells = o.Matrix
	return err
}

// lists counts the lists of the years that count now.
func (g *gathering) lists() {
	groups := map[string]string{}
	for _, l := range g.facts.lines[g.a.ID] {
		groups[l.ID] = l.GroupCode
	}
	type list struct {
		group string
		year  int
	}
	counted := map[list]bool{}
	for _, p := range g.facts.periods[g.a.ID] {
		if slices.Contains(g.years, p.ID) {
			counted[list{groups[p.LineID], p.Year}] = true
		}
	}
	for _, c := range g.cells.Columns {
		if c.Kind != KindRoster || !counted[list{c.Group, c.Year}] {
			continue
		}
		g.out.Lists.All += int64(c.Totals.All())
		g.out.Lists.Late += int64(c.Totals[CellLate])
		for _, state := range []string{CellAnswered, CellReceiver, CellDone, CellNihil} {
			g.out.Lists.Answered += int64(c.Totals[state])
		}
	}
}

// reported are the latest figures of others about people and places.
func (g *gathering) reported() {
	var about []Reported
	for _, r := range g.row.Figures {
		if told(r.Measure) < untold {
			about = append(about, r)
		}
	}
	slices.SortStableFunc(about, func(a, b Reported) int { return cmp.Compare(told(a.Measure), told(b.Measure)) })
	for _, r := range about[:min(len(about), weekly.MostReported)] {
		g.out.Reported = append(g.out.Reported, weekly.Reported{
			Value: r.Value, Of: r.Of, About: r.About, Definition: r.Definition, Who: wordsOfSource(r.Source), On: r.When(),
		})
	}
	if len(about) == 0 {
		g.lacks(weekly.NoReported, nil)
	}
}

const untold = 2

// told ranks what a figure measures: places that have come so far, then people
// who have; targets and totals say nothing of how far it has come.
func told(measure string) int {
	first, rest, _ := strings.Cut(measure, "_")
	switch {
	case rest == "" || strings.Contains(rest, "target") || strings.Contains(rest, "hope"):
		return untold
	case CountedKind(measure) != "":
		return 0
	case first == "people":
		return 1
	}
	return untold
}

// wordsOfSource is who says something and where; "" for what was typed in
// directly.
func wordsOfSource(s models.Source) string {
	where := cmp.Or(s.Publisher, s.Title)
	switch {
	case s.SaidBy == "":
		return where
	case where == "":
		return s.SaidBy
	}
	return s.SaidBy + " (" + where + ")"
}
