package ledger

import (
	"strings"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/region"
	"payung/models"
)

// FigureInput is a number somebody reported, with its definition and date. It
// stands beside what is computed; nobody invents which villages it means.
type FigureInput struct {
	AgreementID string
	SubjectKind string // region, unit, line, agreement
	SubjectID   string
	SubjectName string
	GroupCode   string
	Measure     string
	Value       int64
	About       bool
	Definition  string
	On          calendar.When
	SourceID    string
}

// RecordFigure records a reported figure.
func (tx *Tx) RecordFigure(in FigureInput) (models.Figure, error) {
	f := models.Figure{
		ID: newID(), AgreementID: in.AgreementID, SubjectKind: in.SubjectKind, SubjectID: in.SubjectID, SubjectName: in.SubjectName,
		GroupCode: in.GroupCode, Measure: in.Measure, Value: in.Value, About: in.About, Definition: strings.TrimSpace(in.Definition),
		OnDay: string(in.On.On), Precision: string(in.On.Precision), SourceID: in.SourceID, Recorded: tx.recorded(),
	}
	switch {
	case f.Value < 0 || f.Value > maxMoney:
		return f, fault.New(fault.Invalid, "bad_amount", "value must be between 0 and %d", int64(maxMoney)).On("value").With("field", "value")
	case f.Definition == "":
		return f, missing("definition")
	case f.SourceID == "":
		return f, missing("source_id")
	}
	if err := checkWhen("on", in.On); err != nil {
		return f, err
	}
	if err := tx.mustSource(in.SourceID); err != nil {
		return f, err
	}
	scope, err := tx.scopeOf(in)
	if err != nil {
		return f, err
	}
	f.Scope = scope
	if err := create(tx, f.Scope, f); err != nil {
		return f, err
	}
	return f, tx.audit("figure.reported", in.SubjectKind, in.SubjectID, f.Scope, map[string]any{"measure": f.Measure, "value": f.Value, "source": f.SourceID})
}

func (tx *Tx) scopeOf(in FigureInput) (models.Scope, error) {
	if in.AgreementID != "" {
		a, err := tx.Agreement(in.AgreementID)
		return a.Scope, err
	}
	if in.SubjectKind == "region" {
		if _, ok := region.Find(in.SubjectID); !ok {
			return models.Scope{}, unknownRegion("subject_id", in.SubjectID)
		}
		return scopeOfRegion(in.SubjectID), nil
	}
	return models.Scope{}, fault.New(fault.Invalid, "figure_without_place", "a figure belongs to an agreement or a region").On("subject_kind")
}

// FigureFilter narrows a list of figures.
type FigureFilter struct {
	AgreementID string
	SubjectID   string
	On          calendar.Day // reported by that day; "": all
}

// Figures lists reported figures in order of date.
func (tx *Tx) Figures(f FigureFilter) ([]models.Figure, error) {
	q := tx.from("figures").Where("known_to = 0")
	if f.AgreementID != "" {
		q = q.Where("agreement_id = ?", f.AgreementID)
	}
	if f.SubjectID != "" {
		q = q.Where("subject_id = ?", f.SubjectID)
	}
	if f.On != "" {
		q = q.Where("on_day <= ?", string(f.On))
	}
	var rows []models.Figure
	err := q.Order("on_day, id").Limit(1000).Find(&rows).Error
	return rows, err
}

// ProspectInput is a region with nothing for a group.
type ProspectInput struct {
	RegionCode, GroupCode, NextStep, NextOn, SourceID string
	On                                                calendar.Day
}

// RecordProspect records that a region had nothing for a group on a day, and
// what comes next there.
func (tx *Tx) RecordProspect(in ProspectInput) (models.Prospect, error) {
	p := models.Prospect{
		ID: newID(), RegionCode: in.RegionCode, GroupCode: in.GroupCode, OnDay: string(in.On), NextStep: in.NextStep, NextOn: in.NextOn,
		SourceID: in.SourceID, Recorded: tx.recorded(),
	}
	if _, ok := region.Find(in.RegionCode); !ok {
		return p, unknownRegion("region_code", in.RegionCode)
	}
	p.Scope = scopeOfRegion(in.RegionCode)
	if _, err := checkDay("on", string(in.On)); err != nil {
		return p, err
	}
	if err := tx.mustSource(in.SourceID); err != nil {
		return p, err
	}
	if err := create(tx, p.Scope, p); err != nil {
		return p, err
	}
	return p, tx.audit("prospect.recorded", "region", p.RegionCode, p.Scope, map[string]any{"group": p.GroupCode, "next": p.NextStep})
}

// Prospects lists regions with nothing, as known on a day ("": today).
func (tx *Tx) Prospects(on calendar.Day) ([]models.Prospect, error) {
	q := tx.from("prospects").Where("known_to = 0")
	if on != "" {
		q = q.Where("on_day <= ?", string(on))
	}
	var rows []models.Prospect
	err := q.Order("region_code, on_day").Limit(2000).Find(&rows).Error
	return rows, err
}
