package ledger

import (
	"cmp"
	"slices"
	"time"

	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/domain/region"
	"payung/models"
)

// Recap is the portfolio: every agreement in sight and every region that has
// none, what needs action first.
type Recap struct {
	At        time.Time    // when it was asked
	On        calendar.Day // the day it shows; "": now
	Rows      []RecapRow
	Prospects []ProspectRow
	Figures   []Reported // figures of regions, of no agreement
}

// RecapRow is one agreement on a day.
type RecapRow struct {
	Agreement models.Agreement
	Party     models.Party
	Zone      calendar.Zone
	Today     calendar.Day // the day it is judged by: local today, or the day asked for
	Stage     Stage
	SignedOn  calendar.When // zero: not signed
	Duties    DutyCount
	People    People
	Figures   []Reported // latest first
	Next      Next
	Findings  []string // codes
}

// Live reports whether somebody has to keep an eye on it: it is neither ended
// nor known from old sources only.
func (r RecapRow) Live() bool { return r.Stage != StageEnded && !r.Agreement.Historical }

// People counts people in each state. None implies another; least of all does a
// signature imply cover.
type People struct{ Listed, Submitted, Registered, Paid, Protected int64 }

// Any reports whether anybody is counted in any state.
func (p People) Any() bool { return p != People{} }

func (p *People) add(state string, n int64) {
	switch state {
	case "listed":
		p.Listed += n
	case "submitted":
		p.Submitted += n
	case "registered":
		p.Registered += n
	case "paid":
		p.Paid += n
	case "protected":
		p.Protected += n
	}
}

// Reported is a figure with the source that says so.
type Reported struct {
	models.Figure
	Source models.Source
	Of     int64 // the units of the kind it counts, as the register has them; 0: not known
}

// When is the figure's date.
func (r Reported) When() calendar.When { return when(r.OnDay, r.Precision) }

func when(day, precision string) calendar.When {
	return calendar.When{On: calendar.Day(day), Precision: calendar.Precision(precision)}
}

// ProspectRow is a region with nothing for a group.
type ProspectRow struct {
	models.Prospect
	Region region.Region
	Source models.Source
}

// Recap shows all agreements as they were at the end of a day, or now ("").
// People come from counters; of a past day from its snapshot or, where there is
// none, from the dated facts.
func (tx *Tx) Recap(asOf calendar.Day) (Recap, error) {
	out := Recap{At: tx.at, On: asOf}
	var err error
	if out.Rows, err = tx.recapRows(asOf); err != nil {
		return out, err
	}
	slices.SortStableFunc(out.Rows, urgency)
	if out.Prospects, err = tx.prospectRows(asOf, out.Rows); err != nil {
		return out, err
	}
	var loose []models.Figure
	q := by(tx.from("figures"), "figures", asOf).Where("agreement_id = '' AND known_to = 0 AND subject_kind <> 'unit'")
	if err := q.Order("on_day DESC, measure, value DESC, id").Limit(200).Find(&loose).Error; err != nil {
		return out, wrap("figures of regions", err)
	}
	out.Figures, err = tx.reported(loose)
	return out, err
}

// recapRows builds one row for each agreement with a fixed number of queries.
func (tx *Tx) recapRows(asOf calendar.Day) ([]RecapRow, error) {
	f, err := tx.facts("", asOf)
	if err != nil {
		return nil, err
	}
	rows := make([]RecapRow, 0, len(f.agreements))
	for _, a := range f.agreements {
		if !f.existed(a, asOf) {
			continue
		}
		rows = append(rows, tx.recapRow(f, a, asOf))
	}
	return rows, nil
}

func (tx *Tx) recapRow(f facts, a models.Agreement, asOf calendar.Day) RecapRow {
	r := RecapRow{
		Agreement: a, Party: f.parties[a.PemdaPartyID], Zone: calendar.Zone(a.Zone), Today: asOf,
		Duties: f.duties[a.ID], People: f.people[a.ID], Figures: f.figures[a.ID], Next: f.next[a.ID],
	}
	if asOf == "" {
		r.Today = tx.today(a.Zone)
	}
	if a.Historical {
		// Nobody was reminded, so nobody is late.
		r.Duties.Late, r.Duties.LateSince = 0, ""
	}
	for _, m := range f.milestones[a.ID] {
		if m.Code == string(agreement.Signed) && r.SignedOn.Zero() {
			r.SignedOn = when(m.OnDay, m.Precision)
		}
	}
	r.Stage = f.stage(r)
	r.Findings = f.findings(r)
	return r
}

// urgency orders rows by what needs action first: late duties, the oldest
// first; then what falls due soonest; what keeps no clock comes last.
func urgency(a, b RecapRow) int {
	return cmp.Or(
		-compareBool(a.Live(), b.Live()),
		-compareBool(a.Duties.Late > 0, b.Duties.Late > 0),
		compareDay(a.Duties.LateSince, b.Duties.LateSince),
		compareDay(a.Next.On, b.Next.On),
		-cmp.Compare(a.SignedOn.On, b.SignedOn.On),
		cmp.Compare(a.Party.Name, b.Party.Name),
		cmp.Compare(a.Agreement.ID, b.Agreement.ID),
	)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// compareDay puts "no day" last.
func compareDay(a, b calendar.Day) int {
	return cmp.Or(compareBool(a == "", b == ""), cmp.Compare(a, b))
}

// prospectRows lists regions that have nothing for a group on a day and no
// agreement about it either.
func (tx *Tx) prospectRows(asOf calendar.Day, rows []RecapRow) ([]ProspectRow, error) {
	prospects, err := tx.Prospects(asOf)
	if err != nil {
		return nil, err
	}
	agreed, err := tx.agreedGroups(rows)
	if err != nil {
		return nil, err
	}
	latest := map[string]int{}
	var ids []string
	var out []ProspectRow
	for _, p := range prospects {
		r, ok := region.Find(p.RegionCode)
		key := p.RegionCode + "/" + p.GroupCode
		if !ok || agreed[key] {
			continue
		}
		row := ProspectRow{Prospect: p, Region: r}
		if i, again := latest[key]; again {
			out[i] = row
		} else {
			latest[key] = len(out)
			out = append(out, row)
		}
		ids = append(ids, p.SourceID)
	}
	sources, err := tx.Sources(ids)
	for i := range out {
		out[i].Source = sources[out[i].SourceID]
	}
	return out, err
}

// agreedGroups tells which groups the agreements of a recap are about, planned
// ones included, as region and group.
func (tx *Tx) agreedGroups(rows []RecapRow) (map[string]bool, error) {
	regions := make(map[string]string, len(rows))
	ids := make([]string, 0, len(rows))
	for _, r := range rows {
		regions[r.Agreement.ID] = r.Party.RegionCode
		ids = append(ids, r.Agreement.ID)
	}
	var lines []models.Line
	err := tx.from("lines").Where("agreement_id IN ? AND known_to = 0", ids).Find(&lines).Error
	out := make(map[string]bool, len(lines))
	for _, l := range lines {
		out[regions[l.AgreementID]+"/"+l.GroupCode] = true
	}
	return out, wrap("groups agreed on", err)
}
