package api

import (
	"payung/delivery"
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

// PlanMessagesQuery asks for the texts of the coming months.
type PlanMessagesQuery struct {
	PlanQuery
	Month  string `query:"month" pattern:"^[0-9]{4}-[0-9]{2}$" doc:"only this month" example:"2027-01"`
	PostID string `query:"post_id" maxLength:"64" doc:"only what is for this post"`
	UnitID string `query:"unit_id" maxLength:"64" doc:"only what speaks of a duty of this unit"`
	Step   string `query:"step" maxLength:"20" doc:"only what says this step" example:"T-7"`
	Skip   int    `query:"skip" minimum:"0" maximum:"1000000" doc:"messages to leave out at the beginning"`
	Limit  int    `query:"limit" default:"100" minimum:"1" maximum:"500"`
}

// PlannedMessage is a text that will go out unless somebody answers before: one
// for all that one person is told on a morning by one channel.
type PlannedMessage struct {
	At        string   `json:"at" format:"date-time"`
	Kind      string   `json:"kind" enum:"digest,urgent" doc:"a morning's list, or apart from it"`
	Channel   string   `json:"channel" enum:"inbox,email,wa_link,whatsapp,telegram,webhook"`
	PostID    string   `json:"post_id"`
	PostTitle string   `json:"post_title"`
	Name      string   `json:"name,omitempty" doc:"who is written to; absent: nobody"`
	Via       string   `json:"via,omitempty" enum:"holder,deputy,superior" doc:"how that person was found"`
	Steps     []string `json:"steps" doc:"of each thing it speaks of"`
	Duties    []string `json:"obligation_ids"`
	Subject   string   `json:"subject"`
	Text      string   `json:"text"`
	Price     int64    `json:"price" doc:"rupiah"`
	OverCap   bool     `json:"over_cap" doc:"the channel's cap of that day is reached: it goes out on another"`
}

// PlanTotal is how many messages a part of the plan has and what they cost.
type PlanTotal struct {
	Key      string `json:"key" doc:"a month, a channel, a step or a post"`
	Name     string `json:"name,omitempty" doc:"of a post"`
	Messages int    `json:"messages"`
	Notices  int    `json:"notices"`
	Cost     int64  `json:"cost" doc:"rupiah"`
}

// PlanTotals are the sums of the plan as it was narrowed.
type PlanTotals struct {
	All      PlanTotal   `json:"all"`
	Months   []PlanTotal `json:"months"`
	Channels []PlanTotal `json:"channels"`
	Steps    []PlanTotal `json:"steps"`
	Posts    []PlanTotal `json:"posts" doc:"those that get most first"`
	OverCap  int         `json:"over_cap" doc:"messages beyond a channel's cap of a day"`
}

// PlanMessages is what the plan will say, in order of time.
type PlanMessages struct {
	From   string           `json:"from" format:"date-time"`
	To     string           `json:"to" format:"date-time"`
	Totals PlanTotals       `json:"totals"`
	Items  []PlannedMessage `json:"items"`
	More   int              `json:"more" doc:"messages that come after these"`
}

func planRoutes(s *server) {
	read(s, PolicyRead, "/agreements/{id}/plan/messages", "get-plan-messages", "Every text of the coming months, if nobody answers: to whom, by which channel, at what cost",
		func(tx *ledger.Tx, in *PlanMessagesQuery) (PlanMessages, error) {
			a, err := tx.Agreement(in.ID)
			if err != nil {
				return PlanMessages{}, err
			}
			from := tx.Now()
			to := from.AddDate(0, in.Months, 0)
			planned, err := delivery.Plan(tx, a.ID, from, to)
			if err != nil {
				return PlanMessages{}, err
			}
			planned = delivery.PlanFilter{Month: in.Month, PostID: in.PostID, UnitID: in.UnitID, Step: in.Step}.Of(planned)
			shown := planned[min(in.Skip, len(planned)):]
			shown = shown[:min(in.Limit, len(shown))]
			return PlanMessages{
				From: moment(from, a.Zone), To: moment(to, a.Zone), Totals: planTotals(delivery.Sum(planned)), Items: each(shown, plannedMessage),
				More: max(0, len(planned)-in.Skip-len(shown)),
			}, nil
		})
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

func plannedMessage(p delivery.Planned) PlannedMessage {
	out := PlannedMessage{
		At: moment(p.At, string(p.Zone)), Kind: p.Message.Kind, Channel: p.Message.Channel, PostID: p.To.PostID, PostTitle: p.To.PostTitle, Name: p.To.Name, Via: p.To.Via,
		Steps: []string{}, Duties: []string{}, Subject: p.Text.Subject, Text: p.Text.Body, Price: p.Message.Price, OverCap: p.Over,
	}
	for _, n := range p.Notices {
		out.Steps, out.Duties = append(out.Steps, n.Step), append(out.Duties, n.ObligationID)
	}
	return out
}

func planTotals(t delivery.Totals) PlanTotals {
	return PlanTotals{
		All: planTotal(t.All), Months: each(t.Months, planTotal), Channels: each(t.Channels, planTotal), Steps: each(t.Steps, planTotal),
		Posts: each(t.Posts, planTotal), OverCap: t.OverCap,
	}
}

func planTotal(t delivery.Total) PlanTotal {
	return PlanTotal{Key: t.Key, Name: t.Name, Messages: t.Messages, Notices: t.Notices, Cost: int64(t.Cost)}
}
