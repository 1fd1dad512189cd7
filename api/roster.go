package api

import (
	"fmt"
	"net/http"
	"strings"

	"payung/domain/fault"
	"payung/ledger"
	"payung/models"
)

// RosterInput is a unit's list of names.
type RosterInput struct {
	Rows []RosterRowInput `json:"rows" maxItems:"100000"`
	On   string           `json:"on,omitempty" format:"date" doc:"when it was handed in; by default today"`
}

// RosterRowInput is one person on a list.
type RosterRowInput struct {
	NIK  string `json:"nik" maxLength:"40" writeOnly:"true" doc:"16 digits, as text"`
	Name string `json:"name" maxLength:"200"`
	Born string `json:"born,omitempty" maxLength:"10" doc:"YYYY-MM-DD; by default as the NIK says"`
	Sex  string `json:"sex,omitempty" enum:"male,female"`
	Wage int64  `json:"wage,omitempty" doc:"rupiah a month"`
}

// Roster is one version of a unit's list.
type Roster struct {
	ID           string `json:"id"`
	AgreementID  string `json:"agreement_id"`
	ObligationID string `json:"obligation_id"`
	UnitID       string `json:"unit_id"`
	Version      int    `json:"version"`
	Kind         string `json:"kind" doc:"why there is this version: list, joiner, leaver, restored, decision"`
	People       int64  `json:"people" doc:"on the list after it"`
	Added        int64  `json:"added"`
	Removed      int64  `json:"removed"`
	On           string `json:"on" format:"date"`
	Actor        string `json:"actor"`
	OnBehalf     string `json:"on_behalf,omitempty"`
	CreatedAt    string `json:"created_at" format:"date-time"`
}

// SubmittedRoster is a list that was accepted, with what is odd about its rows.
type SubmittedRoster struct {
	Roster
	Findings []RowFinding `json:"findings"`
}

// RowFinding is what is wrong or odd about one row. It never holds digits of a
// NIK.
type RowFinding struct {
	Row   int    `json:"row" doc:"from 1"`
	Field string `json:"field"`
	Level string `json:"level" enum:"error,warning,info"`
	Code  string `json:"code"`
}

// RosterPerson is one row of a list, masked.
type RosterPerson struct {
	ID       string   `json:"id" doc:"of the place on the list"`
	PersonID string   `json:"person_id"`
	Name     string   `json:"name"`
	NIK      string   `json:"nik,omitempty" doc:"the last four digits behind a mask"`
	Born     string   `json:"born,omitempty"`
	Sex      string   `json:"sex,omitempty"`
	Wage     int64    `json:"wage"`
	From     string   `json:"from,omitempty" format:"date" doc:"first day in the group; absent: that of the year"`
	To       string   `json:"to,omitempty" format:"date" doc:"last day; absent: that of the year"`
	Leaving  string   `json:"leaving,omitempty" doc:"why it was the last"`
	Since    int      `json:"since_version" doc:"that put the person there"`
	PutBy    string   `json:"put_by"`
	OnBehalf string   `json:"on_behalf,omitempty"`
	Findings []string `json:"findings" doc:"codes of warnings"`
}

func rosterView(r models.Roster, zone string) Roster {
	return Roster{
		ID: r.ID, AgreementID: r.AgreementID, ObligationID: r.ObligationID, UnitID: r.UnitID, Version: r.Version, Kind: r.Kind,
		People: r.People, Added: r.Added, Removed: r.Removed, On: r.OnDay, Actor: r.Actor, OnBehalf: r.OnBehalf, CreatedAt: instant(r.CreatedAt, zone),
	}
}

func personView(p ledger.RosterPerson) RosterPerson {
	out := RosterPerson{
		ID: p.ID, PersonID: p.PersonID, Name: p.Name, Born: p.Born, Sex: p.Sex, Wage: p.Wage, From: p.FromDay, To: p.ToDay, Leaving: p.Leaving,
		Since: p.Since, PutBy: p.PutBy, OnBehalf: p.OnBehalf, Findings: listOf(p.Findings),
	}
	if p.Elsewhere {
		out.Findings = append(out.Findings, ledger.ListedElsewhere)
	}
	if p.NIKLast4 != "" {
		out.NIK = "************" + p.NIKLast4
	}
	return out
}

func rosterRoutes(s *server) {
	submit := route{method: http.MethodPost, path: "/obligations/{id}/rosters", id: "submit-roster", summary: "Hand in a list of names; rows with errors refuse all of it", limit: rosterLimit}
	write(s, PolicyWrite, submit, http.StatusCreated, func(tx *ledger.Tx, in *Of[RosterInput]) (SubmittedRoster, error) {
		out, err := tx.SubmitRoster(in.ID, ledger.RosterInput{
			On: in.Body.On, Rows: each(in.Body.Rows, func(r RosterRowInput) ledger.RosterRowInput { return ledger.RosterRowInput(r) }),
		})
		if err != nil {
			return SubmittedRoster{}, withRows(err, out.Findings)
		}
		return SubmittedRoster{
			Roster:   rosterView(out.Roster, clocksOf(tx).zone(out.Roster.AgreementID)),
			Findings: each(out.Findings, func(f ledger.RowFinding) RowFinding { return RowFinding(f) }),
		}, nil
	})
	read(s, PolicyRead, "/obligations/{id}/rosters", "list-rosters", "The versions of the list a duty was answered with",
		func(tx *ledger.Tx, in *ByID) (List[Roster], error) {
			o, err := tx.Obligation(in.ID)
			if err != nil {
				return List[Roster]{}, err
			}
			zone := clocksOf(tx).zone(o.AgreementID)
			rows, err := tx.Rosters(o.ID)
			return listed(rows, err, func(r models.Roster) Roster { return rosterView(r, zone) })
		})
	read(s, PolicyRead, "/rosters/{id}/rows", "list-roster-rows", "The people on one version of a list, masked",
		func(tx *ledger.Tx, in *Page) (List[RosterPerson], error) {
			rows := func(p ledger.Page) ([]ledger.RosterPerson, error) { return tx.RosterRows(in.ID, p) }
			return paged(in.PageQuery, rows, func(p ledger.RosterPerson) string { return p.ID }, personView)
		})
}

// withRows says what is wrong with which row.
func withRows(err error, found []ledger.RowFinding) error {
	f, ok := fault.Of(err)
	if !ok || f.Code != "rows_with_errors" {
		return err
	}
	out := &faulty{Fault: f}
	for _, r := range found {
		if r.Level == "error" {
			if strings.HasPrefix(r.Code, "duplicate_of_row_") {
				r.Code = "repeated"
			}
			out.fields = append(out.fields, FieldError{Location: fmt.Sprintf("body.rows[%d].%s", r.Row-1, r.Field), Code: r.Code})
		}
	}
	return out
}
