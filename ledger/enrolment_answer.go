package ledger

import (
	"payung/domain/calendar"
	"payung/domain/enrolment"
	"payung/domain/fault"
	"payung/models"
)

// MaxAnswers bounds how many rows one transaction answers; a file is taken in
// several.
const MaxAnswers = 250

// AnswersInput is what the branch says about rows of a batch. All says that
// everybody who still waits is registered.
type AnswersInput struct {
	On       string // "": today
	All      bool
	Employer string // with All: employer number (NPP)
	Rows     []enrolment.Answer
	SourceID string
}

// Answered is what became of answers. Problems are rows that were left as they
// are, with the code of why.
type Answered struct {
	Registered, Rejected, Unchanged int64
	Problems                        []AnswerProblem
}

// AnswerProblem is a row whose answer was not taken.
type AnswerProblem struct {
	Number int64
	Code   string // an enrolment line problem, or sent_again
}

// SentAgain is the problem of an answer about somebody who is in a later batch
// by now: that one will be answered.
const SentAgain = "sent_again"

// AnswerEnrolment records the branch's answers. The same answer again changes
// nothing; another one corrects what was said before. Only somebody registered
// counts as such, and who is rejected becomes part of one duty of the unit.
func (tx *Tx) AnswerEnrolment(id string, in AnswersInput) (Answered, error) {
	var out Answered
	e, a, err := tx.ownEnrolment(id)
	if err != nil {
		return out, err
	}
	on, err := tx.batchDay(a, e, in.On)
	if err != nil {
		return out, err
	}
	if err := tx.mustSource(in.SourceID); err != nil {
		return out, err
	}
	if err := checkAnswers(in, on); err != nil {
		return out, err
	}
	if in.SourceID != "" {
		e.SourceID = in.SourceID // of the counts that follow
	}
	var units []string
	if in.All {
		units, err = tx.registerAll(e, on, in.Employer, &out)
	} else {
		units, err = tx.answerRows(a, e, in.Rows, &out)
	}
	if err != nil || len(units) == 0 {
		return out, err
	}
	if err := tx.openCorrections(a, e, on); err != nil {
		return out, err
	}
	if err := tx.countPeople(a, e, on, units); err != nil {
		return out, err
	}
	if err := tx.settleBatch(a, e, on); err != nil {
		return out, err
	}
	return out, tx.audit("enrolment.answered", "enrolment", e.ID, e.Scope, map[string]any{
		"on": on, "registered": out.Registered, "rejected": out.Rejected, "unchanged": out.Unchanged, "problems": len(out.Problems), "source": in.SourceID,
	})
}

// checkAnswers refuses answers that cannot be read, and dates them.
func checkAnswers(in AnswersInput, on calendar.Day) error {
	switch {
	case in.All && len(in.Rows) > 0:
		return fault.New(fault.Invalid, "all_and_rows", "say that all are registered, or answer by row").On("rows")
	case in.All:
		all := enrolment.Answer{State: enrolment.Registered, Employer: in.Employer}
		if f := all.Check(); f != nil {
			return f
		}
		return nil
	case len(in.Rows) == 0:
		return missing("rows")
	case len(in.Rows) > MaxAnswers:
		return fault.New(fault.TooLarge, "too_many_answers", "answer %d rows at a time at most", MaxAnswers).On("rows").With("max", itoa(MaxAnswers))
	}
	seen := make(map[int64]bool, len(in.Rows))
	for i := range in.Rows {
		r := &in.Rows[i]
		at := "rows[" + itoa(int64(i)) + "]."
		if f := r.Check(); f != nil {
			return f.On(at + f.Field)
		}
		if seen[r.Number] {
			return fault.New(fault.Invalid, "row_twice", "row %d is answered twice", r.Number).On(at + "number")
		}
		seen[r.Number], r.On = true, on
	}
	return nil
}

// registerAll registers everybody who still waits, in one statement.
func (tx *Tx) registerAll(e models.Enrolment, on calendar.Day, employer string, out *Answered) ([]string, error) {
	var units []string
	err := tx.db.Model(&models.EnrolmentRow{}).Where("enrolment_id = ? AND state = ?", e.ID, enrolment.Waiting).Distinct().Order("unit_id").Pluck("unit_id", &units).Error
	if err != nil {
		return nil, err
	}
	all := enrolment.Answer{State: enrolment.Registered, Employer: employer}
	if f := all.Check(); f != nil { // tidies the number
		return nil, f
	}
	res := tx.db.Model(&models.EnrolmentRow{}).Where("enrolment_id = ? AND state = ?", e.ID, enrolment.Waiting).
		Updates(map[string]any{"state": enrolment.Registered, "on_day": string(on), "employer": all.Employer})
	out.Registered = res.RowsAffected
	return units, res.Error
}
