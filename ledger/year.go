package ledger

import (
	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/worker"
	"payung/models"
)

// YearInput opens a year of a line: the units that owe lists, and by when.
type YearInput struct {
	LineID     string
	Year       int
	From, To   string // "": the budget year
	UnitIDs    []string
	KindOfUnit string
	TargetOn   string
	FatalOn    string
	ArticleID  string // that orders the lists; "": the one of the basis in force, if it names the group
}

// openYear opens one year of one line: one period and one duty for each unit,
// all in one transaction.
func (tx *Tx) openYear(a models.Agreement, in YearInput) (map[string]string, error) {
	p, n, err := tx.addYear(a, in, "", false)
	if err != nil {
		return nil, err
	}
	return map[string]string{"period": p.ID, "obligations": itoa(int64(n))}, nil
}

// RecordYear records a year that is already under way, whatever the law would
// have wanted first.
func (tx *Tx) RecordYear(agreementID string, in YearInput, sourceID string) (models.Period, error) {
	a, err := tx.ownAgreement(agreementID)
	if err != nil {
		return models.Period{}, err
	}
	if err := tx.mustSource(sourceID); err != nil {
		return models.Period{}, err
	}
	p, _, err := tx.addYear(a, in, sourceID, true)
	if err != nil {
		return p, err
	}
	return p, tx.stir(a.ID)
}

func (tx *Tx) addYear(a models.Agreement, in YearInput, sourceID string, fact bool) (models.Period, int, error) {
	line, err := tx.line(a.ID, in.LineID)
	if err != nil {
		return models.Period{}, 0, err
	}
	span, err := yearSpan(in)
	if err != nil {
		return models.Period{}, 0, err
	}
	task := TaskInput{
		Kind: KindRoster, GroupCode: line.GroupCode, UnitIDs: in.UnitIDs, KindOfUnit: in.KindOfUnit,
		TargetOn: in.TargetOn, FatalOn: in.FatalOn, Destination: line.Destination, ArticleID: in.ArticleID,
	}
	var owners []owner
	if in.KindOfUnit != "" || len(in.UnitIDs) > 0 {
		if owners, err = tx.owing(a, task); err != nil {
			return models.Period{}, 0, err
		}
	}
	if !fact {
		if err := tx.mayOpen(a, line, span, len(owners)); err != nil {
			return models.Period{}, 0, err
		}
	}
	if err := tx.mustNotOverlap(line.ID, in.Year, span); err != nil {
		return models.Period{}, 0, err
	}
	p := models.Period{
		ID: newID(), Scope: a.Scope, AgreementID: a.ID, LineID: line.ID, Year: in.Year,
		FromDay: string(span.From), ToDay: string(span.To), SourceID: sourceID, Recorded: tx.recorded(),
	}
	if err := insert(tx, []models.Period{p}); err != nil {
		if duplicate(err) {
			return p, 0, fault.New(fault.Conflict, "year_open", "the year %d of this line is open already", in.Year).With("year", itoa(int64(in.Year)))
		}
		return p, 0, err
	}
	by := order{by: "decision", id: p.ID, source: sourceID}
	if fact {
		by.opened = span.From
	}
	template, err := tx.duty(a, task, by)
	if err != nil {
		return p, 0, err
	}
	template.LineID, template.PeriodID = line.ID, p.ID
	n, err := tx.openFor(a, template, owners)
	if err != nil {
		return p, 0, err
	}
	if err := tx.reach(a, mark{code: agreement.YearOpened, about: line.ID + "/" + itoa(int64(in.Year)), sourceID: sourceID}, by.day(tx, a)); err != nil {
		return p, 0, err
	}
	return p, n, tx.audit("year.opened", "agreement", a.ID, a.Scope,
		map[string]any{"period": p.ID, "line": line.ID, "year": in.Year, "obligations": n})
}

// mustNotOverlap refuses a year that shares a day with another of its line: who
// is covered that day would be counted and billed twice. The agreement's lock
// keeps another year from being added at the same moment.
func (tx *Tx) mustNotOverlap(lineID string, year int, span agreement.Period) error {
	var other models.Period
	err := tx.db.Where("line_id = ? AND known_to = 0 AND year <> ? AND from_day <= ? AND to_day >= ?", lineID, year, string(span.To), string(span.From)).
		Order("from_day").Limit(1).Find(&other).Error
	if err == nil && other.ID != "" {
		err = fault.New(fault.Conflict, "year_overlaps", "another year of this line runs from %s to %s", other.FromDay, other.ToDay).
			On("from").With("from", other.FromDay).With("to", other.ToDay)
	}
	return err
}

func (o order) day(tx *Tx, a models.Agreement) calendar.Day {
	if o.opened != "" {
		return o.opened
	}
	return tx.today(a.Zone)
}

func yearSpan(in YearInput) (agreement.Period, error) {
	if in.Year < earliest.Year() || in.Year > latest.Year() {
		return agreement.Period{}, badDate("year")
	}
	span := agreement.BudgetYear(in.Year)
	if in.From != "" {
		span.From = calendar.Day(in.From)
	}
	if in.To != "" {
		span.To = calendar.Day(in.To)
	}
	if err := span.Check(); err != nil {
		return span, fault.New(fault.Invalid, "bad_period", "%s", err).On("from")
	}
	return span, nil
}

// mayOpen refuses a new year with everything that is missing. The law wants a
// signed agreement and a regulation in force for the group on the first day.
func (tx *Tx) mayOpen(a models.Agreement, line models.Line, span agreement.Period, owners int) error {
	signed, err := tx.signedOn(a.ID)
	if err != nil {
		return err
	}
	group, _ := worker.Find(line.GroupCode)
	covered := true
	if group.NeedsBasis {
		if covered, err = tx.hasBasis(a.ID, line.GroupCode, span.From); err != nil {
			return err
		}
	}
	return agreement.Refusal(agreement.OpenYear, agreement.Missing(
		agreement.Wanted{Code: agreement.NeedSignature, Met: signed != ""},
		agreement.Wanted{Code: agreement.NeedNotPlanned, About: line.GroupCode, Met: line.State == "active"},
		agreement.Wanted{Code: agreement.NeedBasis, About: line.GroupCode, Met: covered},
		agreement.Wanted{Code: agreement.NeedUnits, About: line.GroupCode, Met: owners > 0},
	))
}

// signedOn is the day an agreement was signed, or "".
func (tx *Tx) signedOn(agreementID string) (string, error) {
	var days []string
	err := tx.db.Model(&models.Milestone{}).Where("agreement_id = ? AND code = ? AND known_to = 0", agreementID, string(agreement.Signed)).
		Order("on_day").Limit(1).Pluck("on_day", &days).Error
	if err != nil || len(days) == 0 {
		return "", err
	}
	return days[0], nil
}

// Periods lists an agreement's current years.
func (tx *Tx) Periods(agreementID string) ([]models.Period, error) {
	return list[models.Period](tx, "periods", agreementID)
}

// period reads a current year of an agreement.
func (tx *Tx) period(agreementID, id string) (models.Period, error) {
	var p models.Period
	err := tx.from("periods").Where("agreement_id = ? AND id = ? AND known_to = 0", agreementID, id).Limit(1).Find(&p).Error
	if err == nil && p.ID == "" {
		err = notFound("period")
	}
	return p, err
}
