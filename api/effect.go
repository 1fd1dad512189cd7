package api

import "payung/ledger"

// Effect is what a change of ladder, hours or calendar does to open
// obligations. A reminder is one step of one obligation, to whomever it goes.
type Effect struct {
	Obligations int64          `json:"obligations" doc:"touched at all"`
	Moved       int64          `json:"moved" doc:"of these, with another target date"`
	Appear      int64          `json:"appear" doc:"reminders that would not have been sent"`
	Vanish      int64          `json:"vanish" doc:"reminders that will not be sent any more"`
	Move        int64          `json:"move" doc:"reminders at another time, in another tone or to another level"`
	Dates       []DateMove     `json:"dates"`
	Reminders   []ReminderMove `json:"reminders"`
}

// DateMove is a target date that becomes another.
type DateMove struct {
	AgreementID string `json:"agreement_id"`
	Kind        string `json:"kind"`
	GroupCode   string `json:"group_code,omitempty"`
	From        string `json:"from" format:"date"`
	To          string `json:"to" format:"date"`
	Obligations int64  `json:"obligations"`
}

// ReminderMove is a step that comes otherwise than before, for so many
// obligations.
type ReminderMove struct {
	AgreementID string   `json:"agreement_id"`
	Kind        string   `json:"kind"`
	GroupCode   string   `json:"group_code,omitempty"`
	TargetOn    string   `json:"target_on" format:"date"`
	Step        string   `json:"step" example:"T-7"`
	Was         *Sending `json:"was,omitempty" doc:"absent: it appears"`
	Becomes     *Sending `json:"becomes,omitempty" doc:"absent: it vanishes"`
	Obligations int64    `json:"obligations"`
}

// Sending is when and how a step is sent.
type Sending struct {
	At    string `json:"at" format:"date-time"`
	Tone  string `json:"tone" enum:"reminder,request,warning"`
	Level int    `json:"level" doc:"0: the post that owes; 1: the post above it"`
}

func ruledView(e ledger.Effect, zone func(agreementID string) string) Effect {
	return Effect{
		Obligations: e.Obligations, Moved: e.Moved, Appear: e.Appear, Vanish: e.Vanish, Move: e.Move,
		Dates: each(e.Dates, func(d ledger.DateMove) DateMove {
			return DateMove{AgreementID: d.AgreementID, Kind: d.Kind, GroupCode: d.GroupCode, From: d.From, To: d.To, Obligations: d.Obligations}
		}),
		Reminders: each(e.Reminders, func(r ledger.ReminderMove) ReminderMove {
			return ReminderMove{
				AgreementID: r.AgreementID, Kind: r.Kind, GroupCode: r.GroupCode, TargetOn: r.TargetOn, Step: r.Step,
				Was: sendingView(r.Was, zone(r.AgreementID)), Becomes: sendingView(r.Becomes, zone(r.AgreementID)), Obligations: r.Obligations,
			}
		}),
	}
}

func sendingView(s ledger.Sending, zone string) *Sending {
	if s.At == 0 {
		return nil
	}
	return &Sending{At: instant(s.At, zone), Tone: s.Tone, Level: s.Level}
}
