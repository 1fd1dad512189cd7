package api

import (
	"payung/ledger"
	"payung/models"
)

// LineInput is one worker group of an agreement.
type LineInput struct {
	GroupCode     string   `json:"group_code" maxLength:"40" example:"village_officials" doc:"see /groups"`
	Programmes    []string `json:"programmes,omitempty" enum:"JKK,JKM,JHT,JP" uniqueItems:"true" doc:"by default the group's usual ones"`
	Planned       bool     `json:"planned,omitempty" doc:"carries no duties yet"`
	PlannedFor    string   `json:"planned_for,omitempty" maxLength:"40"`
	FundingSource string   `json:"funding_source" maxLength:"40" example:"apbdes"`
	PayerPartyID  string   `json:"payer_party_id,omitempty" maxLength:"64"`
	Wage          int64    `json:"wage,omitempty" doc:"rupiah a month"`
	TargetMinimum int64    `json:"target_minimum,omitempty" doc:"people"`
	TargetHope    int64    `json:"target_hope,omitempty" doc:"people"`
	BudgetCeiling int64    `json:"budget_ceiling,omitempty" doc:"rupiah"`
	Destination   string   `json:"destination,omitempty" enum:"pemda,bpjs" default:"pemda" doc:"who receives the lists"`
	LeadUnitIDs   []string `json:"lead_unit_ids,omitempty" maxItems:"100" doc:"an empty one stands for a lead the source counts but does not name"`
	SourceID      string   `json:"source_id,omitempty" maxLength:"64"`
}

func (in LineInput) input() ledger.LineInput { return ledger.LineInput(in) }

// Line is one worker group with its money and targets.
type Line struct {
	ID            string   `json:"id"`
	GroupCode     string   `json:"group_code"`
	Programmes    []string `json:"programmes"`
	State         string   `json:"state" enum:"planned,active,ended"`
	PlannedFor    string   `json:"planned_for,omitempty"`
	FundingSource string   `json:"funding_source"`
	PayerPartyID  string   `json:"payer_party_id,omitempty"`
	Wage          int64    `json:"wage"`
	TargetMinimum int64    `json:"target_minimum"`
	TargetHope    int64    `json:"target_hope"`
	BudgetCeiling int64    `json:"budget_ceiling"`
	Destination   string   `json:"destination"`
	LeadUnitIDs   []string `json:"lead_unit_ids"`
	SourceID      string   `json:"source_id,omitempty"`
}

func lineView(l models.Line) Line {
	return Line{
		ID: l.ID, GroupCode: l.GroupCode, Programmes: listOf(l.Programmes), State: l.State, PlannedFor: l.PlannedFor, FundingSource: l.FundingSource,
		PayerPartyID: l.PayerPartyID, Wage: l.Wage, TargetMinimum: l.TargetMinimum, TargetHope: l.TargetHope, BudgetCeiling: l.BudgetCeiling,
		Destination: l.Destination, LeadUnitIDs: []string{}, SourceID: l.SourceID,
	}
}

func lineRoutes(s *server) {
	create(s, PolicyWrite, "/agreements/{id}/lines", "create-line", "Add a worker group to an agreement",
		func(tx *ledger.Tx, in *Of[LineInput]) (Line, error) {
			l, err := tx.AddLine(in.ID, in.Body.input())
			if err != nil {
				return Line{}, err
			}
			lines, err := linesOf(tx, in.ID)
			for _, line := range lines {
				if line.ID == l.ID {
					return line, nil
				}
			}
			return lineView(l), err
		})
	read(s, PolicyRead, "/agreements/{id}/lines", "list-lines", "List an agreement's lines",
		func(tx *ledger.Tx, in *ByID) (List[Line], error) {
			if _, err := tx.Agreement(in.ID); err != nil {
				return List[Line]{}, err
			}
			lines, err := linesOf(tx, in.ID)
			return List[Line]{Items: lines}, err
		})
}

// linesOf lists an agreement's lines with their leads.
func linesOf(tx *ledger.Tx, id string) ([]Line, error) {
	rows, err := tx.Lines(id)
	if err != nil {
		return nil, err
	}
	lines := each(rows, lineView)
	leads, err := tx.Leads(id)
	for _, lead := range leads {
		for i := range lines {
			if lines[i].ID == lead.LineID {
				lines[i].LeadUnitIDs = append(lines[i].LeadUnitIDs, lead.LeadUnitID)
			}
		}
	}
	return lines, err
}
