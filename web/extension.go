package web

import (
	"net/http"
	"net/url"
	"slices"

	"payung/domain/calendar"
	"payung/ledger"
	"payung/models"
)

// fairness registers the pages about time beyond a deadline: requests for more,
// pauses, outages, the clock, and calendars.
func (s *site) fairness(mux *http.ServeMux) {
	mux.HandleFunc("GET /obligations/{id}/extension", s.page(s.extensionForm))
	mux.HandleFunc("POST /obligations/{id}/extension", s.page(s.askExtension))
	mux.HandleFunc("POST /extensions/{id}/withdraw", s.page(s.withdrawExtension))
	mux.HandleFunc("GET /agreements/{id}/extensions", s.page(s.extensions))
	mux.HandleFunc("GET /agreements/{id}/extensions.csv", s.page(s.extensionsFile))
	mux.HandleFunc("POST /agreements/{id}/extensions", s.page(s.answerExtensions))
	mux.HandleFunc("POST /graces/{id}", s.page(s.answerGrace))
	mux.HandleFunc("GET /obligations/{id}/pause", s.page(s.pauseForm))
	mux.HandleFunc("POST /obligations/{id}/pause", s.page(s.pause))
	mux.HandleFunc("POST /obligations/{id}/resume", s.page(s.resume))
	mux.HandleFunc("POST /obligations/{id}/hand-on", s.page(s.handOn))
	mux.HandleFunc("GET /agreements/{id}/pauses", s.page(s.pauses))
	mux.HandleFunc("GET /agreements/{id}/pauses.csv", s.page(s.pausesFile))
	mux.HandleFunc("GET /settings/fairness", s.page(s.fairnessForm))
	mux.HandleFunc("POST /settings/fairness", s.page(s.setFairness))
	mux.HandleFunc("GET /settings/clock", s.page(s.clockPage))
	mux.HandleFunc("POST /settings/clock", s.page(s.confirmClock))
	mux.HandleFunc("GET /settings/outages.csv", s.page(s.outagesFile))
	mux.HandleFunc("GET /settings/calendars", s.page(s.calendars))
	mux.HandleFunc("GET /settings/calendars.csv", s.page(s.calendarsFile))
	mux.HandleFunc("POST /settings/calendars", s.page(s.createCalendar))
	mux.HandleFunc("POST /settings/calendars/{id}/revoke", s.page(s.revokeCalendar))
	mux.HandleFunc("GET /ics/{file}", s.answer(s.ics))
}

// extensionView is the form by which more time is asked for one duty.
type extensionView struct {
	frame
	Duty     ledger.DutyView
	Requests []ledger.ExtensionView
	Files    []models.Upload // one of them may be the letter
	Limit    int             // extensions a duty may have
	Form     form
	Told     string
	Min      calendar.Day
	Back     string
}

func extensionPath(obligationID string) string { return listPath(obligationID) + "/extension" }

func (s *site) extensionForm(v *visit) error { return v.extending(http.StatusOK, begin()) }

func (v *visit) extending(status int, f form) error {
	view := extensionView{Form: f, Told: v.told()}
	err := v.read(func(tx *ledger.Tx) (err error) {
		if view.Duty, err = tx.Duty(v.r.PathValue("id")); err != nil {
			return err
		}
		view.Min = max(calendar.Day(view.Duty.TargetOn).Add(1), view.Duty.Zone.DayOf(tx.Now()))
		view.Requests, err = tx.Extensions(ledger.ExtensionFilter{ObligationID: view.Duty.ID}, ledger.Page{Size: 100})
		if err != nil {
			return err
		}
		if view.Files, err = tx.NewestUploads(ledger.UploadFilter{ObligationID: view.Duty.ID}, "", 20); err != nil {
			return err
		}
		a, err := tx.Agreement(view.Duty.AgreementID)
		if err != nil {
			return err
		}
		allowed, err := tx.Fairness(a.PemdaPartyID)
		view.Limit = allowed.MaxExtensions
		return err
	})
	if err != nil {
		return err
	}
	slices.Reverse(view.Requests)
	if v.frame.Title, err = v.words.say("extension.title"); err != nil {
		return err
	}
	v.frame.Title += " – " + view.Duty.UnitName
	v.frame.Nav, view.Back = "recap", listPath(view.Duty.ID)
	view.frame = v.frame
	return v.show(status, "extension.html", view)
}

// May reports whether more time can be asked for now.
func (view extensionView) May() bool {
	open := view.Duty.State == ledger.StateOpen || view.Duty.State == ledger.StateSubmitted
	return open && view.Duty.Asked == "" && view.Duty.TargetOn != "" && view.Duty.Extensions < view.Limit
}

func (s *site) askExtension(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	id := v.r.PathValue("id")
	err = v.write(func(tx *ledger.Tx) error {
		_, err := tx.AskExtension(id, ledger.ExtensionAsk{
			UntilOn: f.text("until_on"), Reason: f.text("reason"), AskedBy: f.text("asked_by"), UploadID: f.text("upload_id"),
		})
		return err
	})
	if err == nil {
		return v.done(extensionPath(id), "extension_asked")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.extending(http.StatusUnprocessableEntity, f)
}

func (s *site) withdrawExtension(v *visit) error {
	var r models.ExtensionRequest
	err := v.write(func(tx *ledger.Tx) (err error) {
		r, err = tx.WithdrawExtension(v.r.PathValue("id"), "")
		return err
	})
	if err != nil {
		return err
	}
	return v.done(extensionPath(r.ObligationID), "extension_withdrawn")
}

// extensionShape is the shape of what became of a request.
func extensionShape(state string) string {
	switch state {
	case ledger.ExtensionApproved:
		return "ok"
	case ledger.ExtensionWaiting:
		return "warn"
	default:
		return "idle"
	}
}

func extensionsPath(agreementID string) string {
	return "/agreements/" + url.PathEscape(agreementID) + "/extensions"
}
