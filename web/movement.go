package web

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"payung/domain/nik"
	"payung/domain/worker"
	"payung/ledger"
)

// movementView is a form about one person of a unit's list.
type movementView struct {
	frame
	Duty      ledger.DutyView
	Person    ledger.PlaceView // who leaves or comes back
	Form      form
	Objection string // that it follows; "": none
	Back      string
}

func listPath(obligationID string) string { return "/obligations/" + url.PathEscape(obligationID) }

// joinForm and join put somebody on a unit's list.
func (s *site) joinForm(v *visit) error {
	return v.joining(http.StatusOK, begin("objection", v.r.URL.Query().Get("objection")))
}

func (v *visit) joining(status int, f form) error {
	view := movementView{Form: f, Objection: f.Value("objection")}
	err := v.read(func(tx *ledger.Tx) (err error) {
		view.Duty, err = tx.Duty(v.r.PathValue("id"))
		return err
	})
	if err != nil {
		return err
	}
	return v.moving(status, "join.html", "join.title", &view)
}

func (v *visit) moving(status int, page, title string, view *movementView) (err error) {
	if v.frame.Title, err = v.words.say(title); err != nil {
		return err
	}
	v.frame.Title += " – " + view.Duty.UnitName
	v.frame.Nav, view.Back = "recap", listPath(view.Duty.ID)
	view.frame = v.frame
	return v.show(status, page, *view)
}

func (s *site) join(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	wage, ok := amount(f.text("wage"))
	if !ok {
		f.wrong("wage", v.words.text["form.number"])
		return v.joining(http.StatusUnprocessableEntity, f)
	}
	in := ledger.JoinInput{
		Row:  ledger.RosterRowInput{NIK: f.text("nik"), Name: f.text("name"), Born: f.text("born"), Sex: f.text("sex"), Wage: wage},
		From: f.text("from"), Note: f.text("note"), OnBehalf: f.text("on_behalf"), ObjectionID: f.text("objection"),
	}
	var out ledger.RosterResult
	err = v.write(func(tx *ledger.Tx) (err error) {
		out, err = tx.Join(v.r.PathValue("id"), in)
		return err
	})
	if err == nil {
		return v.done(listPath(v.r.PathValue("id")), "joined")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	for _, found := range out.Findings {
		if found.Level == "error" {
			f.wrong(found.Field, v.finding(found.Field, found.Code))
			f.All = ""
		}
	}
	return v.joining(http.StatusUnprocessableEntity, f)
}

// finding says what is wrong with one field of a person.
func (v *visit) finding(field, code string) string {
	return cmp.Or(v.words.text["person."+field+"."+code], v.words.text["person."+field])
}

// amount reads whole rupiah as people write them; nothing is nothing.
func amount(s string) (int64, bool) {
	s = strings.NewReplacer("Rp", "", ".", "", " ", "").Replace(s)
	if s == "" {
		return 0, true
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil
}

// leaveForm and leave take somebody off a unit's list.
func (s *site) leaveForm(v *visit) error {
	return v.leaving(http.StatusOK, begin("objection", v.r.URL.Query().Get("objection")))
}

func (v *visit) leaving(status int, f form) error {
	view := movementView{Form: f, Objection: f.Value("objection")}
	if err := v.read(func(tx *ledger.Tx) error { return v.place(tx, &view) }); err != nil {
		return err
	}
	return v.moving(status, "leave.html", "leave.title", &view)
}

// place reads whom a form is about.
func (v *visit) place(tx *ledger.Tx, view *movementView) (err error) {
	if view.Person, err = tx.Place(v.r.PathValue("id")); err != nil {
		return err
	}
	view.Duty, err = tx.Duty(view.Person.ObligationID)
	return err
}

func (s *site) leave(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	in := ledger.LeavingInput{
		Reason: f.text("reason"), On: f.text("on"), AtWork: f.Value("at_work") != "", Note: f.text("note"), OnBehalf: f.text("on_behalf"),
		ObjectionID: f.text("objection"),
	}
	if in.Reason == string(worker.EnteredByMistake) {
		in.On = ""
	}
	var left ledger.Left
	err = v.write(func(tx *ledger.Tx) (err error) {
		left, err = tx.Leave(v.r.PathValue("id"), in)
		return err
	})
	switch {
	case err == nil && left.Claim.ID != "":
		return v.done("/claims/"+url.PathEscape(left.Claim.ID), "claim_opened")
	case err == nil:
		return v.done(listPath(left.Roster.ObligationID), "left")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.leaving(http.StatusUnprocessableEntity, f)
}

// masked shows the last digits of a NIK.
func masked(last4 string) string {
	if last4 == "" {
		return "–"
	}
	return strings.Repeat("•", nik.Length-len(last4)) + last4
}

// leaving is why somebody is no longer on a list, in words.
func (w words) leaving(code string) string { return w.named("choice.reason.", code) }

// movedShape is the shape of a movement.
func movedShape(kind string) string {
	switch kind {
	case ledger.MovedIn:
		return "ok"
	case ledger.MovedOut:
		return "idle"
	default:
		return "half"
	}
}
