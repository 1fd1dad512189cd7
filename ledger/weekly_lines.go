package ledger

import (
	"encoding/json"
	"slices"

	"payung/domain/calendar"
	"payung/domain/contribution"
	"payung/domain/fault"
	"payung/domain/roster"
	"payung/domain/rupiah"
	"payung/domain/worker"
	"payung/models"
	"payung/weekly"
)

// lines gathers the groups that are protected, each in the year it is in.
func (g *gathering) lines() error {
	for _, l := range g.facts.lines[g.a.ID] {
		at := slices.IndexFunc(g.facts.periods[g.a.ID], func(p models.Period) bool { return p.LineID == l.ID && slices.Contains(g.years, p.ID) })
		if l.State != "active" || at < 0 {
			continue
		}
		p := g.facts.periods[g.a.ID][at]
		group, _ := worker.Find(l.GroupCode)
		if group.Name == (worker.Name{}) {
			group.Name = worker.Name{ID: l.GroupCode, EN: l.GroupCode}
		}
		line := weekly.Line{Group: l.GroupCode, Name: group.Name, Year: p.Year, From: calendar.Day(p.FromDay), To: calendar.Day(p.ToDay)}
		if err := g.people(&line, l, p); err != nil {
			return err
		}
		if err := g.money(&line, l, p); err != nil {
			return err
		}
		g.out.Lines = append(g.out.Lines, line)
	}
	if len(g.out.Lines) == 0 {
		g.lacks(weekly.NoYear, nil)
	}
	return nil
}

// people counts the people of a line in each state on the day, and those it
// should protect: what is asked of each office, else the line's target; but
// never fewer than are named.
func (g *gathering) people(line *weekly.Line, l models.Line, p models.Period) error {
	var states []struct {
		State, Until string
		People       int64
	}
	err := g.tx.db.Table("(?) AS s", g.tx.statusesOn("").Where("period_id = ?", p.ID)).Where("s.nth = 1").
		Select("s.state, s.until, SUM(s.people) AS people").Group("s.state, s.until").Scan(&states).Error
	if err != nil {
		return wrap("people of a line", err)
	}
	for _, s := range states {
		switch s.State {
		case "listed":
			line.Listed += s.People
		case "submitted":
			line.Submitted += s.People
		case "registered":
			line.Registered += s.People
		case "protected":
			line.Said = true
			if s.Until != "" && s.Until < string(g.out.Day) {
				line.Lapsed += s.People
			} else {
				line.Protected += s.People
			}
		}
	}
	if line.Saying, err = g.saidBy(p, "protected"); err != nil {
		return err
	}
	if err := g.target(line, l, p); err != nil {
		return err
	}
	switch {
	case line.Basis == "":
		g.lacks(weekly.NoTarget, &line.Name)
	case !line.Said:
		g.lacks(weekly.NoAnswer, &line.Name)
	}
	return nil
}

// target is how many people a line should protect, and who says so.
func (g *gathering) target(line *weekly.Line, l models.Line, p models.Period) error {
	var quotas []models.Quota
	if err := g.tx.db.Where("period_id = ? AND known_to = 0 AND minimum > 0", p.ID).Order("known_from DESC, id DESC").Find(&quotas).Error; err != nil {
		return wrap("what is asked of offices", err)
	}
	sum := int64(0)
	for _, q := range quotas {
		sum += q.Minimum
	}
	named := max(line.Listed, line.Protected)
	switch {
	case sum > 0 && sum >= named:
		line.People, line.Basis = sum, weekly.BasisQuota
		return g.source(&line.By, quotas[0].SourceID, g.day(quotas[0].KnownFrom))
	case sum == 0 && l.TargetMinimum > 0 && l.TargetMinimum >= named:
		line.People, line.Basis = l.TargetMinimum, weekly.BasisTarget
		return g.source(&line.By, l.SourceID, g.day(l.KnownFrom))
	case named > 0:
		line.People, line.Basis = named, weekly.BasisList
		by, err := g.saidBy(p, "listed")
		line.By = by
		return err
	}
	return nil
}

func (g *gathering) day(micros int64) calendar.Day {
	return g.out.Zone.DayOf(instantOf(micros))
}

// source fills in who says something: since it was published or, if that is not
// known, recorded.
func (g *gathering) source(out *weekly.Source, id string, recorded calendar.Day) error {
	out.On = recorded
	if id == "" {
		return nil
	}
	found, err := g.tx.Sources([]string{id})
	if err != nil {
		return err
	}
	s := found[id]
	out.Who = wordsOfSource(s)
	if s.PublishedOn != "" {
		out.On = calendar.Day(s.PublishedOn)
	}
	return nil
}

// saidBy is who said last how many people are in a state.
func (g *gathering) saidBy(p models.Period, state string) (weekly.Source, error) {
	var last []models.Status
	err := g.tx.db.Where("period_id = ? AND state = ? AND known_to = 0", p.ID, state).Order("on_day DESC, id DESC").Limit(1).Find(&last).Error
	if err != nil || len(last) == 0 {
		return weekly.Source{}, wrap("who counts people", err)
	}
	var out weekly.Source
	err = g.source(&out, last[0].SourceID, calendar.Day(last[0].OnDay))
	out.On = calendar.Day(last[0].OnDay)
	return out, err
}

// money is what a line costs for the rest of its year. It is left out where the
// line does not say how it is paid.
func (g *gathering) money(line *weekly.Line, l models.Line, p models.Period) error {
	if line.Basis == "" {
		return nil // that is said already
	}
	funding, paid := worker.FindFunding(l.FundingSource)
	group, known := worker.Find(l.GroupCode)
	if !paid || !known || l.Wage == 0 {
		g.lacks(weekly.NoWage, &line.Name)
		return nil
	}
	m := weekly.Money{Payers: line.People, Ceiling: rupiah.Amount(l.BudgetCeiling)}
	m.From, m.Months = roster.MonthsLeft(g.out.Day, line.From.Month(), line.To.Month())
	if m.Months > 0 {
		e, err := contribution.EstimateFor(queryOf(l, group, funding, m.From), m.Payers, m.Months)
		if _, ours := fault.Of(err); ours { // the law has no rate for what the line says
			g.lacks(weekly.NoWage, &line.Name)
			return nil
		}
		if err != nil {
			return err
		}
		m.Cost, m.Rule = e.Total, e.RuleVersion
	} else {
		m.Rule = contribution.National().Version
	}
	if err := g.paid(&m, p); err != nil {
		return err
	}
	if m.Ceiling == 0 {
		g.lacks(weekly.NoCeiling, &line.Name)
	}
	line.Money = &m
	return nil
}

// paid adds up what was paid in a year, and how much of that is for months to
// come: money pays the oldest month of a bill first.
func (g *gathering) paid(m *weekly.Money, p models.Period) error {
	after := ""
	for {
		page, err := g.tx.Bills(BillFilter{PeriodID: p.ID}, Page{After: after, Size: 500})
		if err != nil {
			return err
		}
		for _, acc := range page {
			var monthly []int64
			if err := json.Unmarshal([]byte(acc.Bill.Monthly), &monthly); err != nil {
				return wrap("monthly amounts", err)
			}
			before := int64(0)
			for i, owed := range monthly {
				if m.From == "" || calendar.Month(acc.Bill.FromMonth).Add(i) < m.From {
					before += owed
				}
			}
			m.Paid += rupiah.Amount(acc.Paid)
			m.Ahead += rupiah.Amount(max(0, acc.Paid-before))
		}
		if len(page) < 500 {
			return nil
		}
		after = page[len(page)-1].Bill.ID
	}
}
