package api

import (
	"math"

	"payung/domain/tally"
	"payung/ledger"
)

// TallyQuestion is one thing about a recap that only a person knows.
type TallyQuestion struct {
	About    string        `json:"about" enum:"name,district,phrase"`
	Place    string        `json:"place,omitempty" doc:"code of the kecamatan the name stood under; send it back"`
	District string        `json:"district,omitempty" doc:"its name"`
	Text     string        `json:"text" doc:"send it back"`
	Label    string        `json:"label" doc:"as written"`
	Lines    []int         `json:"lines" doc:"where it stands"`
	Choices  []TallyChoice `json:"choices" doc:"at most five, the likeliest first"`
}

// TallyChoice is a village, kecamatan or office a name may mean.
type TallyChoice struct {
	ID       string `json:"id" doc:"send it back as choice"`
	Name     string `json:"name"`
	District string `json:"district,omitempty"`
	Score    int    `json:"score" doc:"likeness in percent"`
}

// TallyAnswersInput is answers to questions; more than one at a time.
type TallyAnswersInput struct {
	Answers []TallyAnswer `json:"answers" minItems:"1" maxItems:"500"`
}

// TallyAnswer is what a text of a recap means. It is remembered for later
// recaps, unless it is put off.
type TallyAnswer struct {
	About  string `json:"about" enum:"name,district,phrase"`
	Place  string `json:"place,omitempty" maxLength:"64"`
	Text   string `json:"text" minLength:"1" maxLength:"400"`
	Choice string `json:"choice" minLength:"1" maxLength:"64" doc:"the ID of a choice, or none (nobody here), new (an office to record), skip (not now); of a phrase nothing, not_yet, submitted, registered, paid or paid:2026-12-31"`
}

// TallyRow is one row of a recap and what it means.
type TallyRow struct {
	Line       int      `json:"line"`
	Name       string   `json:"name"`
	District   string   `json:"district,omitempty"`
	Meaning    string   `json:"meaning" enum:"known,new,left_out,waiting"`
	ID         string   `json:"id,omitempty" doc:"region code, or ID of the unit where it has none"`
	Means      string   `json:"means,omitempty"`
	People     *int64   `json:"people,omitempty"`
	Registered *int64   `json:"registered,omitempty"`
	Paid       *int64   `json:"paid,omitempty"`
	State      string   `json:"state,omitempty" enum:"not_yet,submitted,registered,paid"`
	Until      string   `json:"until,omitempty" format:"date" doc:"paid up to that day"`
	Unclear    []string `json:"unclear" doc:"cells somebody has to explain"`
}

// TallyChanged counts what applying a recap did to one sort of thing.
type TallyChanged struct {
	Created   int `json:"created"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
}

// TallyResult is what applying a recap did.
type TallyResult struct {
	Rows      int          `json:"rows"`
	Units     TallyChanged `json:"units"`
	Figures   TallyChanged `json:"figures"`
	Statuses  TallyChanged `json:"statuses"`
	Contacts  TallyChanged `json:"contacts"`
	LeftOut   int          `json:"left_out"`
	Waiting   int          `json:"waiting" doc:"rows that wait for an answer"`
	Questions int          `json:"questions" doc:"left; answer them and apply again"`
}

func tallyResult(r ledger.TallyResult) TallyResult {
	return TallyResult{
		Rows: r.Rows, Units: TallyChanged(r.Units), Figures: TallyChanged(r.Figures), Statuses: TallyChanged(r.Statuses), Contacts: TallyChanged(r.Contacts),
		LeftOut: r.LeftOut, Waiting: r.Waiting, Questions: r.Questions,
	}
}

func questionView(q ledger.TallyQuestion) TallyQuestion {
	return TallyQuestion{
		About: q.About, Place: q.Place, District: q.District, Text: q.Text, Label: q.Label, Lines: q.Lines,
		Choices: each(q.Choices, func(c ledger.TallyChoice) TallyChoice {
			return TallyChoice{ID: c.ID, Name: c.Name, District: c.District, Score: int(math.Round(100 * max(0, c.Score)))}
		}),
	}
}

func tallyRow(places map[string]ledger.TallyPlace) func(tally.Resolved) TallyRow {
	said := func(c tally.Count) *int64 {
		if !c.Said {
			return nil
		}
		return &c.N
	}
	return func(r tally.Resolved) TallyRow {
		out := TallyRow{
			Line: r.Line, Name: r.Name, District: r.District, Meaning: "waiting", ID: r.ID, Means: places[r.ID].Name,
			People: said(r.People), Registered: said(r.Registered), Paid: said(r.Paid), State: string(r.State), Until: string(r.Until),
			Unclear: each(r.Unclear, func(u tally.Unclear) string { return u.Text }),
		}
		switch {
		case r.ID != "":
			out.Meaning = "known"
		case r.New:
			out.Meaning = "new"
		case r.Left:
			out.Meaning = "left_out"
		}
		return out
	}
}

func tallyAnswerRoutes(s *server) {
	read(s, PolicyRead, "/tallies/{id}/rows", "list-tally-rows", "The rows of a recap and what each means, phones aside",
		func(tx *ledger.Tx, in *ByID) (List[TallyRow], error) {
			sheet, err := tx.TallySheet(in.ID)
			return listed(sheet.Rows, err, tallyRow(sheet.Places))
		})
	read(s, PolicyRead, "/tallies/{id}/questions", "list-tally-questions", "What is left for a person",
		func(tx *ledger.Tx, in *ByID) (List[TallyQuestion], error) {
			sheet, err := tx.TallySheet(in.ID)
			return listed(sheet.Questions, err, questionView)
		})
	change(s, PolicyWrite, "/tallies/{id}/answers", "answer-tally", "Answer questions about a recap",
		func(tx *ledger.Tx, in *Of[TallyAnswersInput]) (TallyProgress, error) {
			return progress(tx.AnswerTally(in.ID, each(in.Body.Answers, func(a TallyAnswer) ledger.TallyAnswerInput { return ledger.TallyAnswerInput(a) })))
		})
	change(s, PolicyWrite, "/tallies/{id}/apply", "apply-tally", "Record what a recap says; again, it changes nothing",
		func(tx *ledger.Tx, in *ByID) (TallyResult, error) {
			r, err := tx.ApplyTally(in.ID)
			return tallyResult(r), err
		})
}
