package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"payung/domain/enrolment"
	"payung/domain/fault"
	"payung/intake"
	"payung/ledger"
	"payung/upload"
)

// rowsLimit is how many bytes the answers to the rows of one page may have.
const rowsLimit = 128 << 10

// fact reads a form about a batch, records it, and goes back to the page; one
// that was wrong is shown again.
func (v *visit) fact(at, done string, do func(*ledger.Tx, form) error) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	err = v.write(func(tx *ledger.Tx) error { return do(tx, f) })
	if err == nil {
		return v.backToBatch(f, done)
	}
	return v.batchAgain(at, f, err)
}

// backToBatch goes back to the batch, to the unit that was shown.
func (v *visit) backToBatch(f form, done string) error {
	q := url.Values{"done": {done}}
	if unit := f.Value("unit"); unit != "" {
		q.Set("unit", unit)
	}
	return v.goOn(batchPath(v.r.PathValue("id")) + "?" + q.Encode())
}

// typedAs is the field of one of the page's forms in which a field of the input
// was typed.
func typedAs(at, field string) string {
	switch field {
	case "on":
		return at + "_on"
	case "employer":
		return "npp"
	}
	return field
}

func (v *visit) batchAgain(at string, f form, err error) error {
	if found, ok := fault.Of(err); ok {
		err = found.On(typedAs(at, found.Field))
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.batchPage(http.StatusUnprocessableEntity, at, f, nil)
}

// sendBatch records that forms and names went to the branch.
func (s *site) sendBatch(v *visit) error {
	return v.fact("sent", "batch_sent", func(tx *ledger.Tx, f form) error {
		_, err := tx.SendEnrolment(v.r.PathValue("id"), ledger.SendInput{On: f.text("sent_on"), Receipt: f.text("receipt")})
		return err
	})
}

// withdrawBatch ends a batch that was opened by mistake.
func (s *site) withdrawBatch(v *visit) error {
	return v.fact("withdraw", "batch_withdrawn", func(tx *ledger.Tx, f form) error {
		_, err := tx.WithdrawEnrolment(v.r.PathValue("id"), f.text("reason"))
		return err
	})
}

// registerAll records that everybody who waits is registered.
func (s *site) registerAll(v *visit) error {
	return v.fact("all", "batch_answered", func(tx *ledger.Tx, f form) error {
		_, err := tx.AnswerEnrolment(v.r.PathValue("id"), ledger.AnswersInput{On: f.text("all_on"), All: true, Employer: f.text("npp")})
		return err
	})
}

// answerRows records the answers typed beside rows. Nothing counts while one of
// them is wrong.
func (s *site) answerRows(v *visit) error {
	f, err := v.posted(rowsLimit)
	if err != nil {
		return err
	}
	rows := v.typedRows(&f)
	if f.Wrong != nil {
		return v.batchPage(http.StatusUnprocessableEntity, "rows", f, nil)
	}
	if len(rows) == 0 {
		return v.backToBatch(f, "")
	}
	err = v.write(func(tx *ledger.Tx) error {
		said, err := tx.AnswerEnrolment(v.r.PathValue("id"), ledger.AnswersInput{On: f.text("rows_on"), Rows: rows})
		for _, p := range said.Problems {
			f.wrong("row."+strconv.FormatInt(p.Number, 10), v.words.named("line.", p.Code))
		}
		return err
	})
	switch {
	case err != nil:
		return v.batchAgain("rows", f, err)
	case f.Wrong != nil:
		return v.batchPage(http.StatusUnprocessableEntity, "rows", f, nil)
	}
	return v.backToBatch(f, "batch_answered")
}

// typedRows reads the answers typed beside rows.
func (v *visit) typedRows(f *form) []enrolment.Answer {
	var out []enrolment.Answer
	for _, row := range f.typed["row"] {
		n, err := strconv.ParseInt(row, 10, 64)
		a := enrolment.Answer{
			Number: n, State: enrolment.State(f.text("state." + row)), Card: f.text("card." + row), Employer: f.text("npp"), Reason: f.text("reason." + row),
		}
		if a.State == "" && a.Card != "" {
			a.State = enrolment.Registered
		}
		if err != nil || a.State == "" && a.Reason == "" {
			continue
		}
		switch a.State {
		case enrolment.Registered:
			a.Reason = ""
		case enrolment.Rejected:
			a.Card, a.Employer = "", ""
		}
		if wrong := a.Check(); wrong != nil {
			f.wrong("row."+row, v.sentence(wrong))
			continue
		}
		out = append(out, a)
	}
	return out
}

// answerFile records the answers of a file.
func (s *site) answerFile(v *visit) error {
	leave, err := v.room()
	if err != nil {
		return err
	}
	defer leave()
	file, typed, err := upload.Read(v.w, v.r, "", upload.Limit)
	f := form{typed: typed}
	if f.typed == nil {
		f.typed = url.Values{}
	}
	f.typed.Set("file", "") // a field like the others, for what is wrong with it
	if err != nil {
		return v.batchAgain("file", f, err)
	}
	said, err := s.intake.Answer(v.r.Context(), v.actor, v.r.PathValue("id"), intake.File{Name: file.Name, Size: file.Size, Hash: file.Digest, Content: file}, f.text("file_on"))
	if err != nil {
		return v.batchAgain("file", f, err)
	}
	if len(said.Wrong) == 0 {
		return v.backToBatch(f, "batch_answered")
	}
	left := make([]wrongLine, len(said.Wrong))
	for i, w := range said.Wrong {
		left[i] = wrongLine{w, v.lineSaid(w.Code)}
	}
	return v.batchPage(http.StatusUnprocessableEntity, "file", f, left)
}

// lineSaid says what is wrong with a line of a file.
func (v *visit) lineSaid(code string) string {
	if said, ok := v.words.text["line."+code]; ok {
		return said
	}
	return v.code(code, nil)
}

// receiveCards records that certificate and cards came.
func (s *site) receiveCards(v *visit) error {
	return v.fact("cards", "cards_came", func(tx *ledger.Tx, f form) error {
		_, err := tx.RecordCards(v.r.PathValue("id"), ledger.CardsInput{On: f.text("cards_on"), Certificate: f.text("certificate")})
		return err
	})
}

// handCards records a receipt for the cards of one unit.
func (s *site) handCards(v *visit) error {
	return v.fact("handed", "cards_handed", func(tx *ledger.Tx, f form) error {
		n, err := strconv.ParseInt(strings.ReplaceAll(f.text("people"), ".", ""), 10, 64)
		if err != nil {
			n = 0 // refused with how many wait
		}
		_, err = tx.HandOver(v.r.PathValue("id"), ledger.ReceiptInput{
			UnitID: f.Value("to"), People: n, On: f.text("handed_on"), Number: f.text("receipt"), Receiver: f.text("receiver"),
		})
		return err
	})
}
