package web

import (
	"net/http"
	"net/url"

	"payung/domain/calendar"
	"payung/ledger"
)

// withdrawalView is one day that is to be taken back.
type withdrawalView struct {
	frame
	pemdas
	Day  ledger.HolidayView
	Form form
	weighedView
}

func (s *site) withdrawal(v *visit) error { return v.withdrawalPage(http.StatusOK, form{}) }

// withdrawalPage asks why a day is taken back and shows what that would move.
func (v *visit) withdrawalPage(status int, f form) error {
	view := withdrawalView{Form: f}
	on := v.r.URL.Query().Get("day")
	if f.typed == nil {
		view.Form = begin()
	} else {
		on = f.Value("day")
	}
	err := v.read(func(tx *ledger.Tx) (err error) {
		if view.pemdas, err = v.pemdasAsked(tx, f, true); err != nil {
			return err
		}
		day := calendar.Day(on)
		days, _, err := tx.Holidays(view.One.ID, day.Year())
		if err != nil {
			return err
		}
		view.Day = ledger.HolidayView{Holiday: calendar.Holiday{Day: day}}
		for _, d := range days {
			if d.Day == day {
				view.Day = d
			}
		}
		if f.typed == nil || status != http.StatusOK {
			return nil
		}
		e, err := tx.PreviewWithdrawal(withdrawalTyped(f))
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
	if v.frame.Title, err = v.words.say("withdraw.title"); err != nil {
		return err
	}
	v.frame.Nav = "settings"
	v.returned("/settings/holidays/withdraw?" + url.Values{"party": {view.One.ID}, "day": {on}}.Encode())
	view.frame = v.frame
	return v.show(status, "withdraw.html", view)
}

func withdrawalTyped(f form) ledger.Withdrawal {
	return ledger.Withdrawal{PartyID: f.Value("party"), Day: f.text("day"), Reason: f.text("reason")}
}

func (s *site) withdrawHoliday(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	if !f.saves() {
		return v.withdrawalPage(http.StatusOK, f)
	}
	in := withdrawalTyped(f)
	err = v.write(func(tx *ledger.Tx) error {
		_, err := tx.WithdrawHoliday(in)
		return err
	})
	if err == nil {
		return v.goOn("/settings/holidays?" + url.Values{"party": {in.PartyID}, "year": {in.Day[:4]}, "done": {"withdrawn"}}.Encode())
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.withdrawalPage(http.StatusUnprocessableEntity, f)
}
