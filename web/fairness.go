package web

import (
	"net/http"
	"net/url"
	"strconv"

	"payung/domain/obligation"
	"payung/ledger"
)

// fairnessView is how much time a Pemda gives beyond its deadlines.
type fairnessView struct {
	frame
	pemdas
	Form form
	Told string
}

// fairnessFields are the numbers of the form with where they are kept.
var fairnessFields = []struct {
	name string
	of   func(*obligation.Fairness) *int
}{
	{"max_extensions", func(f *obligation.Fairness) *int { return &f.MaxExtensions }},
	{"approver_level", func(f *obligation.Fairness) *int { return &f.ApproverLevel }},
	{"pause_days", func(f *obligation.Fairness) *int { return &f.PauseDays }},
	{"outage_days", func(f *obligation.Fairness) *int { return &f.OutageDays }},
	{"outage_minutes", func(f *obligation.Fairness) *int { return &f.OutageMinutes }},
	{"office_opens", func(f *obligation.Fairness) *int { return &f.Office.Opens }},
	{"office_closes", func(f *obligation.Fairness) *int { return &f.Office.Closes }},
}

func (s *site) fairnessForm(v *visit) error {
	return v.settling(http.StatusOK, form{})
}

func (v *visit) settling(status int, f form) error {
	view := fairnessView{Form: f, Told: v.told()}
	err := v.read(func(tx *ledger.Tx) error {
		var err error
		if view.pemdas, err = v.pemdasAsked(tx, f, false); err != nil || view.One.ID == "" {
			return err
		}
		if f.typed != nil {
			return nil
		}
		now, err := tx.Fairness(view.One.ID)
		view.Form = begin()
		for _, field := range fairnessFields {
			view.Form.typed.Set(field.name, strconv.Itoa(*field.of(&now)))
		}
		return err
	})
	if err != nil {
		return err
	}
	if v.frame.Title, err = v.words.say("fairness.title"); err != nil {
		return err
	}
	v.frame.Nav = "settings"
	view.frame = v.frame
	return v.show(status, "fairness.html", view)
}

func (s *site) setFairness(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	var in obligation.Fairness
	for _, field := range fairnessFields {
		n, err := strconv.Atoi(f.text(field.name))
		if err != nil {
			f.wrong(field.name, v.words.text["form.number"])
		}
		*field.of(&in) = n
	}
	party := f.text("party")
	if f.Wrong != nil {
		return v.settling(http.StatusUnprocessableEntity, f)
	}
	if err = v.write(func(tx *ledger.Tx) error { return tx.SetFairness(party, in) }); err == nil {
		http.Redirect(v.w, v.r, "/settings/fairness?"+url.Values{"party": {party}, "done": {"fairness"}}.Encode(), http.StatusSeeOther)
		return nil
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.settling(http.StatusUnprocessableEntity, f)
}
