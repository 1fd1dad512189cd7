package web

import (
	"net/http"
	"net/url"

	"payung/domain/fault"
	"payung/ledger"
)

// laddersView is the reminders of each kind of obligation.
type laddersView struct {
	frame
	pemdas
	Rows []ledger.KindLadder
	Told string
	File string
}

func (s *site) ladders(v *visit) error {
	view := laddersView{Told: v.told()}
	err := v.read(func(tx *ledger.Tx) (err error) {
		if view.pemdas, err = v.pemdasAsked(tx, form{}, false); err != nil || view.One.ID == "" {
			return err
		}
		view.Rows, err = tx.Ladders(view.One.ID)
		return err
	})
	if err != nil {
		return err
	}
	if v.frame.Title, err = v.words.say("ladders.title"); err != nil {
		return err
	}
	v.frame.Nav = "settings"
	view.frame, view.File = v.frame, "/settings/ladders.csv?"+url.Values{"party": {view.One.ID}}.Encode()
	return v.show(http.StatusOK, "ladders.html", view)
}

// laddersFile is every step of every kind as a file.
func (s *site) laddersFile(v *visit) error {
	var rows []ledger.KindLadder
	err := v.read(func(tx *ledger.Tx) error {
		g, err := v.pemdasAsked(tx, form{}, false)
		if err != nil || g.One.ID == "" {
			return err
		}
		rows, err = tx.Ladders(g.One.ID)
		return err
	})
	if err != nil {
		return err
	}
	f, err := v.file("duty_kind", "step", "days", "working", "tone", "level", "origin", "open")
	if err != nil {
		return err
	}
	for _, k := range rows {
		for _, s := range k.Ladder.Steps {
			days, _ := s.Days()
			f.add(k.Kind, s.Code, days, ticked(s.Working), string(s.Tone), s.Level, k.Origin, k.Open)
		}
	}
	return f.send("pengingat", "")
}

// ladderView is the reminders of one kind, to be changed.
type ladderView struct {
	frame
	pemdas
	Kind  string
	Row   ledger.KindLadder
	Form  form
	Rungs []rung
	weighedView
}

func (s *site) ladder(v *visit) error { return v.ladderPage(http.StatusOK, form{}) }

func (v *visit) ladderPage(status int, f form) error {
	view := ladderView{Form: f, Kind: v.r.PathValue("kind")}
	err := v.read(func(tx *ledger.Tx) (err error) {
		if view.pemdas, err = v.pemdasAsked(tx, f, false); err != nil || view.One.ID == "" {
			return err
		}
		rows, err := tx.Ladders(view.One.ID)
		if err != nil {
			return err
		}
		for _, k := range rows {
			if k.Kind == view.Kind {
				view.Row = k
			}
		}
		if view.Row.Kind == "" {
			return fault.New(fault.NotFound, "not_found", "there is no such kind of obligation")
		}
		switch {
		case f.typed != nil:
		case v.r.URL.Query().Get("preset") == "none":
			view.Form = begin("party", view.One.ID, "none", "1")
		default:
			view.Form = ladderForm(v.preset(view.Row.Ladder))
			return nil
		}
		if status != http.StatusOK {
			return nil
		}
		choice, err := ladderTyped(view.Form, view.Kind)
		if err != nil {
			return err
		}
		e, err := tx.PreviewLadder(view.One.ID, choice)
		if err != nil {
			return err
		}
		view.weighedView, err = tried(tx, view.Form, e)
		return err
	})
	if err != nil {
		if err := v.refused(&view.Form, err); err != nil {
			return err
		}
		status = http.StatusUnprocessableEntity
	}
	if v.frame.Title, err = v.words.say("ladder.title"); err != nil {
		return err
	}
	v.frame.Nav = "settings"
	v.returned("/settings/ladders/" + url.PathEscape(view.Kind) + "?" + url.Values{"party": {view.One.ID}}.Encode())
	view.frame, view.Rungs = v.frame, rungs(view.Form)
	return v.show(status, "ladder.html", view)
}

func (s *site) setLadder(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	f = closedUp(f)
	if !f.saves() {
		return v.ladderPage(http.StatusOK, f)
	}
	err = v.write(func(tx *ledger.Tx) error {
		choice, err := ladderTyped(f, v.r.PathValue("kind"))
		if err != nil {
			return err
		}
		_, err = tx.SetLadder(f.Value("party"), choice)
		return err
	})
	if err == nil {
		return v.goOn("/settings/ladders?" + url.Values{"party": {f.Value("party")}, "done": {"ladder"}}.Encode())
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.ladderPage(http.StatusUnprocessableEntity, f)
}
