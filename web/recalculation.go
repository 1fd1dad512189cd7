package web

import (
	"net/http"
	"net/url"

	"payung/ledger"
	"payung/models"
)

// recalculationsView is what changes of the rules moved, newest first.
type recalculationsView struct {
	frame
	pemdas
	Agreement string // ID; "": any
	Rows      []recalculationRow
	Waiting   int64
	Older     string
	File      string
}

// recalculationRow is one of them with its effect as the page shows it.
type recalculationRow struct {
	ledger.RecalculationView
	Weighed weighedView
}

// recalculationsShown is how many a page lists.
const recalculationsShown = 30

func (s *site) recalculations(v *visit) error {
	var view recalculationsView
	err := v.read(func(tx *ledger.Tx) error { return v.readRecalculations(tx, &view, recalculationsShown) })
	if err != nil {
		return err
	}
	if v.frame.Title, err = v.words.say("recalculations.title"); err != nil {
		return err
	}
	v.frame.Nav = "settings"
	view.frame = v.frame
	view.File = "/settings/recalculations.csv?" + url.Values{"party": {view.One.ID}, "agreement": {view.Agreement}}.Encode()
	return v.show(http.StatusOK, "recalculations.html", view)
}

func (v *visit) readRecalculations(tx *ledger.Tx, view *recalculationsView, shown int) (err error) {
	q := v.r.URL.Query()
	if view.pemdas, err = v.pemdasAsked(tx, form{}, true); err != nil {
		return err
	}
	view.Agreement = q.Get("agreement")
	if view.Waiting, err = tx.WaitingRecalculations(); err != nil {
		return err
	}
	f := ledger.RecalculationFilter{PartyID: view.One.ID, AgreementID: view.Agreement}
	found, err := tx.Recalculations(f, ledger.Page{After: q.Get("after"), Size: shown + 1})
	if err != nil {
		return err
	}
	if len(found) > shown {
		found = found[:shown]
		view.Older = v.link(url.Values{"after": {found[shown-1].ID}})
	}
	for _, r := range found {
		a := models.Agreement{ID: r.AgreementID, Title: r.Title, Zone: r.Zone}
		w := weighedView{Effect: r.Effect, Shown: movesShown, Of: map[string]models.Agreement{a.ID: a}}
		view.Rows = append(view.Rows, recalculationRow{r, w})
	}
	return nil
}

// recalculationsInFile bounds the file of recalculations.
const recalculationsInFile = 2000

// recalculationsFile is every move as a file, with its old and new instant.
func (s *site) recalculationsFile(v *visit) error {
	var view recalculationsView
	if err := v.read(func(tx *ledger.Tx) error { return v.readRecalculations(tx, &view, recalculationsInFile) }); err != nil {
		return err
	}
	f, err := v.file("at", "agreement", "cause", "reason", "duty_kind", "group", "target", "step", "was", "becomes", "count")
	if err != nil {
		return err
	}
	for _, r := range view.Rows {
		at := func(micros int64) string {
			if micros == 0 {
				return ""
			}
			return v.clock(micros, r.Zone)
		}
		for _, d := range r.Effect.Dates {
			f.add(at(r.CreatedAt), r.Title, r.Cause, r.Reason, d.Kind, d.GroupCode, d.To, "", d.From, d.To, d.Obligations)
		}
		for _, m := range r.Effect.Reminders {
			f.add(at(r.CreatedAt), r.Title, r.Cause, r.Reason, m.Kind, m.GroupCode, m.TargetOn, m.Step, at(m.Was.At), at(m.Becomes.At), m.Obligations)
		}
	}
	return f.send("perhitungan-ulang", "")
}
