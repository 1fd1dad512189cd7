package api

import (
	"payung/domain/calendar"
	"payung/domain/contribution"
	"payung/domain/fault"
	"payung/domain/rupiah"
	"payung/domain/worker"
)

// ContributionQuery asks what people like one cost.
type ContributionQuery struct {
	GroupCode     string   `json:"group_code" maxLength:"40" example:"vulnerable"`
	Programmes    []string `json:"programmes,omitempty" enum:"JKK,JKM,JHT,JP" doc:"by default the group's usual ones"`
	Month         string   `json:"month" maxLength:"7" example:"2027-01"`
	Months        int      `json:"months,omitempty" default:"1" minimum:"1" maximum:"120"`
	People        int64    `json:"people,omitempty" default:"1" minimum:"1" maximum:"60000000"`
	Wage          int64    `json:"wage,omitempty" doc:"rupiah a month; own-account workers: income"`
	FundingSource string   `json:"funding_source,omitempty" maxLength:"40"`
	Rounding      string   `json:"rounding,omitempty" enum:"half-up,floor,ceil" default:"half-up"`
}

// ContributionAnswer is what they cost, programme by programme.
type ContributionAnswer struct {
	Totals      []ProgrammeTotal   `json:"totals" doc:"of all people and months"`
	Total       int64              `json:"total"`
	FirstMonth  []ContributionItem `json:"first_month" doc:"of one person in the first month, with how each amount came about"`
	RuleVersion string             `json:"rule_version"`
	Rounding    string             `json:"rounding"`
	Notes       []Note             `json:"notes"`
}

// ProgrammeTotal is what one programme costs.
type ProgrammeTotal struct {
	Programme string `json:"programme"`
	Amount    int64  `json:"amount"`
}

// ContributionItem is one line of a contribution.
type ContributionItem struct {
	Programme  string `json:"programme"`
	Share      string `json:"share,omitempty" enum:"employer,worker"`
	Base       int64  `json:"base"`
	Hundredths int64  `json:"hundredths_of_percent"`
	Full       int64  `json:"full" doc:"before relief"`
	Amount     int64  `json:"amount"`
	Rule       string `json:"rule"`
	Relief     string `json:"relief,omitempty"`
	Explain    []Note `json:"explain"`
	Source     string `json:"source"`
	Confidence string `json:"confidence"`
}

func (in ContributionQuery) answer() (ContributionAnswer, error) {
	group, ok := worker.Find(in.GroupCode)
	if !ok {
		return ContributionAnswer{}, fault.New(fault.Invalid, "unknown_group", "there is no worker group %q", in.GroupCode).On("group_code").With("group", in.GroupCode)
	}
	funding, _ := worker.FindFunding(in.FundingSource)
	q := contribution.For(group, calendar.Month(in.Month), rupiah.Amount(in.Wage), funding.Payer)
	q.Rounding = rupiah.Rounding(in.Rounding)
	if len(in.Programmes) > 0 {
		q.Programmes = each(in.Programmes, func(p string) worker.Programme { return worker.Programme(p) })
	}
	e, err := contribution.EstimateFor(q, in.People, in.Months)
	if err != nil {
		return ContributionAnswer{}, err
	}
	return ContributionAnswer{
		Totals: each(e.Totals, func(t contribution.ProgrammeTotal) ProgrammeTotal {
			return ProgrammeTotal{Programme: string(t.Programme), Amount: int64(t.Amount)}
		}),
		Total: int64(e.Total), RuleVersion: e.RuleVersion, Rounding: in.Rounding,
		FirstMonth: each(e.Monthly[0].Items, func(i contribution.Item) ContributionItem {
			return ContributionItem{
				Programme: string(i.Programme), Share: string(i.Share), Base: int64(i.Base), Hundredths: i.Hundredths, Full: int64(i.Full),
				Amount: int64(i.Amount), Rule: i.Rule, Relief: i.Relief, Explain: each(i.Explain, noteView), Source: i.Source, Confidence: string(i.Confidence),
			}
		}),
		Notes: each(e.Monthly[0].Notes, noteView),
	}, nil
}
