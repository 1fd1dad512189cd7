package ledger

import (
	"slices"
	"strings"

	"gorm.io/gorm"

	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/models"
)

// facts is what rows of the recap are made of, by agreement, read with one
// query for each kind.
type facts struct {
	agreements []models.Agreement
	parties    map[string]models.Party
	milestones map[string][]models.Milestone
	lines      map[string][]models.Line
	leads      map[string][]models.LineLead
	bases      map[string][]models.Basis
	periods    map[string][]models.Period
	renewals   map[string][]models.Renewal
	figures    map[string][]Reported
	duties     map[string]DutyCount
	people     map[string]People
	next       map[string]Next
	disagree   map[string]bool // regulations whose citations differ
}

// byAgreement reads a query into a map by agreement.
func byAgreement[T any](q *gorm.DB, agreementOf func(T) string) (map[string][]T, error) {
	var list []T
	if err := q.Find(&list).Error; err != nil {
		return nil, err
	}
	out := map[string][]T{}
	for _, r := range list {
		out[agreementOf(r)] = append(out[agreementOf(r)], r)
	}
	return out, nil
}

// about narrows a query to one agreement, or to none in particular.
func about(q *gorm.DB, only string) *gorm.DB {
	if only == "" {
		return q
	}
	return q.Where("agreement_id = ?", only)
}

// facts reads everything the recap says about agreements on a day ("": now).
func (tx *Tx) facts(only string, d calendar.Day) (facts, error) {
	var f facts
	q := tx.from("agreements")
	if only != "" {
		q = q.Where("id = ?", only)
	}
	if err := q.Order("id").Find(&f.agreements).Error; err != nil {
		return f, wrap("agreements", err)
	}
	current := func(table string) *gorm.DB { return about(tx.from(table), only).Where("known_to = 0") }
	from := func(q *gorm.DB, column string) *gorm.DB {
		if d == "" {
			return q
		}
		return q.Where(column+" <= ?", string(d))
	}
	var err error
	step := func(read func() error) {
		if err == nil {
			err = read()
		}
	}
	step(func() (err error) { f.parties, err = tx.partiesOf(f.agreements); return })
	step(func() (err error) {
		f.milestones, err = byAgreement(by(current("milestones"), "milestones", d).Order("on_day, id"), func(m models.Milestone) string { return m.AgreementID })
		return
	})
	step(func() (err error) {
		f.lines, err = byAgreement(current("lines").Order("id"), func(l models.Line) string { return l.AgreementID })
		return
	})
	step(func() (err error) {
		f.leads, err = byAgreement(current("line_leads").Order("id"), func(l models.LineLead) string { return l.AgreementID })
		return
	})
	step(func() (err error) {
		f.bases, err = byAgreement(from(current("bases"), "from_day").Order("from_day, id"), func(b models.Basis) string { return b.AgreementID })
		return
	})
	step(func() (err error) {
		f.periods, err = byAgreement(current("periods").Order("from_day, id"), func(p models.Period) string { return p.AgreementID })
		return
	})
	step(func() (err error) {
		f.renewals, err = byAgreement(from(about(tx.from("renewals"), only), "opened_on").Order("id"), func(r models.Renewal) string { return r.AgreementID })
		return
	})
	step(func() (err error) { f.figures, err = tx.figuresBy(only, d); return })
	step(func() (err error) { f.duties, err = tx.dutyCounts(only, d, f.openYears(tx, d)); return })
	step(func() (err error) {
		f.people, err = tx.peopleCounts(only, d, f.periods, func(agreement string) calendar.Day { return f.today(tx, agreement, d) })
		return
	})
	step(func() (err error) { f.next, err = tx.nexts(only, d); return })
	step(func() (err error) { f.disagree, err = tx.disagreements(only); return })
	return f, wrap("recap", err)
}

// openYears drops the years that had not been opened by a day, and lists those
// whose duties count on it.
func (f facts) openYears(tx *Tx, d calendar.Day) []string {
	var years []string
	for id, list := range f.periods {
		opened := map[string]bool{}
		for _, m := range f.milestones[id] {
			opened[m.About] = opened[m.About] || m.Code == string(agreement.YearOpened)
		}
		list = slices.DeleteFunc(list, func(p models.Period) bool {
			return d != "" && p.FromDay > string(d) && !opened[p.LineID+"/"+itoa(int64(p.Year))]
		})
		f.periods[id] = list
		years = append(years, dutyYears(list, f.today(tx, id, d))...)
	}
	return years
}

// today is the day an agreement is judged by: the one asked for, or its own.
func (f facts) today(tx *Tx, agreementID string, d calendar.Day) calendar.Day {
	if d != "" {
		return d
	}
	i := slices.IndexFunc(f.agreements, func(a models.Agreement) bool { return a.ID == agreementID })
	if i < 0 {
		return tx.today(string(calendar.WITA))
	}
	return tx.today(f.agreements[i].Zone)
}

func (tx *Tx) partiesOf(list []models.Agreement) (map[string]models.Party, error) {
	ids := make([]string, 0, 3*len(list))
	for _, a := range list {
		ids = append(ids, a.PemdaPartyID, a.BPJSPartyID, a.ServingPartyID)
	}
	var rows []models.Party
	// Whoever sees an agreement sees who made it, whichever region they sit in.
	err := tx.db.Where("id IN ?", ids).Find(&rows).Error
	out := make(map[string]models.Party, len(rows))
	for _, p := range rows {
		out[p.ID] = p
	}
	return out, err
}

// existed reports whether an agreement was there on a day: it had been
// recorded, or one of its dated facts had happened.
func (f facts) existed(a models.Agreement, d calendar.Day) bool {
	if d == "" || a.CreatedAt <= dayEnd(d).UnixMicro() {
		return true
	}
	return len(f.milestones[a.ID])+len(f.periods[a.ID])+len(f.bases[a.ID])+len(f.figures[a.ID]) > 0 ||
		f.duties[a.ID].All > 0 || f.people[a.ID].Any()
}

func (tx *Tx) figuresBy(only string, d calendar.Day) (map[string][]Reported, error) {
	q := by(about(tx.from("figures"), only), "figures", d).Where("known_to = 0 AND agreement_id <> ''")
	var list []models.Figure
	if err := q.Order("on_day DESC, id").Limit(5000).Find(&list).Error; err != nil {
		return nil, err
	}
	reported, err := tx.reported(list)
	out := map[string][]Reported{}
	for _, r := range reported {
		out[r.AgreementID] = append(out[r.AgreementID], r)
	}
	return out, err
}

// reported puts beside each figure its source and, where it counts villages or
// offices, how many of them the register has.
func (tx *Tx) reported(list []models.Figure) ([]Reported, error) {
	ids := make([]string, len(list))
	for i, f := range list {
		ids[i] = f.SourceID
	}
	sources, err := tx.Sources(ids)
	if err != nil {
		return nil, err
	}
	var counts []struct {
		RegencyCode, ProvinceCode, Kind string
		N                               int64
	}
	q := tx.from("units").Select("regency_code, province_code, kind, COUNT(*) AS n").Where("valid_to = ''")
	if err := q.Group("regency_code, province_code, kind").Find(&counts).Error; err != nil {
		return nil, err
	}
	units := map[[3]string]int64{}
	for _, c := range counts {
		units[[3]string{c.ProvinceCode, c.RegencyCode, c.Kind}] = c.N
	}
	out := make([]Reported, len(list))
	for i, f := range list {
		out[i] = Reported{Figure: f, Source: sources[f.SourceID]}
		out[i].Of = units[[3]string{f.ProvinceCode, f.RegencyCode, CountedKind(f.Measure)}]
		if out[i].Of < f.Value {
			out[i].Of = 0
		}
	}
	return out, nil
}

// CountedKind is the kind of unit a measure counts, by its first word: villages_
// counts desa, offices_ counts OPD. It is empty for people, money and whatever
// else is reported.
func CountedKind(measure string) string {
	switch first, _, _ := strings.Cut(measure, "_"); first {
	case "villages":
		return "desa"
	case "offices":
		return "opd"
	}
	return ""
}

// disagreements lists regulations whose sources cite different numbers or
// years.
func (tx *Tx) disagreements(only string) (map[string]bool, error) {
	var ids []string
	bases := about(tx.db.Table("bases").Select("regulation_id").Where("known_to = 0"), only)
	err := tx.db.Table("citations").Select("citations.regulation_id").Joins("JOIN regulations r ON r.id = citations.regulation_id").
		Where("citations.regulation_id IN (?) AND NOT r.verified_jdih AND (citations.number <> r.number OR citations.year <> r.year)", bases).
		Distinct().Pluck("citations.regulation_id", &ids).Error
	out := make(map[string]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out, err
}
