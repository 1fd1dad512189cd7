package web

import (
	"net/http"
	"net/url"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/ledger"
)

// toldView is who was told of one duty, when, and by what.
type toldView struct {
	frame
	Duty     ledger.DutyView
	Messages []ledger.MessageOf
	How      string // proves that the owner was told
	At       int64
	Max      calendar.Day
	Ways     []string
	Form     form
	Told     string
	File     string
}

func (s *site) told(v *visit) error { return v.whoWasTold(http.StatusOK, begin()) }

func (v *visit) whoWasTold(status int, f form) error {
	view := toldView{Form: f, Told: v.told(), Ways: ledger.ToldWays()}
	err := v.read(func(tx *ledger.Tx) (err error) {
		if view.Duty, err = tx.Duty(v.r.PathValue("id")); err != nil {
			return err
		}
		view.How, view.At = view.Duty.NoticedHow, view.Duty.NoticedAt
		view.Max = calendar.Zone(view.Duty.Zone).DayOf(tx.Now())
		view.Messages, err = tx.MessagesOf(view.Duty.ID)
		return err
	})
	if err != nil {
		return err
	}
	if status == http.StatusOK {
		view.Form = begin("on", string(view.Max))
	}
	if v.frame.Title, err = v.words.say("told.title", "who", view.Duty.UnitName); err != nil {
		return err
	}
	v.frame.Nav = "recap"
	path := "/obligations/" + url.PathEscape(view.Duty.ID) + "/told"
	v.returned(path)
	view.frame, view.File = v.frame, path+".csv"
	return v.show(status, "told.html", view)
}

// recordTold records that the unit was told otherwise.
func (s *site) recordTold(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	id := v.r.PathValue("id")
	err = v.write(func(tx *ledger.Tx) error {
		d, err := tx.Duty(id)
		if err != nil {
			return err
		}
		if f.Value("how") == "" {
			return fault.New(fault.Invalid, "missing_field", "how is needed").On("how").With("field", "how")
		}
		_, err = tx.RecordTold(d.AgreementID, ledger.Told{ObligationIDs: []string{id}, How: f.Value("how"), On: f.text("on"), Note: f.text("note")})
		return err
	})
	if err == nil {
		return v.done("/obligations/"+url.PathEscape(id)+"/told", "told_recorded")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.whoWasTold(http.StatusUnprocessableEntity, f)
}

func (s *site) toldFile(v *visit) error {
	var list []ledger.Dispatched
	err := v.read(func(tx *ledger.Tx) error {
		found, err := tx.MessagesOf(v.r.PathValue("id"))
		for _, m := range found {
			list = append(list, m.Dispatched)
		}
		return err
	})
	if err != nil {
		return err
	}
	return v.messagesFile(list, "pemberitahuan")
}
