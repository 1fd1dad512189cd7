package intake

import (
	"context"
	"errors"

	"payung/domain/cell"
	"payung/domain/enrolment"
	"payung/domain/fault"
	"payung/ledger"
	"payung/sheet"
)

// Answers is what became of a file of answers about a batch. Lines that were
// wrong are left as they are; all others count.
type Answers struct {
	Registered, Rejected, Unchanged int64
	Open                            int64 // lines that say nothing yet
	Wrong                           []WrongLine
}

// WrongLine is a line of a file of answers that was not taken.
type WrongLine struct {
	Line int    // of the sheet
	Row  string // of the batch, as the line has it; "": none, or too long to be one
	Code string
}

// maxWrong bounds the wrong lines that are kept; a file with more of them is
// somebody else's.
const maxWrong = 200

// longestRow is how many characters the number of a row may have to be said
// again; what is longer may be a NIK in the wrong column.
const longestRow = 6

// Answer reads a file of the branch's answers and records them, part by part. A
// file that was cut off or refused half-way is simply sent again: what is
// recorded already is unchanged.
func (in *Intake) Answer(ctx context.Context, actor ledger.Actor, enrolmentID string, f File, on string) (Answers, error) {
	var out Answers
	var people map[int64]enrolment.Person
	err := in.Ledger.Read(ctx, actor, func(tx *ledger.Tx) (err error) {
		people, err = tx.EnrolmentPeople(enrolmentID)
		return err
	})
	if err != nil {
		return out, err
	}
	lines, err := in.answerLines(ctx, f)
	if err != nil {
		return out, err
	}
	answers, at := out.read(lines, people)
	if len(answers) == 0 && len(out.Wrong) == 0 {
		return out, fault.New(fault.Invalid, "no_answers_in_file", "the file has no answer in it yet: fill in the column Hasil").On("file")
	}
	for len(answers) > 0 {
		n := min(len(answers), ledger.MaxAnswers)
		var said ledger.Answered
		err := in.Ledger.Write(ctx, actor, func(tx *ledger.Tx) (err error) {
			said, err = tx.AnswerEnrolment(enrolmentID, ledger.AnswersInput{On: on, Rows: answers[:n]})
			return err
		})
		if err != nil {
			return out, err
		}
		out.Registered, out.Rejected, out.Unchanged = out.Registered+said.Registered, out.Rejected+said.Rejected, out.Unchanged+said.Unchanged
		for _, p := range said.Problems {
			out.wrong(at[p.Number], p.Code)
		}
		answers = answers[n:]
	}
	return out, nil
}

// read turns lines into answers, in the order of the file, and says which line
// each row came from. A row that two lines answer differently keeps the first.
func (a *Answers) read(lines []enrolment.Line, people map[int64]enrolment.Person) ([]enrolment.Answer, map[int64]enrolment.Line) {
	find := func(n int64) (enrolment.Person, bool) { p, ok := people[n]; return p, ok }
	var out []enrolment.Answer
	at, first := map[int64]enrolment.Line{}, map[int64]enrolment.Answer{}
	for _, l := range lines {
		said, answered, problem := l.Read(find)
		switch {
		case problem != "":
			a.wrong(l, problem)
		case !answered:
			a.Open++
		case at[said.Number].Number == 0:
			at[said.Number], first[said.Number] = l, said
			out = append(out, said)
		case first[said.Number] != said:
			a.wrong(l, enrolment.LineTwice)
		}
	}
	return out, at
}

func (a *Answers) wrong(l enrolment.Line, code string) {
	if len(a.Wrong) >= maxWrong {
		return
	}
	row := l.Row
	if len(row) > longestRow {
		row = ""
	}
	a.Wrong = append(a.Wrong, WrongLine{Line: l.Number, Row: row, Code: code})
}

// answerLines reads the first sheet that looks like a file of answers.
func (in *Intake) answerLines(ctx context.Context, f File) (lines []enrolment.Line, err error) {
	book, err := sheet.Open(ctx, f.Content, f.Size, f.Name, in.Limits)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	var none error
	for i, info := range book.Sheets() {
		if info.Hidden {
			continue
		}
		var s enrolment.Sheet
		if err := book.Read(ctx, i, func(r *cell.Row) error { s.Add(r); return nil }); err != nil {
			return nil, err
		}
		if lines, none = s.Lines(); none == nil || !fault.Is(none, "no_answer_headings") {
			return lines, none
		}
	}
	if none == nil { // no sheet that people see
		_, none = new(enrolment.Sheet).Lines()
	}
	return nil, none
}
