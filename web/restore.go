package web

import (
	"net/http"

	"payung/ledger"
)

// restoreForm and restore undo a mistaken leave.
func (s *site) restoreForm(v *visit) error { return v.restoring(http.StatusOK, begin()) }

func (v *visit) restoring(status int, f form) error {
	view := movementView{Form: f}
	if err := v.read(func(tx *ledger.Tx) error { return v.place(tx, &view) }); err != nil {
		return err
	}
	return v.moving(status, "restore.html", "restore.title", &view)
}

func (s *site) restore(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	obligation := ""
	err = v.write(func(tx *ledger.Tx) error {
		r, err := tx.Restore(v.r.PathValue("id"), f.Value("reason"))
		obligation = r.ObligationID
		return err
	})
	if err == nil {
		return v.done(listPath(obligation), "restored")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.restoring(http.StatusUnprocessableEntity, f)
}
