package api

import (
	"encoding/json"
	"net/http"

	"payung/domain/fault"
	"payung/ledger"
	"payung/models"
)

// AcceptanceInput is somebody's word that the good rows of a file are the list.
type AcceptanceInput struct {
	Despite  string `json:"despite,omitempty" maxLength:"1000" doc:"reason to accept what is held"`
	LeaveOut bool   `json:"leave_out,omitempty" doc:"the bad rows will not be sent again: the duty is answered"`
}

// LeaverInput is what became of somebody of the list before.
type LeaverInput struct {
	Reason string `json:"reason" maxLength:"40" doc:"forgotten: still there; or why they left: resigned, died, …"`
	On     string `json:"on,omitempty" format:"date" doc:"last day; not for forgotten"`
}

// AnswersInput says what became of people who are missing in a file.
type AnswersInput struct {
	Answers map[string]LeaverInput `json:"answers,omitempty" maxProperties:"10000" doc:"by row_id"`
	Rest    *LeaverInput           `json:"rest,omitempty" doc:"for all who are not named and of whom nobody has said anything"`
}

// MissingPeople are the people of the list before who are not in a file.
type MissingPeople struct {
	Items []MissingPerson `json:"items"`
	ImportQuestions
}

// MissingPerson is one of them.
type MissingPerson struct {
	RowID    string       `json:"row_id"`
	PersonID string       `json:"person_id"`
	Name     string       `json:"name"`
	NIK      string       `json:"nik,omitempty" doc:"the last four digits behind a mask"`
	Born     string       `json:"born,omitempty"`
	Answer   *LeaverInput `json:"answer,omitempty" doc:"what somebody has said"`
}

// mostMissing is how many missing people are shown.
const mostMissing = 10_000

func answerRoutes(s *server) {
	accept := route{method: http.MethodPost, path: "/imports/{id}/accept", id: "accept-import", summary: "Put the good rows on the list; bad ones are still to be mended, unless they are left out"}
	write(s, PolicyWrite, accept, http.StatusOK, func(tx *ledger.Tx, in *Of[AcceptanceInput]) (Roster, error) {
		r, err := tx.Accept(in.ID, ledger.Acceptance(in.Body))
		if err != nil {
			return Roster{}, err
		}
		return rosterView(r, clocksOf(tx).zone(r.AgreementID)), nil
	})
	change(s, PolicyWrite, "/imports/{id}/drop", "drop-import", "End a reading that nobody wants; the file stays",
		func(tx *ledger.Tx, in *SpokenID) (ImportDetail, error) {
			i, err := tx.DropImport(in.ID)
			return shownImport(tx, i, in.Spoken, err)
		})
	change(s, PolicyWrite, "/imports/{id}/answers", "answer-import", "Say what became of people who are missing in a file; silence takes nobody off a list",
		func(tx *ledger.Tx, in *SpokenOf[AnswersInput]) (ImportDetail, error) {
			if len(in.Body.Answers) == 0 && in.Body.Rest == nil {
				return ImportDetail{}, fault.New(fault.Invalid, "missing_field", "answers is needed").On("answers").With("field", "answers")
			}
			answers := ledger.Answers{}
			for row, a := range in.Body.Answers {
				answers[row] = ledger.Leaver(a)
			}
			var rest *ledger.Leaver
			if in.Body.Rest != nil {
				said := ledger.Leaver(*in.Body.Rest)
				rest = &said
			}
			i, err := tx.Answer(in.ID, answers, rest)
			return shownImport(tx, i, in.Spoken, err)
		})
	read(s, PolicyRead, "/imports/{id}/missing", "list-missing-people", "People of the list before who are not in the file, by name; 10,000 at most",
		func(tx *ledger.Tx, in *ByID) (MissingPeople, error) {
			i, err := tx.Import(in.ID)
			if err != nil {
				return MissingPeople{}, err
			}
			missing, answers, err := missingOf(tx, i)
			return MissingPeople{ImportQuestions: asked(missing, answers), Items: each(missing, func(m ledger.MissingPerson) MissingPerson {
				out := MissingPerson{RowID: m.RowID, PersonID: m.PersonID, Name: m.Name, Born: m.Born}
				if m.NIKLast4 != "" {
					out.NIK = "************" + m.NIKLast4
				}
				if a, ok := answers[m.RowID]; ok {
					said := LeaverInput(a)
					out.Answer = &said
				}
				return out
			})}, err
		})
}

func missingOf(tx *ledger.Tx, i models.Import) ([]ledger.MissingPerson, ledger.Answers, error) {
	if i.State != ledger.ImportReady && i.State != ledger.ImportHeld {
		return nil, nil, nil // the question is settled, or there is none yet
	}
	missing, err := tx.MissingPeople(i.ID, mostMissing)
	if err != nil {
		return nil, nil, err
	}
	answers := ledger.Answers{}
	return missing, answers, json.Unmarshal([]byte(i.Answers), &answers)
}

func asked(missing []ledger.MissingPerson, answers ledger.Answers) ImportQuestions {
	q := ImportQuestions{Missing: len(missing)}
	for _, m := range missing {
		if _, ok := answers[m.RowID]; !ok {
			q.Open++
		}
	}
	return q
}

func questions(tx *ledger.Tx, i models.Import) (ImportQuestions, error) {
	missing, answers, err := missingOf(tx, i)
	return asked(missing, answers), err
}
