package api

import (
	"payung/domain/calendar"
	"payung/ledger"
	"payung/models"
)

// Outage is a time in which the installation did not answer.
type Outage struct {
	ID      string `json:"id"`
	From    string `json:"from" format:"date-time"`
	To      string `json:"to" format:"date-time"`
	Planned bool   `json:"planned" doc:"somebody stopped it"`
}

// Uptime is a time in which the installation answered.
type Uptime struct {
	ID   string `json:"id"`
	From string `json:"from" format:"date-time"`
	To   string `json:"to" format:"date-time" doc:"of the last one: the last beat"`
}

// Grace is more time that an outage proposes for the duties of one deadline.
type Grace struct {
	ID          string `json:"id"`
	AgreementID string `json:"agreement_id"`
	Outage      Outage `json:"outage"`
	TargetOn    string `json:"target_on" format:"date"`
	FatalOn     string `json:"fatal_on,omitempty" format:"date"`
	UntilOn     string `json:"until_on" format:"date" doc:"proposed or given"`
	FatalUntil  string `json:"fatal_until,omitempty" format:"date"`
	LostMinutes int    `json:"lost_minutes" doc:"of office time"`
	Duties      int    `json:"duties" doc:"open when it was proposed; once answered, those that were given time"`
	Open        int    `json:"open" doc:"duties that have these dates now"`
	State       string `json:"state" enum:"waiting,approved,refused"`
	Approver    string `json:"approver,omitempty"`
	Answer      string `json:"answer,omitempty"`
	AnsweredBy  string `json:"answered_by,omitempty"`
	AnsweredAt  string `json:"answered_at,omitempty" format:"date-time"`
}

func graceView(g ledger.GraceView) Grace {
	return Grace{
		ID: g.ID, AgreementID: g.AgreementID, Outage: Outage{g.OutageID, instant(g.FromAt, g.Zone), instant(g.ToAt, g.Zone), g.Planned},
		TargetOn: g.TargetOn, FatalOn: g.FatalOn, UntilOn: g.UntilOn, FatalUntil: g.FatalUntil, LostMinutes: g.LostMinutes, Duties: g.Duties, Open: g.Open,
		State: g.State, Approver: g.Approver, Answer: g.Answer, AnsweredBy: g.AnsweredBy, AnsweredAt: instant(g.AnsweredAt, g.Zone),
	}
}

// GraceAnswer approves or refuses what an outage proposes.
type GraceAnswer struct {
	Approve        bool   `json:"approve"`
	UntilOn        string `json:"until_on,omitempty" format:"date" doc:"another date than is proposed"`
	ApproverPostID string `json:"approver_post_id" maxLength:"64" doc:"it stands above all posts that owe one of the duties"`
	Reason         string `json:"reason,omitempty" maxLength:"1000" doc:"needed for a refusal"`
}

func uptimeRoutes(s *server) {
	read(s, PolicyAdmin, "/outages", "list-outages", "When the installation did not answer, newest first",
		func(tx *ledger.Tx, in *PageQuery) (List[Outage], error) {
			return paged(*in, tx.Outages, func(o models.Outage) string { return o.ID }, func(o models.Outage) Outage {
				return Outage{o.ID, instant(o.FromAt, string(calendar.WIB)), instant(o.ToAt, string(calendar.WIB)), o.Planned}
			})
		})
	read(s, PolicyAdmin, "/uptimes", "list-uptimes", "When the installation answered, newest first",
		func(tx *ledger.Tx, in *PageQuery) (List[Uptime], error) {
			return paged(*in, tx.Uptimes, func(u models.Uptime) string { return u.ID }, func(u models.Uptime) Uptime {
				return Uptime{u.ID, instant(u.FromAt, string(calendar.WIB)), instant(u.ToAt, string(calendar.WIB))}
			})
		})
	read(s, PolicyRead, "/agreements/{id}/graces", "list-graces", "More time that outages propose for an agreement's deadlines, newest first",
		func(tx *ledger.Tx, in *ByID) (List[Grace], error) {
			rows, err := tx.Graces(in.ID)
			return listed(rows, err, graceView)
		})
	change(s, PolicyDecide, "/graces/{id}/answer", "answer-grace", "Approve or refuse more time for all duties of a deadline an outage came too near to",
		func(tx *ledger.Tx, in *Of[GraceAnswer]) (Grace, error) {
			g, err := tx.AnswerGrace(in.ID, ledger.GraceAnswer(in.Body))
			return graceView(g), err
		})
}
