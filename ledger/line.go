package ledger

import (
	"slices"
	"strings"

	"payung/domain/agreement"
	"payung/domain/fault"
	"payung/domain/worker"
	"payung/models"
)

// LineInput is one worker group of an agreement.
type LineInput struct {
	GroupCode     string
	Programmes    []string
	Planned       bool
	PlannedFor    string
	FundingSource string
	PayerPartyID  string
	Wage          int64
	TargetMinimum int64
	TargetHope    int64
	BudgetCeiling int64
	Destination   string   // who receives the lists: pemda (default), bpjs
	LeadUnitIDs   []string // "" stands for a lead the source counts but does not name
	SourceID      string
}

func (tx *Tx) addLine(a models.Agreement, in LineInput, field string) (models.Line, error) {
	group, ok := worker.Find(in.GroupCode)
	if !ok {
		return models.Line{}, fault.New(fault.Invalid, "unknown_group", "there is no worker group %q", in.GroupCode).
			On(field+"group_code").With("group", in.GroupCode)
	}
	programmes := in.Programmes
	if len(programmes) == 0 {
		for _, p := range group.Programmes {
			programmes = append(programmes, string(p))
		}
	}
	for name, n := range map[string]int64{"wage": in.Wage, "target_minimum": in.TargetMinimum, "target_hope": in.TargetHope, "budget_ceiling": in.BudgetCeiling} {
		if n < 0 || n > maxMoney {
			return models.Line{}, fault.New(fault.Invalid, "bad_amount", "%s must be between 0 and %d", name, int64(maxMoney)).
				On(field+name).With("field", name)
		}
	}
	l := models.Line{
		ID: newID(), Scope: a.Scope, AgreementID: a.ID, GroupCode: in.GroupCode, Programmes: strings.Join(programmes, ","),
		State: "active", PlannedFor: in.PlannedFor, FundingSource: in.FundingSource, PayerPartyID: in.PayerPartyID, Wage: in.Wage,
		TargetMinimum: in.TargetMinimum, TargetHope: in.TargetHope, BudgetCeiling: in.BudgetCeiling,
		Destination: in.Destination, SourceID: in.SourceID, Recorded: tx.recorded(),
	}
	if in.Planned {
		l.State = "planned"
	}
	if l.Destination == "" {
		l.Destination = "pemda"
	}
	if l.FundingSource == "" {
		return l, missing(field + "funding_source")
	}
	if _, ok := worker.FindFunding(l.FundingSource); !ok {
		return l, fault.New(fault.Invalid, "unknown_funding", "there is no funding source %q", l.FundingSource).
			On(field+"funding_source").With("funding", l.FundingSource)
	}
	if err := create(tx, a.Scope, l); err != nil {
		if duplicate(err) {
			return l, fault.New(fault.Conflict, "line_exists", "the agreement already has a line for %s", in.GroupCode).On(field + "group_code")
		}
		return l, err
	}
	leads := make([]models.LineLead, 0, len(in.LeadUnitIDs))
	for _, u := range in.LeadUnitIDs {
		leads = append(leads, models.LineLead{
			ID: newID(), Scope: a.Scope, AgreementID: a.ID, LineID: l.ID, LeadUnitID: u, SourceID: in.SourceID, Recorded: tx.recorded(),
		})
	}
	return l, create(tx, a.Scope, leads...)
}

// AddLine adds a worker group to an agreement.
func (tx *Tx) AddLine(agreementID string, in LineInput) (models.Line, error) {
	a, err := tx.Agreement(agreementID)
	if err != nil {
		return models.Line{}, err
	}
	if a.ClosedOn != "" {
		return models.Line{}, agreement.Closed()
	}
	l, err := tx.addLine(a, in, "")
	if err != nil {
		return l, err
	}
	return l, tx.audit("line.added", "agreement", a.ID, a.Scope, map[string]any{"line": l.ID, "group": l.GroupCode})
}

// Lines lists an agreement's current lines in the order they were added.
func (tx *Tx) Lines(agreementID string) ([]models.Line, error) {
	return list[models.Line](tx, "lines", agreementID)
}

// Leads lists the offices that lead an agreement's lines.
func (tx *Tx) Leads(agreementID string) ([]models.LineLead, error) {
	return list[models.LineLead](tx, "line_leads", agreementID)
}

// line reads a current line of an agreement.
func (tx *Tx) line(agreementID, lineID string) (models.Line, error) {
	lines, err := tx.Lines(agreementID)
	if err != nil {
		return models.Line{}, err
	}
	i := slices.IndexFunc(lines, func(l models.Line) bool { return l.ID == lineID })
	if i < 0 {
		return models.Line{}, notFound("line")
	}
	return lines[i], nil
}
