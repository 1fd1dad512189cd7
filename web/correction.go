package web

import (
	"net/http"
	"net/url"
	"strconv"

	"payung/domain/enrolment"
	"payung/ledger"
)

// correctionView is what a unit has to mend: the rows of one batch that the
// branch rejected.
type correctionView struct {
	frame
	Duty  ledger.DutyView
	Batch ledger.EnrolmentView
	Rows  []ledger.EnrolmentRowView
	Open  int
	Form  form
	Told  string
}

// RowShape is the shape of a row's tag.
func (c correctionView) RowShape(state string) string { return rowShape(state) }

// Field is the field of the list that a reason is about; "": none.
func (c correctionView) Field(reason string) string {
	r, _ := enrolment.FindReason(reason)
	return r.Field
}

func (s *site) correction(v *visit) error { return v.correcting(http.StatusOK, begin()) }

func correctionPath(id string) string { return "/corrections/" + url.PathEscape(id) }

func (v *visit) correcting(status int, f form) error {
	view := correctionView{Form: f, Told: v.told()}
	err := v.read(func(tx *ledger.Tx) (err error) {
		if view.Duty, err = tx.Duty(v.r.PathValue("id")); err != nil {
			return err
		}
		if view.Rows, err = tx.Corrections(view.Duty.ID); err != nil {
			return err
		}
		view.Batch, err = tx.Enrolment(view.Duty.OrderedByID)
		return err
	})
	if err != nil {
		return err
	}
	for _, r := range view.Rows {
		if r.State == string(enrolment.Rejected) {
			view.Open++
		}
	}
	if v.frame.Title, err = v.words.say("correction.title", "who", view.Duty.UnitName); err != nil {
		return err
	}
	v.frame.Nav = "recap"
	v.returned(correctionPath(view.Duty.ID))
	view.frame = v.frame
	return v.show(status, "correction.html", view)
}

// settleRow settles a rejected row by word.
func (s *site) settleRow(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	err = v.write(func(tx *ledger.Tx) error {
		o, err := tx.Obligation(v.r.PathValue("id"))
		if err != nil {
			return err
		}
		n, _ := strconv.ParseInt(f.Value("row"), 10, 64) // what is no number is no row
		_, err = tx.SettleRejection(o.OrderedByID, n, f.Value("how"))
		return err
	})
	if err == nil {
		return v.done(correctionPath(v.r.PathValue("id")), "row_settled")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.correcting(http.StatusUnprocessableEntity, f)
}
