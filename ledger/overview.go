package ledger

import (
	"time"

	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/domain/worker"
	"payung/models"
)

// Overview is everything one agreement's page shows of a day.
type Overview struct {
	RecapRow
	At       time.Time
	On       calendar.Day // the day asked for; "": now
	Pemda    models.Party
	BPJS     models.Party // who signs
	Serving  models.Party // who serves it, if another office
	Numbers  []Number
	Timeline []Event
	Actions  []Action // at most [MaxActions], most urgent first
	Matrix   Matrix
	Lines    []LineView
	Bases    []BasisView
	Periods  []models.Period
}

// Number is a party's number for the agreement.
type Number struct {
	Issuer string
	Year   int
	Number string
}

// LineView is a line with its leads and how many people it counts.
type LineView struct {
	models.Line
	Group   worker.Group
	Funding worker.Funding
	Payer   string   // the party that pays, if it is none of the two
	Leads   []string // names of units; "": counted by the source, not named
	People  People
}

// BasisView is a regulation the agreement rests on, with the citations that
// disagree with it.
type BasisView struct {
	models.Basis
	From       calendar.When
	Regulation models.Regulation
	Source     models.Source
	Disagree   []Cited
}

// Cited is how a source cites a regulation.
type Cited struct {
	Number string
	Year   int
	Source models.Source
}

// Overview shows one agreement as it was at the end of a day, or now (""), with
// a number of queries that does not depend on how many units it has.
func (tx *Tx) Overview(agreementID string, asOf calendar.Day) (Overview, error) {
	out := Overview{At: tx.at, On: asOf}
	a, err := tx.Agreement(agreementID)
	if err != nil {
		return out, err
	}
	f, err := tx.facts(a.ID, asOf)
	if err != nil {
		return out, err
	}
	out.RecapRow = tx.recapRow(f, a, asOf)
	out.Pemda, out.BPJS = f.parties[a.PemdaPartyID], f.parties[a.BPJSPartyID]
	if a.ServingPartyID != a.BPJSPartyID {
		out.Serving = f.parties[a.ServingPartyID]
	}
	out.Periods = f.periods[a.ID]
	v := view{tx: tx, a: a, on: asOf, facts: f}
	for _, read := range []func(*Overview) error{v.names, v.numbers, v.basesOf, v.lines, v.timeline, v.matrix} {
		if err := read(&out); err != nil {
			return out, err
		}
	}
	out.Actions = actions(out, f)
	return out, nil
}

// view is the reading of one agreement.
type view struct {
	tx      *Tx
	a       models.Agreement
	on      calendar.Day
	facts   facts
	units   map[string]models.Unit
	sources map[string]models.Source
}

// names reads the names of units and sources once, for everything else.
func (v *view) names(*Overview) error {
	var units []models.Unit
	if err := v.tx.from("units").Where("party_id = ?", v.a.PemdaPartyID).Order("name, id").Find(&units).Error; err != nil {
		return wrap("units", err)
	}
	v.units = make(map[string]models.Unit, len(units))
	for _, u := range units {
		v.units[u.ID] = u
	}
	var sources []models.Source
	pointed := v.tx.db.Raw(`SELECT source_id FROM milestones WHERE agreement_id = @id UNION SELECT source_id FROM meetings WHERE agreement_id = @id
		UNION SELECT source_id FROM bases WHERE agreement_id = @id UNION SELECT source_id FROM signatures WHERE agreement_id = @id
		UNION SELECT source_id FROM happenings WHERE agreement_id = @id
		UNION SELECT c.source_id FROM citations c JOIN bases b ON b.regulation_id = c.regulation_id WHERE b.agreement_id = @id`,
		map[string]any{"id": v.a.ID})
	if err := v.tx.from("sources").Where("id IN (?)", pointed).Find(&sources).Error; err != nil {
		return wrap("sources", err)
	}
	v.sources = make(map[string]models.Source, len(sources))
	for _, s := range sources {
		v.sources[s.ID] = s
	}
	return nil
}

func (v *view) numbers(out *Overview) error {
	rows, err := v.tx.Numbers(v.a.ID)
	for _, n := range rows {
		out.Numbers = append(out.Numbers, Number{Issuer: v.facts.parties[n.IssuerPartyID].Name, Year: n.Year, Number: n.Number})
	}
	return err
}

func (v *view) basesOf(out *Overview) error {
	var regulations []models.Regulation
	var citations []models.Citation
	ids := make([]string, 0, len(v.facts.bases[v.a.ID]))
	for _, b := range v.facts.bases[v.a.ID] {
		ids = append(ids, b.RegulationID)
	}
	if err := v.tx.from("regulations").Where("id IN ?", ids).Find(&regulations).Error; err != nil {
		return wrap("regulations", err)
	}
	if err := v.tx.from("citations").Where("regulation_id IN ?", ids).Order("id").Find(&citations).Error; err != nil {
		return wrap("citations", err)
	}
	byID := map[string]models.Regulation{}
	for _, r := range regulations {
		byID[r.ID] = r
	}
	for _, b := range v.facts.bases[v.a.ID] {
		r := byID[b.RegulationID]
		row := BasisView{Basis: b, From: calendar.On(calendar.Day(b.FromDay)), Regulation: r, Source: v.sources[b.SourceID]}
		for _, m := range v.facts.milestones[v.a.ID] {
			if m.Code == string(agreement.BasisInForce) && m.About == b.GroupCode && m.OnDay == b.FromDay {
				row.From = when(m.OnDay, m.Precision)
			}
		}
		for _, c := range citations {
			if c.RegulationID == r.ID && (c.Number != r.Number || c.Year != r.Year) {
				row.Disagree = append(row.Disagree, Cited{Number: c.Number, Year: c.Year, Source: v.sources[c.SourceID]})
			}
		}
		out.Bases = append(out.Bases, row)
	}
	return nil
}

func (v *view) lines(out *Overview) error {
	people, err := v.peopleByLine(out.Today)
	if err != nil {
		return err
	}
	var payers []models.Party
	ids := []string{}
	for _, l := range v.facts.lines[v.a.ID] {
		ids = append(ids, l.PayerPartyID)
	}
	if err := v.tx.from("parties").Where("id IN ?", ids).Find(&payers).Error; err != nil {
		return wrap("payers", err)
	}
	names := map[string]string{}
	for _, p := range payers {
		names[p.ID] = p.Name
	}
	for _, l := range v.facts.lines[v.a.ID] {
		row := LineView{Line: l, People: people[l.ID], Payer: names[l.PayerPartyID]}
		row.Group, _ = worker.Find(l.GroupCode)
		row.Funding, _ = worker.FindFunding(l.FundingSource)
		for _, lead := range v.facts.leads[v.a.ID] {
			if lead.LineID == l.ID {
				row.Leads = append(row.Leads, v.units[lead.LeadUnitID].Name)
			}
		}
		out.Lines = append(out.Lines, row)
	}
	return nil
}

// peopleByLine counts people of the year each line is in.
func (v *view) peopleByLine(today calendar.Day) (map[string]People, error) {
	years := runningYears(v.facts.periods[v.a.ID], today)
	var list []struct {
		LineID, State string
		People        int64
	}
	err := v.tx.db.Table("(?) AS s", v.tx.statusesOn(v.on).Where("period_id IN ?", years)).Where("s.nth = 1").
		Select("s.line_id, s.state, SUM(s.people) AS people").Group("s.line_id, s.state").Scan(&list).Error
	out := map[string]People{}
	for _, r := range list {
		p := out[r.LineID]
		p.add(r.State, r.People)
		out[r.LineID] = p
	}
	return out, wrap("people by line", err)
}
