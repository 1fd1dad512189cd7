package api

import (
	"payung/domain/agreement"
	"payung/ledger"
	"payung/models"
)

// YearInput opens a year of a line: who owes lists, and by when.
type YearInput struct {
	LineID     string   `json:"line_id" maxLength:"64"`
	Year       int      `json:"year"`
	From       string   `json:"from,omitempty" format:"date" doc:"by default the budget year"`
	To         string   `json:"to,omitempty" format:"date"`
	UnitIDs    []string `json:"unit_ids,omitempty" maxItems:"2000"`
	KindOfUnit string   `json:"kind_of_unit,omitempty" maxLength:"40" doc:"or: every unit of that kind"`
	TargetOn   string   `json:"target_on,omitempty" format:"date" doc:"by default: no date yet"`
	FatalOn    string   `json:"fatal_on,omitempty" format:"date"`
	ArticleID  string   `json:"article_id,omitempty" maxLength:"64" doc:"that orders the lists; by default the one of the basis in force that names the group"`
}

func (in YearInput) input() ledger.YearInput { return ledger.YearInput(in) }

// RecordedYearInput is a year that is under way, according to a source.
type RecordedYearInput struct {
	YearInput
	SourceID string `json:"source_id,omitempty" maxLength:"64"`
}

// Year is one year of one line.
type Year struct {
	ID       string `json:"id"`
	LineID   string `json:"line_id"`
	Year     int    `json:"year"`
	From     string `json:"from" format:"date"`
	To       string `json:"to" format:"date"`
	SourceID string `json:"source_id,omitempty"`
}

func yearView(p models.Period) Year {
	return Year{ID: p.ID, LineID: p.LineID, Year: p.Year, From: p.FromDay, To: p.ToDay, SourceID: p.SourceID}
}

func yearRoutes(s *server) {
	create(s, PolicyWrite, "/agreements/{id}/years", "create-year", "Record a year that is already under way, as a fact",
		func(tx *ledger.Tx, in *Of[RecordedYearInput]) (Year, error) {
			p, err := tx.RecordYear(in.ID, in.Body.input(), in.Body.SourceID)
			return yearView(p), err
		})
	read(s, PolicyRead, "/agreements/{id}/years", "list-years", "List an agreement's years",
		func(tx *ledger.Tx, in *ByID) (List[Year], error) { return ofAgreement(tx, in.ID, tx.Periods, yearView) })
	decision(s, agreement.OpenYear, "open-year", "Open a year: every unit owes its list", YearInput.input)
}
