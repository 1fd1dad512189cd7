package web

import (
	"net/http"

	"payung/domain/calendar"
	"payung/domain/obligation"
	"payung/ledger"
	"payung/models"
)

// pauseView is the form by which one duty's clock is stopped, handed on or
// started again.
type pauseView struct {
	frame
	Duty    ledger.DutyView
	Reasons []obligation.PauseReason
	Earlier []ledger.PauseView
	Form    form
	Told    string
	Today   calendar.Day
	Back    string
}

func pausePath(obligationID string) string { return listPath(obligationID) + "/pause" }

func (s *site) pauseForm(v *visit) error { return v.pausing(http.StatusOK, begin()) }

func (v *visit) pausing(status int, f form) error {
	view := pauseView{Form: f, Told: v.told(), Reasons: obligation.PauseReasons()}
	err := v.read(func(tx *ledger.Tx) (err error) {
		if view.Duty, err = tx.Duty(v.r.PathValue("id")); err != nil {
			return err
		}
		view.Today = view.Duty.Zone.DayOf(tx.Now())
		view.Earlier, err = tx.Pauses(ledger.PauseFilter{ObligationID: view.Duty.ID}, ledger.Page{Size: 100})
		return err
	})
	if err != nil {
		return err
	}
	if v.frame.Title, err = v.words.say("pause.title"); err != nil {
		return err
	}
	v.frame.Title += " – " + view.Duty.UnitName
	v.frame.Nav, view.Back = "recap", listPath(view.Duty.ID)
	view.frame = v.frame
	return v.show(status, "pause.html", view)
}

// May reports whether the clock can be stopped now.
func (view pauseView) May() bool {
	return (view.Duty.State == ledger.StateOpen || view.Duty.State == ledger.StateSubmitted) && view.Duty.PausedAt == 0
}

// stopped is what a form says of who holds a matter.
func (f form) stopped() ledger.PauseInput {
	return ledger.PauseInput{Reason: obligation.PauseReason(f.text("reason_code")), Note: f.text("reason"), Holder: f.text("holder"), SinceOn: f.text("since_on")}
}

func (s *site) pause(v *visit) error {
	return v.stopping("paused", func(tx *ledger.Tx, f form) error {
		_, err := tx.Pause(v.r.PathValue("id"), f.stopped())
		return err
	})
}

func (s *site) resume(v *visit) error {
	return v.stopping("resumed", func(tx *ledger.Tx, f form) error {
		_, err := tx.Resume(v.r.PathValue("id"), f.text("reason"))
		return err
	})
}

func (s *site) handOn(v *visit) error {
	return v.stopping("handed_on", func(tx *ledger.Tx, f form) error {
		p, err := tx.PauseOf(v.r.PathValue("id"))
		if err != nil {
			return err
		}
		_, err = tx.HandOn(p.ID, f.stopped())
		return err
	})
}

// stopping carries out what one of the forms asks.
func (v *visit) stopping(done string, change func(*ledger.Tx, form) error) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	if err = v.write(func(tx *ledger.Tx) error { return change(tx, f) }); err == nil {
		return v.done(pausePath(v.r.PathValue("id")), done)
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.pausing(http.StatusUnprocessableEntity, f)
}

// pausesView is who holds an agreement's duties.
type pausesView struct {
	frame
	Agreement models.Agreement
	Desks     []ledger.Desk
	Pauses    []ledger.PauseView
	Today     calendar.Day
}

// pausesShown is how many pauses a page shows.
const pausesShown = 1000

func (v *visit) readPauses(view *pausesView) error {
	return v.read(func(tx *ledger.Tx) (err error) {
		if view.Agreement, err = tx.Agreement(v.r.PathValue("id")); err != nil {
			return err
		}
		view.Today = calendar.Zone(view.Agreement.Zone).DayOf(tx.Now())
		if view.Desks, err = tx.Desks(view.Agreement.ID); err != nil {
			return err
		}
		view.Pauses, err = tx.Pauses(ledger.PauseFilter{AgreementID: view.Agreement.ID, Standing: true}, ledger.Page{Size: pausesShown})
		return err
	})
}

func (s *site) pauses(v *visit) error {
	var view pausesView
	err := v.readPauses(&view)
	if err != nil {
		return err
	}
	if v.frame.Title, err = v.words.say("pauses.title"); err != nil {
		return err
	}
	v.frame.Nav = "recap"
	view.frame = v.frame
	return v.show(http.StatusOK, "pauses.html", view)
}

// pausesFile is who holds what as a file.
func (s *site) pausesFile(v *visit) error {
	var view pausesView
	if err := v.readPauses(&view); err != nil {
		return err
	}
	f, err := v.file("desk_holder", "since", "kecamatan", "unit", "duty", "why", "pause_note", "target", "pause_asked")
	if err != nil {
		return err
	}
	for _, p := range view.Pauses {
		duty, err := v.words.duty(p.Kind, p.GroupCode, p.Year)
		if err != nil {
			return err
		}
		f.add(p.Desk, p.SinceOn, p.Kecamatan, p.UnitName, duty, v.words.named("pause.", p.Reason), p.Note, p.TargetOn, p.Asked)
	}
	return f.send("berkas-ditahan-"+view.Agreement.RegencyCode, "")
}

// Days is how many days a file has lain somewhere.
func (view pausesView) Days(since calendar.Day) int { return view.Today.Sub(since) }
