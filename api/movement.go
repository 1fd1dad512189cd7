package api

import (
	"fmt"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/ledger"
)

// JoinInput is somebody who joins a unit's list during the year.
type JoinInput struct {
	Person      RosterRowInput `json:"person"`
	From        string         `json:"from,omitempty" format:"date" doc:"first day in the group; by default that of the year"`
	Note        string         `json:"note,omitempty" maxLength:"1000"`
	OnBehalf    string         `json:"on_behalf,omitempty" maxLength:"200" doc:"of whom, in words"`
	SourceID    string         `json:"source_id,omitempty" maxLength:"64"`
	ObjectionID string         `json:"objection_id,omitempty" maxLength:"64" doc:"upheld, that this follows"`
}

// LeavingInput is why and since when somebody is no longer on a list.
type LeavingInput struct {
	Reason      string `json:"reason" enum:"died,became_pppk,became_pns,resigned,moved,contract_ended,entered_by_mistake"`
	On          string `json:"on,omitempty" format:"date" doc:"the day it dates from: of death, the last day of work, the first as PPPK or PNS; none for entered_by_mistake"`
	AtWork      bool   `json:"at_work,omitempty" doc:"died by an accident at work: JKK instead of JKM"`
	Note        string `json:"note,omitempty" maxLength:"1000"`
	SourceID    string `json:"source_id,omitempty" maxLength:"64"`
	OnBehalf    string `json:"on_behalf,omitempty" maxLength:"200" doc:"of whom, in words"`
	ObjectionID string `json:"objection_id,omitempty" maxLength:"64" doc:"upheld, that this follows"`
}

// Left is what became of somebody's leaving.
type Left struct {
	Roster  Roster `json:"roster" doc:"the list without them"`
	LastDay string `json:"last_day,omitempty" format:"date" doc:"in the group; absent: they never belonged there"`
	ClaimID string `json:"claim_id,omitempty" doc:"of the heirs, opened by a death; absent if the person has one already"`
}

// Movement is why one version of a list exists.
type Movement struct {
	RosterID  string `json:"roster_id"`
	Version   int    `json:"version"`
	RowID     string `json:"row_id" doc:"the place on the list that began or ended"`
	Name      string `json:"name"`
	NIK       string `json:"nik,omitempty" doc:"the last four digits behind a mask"`
	Kind      string `json:"kind" enum:"joiner,leaver,restored"`
	Reason    string `json:"reason,omitempty"`
	On        string `json:"on,omitempty" format:"date" doc:"first day of a joiner; day the reason of a leaver dates from"`
	Note      string `json:"note,omitempty"`
	SourceID  string `json:"source_id,omitempty"`
	Actor     string `json:"actor"`
	CreatedAt string `json:"created_at" format:"date-time"`
}

func movementView(m ledger.MovementView, zone string) Movement {
	out := Movement{
		RosterID: m.RosterID, Version: m.Version, RowID: m.RowID, Name: m.Name, Kind: m.Kind, Reason: m.Reason, On: m.OnDay, Note: m.Remark,
		SourceID: m.SourceID, Actor: m.Actor, CreatedAt: instant(m.CreatedAt, zone),
	}
	if m.NIKLast4 != "" {
		out.NIK = "************" + m.NIKLast4
	}
	return out
}

// ListedQuery asks who was on a list on a day.
type ListedQuery struct {
	Page
	On string `query:"on" format:"date" doc:"by default today"`
}

// movementsShown bounds a list of movements; the newest come first.
const movementsShown = 500

func movementRoutes(s *server) {
	create(s, PolicyWrite, "/obligations/{id}/joiners", "join-roster", "Put one person on a list during the year",
		func(tx *ledger.Tx, in *Of[JoinInput]) (SubmittedRoster, error) {
			b := in.Body
			out, err := tx.Join(in.ID, ledger.JoinInput{
				Row: ledger.RosterRowInput(b.Person), From: b.From, Note: b.Note, OnBehalf: b.OnBehalf, SourceID: b.SourceID, ObjectionID: b.ObjectionID,
			})
			if err != nil {
				return SubmittedRoster{}, withPerson(err, out.Findings)
			}
			return SubmittedRoster{
				Roster:   rosterView(out.Roster, clocksOf(tx).zone(out.Roster.AgreementID)),
				Findings: each(out.Findings, func(f ledger.RowFinding) RowFinding { return RowFinding(f) }),
			}, nil
		})
	create(s, PolicyWrite, "/roster-rows/{id}/leave", "leave-roster", "Take one person off a list; a death opens the claim of the heirs",
		func(tx *ledger.Tx, in *Of[LeavingInput]) (Left, error) {
			out, err := tx.Leave(in.ID, ledger.LeavingInput(in.Body))
			if err != nil {
				return Left{}, err
			}
			return Left{Roster: rosterView(out.Roster, clocksOf(tx).zone(out.Roster.AgreementID)), LastDay: string(out.LastDay), ClaimID: out.Claim.ID}, nil
		})
	create(s, PolicyWrite, "/roster-rows/{id}/restore", "restore-roster-row", "Put somebody back who was taken off a list by mistake",
		func(tx *ledger.Tx, in *Of[ReasonInput]) (Roster, error) {
			r, err := tx.Restore(in.ID, in.Body.Reason)
			if err != nil {
				return Roster{}, err
			}
			return rosterView(r, clocksOf(tx).zone(r.AgreementID)), nil
		})
	read(s, PolicyRead, "/obligations/{id}/movements", "list-movements", "Who joined and left a unit's list, newest first",
		func(tx *ledger.Tx, in *ByID) (List[Movement], error) {
			o, err := tx.Obligation(in.ID)
			if err != nil {
				return List[Movement]{}, err
			}
			zone := clocksOf(tx).zone(o.AgreementID)
			rows, err := tx.Movements(o.ID, movementsShown)
			return listed(rows, err, func(m ledger.MovementView) Movement { return movementView(m, zone) })
		})
	read(s, PolicyRead, "/obligations/{id}/people", "list-people-on", "Who was on a unit's list on a day, and who put them there",
		func(tx *ledger.Tx, in *ListedQuery) (List[RosterPerson], error) {
			rows := func(p ledger.Page) ([]ledger.RosterPerson, error) { return tx.Listed(in.ID, calendar.Day(in.On), p) }
			return paged(in.PageQuery, rows, func(p ledger.RosterPerson) string { return p.ID }, personView)
		})
}

// withPerson says what is wrong with the one person of a request.
func withPerson(err error, found []ledger.RowFinding) error {
	f, ok := fault.Of(err)
	if !ok || f.Code != "rows_with_errors" {
		return err
	}
	out := &faulty{Fault: f}
	for _, r := range found {
		if r.Level == "error" {
			out.fields = append(out.fields, FieldError{Location: fmt.Sprintf("body.person.%s", r.Field), Code: r.Code})
		}
	}
	return out
}
