package api

import (
	"context"

	"payung/domain/enrolment"
	"payung/intake"
	"payung/ledger"
	"payung/upload"
)

// SendEnrolmentInput says that complete forms and names went to the branch.
type SendEnrolmentInput struct {
	On      string   `json:"on,omitempty" format:"date" doc:"by default today"`
	Receipt string   `json:"receipt,omitempty" maxLength:"200" doc:"number of the branch's receipt"`
	UnitIDs []string `json:"unit_ids,omitempty" maxItems:"1000" doc:"whose people go; by default everybody who is ready, up to 10,000"`
}

// BranchAnswersInput is what the branch says about rows of a batch.
type BranchAnswersInput struct {
	On       string              `json:"on,omitempty" format:"date" doc:"by default today"`
	All      bool                `json:"all,omitempty" doc:"everybody who still waits is registered"`
	Employer string              `json:"employer,omitempty" maxLength:"40" doc:"with all: employer number (NPP)"`
	Rows     []BranchAnswerInput `json:"rows,omitempty" maxItems:"250"`
	SourceID string              `json:"source_id,omitempty" maxLength:"64"`
}

// BranchAnswerInput is the answer about one row.
type BranchAnswerInput struct {
	Row      int64  `json:"row" minimum:"1" maximum:"10000" doc:"number of the row in the batch"`
	State    string `json:"state" enum:"registered,rejected"`
	Card     string `json:"card,omitempty" maxLength:"40" doc:"card number (KPJ); a wage earner is protected from its issue"`
	Employer string `json:"employer,omitempty" maxLength:"40" doc:"employer number (NPP)"`
	Reason   string `json:"reason,omitempty" maxLength:"40" doc:"of a rejection; see rejection-reasons"`
}

// Answered is what became of answers.
type Answered struct {
	Registered int64           `json:"registered"`
	Rejected   int64           `json:"rejected"`
	Unchanged  int64           `json:"unchanged" doc:"said before"`
	Open       int64           `json:"open,omitempty" doc:"of a file: lines that say nothing yet"`
	Problems   []AnswerProblem `json:"problems" doc:"rows or lines that were left as they are"`
}

// AnswerProblem is an answer that was not taken.
type AnswerProblem struct {
	Line int    `json:"line,omitempty" doc:"of the file"`
	Row  string `json:"row,omitempty"`
	Code string `json:"code" doc:"no_row, unknown_row, other_person, unclear, answered_twice, sent_again, bad_card_number, bad_employer_number"`
}

// CardsInput says that certificate and cards came from the branch.
type CardsInput struct {
	On          string `json:"on,omitempty" format:"date" doc:"by default today"`
	Certificate string `json:"certificate,omitempty" maxLength:"200" doc:"its number"`
}

// CardReceiptInput is cards handed over to the people of one unit.
type CardReceiptInput struct {
	UnitID   string `json:"unit_id" maxLength:"64"`
	People   int64  `json:"people" minimum:"1" maximum:"10000"`
	On       string `json:"on,omitempty" format:"date" doc:"by default today"`
	Number   string `json:"number,omitempty" maxLength:"200" doc:"of the receipt"`
	Receiver string `json:"receiver" maxLength:"200" doc:"who signed for the cards"`
	SourceID string `json:"source_id,omitempty" maxLength:"64"`
}

// CardReceipt is a receipt for cards.
type CardReceipt struct {
	ID       string `json:"id"`
	UnitID   string `json:"unit_id"`
	UnitName string `json:"unit_name"`
	People   int64  `json:"people"`
	On       string `json:"on" format:"date"`
	Number   string `json:"number,omitempty"`
	Receiver string `json:"receiver"`
	Actor    string `json:"actor"`
}

func receiptView(r ledger.ReceiptView) CardReceipt {
	return CardReceipt{ID: r.ID, UnitID: r.UnitID, UnitName: r.UnitName, People: r.People, On: r.OnDay, Number: r.Number, Receiver: r.Signed, Actor: r.Actor}
}

// AnswerFileQuery says when a file of answers was given.
type AnswerFileQuery struct {
	ByID
	FileQuery
	On string `query:"on" format:"date" doc:"by default today"`
}

func enrolmentFactRoutes(s *server) {
	change(s, PolicyWrite, "/enrolments/{id}/send", "send-enrolment", "Send a batch: forms and names went to the branch, whose clock now runs",
		func(tx *ledger.Tx, in *Of[SendEnrolmentInput]) (Enrolment, error) {
			return shownEnrolment(tx.SendEnrolment(in.ID, ledger.SendInput(in.Body)))
		})
	change(s, PolicyWrite, "/enrolments/{id}/answers", "answer-enrolment", "Record the branch's answers by row, or that all who wait are registered",
		func(tx *ledger.Tx, in *Of[BranchAnswersInput]) (Answered, error) {
			b := in.Body
			said, err := tx.AnswerEnrolment(in.ID, ledger.AnswersInput{
				On: b.On, All: b.All, Employer: b.Employer, SourceID: b.SourceID, Rows: each(b.Rows, func(r BranchAnswerInput) enrolment.Answer {
					return enrolment.Answer{Number: r.Row, State: enrolment.State(r.State), Card: r.Card, Employer: r.Employer, Reason: r.Reason}
				}),
			})
			return Answered{
				Registered: said.Registered, Rejected: said.Rejected, Unchanged: said.Unchanged,
				Problems: each(said.Problems, func(p ledger.AnswerProblem) AnswerProblem {
					return AnswerProblem{Row: whole(p.Number), Code: p.Code}
				}),
			}, err
		})
	file := route{path: "/enrolments/{id}/answers/file", id: "answer-enrolment-by-file", summary: "Record the answers in the file that was exported and filled in; wrong lines are left out and listed"}
	take(s, PolicyWrite, file, nil, func(Answered) (int, string) { return 200, "" }, func(ctx context.Context, f *upload.File, in *AnswerFileQuery) (Answered, error) {
		said, err := s.Intake.Answer(ctx, callOf(ctx).actor, in.ID, intake.File{Name: f.Name, Size: f.Size, Hash: f.Digest, Content: f}, in.On)
		return Answered{
			Registered: said.Registered, Rejected: said.Rejected, Unchanged: said.Unchanged, Open: said.Open,
			Problems: each(said.Wrong, func(w intake.WrongLine) AnswerProblem { return AnswerProblem{Line: w.Line, Row: w.Row, Code: w.Code} }),
		}, err
	})
	change(s, PolicyWrite, "/enrolments/{id}/cards", "receive-cards", "Record that certificate and cards came; the clock of their hand-over runs",
		func(tx *ledger.Tx, in *Of[CardsInput]) (Enrolment, error) {
			return shownEnrolment(tx.RecordCards(in.ID, ledger.CardsInput(in.Body)))
		})
	create(s, PolicyWrite, "/enrolments/{id}/receipts", "hand-over-cards", "Record a receipt for cards handed over to the people of one unit",
		func(tx *ledger.Tx, in *Of[CardReceiptInput]) (CardReceipt, error) {
			r, err := tx.HandOver(in.ID, ledger.ReceiptInput(in.Body))
			return CardReceipt{ID: r.ID, UnitID: r.UnitID, People: r.People, On: r.OnDay, Number: r.Number, Receiver: in.Body.Receiver, Actor: r.Actor}, err
		})
	read(s, PolicyRead, "/enrolments/{id}/receipts", "list-card-receipts", "The receipts for the cards of a batch",
		func(tx *ledger.Tx, in *ByID) (List[CardReceipt], error) {
			rows, err := tx.CardReceipts(in.ID)
			return listed(rows, err, receiptView)
		})
}
