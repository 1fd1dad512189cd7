package api

import (
	"encoding/json"

	"payung/domain/cell"
	"payung/domain/roster"
	"payung/intake"
	"payung/ledger"
	"payung/models"
)

// Import is one reading of a file as the list of names of one duty.
type Import struct {
	ID           string         `json:"id"`
	AgreementID  string         `json:"agreement_id"`
	ObligationID string         `json:"obligation_id"`
	UnitID       string         `json:"unit_id"`
	UploadID     string         `json:"upload_id"`
	RosterID     string         `json:"roster_id,omitempty" doc:"the list it became"`
	State        string         `json:"state" enum:"reading,ready,held,refused,accepted,dropped"`
	Problem      string         `json:"problem,omitempty" doc:"code of why it is held or refused"`
	Detail       string         `json:"detail,omitempty" doc:"the problem in a sentence"`
	Cure         string         `json:"cure,omitempty" doc:"what to do about it"`
	Sheet        string         `json:"sheet,omitempty"`
	Progress     ImportProgress `json:"progress"`
	Good         int64          `json:"good" doc:"rows that can be accepted"`
	Bad          int64          `json:"bad" doc:"rows to be mended"`
	Skipped      int64          `json:"skipped" doc:"titles, totals, notes"`
	On           string         `json:"on" format:"date"`
	OnBehalf     string         `json:"on_behalf,omitempty"`
	Actor        string         `json:"actor"`
	CreatedAt    string         `json:"created_at" format:"date-time"`
	UpdatedAt    string         `json:"updated_at" format:"date-time"`
}

// ImportProgress is how far a reading has come.
type ImportProgress struct {
	Rows  int64 `json:"rows" doc:"number of the last row dealt with, as the sheet shows it"`
	Total int64 `json:"total" doc:"rows to expect, about; 0: not known"`
}

// ImportDetail is a reading with everything it found out.
type ImportDetail struct {
	Import
	Template   bool            `json:"template" doc:"it is a template of ours"`
	Mapping    *Mapping        `json:"mapping,omitempty" doc:"the columns as they were read"`
	Guess      *Guess          `json:"guess,omitempty" doc:"the columns as they were guessed"`
	Rules      []RuleCount     `json:"rules" doc:"what was found in the rows, grouped, errors first"`
	List       []FileFinding   `json:"list" doc:"what was found about the file as a whole"`
	Comparison *Comparison     `json:"comparison,omitempty"`
	Effect     *ImportEffect   `json:"effect,omitempty"`
	Questions  ImportQuestions `json:"questions"`
	Reserves   ImportReserves  `json:"reserves"`
}

// Comparison is what a reading would change of the list as it stands.
type Comparison struct {
	Before    int64 `json:"before" doc:"people on the list"`
	Added     int64 `json:"added"`
	Same      int64 `json:"same"`
	Changed   int64 `json:"changed" doc:"the same person, written otherwise"`
	Elsewhere int64 `json:"elsewhere" doc:"added ones who stand on another list of the year"`
	Alike     int64 `json:"alike" doc:"added ones who may be somebody known under another NIK"`
}

// ImportQuestions are people of the list before who are not in the file.
type ImportQuestions struct {
	Missing int `json:"missing"`
	Open    int `json:"open" doc:"of them, of whom nobody has said what became"`
}

// ImportReserves are people named to take the place of refused ones.
type ImportReserves struct {
	Moved   int `json:"moved"`
	Waiting int `json:"waiting"`
}

func importView(i models.Import, zone string, lang Spoken) Import {
	out := Import{
		ID: i.ID, AgreementID: i.AgreementID, ObligationID: i.ObligationID, UnitID: i.UnitID, UploadID: i.UploadID, State: i.State, Problem: i.Problem,
		Sheet: i.Sheet, Progress: ImportProgress{Rows: i.Position, Total: i.Total}, Good: i.Good, Bad: i.Bad, Skipped: i.Skipped, On: i.OnDay, OnBehalf: i.OnBehalf,
		Actor: i.Actor, CreatedAt: instant(i.CreatedAt, zone), UpdatedAt: instant(i.UpdatedAt, zone),
	}
	if i.State == ledger.ImportAccepted {
		out.RosterID = i.RosterID
	}
	if i.Problem != "" {
		out.Detail = sentence(lang.english(), i.Problem, "", nil)
		if known := roster.Title(roster.Rule(i.Problem), lang.lang()); known != "" {
			out.Detail = known
		}
	}
	return out
}

func shownImport(tx *ledger.Tx, i models.Import, lang Spoken, err error) (ImportDetail, error) {
	if err != nil {
		return ImportDetail{}, err
	}
	out := ImportDetail{Import: importView(i, clocksOf(tx).zone(i.AgreementID), lang), List: []FileFinding{}, Rules: []RuleCount{}}
	var found intake.Result
	if err := json.Unmarshal([]byte(i.Result), &found); err != nil {
		return out, err
	}
	out.Template, out.Reserves, out.Effect = found.Template, ImportReserves(found.Reserves), effectView(found.Effect, lang.lang())
	if found.Comparison != nil {
		c := found.Comparison
		out.Comparison = &Comparison{
			Before: c.Before, Added: c.Added, Same: c.Same, Changed: c.Changed, Elsewhere: c.Elsewhere, Alike: c.Alike,
		}
	}
	if found.Guess != nil {
		out.Guess = guessView(*found.Guess)
	}
	if i.State != ledger.ImportReading && i.Mapping != "" {
		var m roster.Mapping
		if err := json.Unmarshal([]byte(i.Mapping), &m); err != nil {
			return out, err
		}
		view := mappingView(m)
		out.Mapping = &view
	}
	if i.Problem != "" && len(found.Params) > 0 {
		out.Detail = sentence(lang.english(), i.Problem, "", found.Params)
	}
	for _, f := range found.List {
		view := fileFinding(f, lang)
		out.List = append(out.List, view)
		if string(f.Rule) == i.Problem {
			out.Detail, out.Cure = view.Problem, view.Cure
		}
	}
	if out.Rules, err = ruleCounts(tx, i.ID, lang); err != nil {
		return out, err
	}
	out.Questions, err = questions(tx, i)
	return out, err
}

// FileFinding is one thing to say about a file as a whole.
type FileFinding struct {
	Level   string `json:"level" enum:"error,warning,info"`
	Rule    string `json:"rule"`
	Field   string `json:"field,omitempty"`
	Column  string `json:"column,omitempty" doc:"its letters"`
	Problem string `json:"problem"`
	Cure    string `json:"cure,omitempty"`
}

func fileFinding(f roster.Finding, lang Spoken) FileFinding {
	_, problem, cure := words(f, lang)
	return FileFinding{
		Level: string(f.Level), Rule: string(f.Rule), Field: string(f.Field), Column: cell.Letters(f.Column), Problem: problem, Cure: cure,
	}
}
