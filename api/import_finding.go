package api

import (
	"cmp"
	"strconv"
	"strings"

	"payung/domain/cell"
	"payung/domain/roster"
	"payung/intake"
	"payung/ledger"
	"payung/models"
)

// RuleCount is how often one rule spoke, with what it said the first time.
type RuleCount struct {
	Rule    string `json:"rule"`
	Level   string `json:"level" enum:"error,warning,info"`
	Count   int64  `json:"count"`
	First   int64  `json:"first" doc:"row, as the sheet shows it"`
	Title   string `json:"title"`
	Problem string `json:"problem"`
	Cure    string `json:"cure,omitempty"`
}

// Finding is one thing to say about one cell. It never holds more than the last
// four digits of a NIK.
type Finding struct {
	Row     int64  `json:"row" doc:"as the sheet shows it"`
	Column  string `json:"column,omitempty" doc:"its letters; absent: the row as a whole"`
	Field   string `json:"field,omitempty"`
	Level   string `json:"level" enum:"error,warning,info"`
	Rule    string `json:"rule"`
	Found   string `json:"found,omitempty" doc:"what stands there, shortened and masked"`
	Problem string `json:"problem"`
	Cure    string `json:"cure,omitempty" doc:"what to write instead"`
}

// FindingQuery asks for a stretch of what was found in a file.
type FindingQuery struct {
	Page
	Spoken
	Level string `query:"level" enum:"error,warning,info" doc:"by default all"`
}

func findingRoutes(s *server) {
	read(s, PolicyRead, "/imports/{id}/findings", "list-findings", "What is wrong or odd in which row, in the order of the sheet",
		func(tx *ledger.Tx, in *FindingQuery) (List[Finding], error) {
			rows := func(p ledger.Page) ([]models.ImportFinding, error) {
				row, seq, _ := strings.Cut(p.After, ".")
				after := ledger.FindingPage{Size: p.Size, Level: in.Level}
				after.Row, _ = strconv.ParseInt(row, 10, 64) // a token that is none begins at the top
				after.Seq, _ = strconv.Atoi(seq)
				return tx.Findings(in.ID, after)
			}
			place := func(f models.ImportFinding) string { return whole(f.Number) + "." + whole(int64(f.Seq)) }
			return paged(in.PageQuery, rows, place, func(f models.ImportFinding) Finding { return findingView(f, in.Spoken) })
		})
}

func findingView(m models.ImportFinding, lang Spoken) Finding {
	f := intake.FindingOf(m)
	_, problem, cure := words(f, lang)
	return Finding{
		Row: m.Number, Column: cell.Letters(m.Column), Field: m.Field, Level: m.Level, Rule: m.Rule, Found: m.Found, Problem: problem, Cure: cure,
	}
}

// words say a finding: the rules' own, or those of what only the ledger finds.
func words(f roster.Finding, lang Spoken) (title, problem, cure string) {
	title = roster.Title(f.Rule, lang.lang())
	if title == "" {
		problem = sentence(lang.english(), cmp.Or(ledgerRules[string(f.Rule)], string(f.Rule)), "", nil)
		return problem, problem, ""
	}
	problem, cure = roster.Say(f, lang.lang())
	return title, problem, cure
}

// ledgerRules have another sentence than the code they share with others.
var ledgerRules = map[string]string{"repeated": "repeated_person"}

// ruleCounts are the rules that spoke about a file, each with the words of its
// first finding.
func ruleCounts(tx *ledger.Tx, importID string, lang Spoken) ([]RuleCount, error) {
	counts, err := tx.RuleCounts(importID)
	if err != nil {
		return nil, err
	}
	out := make([]RuleCount, len(counts))
	for i, c := range counts {
		first := models.ImportFinding{Number: c.First, Column: -1, Level: c.Level, Rule: c.Rule}
		there, err := tx.Findings(importID, ledger.FindingPage{Row: c.First, Seq: -1, Size: 50, Level: c.Level})
		if err != nil {
			return nil, err
		}
		for _, f := range there {
			if f.Number == c.First && f.Rule == c.Rule {
				first = f
				break
			}
		}
		title, problem, cure := words(intake.FindingOf(first), lang)
		out[i] = RuleCount{Rule: c.Rule, Level: c.Level, Count: c.Count, First: c.First, Title: title, Problem: problem, Cure: cure}
	}
	return out, nil
}
