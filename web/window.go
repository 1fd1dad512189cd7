package web

import (
	"cmp"
	"net/http"
	"net/url"
	"time"

	"payung/domain/calendar"
	"payung/ledger"
	"payung/models"
)

// windowView is one window: its pages, and what was said in it.
type windowView struct {
	frame
	Agreement  models.Agreement
	Window     ledger.WindowView
	Pages      []ledger.PageView
	Objections []ledger.ObjectionView
	Older      string
	State      string // of the objections shown; "": all
	Form       form   // of another end
	Verdict    form   // of one objection
	Judged     string // ID of it
	Told       string
	Site       string // scheme and host, for addresses to hand on
	Closing    string // what the field of another end begins with
}

// objectionsShown is how many objections a page shows.
const objectionsShown = 50

func (s *site) window(v *visit) error {
	return v.looking(http.StatusOK, v.r.PathValue("id"), windowView{})
}

func (v *visit) looking(status int, id string, view windowView) error {
	q := v.r.URL.Query()
	view.Told, view.State, view.Site = v.told(), q.Get("state"), v.origin()
	err := v.read(func(tx *ledger.Tx) (err error) {
		if view.Window, err = tx.Window(id); err != nil {
			return err
		}
		if view.Agreement, err = tx.Agreement(view.Window.AgreementID); err != nil {
			return err
		}
		if view.Pages, err = tx.WindowPages(id); err != nil {
			return err
		}
		view.Objections, err = tx.Objections(ledger.ObjectionFilter{WindowID: id, State: view.State}, ledger.Page{After: q.Get("after"), Size: objectionsShown + 1})
		return err
	})
	if err != nil {
		return err
	}
	if len(view.Objections) > objectionsShown {
		view.Objections = view.Objections[:objectionsShown]
		view.Older = v.link(url.Values{"after": {view.Objections[objectionsShown-1].ID}, "done": {""}})
	}
	z := calendar.Zone(view.Window.Zone)
	view.Closing = time.UnixMicro(view.Window.ClosesAt).In(z.Location()).Format("2006-01-02T15:04")
	if view.Form.typed == nil {
		view.Form = begin("closes_at", view.Closing)
	}
	if v.frame.Title, err = v.words.say("window.title", "year", view.Window.Year); err != nil {
		return err
	}
	v.frame.Nav = "recap"
	v.returned("/windows/" + url.PathEscape(id))
	view.frame = v.frame
	return v.show(status, "window.html", view)
}

// origin is the scheme and host people reach these pages by.
func (v *visit) origin() string {
	scheme := "http"
	if v.r.TLS != nil || v.r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return scheme + "://" + v.r.Host
}

func (s *site) moveWindow(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	id := v.r.PathValue("id")
	err = v.write(func(tx *ledger.Tx) error {
		w, err := tx.Window(id)
		if err != nil {
			return err
		}
		_, err = tx.MoveWindow(id, localTime(f.text("closes_at"), calendar.Zone(w.Zone)), f.Value("reason"))
		return err
	})
	if err == nil {
		return v.done("/windows/"+url.PathEscape(id), "moved")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.looking(http.StatusUnprocessableEntity, id, windowView{Form: f})
}

func (s *site) decideObjection(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	window := f.Value("window")
	err = v.write(func(tx *ledger.Tx) error {
		o, err := tx.DecideObjection(v.r.PathValue("id"), ledger.Verdict{Upheld: f.Value("verdict") == ledger.ObjectionUpheld, Reason: f.Value("reason")})
		window = cmp.Or(o.WindowID, window)
		return err
	})
	if err == nil {
		return v.done("/windows/"+url.PathEscape(window), "decided")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.looking(http.StatusUnprocessableEntity, window, windowView{Verdict: f, Judged: v.r.PathValue("id")})
}

// windowFile is the addresses of a window's pages as a file.
func (s *site) windowFile(v *visit) error {
	var pages []ledger.PageView
	err := v.read(func(tx *ledger.Tx) (err error) {
		pages, err = tx.WindowPages(v.r.PathValue("id"))
		return err
	})
	if err != nil {
		return err
	}
	f, err := v.file("kecamatan", "unit", "listed", "objections", "address")
	if err != nil {
		return err
	}
	for _, p := range pages {
		f.add(p.Kecamatan, p.UnitName, p.Listed, p.Objections, v.origin()+"/uji-publik/"+p.Token)
	}
	return f.send("uji-publik", "")
}

// judgedShape is the shape of what became of an objection.
func judgedShape(state string) string {
	switch state {
	case ledger.ObjectionUpheld:
		return "ok"
	case ledger.ObjectionRejected:
		return "idle"
	default:
		return "warn"
	}
}
