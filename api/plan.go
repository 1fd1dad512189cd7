package api

import (
	"payung/ledger"
)

// PlanQuery asks for the messages of the coming months.
type PlanQuery struct {
	ByID
	Months int `query:"months" default:"12" minimum:"1" maximum:"36"`
}

// PlannedNotice is a message that will go out unless somebody answers before.
type PlannedNotice struct {
	At           string   `json:"at" format:"date-time"`
	ObligationID string   `json:"obligation_id"`
	Kind         string   `json:"kind"`
	GroupCode    string   `json:"group_code,omitempty"`
	UnitID       string   `json:"unit_id,omitempty" doc:"who owes"`
	PostID       string   `json:"post_id"`
	PostTitle    string   `json:"post_title"`
	Holder       string   `json:"holder,omitempty" doc:"who holds the post on that day; absent: nobody is on record"`
	Step         string   `json:"step" example:"T-7"`
	Tone         string   `json:"tone" enum:"reminder,request,warning"`
	TargetOn     string   `json:"target_on" format:"date"`
	Missed       []string `json:"missed" doc:"earlier steps this one stands for"`
	OrderedBy    string   `json:"ordered_by" doc:"why: meeting_decision, decision, renewal"`
	OrderedByID  string   `json:"ordered_by_id,omitempty"`
}

// Plan is the dry-run calendar of an agreement.
type Plan struct {
	From  string          `json:"from" format:"date-time"`
	To    string          `json:"to" format:"date-time"`
	Items []PlannedNotice `json:"items"`
}

func planRoutes(s *server) {
	read(s, PolicyRead, "/agreements/{id}/plan", "get-plan", "Every message of the coming months, if nobody answers",
		func(tx *ledger.Tx, in *PlanQuery) (Plan, error) {
			a, err := tx.Agreement(in.ID)
			if err != nil {
				return Plan{}, err
			}
			from := tx.Now()
			to := from.AddDate(0, in.Months, 0)
			planned, err := tx.Plan(a.ID, from, to)
			return Plan{From: moment(from, a.Zone), To: moment(to, a.Zone), Items: each(planned, func(n ledger.PlannedNotice) PlannedNotice {
				return plannedView(n, a.Zone)
			})}, err
		})
}

func plannedView(n ledger.PlannedNotice, zone string) PlannedNotice {
	return PlannedNotice{
		At: moment(n.At, zone), ObligationID: n.ObligationID, Kind: n.Kind, GroupCode: n.GroupCode, UnitID: n.OwingUnitID, PostID: n.PostID,
		PostTitle: n.PostTitle, Holder: n.Holder, Step: n.Step, Tone: n.Tone, TargetOn: n.TargetOn, Missed: listOf(n.Missed),
		OrderedBy: n.OrderedBy, OrderedByID: n.OrderedByID,
	}
}
