package web

import (
	"net/http"
	"net/url"
	"strconv"

	"payung/domain/obligation"
	"payung/ledger"
)

// hoursView is when a Pemda works and may be written to.
type hoursView struct {
	frame
	pemdas
	Form form
	Told string
	weighedView
}

func (s *site) hours(v *visit) error { return v.hoursPage(http.StatusOK, form{}) }

// hoursPage shows the hours, or what was typed with what it would change.
func (v *visit) hoursPage(status int, f form) error {
	view := hoursView{Form: f, Told: v.told()}
	err := v.read(func(tx *ledger.Tx) (err error) {
		if view.pemdas, err = v.pemdasAsked(tx, f, false); err != nil || view.One.ID == "" {
			return err
		}
		if f.typed == nil {
			h, err := tx.Hours(view.One.ID)
			view.Form = begin("morning", strconv.Itoa(h.Morning), "opens", strconv.Itoa(h.Opens), "closes", strconv.Itoa(h.Closes),
				"week", strconv.Itoa(h.Week), "cuti_works", ticked(h.CutiWorks))
			return err
		}
		if status != http.StatusOK {
			return nil
		}
		e, err := tx.PreviewHours(view.One.ID, hoursTyped(f))
		if err != nil {
			return err
		}
		view.weighedView, err = tried(tx, f, e)
		return err
	})
	if err != nil {
		if err := v.refused(&view.Form, err); err != nil {
			return err
		}
		status = http.StatusUnprocessableEntity
	}
	if v.frame.Title, err = v.words.say("hours.title"); err != nil {
		return err
	}
	v.frame.Nav = "settings"
	v.returned("/settings/hours?" + url.Values{"party": {view.One.ID}}.Encode())
	view.frame = v.frame
	return v.show(status, "hours.html", view)
}

func (s *site) setHours(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	if !f.saves() {
		return v.hoursPage(http.StatusOK, f)
	}
	err = v.write(func(tx *ledger.Tx) error {
		_, err := tx.SetHours(f.Value("party"), hoursTyped(f))
		return err
	})
	if err == nil {
		return v.goOn("/settings/hours?" + url.Values{"party": {f.Value("party")}, "done": {"hours"}}.Encode())
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.hoursPage(http.StatusUnprocessableEntity, f)
}

// hoursTyped reads the form; what is no number is refused as hours are.
func hoursTyped(f form) ledger.HoursInput {
	n := func(name string) int {
		i, err := strconv.Atoi(f.text(name))
		if err != nil {
			return -1
		}
		return i
	}
	return ledger.HoursInput{
		Hours: obligation.Hours{Morning: n("morning"), Opens: n("opens"), Closes: n("closes")}, Week: n("week"), CutiWorks: f.Value("cuti_works") != "",
	}
}

// ticked is the value of a box.
func ticked(yes bool) string {
	if yes {
		return "1"
	}
	return ""
}
