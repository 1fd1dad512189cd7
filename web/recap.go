package web

import (
	"net/http"
	"net/url"

	"payung/domain/calendar"
	"payung/ledger"
)

// recapView is the recap of agreements.
type recapView struct {
	frame
	ledger.Recap
	Zone       calendar.Zone
	Live       int
	Historical int
	Late       int64
	NoAnswer   int64
	Open       int64 // not registered: nobody has asked yet
	Protected  int64
	File       string
}

// recap shows every agreement, what needs action first.
func (s *site) recap(v *visit) error {
	view := recapView{}
	err := v.read(func(tx *ledger.Tx) error {
		on, err := v.askDay(tx)
		if err != nil {
			return err
		}
		view.Recap, err = tx.Recap(on)
		return err
	})
	if err != nil {
		return err
	}
	if v.frame.Title, err = v.words.say("recap.title"); err != nil {
		return err
	}
	v.frame.Nav = "recap"
	view.frame, view.Zone, view.File = v.frame, zoneOf(view.Rows), "/recap.csv"
	if view.On != "" {
		view.File += "?" + url.Values{"as_of": {string(view.On)}}.Encode()
	}
	for _, r := range view.Rows {
		view.Late += r.Duties.Late
		view.NoAnswer += r.Duties.NoAnswer
		view.Open += r.Duties.NotRegistered
		if !r.Live() {
			view.Historical++
			continue
		}
		view.Live++
		view.Protected += r.People.Protected
	}
	return v.show(http.StatusOK, "recap.html", view)
}

// recapFile is the recap as a file.
func (s *site) recapFile(v *visit) error {
	var recap ledger.Recap
	err := v.read(func(tx *ledger.Tx) error {
		on, err := v.askDay(tx)
		if err != nil {
			return err
		}
		recap, err = tx.Recap(on)
		return err
	})
	if err != nil {
		return err
	}
	f, err := v.file("party", "title", "stage", "status", "signed", "duties", "answered", "nihil", "no_answer", "not_registered", "late",
		"listed", "submitted", "registered", "paid", "protected", "next", "findings")
	if err != nil {
		return err
	}
	for _, r := range recap.Rows {
		stage, err := v.words.say("stage." + string(r.Stage))
		if err != nil {
			return err
		}
		status, err := v.words.status(r)
		if err != nil {
			return err
		}
		findings, err := v.all("finding.", r.Findings)
		if err != nil {
			return err
		}
		d, p := r.Duties, r.People
		f.add(r.Party.Name, r.Agreement.Title, stage, status.Word, r.SignedOn.Words(v.words.lang), d.All, d.Answered, d.Nihil, d.NoAnswer, d.NotRegistered, d.Late,
			p.Listed, p.Submitted, p.Registered, p.Paid, p.Protected, r.Next.On, findings)
	}
	none, err := v.words.say("prospect.none")
	if err != nil {
		return err
	}
	for _, p := range recap.Prospects {
		f.add(p.Region.FullName(), v.words.group(p.GroupCode), none)
	}
	return f.send("rekap-perjanjian", recap.On)
}
