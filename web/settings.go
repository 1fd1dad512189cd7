package web

import (
	"net/http"

	"payung/ledger"
)

// settings is the index of the pages for whoever keeps this installation.
func (s *site) settings(v *visit) (err error) {
	if v.frame.Title, err = v.words.say("settings.title"); err != nil {
		return err
	}
	v.frame.Nav = "settings"
	if err := v.read(func(*ledger.Tx) error { return nil }); err != nil {
		return err
	}
	return v.show(http.StatusOK, "settings.html", v.frame)
}
