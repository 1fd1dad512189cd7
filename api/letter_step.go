package api

import (
	"payung/ledger"
	"payung/letter"
)

// LetterEdit is what changes in a draft; what is absent stays.
type LetterEdit struct {
	Subject   *string       `json:"subject,omitempty" maxLength:"300"`
	Nature    string        `json:"nature,omitempty" enum:"biasa,penting,segera,sangat segera,rahasia"`
	Enclosure *string       `json:"enclosure,omitempty" maxLength:"100"`
	Workdays  *int          `json:"workdays,omitempty" minimum:"1" maximum:"60"`
	Text      *letter.Text  `json:"text,omitempty"`
	Copies    []string      `json:"copies,omitempty" maxItems:"50"`
	Points    []LetterPoint `json:"points,omitempty" maxItems:"200"`
	Meeting   *MeetingPlace `json:"meeting,omitempty"`
}

// LetterIssue makes a letter of a draft.
type LetterIssue struct {
	On         string `json:"on,omitempty" format:"date" doc:"the letter's date; by default today"`
	TakeNumber bool   `json:"take_number,omitempty" doc:"print the next number of the letterhead's register; else there is room to write it by hand"`
}

// LetterNumber is the number a letter got.
type LetterNumber struct {
	Number string `json:"number,omitempty" maxLength:"100" doc:"as written by hand; absent: the next one of the letterhead's register"`
	On     string `json:"on,omitempty" format:"date" doc:"by default today"`
}

// LetterSending says that a letter went out.
type LetterSending struct {
	On         string `json:"on,omitempty" format:"date" doc:"the day it really went; by default today"`
	How        string `json:"how" enum:"hand,courier,post,email,whatsapp"`
	ReceivedBy string `json:"received_by,omitempty" maxLength:"200"`
	Note       string `json:"note,omitempty" maxLength:"1000"`
}

// LetterSent is what sending a letter did.
type LetterSent struct {
	Letter
	Dated   int `json:"dated" doc:"duties whose date counts from the sending"`
	Closed  int `json:"closed" doc:"duties that had been answered meanwhile"`
	Paused  int `json:"paused" doc:"duties whose clock stands still"`
	Further int `json:"further" doc:"duties that had a later date already"`
}

// Dropped says which draft was thrown away.
type Dropped struct {
	ID string `json:"id"`
}

func letterSteps(s *server) {
	change(s, PolicyWrite, "/letters/{id}/edit", "edit-letter", "Change the words of a draft",
		func(tx *ledger.Tx, in *Of[LetterEdit]) (Letter, error) {
			b := in.Body
			edit := ledger.LetterEdit{Subject: b.Subject, Enclosure: b.Enclosure, Workdays: b.Workdays, Text: b.Text, Copies: b.Copies, Points: points(b.Points), Meeting: b.Meeting.meeting()}
			if b.Nature != "" {
				nature := letter.Nature(b.Nature)
				edit.Nature = &nature
			}
			l, err := tx.EditLetter(in.ID, edit)
			return letterView(l), err
		})
	change(s, PolicyWrite, "/letters/{id}/issue", "issue-letter", "Fix what a letter says; it is never changed from then on",
		func(tx *ledger.Tx, in *Of[LetterIssue]) (Letter, error) {
			l, err := tx.IssueLetter(in.ID, ledger.Issue(in.Body))
			return letterView(l), err
		})
	change(s, PolicyWrite, "/letters/{id}/number", "number-letter", "Record the number of a letter that was issued without one",
		func(tx *ledger.Tx, in *Of[LetterNumber]) (Letter, error) {
			l, err := tx.NumberLetter(in.ID, ledger.LetterNumber(in.Body))
			return letterView(l), err
		})
	change(s, PolicyWrite, "/letters/{id}/send", "send-letter", "Record that a letter went out: its time to answer counts from that day",
		func(tx *ledger.Tx, in *Of[LetterSending]) (LetterSent, error) {
			out, err := tx.SendLetter(in.ID, ledger.LetterSending(in.Body))
			return LetterSent{Letter: letterView(out.Letter), Dated: out.Dated, Closed: out.Closed, Paused: out.Paused, Further: out.Further}, err
		})
	create(s, PolicyWrite, "/letters/{id}/correct", "correct-letter", "Draft another version; the old one stands until the new one is issued",
		func(tx *ledger.Tx, in *Of[ReasonInput]) (Letter, error) {
			l, err := tx.CorrectLetter(in.ID, in.Body.Reason)
			return letterView(l), err
		})
	change(s, PolicyWrite, "/letters/{id}/withdraw", "withdraw-letter", "Take a letter back that was issued",
		func(tx *ledger.Tx, in *Of[ReasonInput]) (Letter, error) {
			l, err := tx.WithdrawLetter(in.ID, in.Body.Reason)
			return letterView(l), err
		})
	change(s, PolicyWrite, "/letters/{id}/drop", "drop-letter", "Throw a draft away",
		func(tx *ledger.Tx, in *ByID) (Dropped, error) { return Dropped{in.ID}, tx.DropLetter(in.ID) })
}
