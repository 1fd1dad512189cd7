package api

import (
	"payung/domain/benefit"
	"payung/domain/rupiah"
	"payung/domain/worker"
)

// BenefitQuery asks what an event pays. The day of the event alone decides
// which table applies.
type BenefitQuery struct {
	Event   string `json:"event" enum:"death,accident_death,total_disability,partial_disability"`
	When    Date   `json:"when"`
	Segment string `json:"segment,omitempty" enum:"PPU,BPU" doc:"for accidents"`
	Wage    int64  `json:"wage,omitempty" doc:"rupiah a month, for accidents"`
	Loss    int64  `json:"loss_hundredths_of_percent,omitempty" doc:"for a partial disability, as a doctor finds it"`
}

// BenefitAnswer is what it pays, without scholarship.
type BenefitAnswer struct {
	Table       string             `json:"table" example:"pp_82_2019"`
	From        string             `json:"from" format:"date" doc:"days of event for which the table holds"`
	To          string             `json:"to,omitempty" format:"date"`
	Components  []BenefitComponent `json:"components"`
	Total       int64              `json:"total"`
	Notes       []Note             `json:"notes"`
	RuleVersion string             `json:"rule_version"`
}

// BenefitComponent is one part of a benefit.
type BenefitComponent struct {
	Kind       string `json:"kind" enum:"lump_sum,periodic,funeral"`
	Amount     int64  `json:"amount"`
	Explain    Note   `json:"explain"`
	Source     string `json:"source"`
	Confidence string `json:"confidence"`
}

func (in BenefitQuery) answer() (BenefitAnswer, error) {
	r, err := benefit.Compute(benefit.Query{
		Event: benefit.Event(in.Event), When: in.When.when(), Segment: worker.Segment(in.Segment), Wage: rupiah.Amount(in.Wage), Loss: in.Loss,
	})
	if err != nil {
		return BenefitAnswer{}, err
	}
	return BenefitAnswer{
		Table: r.Table, From: string(r.From), To: string(r.To), Total: int64(r.Total), Notes: each(r.Notes, noteView), RuleVersion: r.RuleVersion,
		Components: each(r.Components, func(c benefit.Component) BenefitComponent {
			return BenefitComponent{Kind: string(c.Kind), Amount: int64(c.Amount), Explain: noteView(c.Explain), Source: c.Source, Confidence: string(c.Confidence)}
		}),
	}, nil
}
