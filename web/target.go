package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"payung/domain/fault"
	"payung/ledger"
	"payung/models"
)

// yearOf is one year of one group of an agreement.
type yearOf struct {
	models.Period
	Group string
}

// years lists an agreement's years with their groups, the newest first.
func years(tx *ledger.Tx, agreementID string) ([]yearOf, error) {
	periods, err := tx.Periods(agreementID)
	if err != nil {
		return nil, err
	}
	lines, err := tx.Lines(agreementID)
	if err != nil {
		return nil, err
	}
	groups := map[string]string{}
	for _, l := range lines {
		groups[l.ID] = l.GroupCode
	}
	out := make([]yearOf, len(periods))
	for i, p := range periods {
		out[i] = yearOf{p, groups[p.LineID]}
	}
	slices.SortStableFunc(out, func(a, b yearOf) int { return cmp.Or(b.Year-a.Year, cmp.Compare(a.Group, b.Group)) })
	return out, nil
}

// targetView is how many people each unit should name, and who names too few.
type targetView struct {
	frame
	Agreement models.Agreement
	Years     []yearOf
	Year      yearOf
	Short     ledger.Shortfalls
	Sources   map[string]models.Source
	Below     bool // only units under their minimum
	Form      form
	Told      string
	Path      string
	File      string
	AllURL    string
	BelowURL  string
}

func (s *site) targets(v *visit) error { return v.targeting(http.StatusOK, begin()) }

func (v *visit) targeting(status int, f form) error {
	view := targetView{Form: f, Below: v.r.URL.Query().Get("show") == "below", Told: v.told()}
	err := v.read(func(tx *ledger.Tx) error { return v.readTargets(tx, &view) })
	if err != nil {
		return err
	}
	if view.Below {
		view.Short.Rows = slices.DeleteFunc(view.Short.Rows, func(r ledger.Shortfall) bool { return r.Missing() == 0 })
	}
	if v.frame.Title, err = v.words.say("targets.title"); err != nil {
		return err
	}
	v.frame.Nav = "recap"
	view.frame = v.frame
	year := url.Values{"year": {view.Year.ID}}.Encode()
	view.Path = agreementPath(view.Agreement.ID) + "/targets"
	view.File, view.AllURL, view.BelowURL = view.Path+".csv?"+year, view.Path+"?"+year, view.Path+"?show=below&"+year
	return v.show(status, "targets.html", view)
}

func (v *visit) readTargets(tx *ledger.Tx, view *targetView) (err error) {
	if view.Agreement, err = tx.Agreement(v.r.PathValue("id")); err != nil {
		return err
	}
	if view.Years, err = years(tx, view.Agreement.ID); err != nil || len(view.Years) == 0 {
		return err
	}
	asked := cmp.Or(view.Form.Value("year"), v.r.URL.Query().Get("year"))
	at := max(0, slices.IndexFunc(view.Years, func(y yearOf) bool { return y.ID == asked }))
	view.Year = view.Years[at]
	if view.Short, err = tx.Shortfalls(view.Agreement.ID, view.Year.ID); err != nil {
		return err
	}
	var ids []string
	for _, r := range view.Short.Rows {
		if r.SourceID != "" && !slices.Contains(ids, r.SourceID) {
			ids = append(ids, r.SourceID)
		}
	}
	view.Sources, err = tx.Sources(ids)
	return err
}

// targetLimit is how many bytes of a table a form takes: the largest kabupaten
// has 852 villages.
const targetLimit = 256 << 10

func (s *site) setTargets(v *visit) error {
	f, err := v.posted(targetLimit)
	if err != nil {
		return err
	}
	rows := wantedRows(&f, v.words)
	if f.Wrong != nil {
		return v.targeting(http.StatusUnprocessableEntity, f)
	}
	err = v.write(func(tx *ledger.Tx) error {
		source := ""
		if said := f.text("according"); said != "" {
			a, err := tx.Agreement(v.r.PathValue("id"))
			if err != nil {
				return err
			}
			made, err := tx.CreateSource(ledger.SourceInput{Kind: "letter", Title: said, RegionCode: cmp.Or(a.RegencyCode, a.ProvinceCode)})
			if err != nil {
				return err
			}
			source = made.ID
		}
		_, err := tx.SetQuotas(v.r.PathValue("id"), f.Value("year"), rows, source)
		return err
	})
	if err == nil {
		http.Redirect(v.w, v.r, agreementPath(v.r.PathValue("id"))+"/targets?"+url.Values{"year": {f.Value("year")}, "done": {"targets"}}.Encode(), http.StatusSeeOther)
		return nil
	}
	if found, ok := fault.Of(err); ok && strings.HasPrefix(found.Field, "rows[") {
		f.wrong("rows", v.rowSaid(f, found))
		return v.targeting(http.StatusUnprocessableEntity, f)
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.targeting(http.StatusUnprocessableEntity, f)
}

// targetsFile is the targets as a file.
func (s *site) targetsFile(v *visit) error {
	view := targetView{Form: begin()}
	if err := v.read(func(tx *ledger.Tx) error { return v.readTargets(tx, &view) }); err != nil {
		return err
	}
	f, err := v.file("kecamatan", "kind", "unit", "answers", "listed", "minimum", "ceiling", "reserve", "short", "over", "source")
	if err != nil {
		return err
	}
	for _, r := range view.Short.Rows {
		answer, err := v.words.say("answer." + r.Answer)
		if err != nil {
			return err
		}
		by, err := v.words.source(view.Sources[r.SourceID])
		if err != nil {
			return err
		}
		if !r.Set {
			f.add(r.Kecamatan, v.words.named("unit.", r.UnitKind), r.UnitName, answer, r.Listed, "", "", "", "", "", "")
			continue
		}
		f.add(r.Kecamatan, v.words.named("unit.", r.UnitKind), r.UnitName, answer, r.Listed, r.Minimum, r.Ceiling, r.Reserve, r.Missing(), r.Excess(), by)
	}
	return f.send("target-"+view.Agreement.RegencyCode, "")
}
