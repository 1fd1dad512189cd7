package web

import (
	"bytes"
	"iter"
	"net/http"
	"strconv"

	"payung/domain/calendar"
	"payung/domain/enrolment"
	"payung/ledger"
	"payung/workbook"
)

// answerColumns are the columns of the file that goes to the branch and comes
// back with its answers, with their widths in characters. Rows are known again
// by the first.
func answerColumns() []workbook.Column {
	return []workbook.Column{
		{Heading: "batch_row", Width: 10},
		{Heading: "unit", Width: 26},
		{Heading: "name", Width: 30},
		{Heading: "nik", Width: 20},
		{Heading: "born", Width: 14},
		{Heading: "result", Width: 12},
		{Heading: "kpj", Width: 16},
		{Heading: "npp", Width: 14},
		{Heading: "rejection", Width: 40},
	}
}

// batchFile is a batch as a file, masked.
func (s *site) batchFile(v *visit) error {
	e, rows, err := v.allRows()
	if err != nil {
		return err
	}
	f, err := v.file("batch_row", "unit", "name", "nik", "born", "status", "on", "kpj", "npp", "rejection")
	if err != nil {
		return err
	}
	for _, r := range rows {
		state, err := v.words.say("row." + r.State)
		if err != nil {
			return err
		}
		f.add(r.Number, r.UnitName, r.Name, masked(r.NIKLast4), r.Born, state, r.OnDay, shortCard(r.CardLast4), r.Employer, v.words.rejection(r.Reason))
	}
	return f.send(batchFileName(e), "")
}

func batchFileName(e ledger.EnrolmentView) string {
	return "pendaftaran-" + strconv.Itoa(e.Year) + "-gelombang-" + strconv.Itoa(e.Number)
}

// shortCard is a card number by its end.
func shortCard(last4 string) string {
	if last4 == "" {
		return ""
	}
	return "•••" + last4
}

// rejection is why the branch rejected a name, in words.
func (w words) rejection(code string) string {
	if r, ok := enrolment.FindReason(code); ok {
		return pick(w.lang, r.Name.ID, r.Name.EN)
	}
	return code
}

// allRows reads a batch with all its rows.
func (v *visit) allRows() (e ledger.EnrolmentView, rows []ledger.EnrolmentRowView, err error) {
	err = v.read(func(tx *ledger.Tx) error {
		if e, err = tx.Enrolment(v.r.PathValue("id")); err != nil {
			return err
		}
		rows, err = tx.EnrolmentRows(e.ID, ledger.EnrolmentRowFilter{Size: enrolment.MaxRows})
		return err
	})
	return e, rows, err
}

// answerSheet is the file in which the branch fills in its answers, masked: rows
// are told by their number, and name and end of the NIK keep them from being
// mixed up.
func (s *site) answerSheet(v *visit) error {
	e, rows, err := v.allRows()
	if err != nil {
		return err
	}
	return v.answerBook(e, func(yield func([]any, error) bool) {
		for _, r := range rows {
			if !yield(v.answerLine(r, masked(r.NIKLast4), ""), nil) { // a mask that came back would be no number
				return
			}
		}
	})
}

// revealedSheet is the same with NIKs and card numbers in full, for a purpose
// that is written down with who asked.
func (s *site) revealedSheet(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	var e ledger.EnrolmentView
	var rows []ledger.RevealedRow
	err = v.write(func(tx *ledger.Tx) error {
		if e, err = tx.Enrolment(v.r.PathValue("id")); err != nil {
			return err
		}
		rows, err = tx.RevealEnrolment(e.ID, f.Value("purpose"))
		return err
	})
	if err != nil {
		return v.batchAgain("reveal", f, err)
	}
	return v.answerBook(e, func(yield func([]any, error) bool) {
		for _, r := range rows {
			if !yield(v.answerLine(r.EnrolmentRowView, r.NIK, r.Card), nil) {
				return
			}
		}
	})
}

// answerLine is one line of the file. The column of the answer is empty while
// there is none.
func (v *visit) answerLine(r ledger.EnrolmentRowView, nik, card string) []any {
	result := ""
	if s := enrolment.State(r.State); s == enrolment.Registered || s == enrolment.Rejected {
		result = v.words.text["result."+r.State]
	}
	return []any{r.Number, r.UnitName, r.Name, nik, calendar.Day(r.Born), result, card, r.Employer, v.words.rejection(r.Reason)}
}

// answerBook answers with the file.
func (v *visit) answerBook(e ledger.EnrolmentView, rows iter.Seq2[[]any, error]) error {
	columns := answerColumns()
	for i, c := range columns {
		heading, err := v.words.say("column." + c.Heading)
		if err != nil {
			return err
		}
		columns[i].Heading = heading
	}
	var out bytes.Buffer
	if err := workbook.Table(&out, "Jawaban", columns, rows); err != nil {
		return err
	}
	v.attach(batchFileName(e) + ".xlsx")
	return v.send(http.StatusOK, excelFile, out.Bytes())
}
