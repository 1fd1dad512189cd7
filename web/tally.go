package web

import (
	"cmp"
	"net/http"
	"slices"

	"payung/domain/fault"
	"payung/domain/region"
	"payung/domain/tally"
	"payung/grid"
	"payung/ledger"
	"payung/models"
	"payung/upload"
)

// filesAtOnce is how many files pages hold in memory at the same time; the next
// ones wait.
const filesAtOnce = 2

// startView is the page where a recap is handed in, with those that are here.
type startView struct {
	frame
	Form      startForm
	Wrong     string // what was wrong with what was typed
	Field     string // where
	Parties   []models.Party
	Years     []yearChoice
	Regencies []string
	Kinds     []tally.Kind
	Recaps    []models.Tally
	Names     map[string]string // of parties
}

// startForm is what people type; it is kept when something is wrong with it.
type startForm struct {
	Party, Regency, Kind, SaidBy, On, Year, Sheet string
}

// yearChoice is a year of an agreement that statuses can belong to.
type yearChoice struct {
	ID    string
	Title string
	Group string
	Year  int
}

// start shows the form and the recaps handed in before.
func (s *site) start(v *visit) error {
	return v.showStart(http.StatusOK, startView{Form: startForm{Kind: string(tally.Villages)}})
}

func (v *visit) showStart(status int, view startView) error {
	view.Kinds, view.Names = tally.Kinds(), map[string]string{}
	err := v.read(func(tx *ledger.Tx) error {
		view.Form.On = cmp.Or(view.Form.On, string(zoneDay(tx)))
		parties, err := tx.Parties(ledger.Page{Size: 1000})
		if err != nil {
			return err
		}
		for _, p := range parties {
			if p.Kind == "pemda" && region.RegencyOf(p.RegionCode) != "" {
				view.Parties = append(view.Parties, p)
				view.Names[p.ID] = p.Name
			}
		}
		if view.Years, err = yearChoices(tx); err != nil {
			return err
		}
		view.Recaps, err = tx.Tallies("")
		return err
	})
	if err != nil {
		return err
	}
	if view.Form.Party == "" && len(view.Parties) > 0 && view.Form.Regency == "" {
		view.Form.Party = view.Parties[0].ID
	}
	view.Regencies = regencies(v.actor)
	if v.frame.Title, err = v.words.say("start.title"); err != nil {
		return err
	}
	v.frame.Nav = "start"
	view.frame = v.frame
	return v.show(status, "tally.html", view)
}

// yearChoices lists the years of every running agreement, the latest first.
func yearChoices(tx *ledger.Tx) ([]yearChoice, error) {
	agreements, err := tx.Agreements(ledger.Page{Size: 200})
	if err != nil {
		return nil, err
	}
	var out []yearChoice
	for _, a := range agreements {
		if a.Historical || a.ClosedOn != "" {
			continue
		}
		lines, err := tx.Lines(a.ID)
		if err != nil {
			return nil, err
		}
		periods, err := tx.Periods(a.ID)
		if err != nil {
			return nil, err
		}
		for _, p := range periods {
			i := slices.IndexFunc(lines, func(l models.Line) bool { return l.ID == p.LineID })
			if i >= 0 {
				out = append(out, yearChoice{ID: p.ID, Title: a.Title, Group: lines[i].GroupCode, Year: p.Year})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b yearChoice) int { return cmp.Compare(b.Year, a.Year) })
	return out, nil
}

// startUpload takes a recap in and goes on to its columns. What was typed wrong
// is shown again with everything that was typed; only the file has to be chosen
// once more.
func (s *site) startUpload(v *visit) error {
	leave, err := v.room()
	if err != nil {
		return err
	}
	defer leave()
	f, typed, err := upload.Read(v.w, v.r, "", upload.Limit)
	form := startForm{
		Party: typed.Get("party"), Regency: typed.Get("regency"), Kind: typed.Get("kind"), SaidBy: typed.Get("said_by"), On: typed.Get("on"),
		Year: typed.Get("year"), Sheet: typed.Get("sheet"),
	}
	var t models.Tally
	if err == nil {
		t, err = s.take(v, f, form)
	}
	if refusal, ok := fault.Of(err); ok && refusal.Kind != fault.Unavailable && refusal.Kind != fault.Forbidden {
		return v.showStart(http.StatusUnprocessableEntity, startView{Form: form, Wrong: v.sentence(refusal), Field: refusal.Field})
	}
	if err != nil {
		return err
	}
	return v.done("/start/"+t.ID, "")
}

func (s *site) take(v *visit, f *upload.File, form startForm) (t models.Tally, err error) {
	g, err := grid.Read(v.r.Context(), f, tally.Kind(form.Kind), form.Sheet)
	if err != nil {
		return t, err
	}
	err = v.write(func(tx *ledger.Tx) error {
		party := form.Party
		if form.Regency != "" || party == "" {
			if party, err = government(tx, form.Regency); err != nil {
				return err
			}
		}
		t, _, err = tx.UploadTally(party, ledger.TallyInput{
			Kind: form.Kind, SaidBy: form.SaidBy, On: form.On, YearID: form.Year, FileName: f.Name, Digest: f.Digest, Grid: g,
		})
		return err
	})
	return t, err
}
