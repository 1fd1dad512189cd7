package web

import (
	"net/http"
	"net/url"
	"time"

	"payung/domain/calendar"
	"payung/domain/mask"
	"payung/ledger"
	"payung/models"
)

// windowsView is the public correction windows of an agreement.
type windowsView struct {
	frame
	Agreement models.Agreement
	Years     []yearOf
	Windows   []ledger.WindowView
	Form      form
	Told      string
}

func (s *site) windows(v *visit) error {
	return v.windowing(http.StatusOK, begin("names", string(mask.Middle), "opens_at", "", "closes_at", ""))
}

func (v *visit) windowing(status int, f form) error {
	view := windowsView{Form: f, Told: v.told()}
	err := v.read(func(tx *ledger.Tx) (err error) {
		if view.Agreement, err = tx.Agreement(v.r.PathValue("id")); err != nil {
			return err
		}
		if view.Years, err = years(tx, view.Agreement.ID); err != nil {
			return err
		}
		view.Windows, err = tx.Windows(view.Agreement.ID)
		return err
	})
	if err != nil {
		return err
	}
	if v.frame.Title, err = v.words.say("windows.title"); err != nil {
		return err
	}
	v.frame.Nav = "recap"
	view.frame = v.frame
	return v.show(status, "windows.html", view)
}

// localTime reads the time of a field on the clock of a zone; a time that cannot
// be read is none.
func localTime(s string, z calendar.Zone) time.Time {
	at, err := time.ParseInLocation("2006-01-02T15:04", s, z.Location())
	if err != nil {
		return time.Time{}
	}
	return at
}

func (s *site) openWindow(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	var w models.Window
	err = v.write(func(tx *ledger.Tx) error {
		a, err := tx.Agreement(v.r.PathValue("id"))
		if err != nil {
			return err
		}
		z := calendar.Zone(a.Zone)
		w, err = tx.OpenWindow(a.ID, ledger.WindowInput{
			PeriodID: f.Value("year"), Opens: localTime(f.text("opens_at"), z), Closes: localTime(f.text("closes_at"), z),
			Names: mask.Style(f.text("names")), NoYears: f.Value("no_years") != "",
		})
		return err
	})
	if err == nil {
		return v.done("/windows/"+url.PathEscape(w.ID), "window")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.windowing(http.StatusUnprocessableEntity, f)
}
