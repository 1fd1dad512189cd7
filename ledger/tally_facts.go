package ledger

import (
	"payung/domain/calendar"
	"payung/domain/tally"
	"payung/models"
)

// MeasurePotential is the measure of how many people there are, of a unit, a
// region or an agreement. Those who reached a state are "people_" and the state.
const MeasurePotential = "potential"

// facts records what the recap counts. What it says of people who reached a
// state belongs to the year of the agreement, if the recap is for one;
// otherwise it is a reported figure like the plain counts. Nothing in it says
// that anybody is protected.
func (a *applying) facts() error {
	if a.t.Kind == string(tally.Contacts) {
		return nil
	}
	list, _ := tally.Facts(tally.Kind(a.t.Kind), a.s.Rows)
	if err := a.year(); err != nil {
		return err
	}
	figures, err := a.knownFigures()
	if err != nil {
		return err
	}
	statuses, err := a.knownStatuses()
	if err != nil {
		return err
	}
	var fresh []models.Figure
	var all tally.Count
	counted := 0
	for _, u := range list {
		unit := a.unit(u.ID, u.Name)
		if unit.ID == "" {
			continue
		}
		figure := func(measure string, n int64, about bool, definition string) error {
			f, err := a.figure(figures, unit, measure, n, about, definition)
			if f != nil {
				fresh = append(fresh, *f)
			}
			return err
		}
		if u.Count.Said {
			all.N, all.About = all.N+u.Count.N, all.About || u.Count.About
			counted++
			if err := figure(MeasurePotential, u.Count.N, u.Count.About, "jumlah orang menurut rekap"); err != nil {
				return err
			}
		}
		for _, f := range u.Facts {
			if a.t.PeriodID != "" {
				err = a.status(statuses, unit, f)
			} else {
				err = figure("people_"+string(f.State), f.People, f.About, meaning(f))
			}
			if err != nil {
				return err
			}
		}
	}
	if err := insert(a.tx, fresh); err != nil {
		return wrap("figures of a recap", err)
	}
	if counted == 0 {
		return nil
	}
	return a.total(all, counted)
}

// meaning is what a reported figure counts, in the words of the offices.
func meaning(f tally.Fact) string {
	switch f.State {
	case tally.IsSubmitted:
		return "diajukan menurut rekap"
	case tally.IsRegistered:
		return "terdaftar di BPJS menurut rekap"
	}
	if f.Until == "" {
		return "iuran lunas menurut rekap"
	}
	return "iuran lunas s.d. " + f.Until.Long(calendar.ID) + " menurut rekap"
}

// year reads the agreement and year the statuses belong to.
func (a *applying) year() (err error) {
	if a.t.PeriodID == "" {
		return nil
	}
	if a.agreed, err = a.tx.Agreement(a.t.AgreementID); err != nil {
		return err
	}
	a.period, err = a.tx.period(a.agreed.ID, a.t.PeriodID)
	return err
}

// knownFigures are the current figures of units with the recap's source and
// day, by unit and measure.
func (a *applying) knownFigures() (map[[2]string]models.Figure, error) {
	var rows []models.Figure
	err := a.tx.db.Where("source_id = ? AND on_day = ? AND group_code = ? AND known_to = 0 AND agreement_id = '' AND subject_kind = 'unit'", a.from.ID, a.t.OnDay, a.t.GroupCode).
		Order("id").Find(&rows).Error
	out := make(map[[2]string]models.Figure, len(rows))
	for _, f := range rows {
		out[[2]string{f.SubjectID, f.Measure}] = f
	}
	return out, wrap("figures of a recap", err)
}

// figure prepares a reported number of a unit, unless it is there already;
// another number of the same source and day is replaced.
func (a *applying) figure(known map[[2]string]models.Figure, u models.Unit, measure string, n int64, about bool, definition string) (*models.Figure, error) {
	if n < 0 || n > maxPeople {
		return nil, badCount("people")
	}
	f := models.Figure{
		ID: newID(), Scope: u.Scope, SubjectKind: "unit", SubjectID: u.ID, SubjectName: u.Name, GroupCode: a.t.GroupCode, Measure: measure, Value: n, About: about,
		Definition: definition, OnDay: a.t.OnDay, Precision: string(calendar.Exact), SourceID: a.from.ID, Recorded: a.tx.recorded(),
	}
	was, ok := known[[2]string{u.ID, measure}]
	if !ok {
		a.out.Figures.Created++
		return &f, nil
	}
	if was.Value == n && was.About == about && was.Definition == definition {
		a.out.Figures.Unchanged++
		return nil, nil
	}
	a.out.Figures.Updated++
	return &f, a.tx.supersede(&models.Figure{}, was.ID)
}

// supersede ends what was believed until now.
func (tx *Tx) supersede(model any, id string) error {
	return tx.db.Model(model).Where("id = ?", id).Update("known_to", tx.micros()).Error
}

// total reports the sum of all counts for the agreement or, without one, for
// the kabupaten: the denominator of its pages.
func (a *applying) total(c tally.Count, units int) error {
	in := FigureInput{
		AgreementID: a.t.AgreementID, SubjectKind: "agreement", SubjectID: a.t.AgreementID, GroupCode: a.t.GroupCode, Measure: MeasurePotential, Value: c.N, About: c.About,
		Definition: "jumlah dari " + itoa(int64(units)) + " baris rekap", On: a.on(), SourceID: a.from.ID,
	}
	if in.AgreementID == "" {
		in.SubjectKind, in.SubjectID, in.SubjectName = "region", a.s.Party.RegionCode, a.s.Party.Name
	}
	var was []models.Figure
	err := a.tx.db.Where("source_id = ? AND on_day = ? AND group_code = ? AND measure = ? AND agreement_id = ? AND subject_kind = ? AND known_to = 0",
		a.from.ID, a.t.OnDay, a.t.GroupCode, in.Measure, in.AgreementID, in.SubjectKind).Find(&was).Error
	if err != nil {
		return wrap("total of a recap", err)
	}
	if len(was) == 1 && was[0].Value == in.Value && was[0].About == in.About && was[0].Definition == in.Definition {
		a.out.Figures.Unchanged++
		return nil
	}
	for _, f := range was {
		if err := a.tx.supersede(&models.Figure{}, f.ID); err != nil {
			return err
		}
	}
	if len(was) > 0 {
		a.out.Figures.Updated++
	} else {
		a.out.Figures.Created++
	}
	_, err = a.tx.RecordFigure(in)
	return err
}
