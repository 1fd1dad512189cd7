package web

import (
	"net/http"
	"strconv"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/tally"
	"payung/ledger"
)

// startQuestions shows what only a person knows.
func (s *site) startQuestions(v *visit) error {
	view, err := v.sheet("questions")
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, "tally_questions.html", view)
}

// startAnswers keeps the answers that were given; questions without one stay.
func (s *site) startAnswers(v *visit) error {
	if _, err := v.posted(sheetFormLimit); err != nil {
		return err
	}
	id := v.r.PathValue("id")
	answers, err := v.answers()
	left := 0
	if err == nil && len(answers) > 0 {
		err = v.write(func(tx *ledger.Tx) error {
			sheet, err := tx.AnswerTally(id, answers)
			left = len(sheet.Questions)
			return err
		})
	} else if err == nil {
		err = fault.New(fault.Invalid, "no_answer_given", "choose an answer for at least one question")
	}
	if f, ok := fault.Of(err); ok && f.Kind == fault.Invalid {
		view, err := v.sheet("questions")
		if err != nil {
			return err
		}
		view.Wrong = v.sentence(f)
		return v.show(http.StatusUnprocessableEntity, "tally_questions.html", view)
	}
	if err != nil {
		return err
	}
	if left > 0 {
		return v.done("/start/"+id+"/questions", "")
	}
	return v.done("/start/"+id, "")
}

// answers reads the questions of a form that have an answer.
func (v *visit) answers() ([]ledger.TallyAnswerInput, error) {
	var out []ledger.TallyAnswerInput
	for n := 0; ; n++ {
		q := "q" + strconv.Itoa(n) + "."
		a := ledger.TallyAnswerInput{About: v.r.PostFormValue(q + "about"), Place: v.r.PostFormValue(q + "place"), Text: v.r.PostFormValue(q + "text")}
		if a.About == "" {
			return out, nil
		}
		a.Choice = v.r.PostFormValue(q + "choice")
		if a.Choice == "" {
			continue
		}
		if until := v.r.PostFormValue(q + "until"); until != "" && a.Choice == string(tally.IsPaid) {
			month, err := calendar.ParseMonth(until)
			if err != nil {
				return nil, fault.New(fault.Invalid, "bad_month", "write the month as 2026-03").On("until")
			}
			a.Choice += ":" + string(month.Last())
		}
		out = append(out, a)
	}
}

// startApply records what is known of a recap.
func (s *site) startApply(v *visit) error {
	id := v.r.PathValue("id")
	err := v.write(func(tx *ledger.Tx) error { _, err := tx.ApplyTally(id); return err })
	if f, ok := fault.Of(err); ok && (f.Kind == fault.Invalid || f.Kind == fault.Conflict) {
		view, err := v.sheet("columns")
		if err != nil {
			return err
		}
		view.Wrong = v.sentence(f)
		return v.show(http.StatusUnprocessableEntity, "tally_sheet.html", view)
	}
	if err != nil {
		return err
	}
	return v.done("/start/"+id+"/result", "")
}

// startResult shows what was recorded.
func (s *site) startResult(v *visit) error {
	view, err := v.sheet("result")
	if err != nil {
		return err
	}
	if view.Done == nil {
		return v.done("/start/"+view.ID, "")
	}
	return v.show(http.StatusOK, "tally_result.html", view)
}
