package web

import (
	"net/http"
	"net/url"

	"payung/ledger"
)

// nihilForm and nihil record a signed statement that a unit has nobody to list.
func (s *site) nihilForm(v *visit) error { return v.denying(http.StatusOK, begin()) }

func (v *visit) denying(status int, f form) error {
	view := movementView{Form: f}
	err := v.read(func(tx *ledger.Tx) (err error) {
		view.Duty, err = tx.Duty(v.r.PathValue("id"))
		return err
	})
	if err != nil {
		return err
	}
	return v.moving(status, "nihil.html", "nihil.title", &view)
}

func (s *site) nihil(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	err = v.write(func(tx *ledger.Tx) error {
		_, err := tx.Close(v.r.PathValue("id"), ledger.Closing{
			How: ledger.ByNihil, Signatory: f.text("signatory"), SignedBy: f.text("signed_by"), SignedOn: f.text("signed_on"), Number: f.text("number"),
			Text: f.text("text"), UploadID: f.text("upload_id"),
		})
		return err
	})
	if err == nil {
		return v.done(listPath(v.r.PathValue("id")), "nihil")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.denying(http.StatusUnprocessableEntity, f)
}

// agreementPath is the page of an agreement.
func agreementPath(id string) string { return "/agreements/" + url.PathEscape(id) }
