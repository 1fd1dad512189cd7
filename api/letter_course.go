package api

import (
	"context"
	"net/http"

	"payung/ledger"
	"payung/letter"
)

// LetterToWrite is a unit that a letter should be written to now, and which.
type LetterToWrite struct {
	LetterDuty
	Kind     string `json:"kind" doc:"the next letter of the course: asked, asked again, warned"`
	Workdays int    `json:"workdays" doc:"to answer, as the course has it"`
	DaysLate int    `json:"days_late"`
	AfterID  string `json:"after_id,omitempty" doc:"the last letter that was sent"`
}

// LetterPreparing drafts the letters that should be written now.
type LetterPreparing struct {
	LetterheadID  string   `json:"letterhead_id" maxLength:"64"`
	ObligationIDs []string `json:"obligation_ids,omitempty" maxItems:"1000" doc:"absent: all"`
	Together      bool     `json:"together,omitempty" doc:"one letter with a list for each kind, to the posts above; else one for each unit"`
	Workdays      int      `json:"workdays,omitempty" minimum:"1" maximum:"60" doc:"absent: as the course has it"`
}

// Confirmed is what anybody may know of a letter whose code they have.
type Confirmed struct {
	Code      string `json:"code"`
	Kind      string `json:"kind"`
	Number    string `json:"number,omitempty"`
	On        string `json:"on" format:"date"`
	Subject   string `json:"subject"`
	From      string `json:"from"`
	To        string `json:"to,omitempty" doc:"posts, never names"`
	State     string `json:"state" enum:"valid,replaced,withdrawn"`
	Version   int    `json:"version"`
	SHA256    string `json:"sha256" doc:"of the PDF as issued"`
	Signed    string `json:"signed_sha256,omitempty" doc:"of the PDF with an electronic signature"`
	NewNumber string `json:"new_number,omitempty" doc:"of the letter that took its place"`
	NewOn     string `json:"new_on,omitempty"`
	Sample    bool   `json:"sample,omitempty" doc:"DATA CONTOH: not a real letter"`
}

// ByLetterCode names a letter by the code that stands on it.
type ByLetterCode struct {
	Code string `path:"code" maxLength:"40"`
}

func letterCourse(s *server) {
	read(s, PolicyRead, "/agreements/{id}/letters-to-write", "list-letters-to-write", "Silent units with the letter that comes next for each",
		func(tx *ledger.Tx, in *ByID) (List[LetterToWrite], error) {
			rows, err := tx.LettersToWrite(in.ID)
			return listed(rows, err, func(w ledger.LetterToWrite) LetterToWrite {
				return LetterToWrite{
					LetterDuty: LetterDuty{ObligationID: w.ID, UnitID: w.UnitID, UnitName: w.UnitName, Kecamatan: w.Kecamatan, State: w.State, TargetOn: w.TargetOn},
					Kind:       string(w.Kind), Workdays: w.Workdays, DaysLate: w.DaysLate, AfterID: w.After.ID,
				}
			})
		})
	create(s, PolicyWrite, "/agreements/{id}/letters/prepare", "prepare-letters", "Draft the letters that should be written now; again drafts nothing twice",
		func(tx *ledger.Tx, in *Of[LetterPreparing]) (List[Letter], error) {
			rows, err := tx.PrepareLetters(in.ID, ledger.Preparing(in.Body))
			return listed(rows, err, letterView)
		})
	serve(s, PolicyPublic, route{method: http.MethodGet, path: "/confirmations/{code}", id: "confirm-letter", summary: "What anybody may know of a letter whose code they have"},
		func(ctx context.Context, in *ByLetterCode) (Confirmed, error) {
			c, err := s.Ledger.Confirm(ctx, in.Code)
			return Confirmed{
				Code: c.Code, Kind: string(letter.Kind(c.Kind)), Number: c.Number, On: string(c.On), Subject: c.Subject, From: c.From, To: c.To, State: c.State,
				Version: c.Version, SHA256: c.SHA256, Signed: c.Signed, NewNumber: c.NewNumber, NewOn: string(c.NewOn), Sample: c.Sample,
			}, err
		})
}
