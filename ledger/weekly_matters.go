package ledger

import (
	"cmp"
	"slices"

	"payung/domain/calendar"
	"payung/domain/enrolment"
	"payung/domain/matter"
	"payung/models"
	"payung/weekly"
)

// desks are the posts that hold files: duties whose clock stands, and batches on
// their way to the branch and back.
func (g *gathering) desks() error {
	paused, err := g.tx.Desks(g.a.ID)
	if err != nil {
		return err
	}
	var all []weekly.Desk
	for _, d := range paused {
		all = append(all, weekly.Desk{Title: d.Title, What: weekly.DeskPaused, Count: int64(d.Duties), Since: d.Since, Late: d.Overdue > 0})
	}
	batches, err := g.tx.batches(g.tx.from("enrolments").Where("enrolments.agreement_id = ? AND enrolments.closed_on = ''", g.a.ID).Order("enrolments.id"))
	if err != nil {
		return err
	}
	for _, b := range batches {
		if d, held := g.deskOf(b); held {
			all = append(all, d)
		}
	}
	slices.SortStableFunc(all, func(a, b weekly.Desk) int {
		return cmp.Or(cmp.Compare(a.Since, b.Since), cmp.Compare(a.Title, b.Title), cmp.Compare(a.What, b.What), cmp.Compare(b.Count, a.Count))
	})
	g.out.Waiting, g.out.Desks = len(all), all[:min(len(all), weekly.MostDesks)]
	g.overdue(all)
	return nil
}

// deskOf is who holds a batch, and since when: since its clock there began.
func (g *gathering) deskOf(b EnrolmentView) (weekly.Desk, bool) {
	d := weekly.Desk{Since: calendar.Day(b.FormsOn)}
	switch b.Stage {
	case enrolment.StageForms:
		d.What = weekly.DeskForms
	case enrolment.StageAnswers:
		d.What, d.Count, d.Since = weekly.DeskAnswers, b.Counts.Waiting, calendar.Day(b.SentOn)
	case enrolment.StageCards:
		d.What, d.Count, d.Since = weekly.DeskCards, b.Counts.Registered, calendar.Day(b.SentOn)
	case enrolment.StageHandover:
		d.What, d.Count, d.Since = weekly.DeskHandover, b.Counts.Left(), calendar.Day(b.CardsOn)
	default:
		return d, false
	}
	branch := d.What == weekly.DeskAnswers || d.What == weekly.DeskCards
	if now := b.Now(); now != nil {
		d.Title, d.Late = now.OwnerTitle, now.Late(g.out.Day)
	}
	if d.Title == "" && branch {
		d.Title = g.facts.parties[cmp.Or(g.a.ServingPartyID, g.a.BPJSPartyID)].Name
	}
	return d, true
}

// wait notes something to decide.
func (g *gathering) wait(hold bool, m matter.Matter) {
	if hold {
		g.out.Matters = append(g.out.Matters, m)
	}
}

func (g *gathering) overdue(all []weekly.Desk) {
	for _, d := range all {
		g.wait(d.Late, matter.Matter{Kind: matter.Desk, About: d.Title, Count: max(1, d.Count), Since: d.Since})
	}
}

// matters finds what waits for a decision, in the order in which to decide.
func (g *gathering) matters() error {
	if g.a.Historical || g.a.ClosedOn != "" {
		g.out.Matters = nil // nobody waits
		return nil
	}
	g.standing()
	g.budgets()
	for _, read := range []func() error{g.requests, g.outages, g.letters} {
		if err := read(); err != nil {
			return err
		}
	}
	g.out.Matters = matter.First(g.out.Matters, g.out.Day, len(g.out.Matters))
	return nil
}

// standing is what the agreement itself waits for.
func (g *gathering) standing() {
	stage, last := g.row.Stage, calendar.Day("")
	for _, p := range g.facts.periods[g.a.ID] {
		last = max(last, calendar.Day(p.ToDay))
	}
	declined := slices.ContainsFunc(g.facts.renewals[g.a.ID], func(r models.Renewal) bool { return r.State == "declined" && r.Year > last.Year() })
	g.wait(stage == StageRenewal, matter.Matter{Kind: matter.Renewal, By: last})
	g.wait(stage != StageRenewal && !declined && last != "" && last.Sub(g.out.Day) <= runningOut, matter.Matter{Kind: matter.Ending, By: last})
	g.wait(stage == StageMet || stage == StageBasis, matter.Matter{Kind: matter.Signature})
	g.wait(stage == StageSigned, matter.Matter{Kind: matter.Year, Since: g.row.SignedOn.On})
	for _, group := range g.facts.unbased(g.row) {
		g.wait(true, matter.Matter{Kind: matter.Basis, About: group})
	}
}

// budgets are the lines whose money does not last until the end of the year. It
// has to be there when the year begins.
func (g *gathering) budgets() {
	for _, l := range g.out.Lines {
		if l.Money == nil || l.Money.Short() == 0 {
			continue
		}
		m := matter.Matter{Kind: matter.Budget, About: l.Group, Amount: l.Money.Short()}
		if l.From > g.out.Day {
			m.By = l.From
		}
		g.wait(true, m)
	}
}

// requests are the wishes for more time that nobody has answered.
func (g *gathering) requests() error {
	m, after := matter.Matter{Kind: matter.Extension}, ""
	for {
		page, err := g.tx.Extensions(ExtensionFilter{AgreementID: g.a.ID, State: ExtensionWaiting}, Page{After: after, Size: 500})
		if err != nil {
			return err
		}
		for _, r := range page {
			if r.Moot() {
				continue
			}
			m.Count++
			m.By, m.Since = earlier(m.By, calendar.Day(r.NowOn)), earlier(m.Since, g.day(r.CreatedAt))
		}
		if len(page) < 500 {
			g.wait(m.Count > 0, m)
			return nil
		}
		after = page[len(page)-1].ID
	}
}

// outages is the time that is proposed because the system was down.
func (g *gathering) outages() error {
	all, err := g.tx.Graces(g.a.ID)
	m := matter.Matter{Kind: matter.Outage}
	for _, r := range all {
		if r.State == GraceWaiting && r.Open > 0 {
			m.Count += int64(r.Open)
			m.By = earlier(m.By, calendar.Day(r.TargetOn))
		}
	}
	g.wait(m.Count > 0, m)
	return err
}

// letters are those that are drafted, and those that should be written; who is
// late beyond them has his letter and has to be told in another way.
func (g *gathering) letters() error {
	drafts, err := g.tx.Letters(LetterFilter{AgreementID: g.a.ID, State: LetterDraft}, Page{Size: 1000})
	if err != nil {
		return err
	}
	drafted := map[string]*matter.Matter{}
	for _, l := range drafts {
		m := drafted[l.Kind]
		if m == nil {
			m = &matter.Matter{Kind: matter.SignLetter, About: l.Kind}
			drafted[l.Kind] = m
		}
		m.Count++
		m.Since = earlier(m.Since, g.day(l.CreatedAt))
	}
	due, err := g.tx.LettersToWrite(g.a.ID)
	if err != nil {
		return err
	}
	written := map[string]*matter.Matter{}
	places := map[[2]string]bool{}
	late, undated := g.row.Duties.Late, g.row.Duties.Undated
	for _, w := range due {
		kind := string(w.Kind)
		m := written[kind]
		if m == nil {
			m = &matter.Matter{Kind: matter.WriteLetter, About: kind}
			written[kind] = m
		}
		m.Count++
		m.Since = earlier(m.Since, calendar.Day(w.TargetOn))
		if place := [2]string{kind, w.Kecamatan}; w.Kecamatan != "" && !places[place] {
			places[place] = true
			m.Places++
		}
		if w.TargetOn == "" {
			undated--
		} else {
			late--
		}
	}
	for _, m := range drafted { // in any order: they are sorted with the rest
		g.wait(true, *m)
	}
	for _, m := range written {
		g.wait(true, *m)
	}
	g.wait(undated > 0, matter.Matter{Kind: matter.Undated, Count: undated})
	g.wait(late > 0, matter.Matter{Kind: matter.Late, Count: late, Since: g.row.Duties.LateSince})
	return nil
}
