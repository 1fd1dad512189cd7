package api

import (
	"context"
	"strings"

	"payung/domain/worker"
	"payung/ledger"
)

// Conflict is a person who stands on more than one list of a year.
type Conflict struct {
	ID        string         `json:"id"`
	PersonID  string         `json:"person_id"`
	Year      int            `json:"year"`
	Overlap   []string       `json:"overlap" doc:"between what: across_units, across_groups, across_payers"`
	State     string         `json:"state" enum:"open,decided,gone"`
	Rule      string         `json:"rule" doc:"that proposes who keeps the person, or says that people have to decide"`
	Sentence  string         `json:"sentence" doc:"what the rule says, for both units"`
	Winner    []string       `json:"winner" doc:"duties whose lists keep the person: proposed, later decided; none: people have to decide"`
	Sides     []ConflictSide `json:"sides" doc:"the places in your sight"`
	Others    int            `json:"others" doc:"how many more there are"`
	DecidedBy string         `json:"decided_by,omitempty"`
	DecidedAt string         `json:"decided_at,omitempty" format:"date-time"`
	Reason    string         `json:"reason,omitempty"`
	CreatedAt string         `json:"created_at" format:"date-time"`
}

// ConflictSide is one of the places a person has.
type ConflictSide struct {
	ObligationID  string `json:"obligation_id"`
	AgreementID   string `json:"agreement_id"`
	UnitID        string `json:"unit_id"`
	UnitName      string `json:"unit_name"`
	GroupCode     string `json:"group_code"`
	FundingSource string `json:"funding_source"`
	Name          string `json:"name" doc:"as this unit wrote it"`
	NIK           string `json:"nik,omitempty" doc:"the last four digits behind a mask"`
	Born          string `json:"born,omitempty"`
	Outcome       string `json:"outcome,omitempty" enum:"stays,leaves"`
}

// ConflictQuery narrows a list of conflicts.
type ConflictQuery struct {
	PageQuery
	Spoken
	State       string `query:"state" enum:"open,decided,gone"`
	AgreementID string `query:"agreement_id" maxLength:"64"`
	Rule        string `query:"rule" maxLength:"64"`
}

// RulingInput is somebody's decision of a conflict.
type RulingInput struct {
	Keeps  []string `json:"keeps" minItems:"1" maxItems:"20" doc:"duties whose lists keep the person"`
	Reason string   `json:"reason" maxLength:"1000"`
}

// RuleInput has all open conflicts decided that one rule settles.
type RuleInput struct {
	Rule        string `json:"rule" maxLength:"64"`
	AgreementID string `json:"agreement_id" maxLength:"64"`
	Reason      string `json:"reason" maxLength:"1000"`
}

// RuledByRule is what became of them.
type RuledByRule struct {
	Decided int `json:"decided"`
	Skipped int `json:"skipped" doc:"somebody has to look at these"`
}

func conflictRoutes(s *server) {
	read(s, PolicyRead, "/conflicts", "list-conflicts", "People who stand on more than one list of a year",
		func(tx *ledger.Tx, in *ConflictQuery) (List[Conflict], error) {
			f := ledger.ConflictFilter{State: in.State, AgreementID: in.AgreementID, Rule: in.Rule}
			rows := func(p ledger.Page) ([]ledger.ConflictView, error) { return tx.Conflicts(f, p) }
			c := clocksOf(tx)
			return paged(in.PageQuery, rows, func(v ledger.ConflictView) string { return v.ID }, func(v ledger.ConflictView) Conflict { return conflictView(v, c, in.Spoken) })
		})
	read(s, PolicyRead, "/conflicts/across", "list-conflicts-across", "People who stand on lists of several kabupaten, for whoever oversees them",
		acrossRegencies)
	read(s, PolicyRead, "/conflicts/{id}", "get-conflict", "One conflict with its places",
		func(tx *ledger.Tx, in *SpokenID) (Conflict, error) {
			v, err := tx.Conflict(in.ID)
			return shownConflict(tx, v, in.Spoken, err)
		})
	change(s, PolicyWrite, "/conflicts/{id}/decide", "decide-conflict", "Decide whose lists keep a person; the others get a new version without",
		func(tx *ledger.Tx, in *SpokenOf[RulingInput]) (Conflict, error) {
			if _, err := tx.DecideConflict(in.ID, ledger.Ruling(in.Body)); err != nil {
				return Conflict{}, err
			}
			v, err := tx.Conflict(in.ID)
			return shownConflict(tx, v, in.Spoken, err)
		})
	byRule := route{path: "/conflicts/decide-by-rule", id: "decide-conflicts-by-rule", summary: "Decide all open conflicts of an agreement that a rule settles, as it proposes"}
	work(s, PolicyWrite, byRule, done, func(ctx context.Context, in *Sent[RuleInput]) (RuledByRule, error) {
		ruled, err := s.Ledger.DecideByRule(ctx, callOf(ctx).actor, in.Body.Rule, in.Body.AgreementID, in.Body.Reason)
		return RuledByRule{Decided: ruled.Decided, Skipped: ruled.Skipped}, err
	})
}

func shownConflict(tx *ledger.Tx, v ledger.ConflictView, lang Spoken, err error) (Conflict, error) {
	if err != nil {
		return Conflict{}, err
	}
	return conflictView(v, clocksOf(tx), lang), nil
}

func conflictView(v ledger.ConflictView, c clocks, lang Spoken) Conflict {
	zone := ""
	if len(v.Sides) > 0 {
		zone = c.zone(v.Sides[0].AgreementID)
	}
	rule, _ := worker.FindPriority(v.Rule)
	said := rule.Reason.ID
	if lang.english() {
		said = rule.Reason.EN
	}
	return Conflict{
		ID: v.ID, PersonID: v.PersonID, Year: v.Year, Overlap: listOf(v.Overlap), State: v.State, Rule: v.Rule, Sentence: said,
		Winner: listOf(v.Winner), Others: v.Others, DecidedBy: v.DecidedBy, DecidedAt: instant(v.DecidedAt, zone), Reason: v.Reason, CreatedAt: instant(v.CreatedAt, zone),
		Sides: each(v.Sides, func(s ledger.SideView) ConflictSide {
			return ConflictSide{
				ObligationID: s.ObligationID, AgreementID: s.AgreementID, UnitID: s.UnitID, UnitName: s.UnitName, GroupCode: s.GroupCode, FundingSource: s.FundingSource,
				Name: s.Name, NIK: strings.Repeat("*", 12) + s.NIKLast4, Born: s.Born, Outcome: s.Outcome,
			}
		}),
	}
}
