package api

import (
	"payung/domain/calendar"
	"payung/ledger"
	"payung/models"
)

// Obligation is something a unit owes by a date.
type Obligation struct {
	ID          string `json:"id"`
	AgreementID string `json:"agreement_id"`
	LineID      string `json:"line_id,omitempty"`
	YearID      string `json:"year_id,omitempty"`
	UnitID      string `json:"unit_id,omitempty"`
	GroupCode   string `json:"group_code,omitempty"`
	Kind        string `json:"kind" doc:"roster, payment, regulation_draft, renewal_answer, task"`
	OwnerPostID string `json:"owner_post_id"`
	Destination string `json:"destination"`
	OrderedBy   string `json:"ordered_by" doc:"meeting_decision, decision, renewal"`
	OrderedByID string `json:"ordered_by_id,omitempty"`
	ArticleID   string `json:"article_id,omitempty" doc:"article of a regulation that orders it"`
	TargetOn    string `json:"target_on,omitempty" format:"date" doc:"absent: no date yet, somebody has to set one"`
	FatalOn     string `json:"fatal_on,omitempty" format:"date"`
	Generation  int    `json:"generation" doc:"rises with each new date"`
	State       string `json:"state" enum:"open,submitted,closed,cancelled"`
	ClosedHow   string `json:"closed_how,omitempty" doc:"roster, nihil, receiver, done"`
	ClosedOn    string `json:"closed_on,omitempty" format:"date"`
	PausedAt    string `json:"paused_at,omitempty" format:"date-time"`
	Extensions  int    `json:"extensions"`
	NextAt      string `json:"next_at,omitempty" format:"date-time" doc:"when something happens by itself"`
	NextStep    string `json:"next_step,omitempty"`
	NoticedAt   string `json:"noticed_at,omitempty" format:"date-time" doc:"when a dated request was proved to have reached the owner; before that, no answer is not silence"`
	NoticedHow  string `json:"noticed_how,omitempty" doc:"by what: email, whatsapp, link, group, letter, inbox, …"`
	LapsedAt    string `json:"lapsed_at,omitempty" format:"date-time" doc:"the fatal date has passed"`
	Fault       string `json:"fault,omitempty" doc:"why it was set aside; see mend"`
	OpenedOn    string `json:"opened_on" format:"date"`
	SourceID    string `json:"source_id,omitempty"`
	AskedUntil  string `json:"asked_until,omitempty" format:"date" doc:"more time is asked for until then and not decided yet; reminders go on"`
}

func obligationView(o models.Obligation, zone string) Obligation {
	return Obligation{
		ID: o.ID, AgreementID: o.AgreementID, LineID: o.LineID, YearID: o.PeriodID, UnitID: o.UnitID, GroupCode: o.GroupCode, Kind: o.Kind,
		OwnerPostID: o.OwnerPostID, Destination: o.Destination, OrderedBy: o.OrderedBy, OrderedByID: o.OrderedByID, ArticleID: o.ArticleID, TargetOn: o.TargetOn,
		FatalOn: o.FatalOn, Generation: o.Generation, State: o.State, ClosedHow: o.ClosedHow, ClosedOn: o.ClosedOn,
		PausedAt: instant(o.PausedAt, zone), Extensions: o.Extensions, NextAt: instant(o.NextAt, zone), NextStep: o.NextStep,
		NoticedAt: instant(o.NoticedAt, zone), NoticedHow: o.NoticedHow, LapsedAt: instant(o.LapsedAt, zone), Fault: o.Fault, OpenedOn: o.OpenedOn, SourceID: o.SourceID,
	}
}

// ObligationChange is one change of an obligation, with the state after it.
type ObligationChange struct {
	Kind       string `json:"kind" doc:"moved, extended, paused, resumed, closed, cancelled, …"`
	On         string `json:"on" format:"date" doc:"when it was true"`
	State      string `json:"state"`
	ClosedHow  string `json:"closed_how,omitempty"`
	TargetOn   string `json:"target_on,omitempty" format:"date"`
	FatalOn    string `json:"fatal_on,omitempty" format:"date"`
	Generation int    `json:"generation"`
	Reason     string `json:"reason,omitempty"`
	ApprovedBy string `json:"approved_by,omitempty"`
	Calendar   string `json:"calendar,omitempty" doc:"version a closing was judged by"`
	Actor      string `json:"actor"`
	SourceID   string `json:"source_id,omitempty"`
	RecordedAt string `json:"recorded_at" format:"date-time"`
}

// LadderStep is one step of an obligation's present date.
type LadderStep struct {
	Code  string `json:"code" example:"T-7"`
	Tone  string `json:"tone" enum:"reminder,request,warning"`
	At    string `json:"at" format:"date-time"`
	State string `json:"state" enum:"sent,collapsed,before_import,passed,planned,not_needed" doc:"before_import: it lay before the agreement was kept here and was never sent"`
}

// ObligationDetail is an obligation with its ladder and history.
type ObligationDetail struct {
	Obligation
	Steps     []LadderStep       `json:"steps"`
	Changes   []ObligationChange `json:"changes"`
	Statement *Statement         `json:"statement,omitempty" doc:"signed that there is nobody; a later list leaves it on record"`
}

// Statement is a signed statement (SPTJM) that a unit has nobody to list.
type Statement struct {
	Number    string `json:"number,omitempty"`
	On        string `json:"on" format:"date"`
	Signatory string `json:"signatory" doc:"the post"`
	SignedBy  string `json:"signed_by,omitempty"`
	UploadID  string `json:"upload_id,omitempty" doc:"of the scan"`
	Text      string `json:"text,omitempty"`
	Actor     string `json:"actor"`
	CreatedAt string `json:"created_at" format:"date-time"`
}

func statementView(s models.Statement, zone string) *Statement {
	if s.ID == "" {
		return nil
	}
	return &Statement{
		Number: s.Number, On: s.OnDay, Signatory: s.Signatory, SignedBy: s.Name, UploadID: s.UploadID, Text: s.Text, Actor: s.Actor,
		CreatedAt: instant(s.CreatedAt, zone),
	}
}

// ObligationQuery narrows a list of obligations.
type ObligationQuery struct {
	PageQuery
	AgreementID string `query:"agreement_id" maxLength:"64"`
	YearID      string `query:"year_id" maxLength:"64"`
	UnitID      string `query:"unit_id" maxLength:"64"`
	Kind        string `query:"kind" maxLength:"40"`
	State       string `query:"state" enum:"open,submitted,closed,cancelled"`
}

// PastQuery asks for a view of the past: what was true at the end of a day, as
// far as it was known at an instant.
type PastQuery struct {
	ByID
	AsOf    string `query:"as_of" format:"date" doc:"by default now"`
	KnownAt string `query:"known_at" format:"date-time" doc:"by default everything that is recorded"`
}

func obligationRoutes(s *server) {
	read(s, PolicyRead, "/obligations", "list-obligations", "List obligations",
		func(tx *ledger.Tx, in *ObligationQuery) (List[Obligation], error) {
			f := ledger.ObligationFilter{AgreementID: in.AgreementID, PeriodID: in.YearID, UnitID: in.UnitID, Kind: in.Kind, State: in.State}
			var asked map[string]calendar.Day
			rows := func(p ledger.Page) ([]models.Obligation, error) {
				found, err := tx.Obligations(f, p)
				if err == nil {
					asked, err = tx.AskedUntilEach(each(found, func(o models.Obligation) string { return o.ID }))
				}
				return found, err
			}
			c := clocksOf(tx)
			return paged(in.PageQuery, rows, func(o models.Obligation) string { return o.ID }, func(o models.Obligation) Obligation {
				v := obligationView(o, c.zone(o.AgreementID))
				v.AskedUntil = string(asked[o.ID])
				return v
			})
		})
	read(s, PolicyRead, "/obligations/{id}", "get-obligation", "One obligation with its history",
		func(tx *ledger.Tx, in *ByID) (ObligationDetail, error) {
			o, err := tx.Obligation(in.ID)
			if err != nil {
				return ObligationDetail{}, err
			}
			zone := clocksOf(tx).zone(o.AgreementID)
			steps, err := tx.Steps(o.ID)
			if err != nil {
				return ObligationDetail{}, err
			}
			signed, err := tx.Statement(o.ID)
			if err != nil {
				return ObligationDetail{}, err
			}
			asked, err := tx.AskedUntil(o.ID)
			if err != nil {
				return ObligationDetail{}, err
			}
			changes, err := tx.Changes(o.ID)
			ladder := each(steps, func(l ledger.LadderStep) LadderStep {
				return LadderStep{Code: l.Code, Tone: l.Tone, At: moment(l.At, zone), State: l.State}
			})
			view := obligationView(o, zone)
			view.AskedUntil = string(asked)
			return ObligationDetail{Obligation: view, Steps: ladder, Statement: statementView(signed, zone), Changes: each(changes, func(c models.ObligationChange) ObligationChange {
				return ObligationChange{
					Kind: c.Kind, On: c.OnDay, State: c.State, ClosedHow: c.ClosedHow, TargetOn: c.TargetOn, FatalOn: c.FatalOn, Generation: c.Generation,
					Reason: c.Reason, ApprovedBy: c.ApprovedBy, Calendar: c.Calendar, Actor: c.Actor, SourceID: c.SourceID, RecordedAt: instant(c.RecordedAt, zone),
				}
			})}, err
		})
	read(s, PolicyRead, "/agreements/{id}/obligations", "list-obligations-as-of", "An agreement's obligations, now or as they were",
		func(tx *ledger.Tx, in *PastQuery) (List[Obligation], error) {
			a, err := tx.Agreement(in.ID)
			if err != nil {
				return List[Obligation]{}, err
			}
			day, err := tx.AsOf(in.AsOf)
			if err != nil {
				return List[Obligation]{}, err
			}
			known, err := instantOf("known_at", in.KnownAt)
			if err != nil {
				return List[Obligation]{}, err
			}
			rows, err := tx.ObligationsAsOf(a.ID, day, known)
			return listed(rows, err, func(o models.Obligation) Obligation { return obligationView(o, a.Zone) })
		})
}
