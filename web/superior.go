package web

import (
	"net/http"
	"net/url"

	"payung/ledger"
	"payung/models"
)

// linesView is the tool that puts a party's posts under each other, with what
// it would change.
type linesView struct {
	frame
	Parties []models.Party
	Party   models.Party
	Heads   []ledger.PostRow // posts to choose from
	Plan    ledger.SuperiorPlan
	Form    form
	Shown   int // changes that are listed
}

// changesShown is how many changes the preview lists; it counts all of them.
const changesShown = 400

func (s *site) lines(v *visit) error {
	q := v.r.URL.Query()
	f := form{typed: q}
	if !q.Has("sekda") {
		f = form{}
	}
	return v.lining(http.StatusOK, f)
}

func (v *visit) lining(status int, f form) error {
	view := linesView{Form: f, Shown: changesShown}
	err := v.read(func(tx *ledger.Tx) (err error) {
		if view.Parties, view.Party, err = v.partyAsked(tx, f); err != nil || view.Party.ID == "" {
			return err
		}
		rows, err := tx.PostRows(view.Party.ID)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if r.UnitID == "" || r.Role == "head" && r.UnitKind != "desa" && r.UnitKind != "kelurahan" && r.UnitKind != "kecamatan" {
				view.Heads = append(view.Heads, r)
			}
		}
		if view.Form.typed == nil {
			guess, err := tx.GuessSuperiors(view.Party.ID)
			if err != nil {
				return err
			}
			view.Form = begin("regent", guess.RegentPostID, "sekda", guess.SekdaPostID, "villages", guess.VillagesPostID, "secretaries", "1")
		}
		view.Plan, err = tx.PlanSuperiors(view.Party.ID, superiorsOf(view.Form))
		return err
	})
	if err != nil {
		if err := v.refused(&view.Form, err); err != nil {
			return err
		}
		status = http.StatusUnprocessableEntity
	}
	if v.frame.Title, err = v.words.say("superiors.title"); err != nil {
		return err
	}
	v.frame.Nav = "settings"
	v.returned("/posts/lines?" + url.Values{"party": {view.Party.ID}}.Encode())
	view.frame = v.frame
	return v.show(status, "superiors.html", view)
}

func superiorsOf(f form) ledger.SuperiorsInput {
	return ledger.SuperiorsInput{RegentPostID: f.Value("regent"), SekdaPostID: f.Value("sekda"), VillagesPostID: f.Value("villages"), Secretaries: f.Value("secretaries") != ""}
}

func (s *site) setLines(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	err = v.write(func(tx *ledger.Tx) error {
		_, err := tx.SetSuperiors(f.Value("party"), superiorsOf(f))
		return err
	})
	if err == nil {
		return v.goOn("/posts?" + url.Values{"party": {f.Value("party")}, "done": {"lines"}}.Encode())
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.lining(http.StatusUnprocessableEntity, f)
}

// chooseHead is the choice of a post at the head of a party's lines.
func chooseHead(name string, view linesView) postChoice {
	return postChoice{Name: name, Value: view.Form.Value(name), Posts: view.Heads}
}
