package web

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"payung/domain/calendar"
	"payung/ledger"
	"payung/models"
)

// waitingView is who has not answered for a year, and whom to call: a page to
// print.
type waitingView struct {
	frame
	Agreement models.Agreement
	Years     []yearOf
	Year      yearOf
	Asked     []waitingGroup // a dated request was delivered
	Unasked   []waitingGroup // none was yet: nobody of them is late
	Count     int
	Uncalled  int
	Matched   models.Matching
	Stale     bool
	At        int64
	Desk      string
	File      string
}

// waitingGroup is the units of one kecamatan.
type waitingGroup struct {
	Name string
	Rows []ledger.SilentUnit
}

// waitingUnits shows who has not answered.
func (s *site) waitingUnits(v *visit) error {
	view, err := v.waiting()
	if err != nil {
		return err
	}
	if v.frame.Title, err = v.words.say("silent.title"); err != nil {
		return err
	}
	v.frame.Title += " – " + view.Agreement.Title
	v.frame.Nav = "recap"
	view.frame = v.frame
	return v.show(http.StatusOK, "silent.html", view)
}

func (v *visit) waiting() (view waitingView, err error) {
	err = v.read(func(tx *ledger.Tx) error {
		if view.Agreement, err = tx.Agreement(v.r.PathValue("id")); err != nil {
			return err
		}
		view.At = tx.Now().UnixMicro()
		if view.Years, view.Year, err = v.yearAsked(tx, view.Agreement.ID, begin()); err != nil || view.Year.ID == "" {
			return err
		}
		rows, err := tx.Silent(view.Agreement.ID, view.Year.ID)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if r.NoticedAt > 0 {
				view.Asked = inKecamatan(view.Asked, r)
				view.Count++
			} else {
				view.Unasked = inKecamatan(view.Unasked, r)
				view.Uncalled++
			}
		}
		view.Matched, err = tx.LastMatched(view.Agreement.ID, view.Year.ID)
		view.Stale = tx.Now().Sub(time.UnixMicro(view.Matched.CreatedAt)) > matchWithin
		return err
	})
	view.Desk = deskPath(view.Agreement.ID, view.Year.ID)
	view.File = "/desk/" + url.PathEscape(view.Agreement.ID) + "/waiting.csv?" + url.Values{"year": {view.Year.ID}}.Encode()
	return view, err
}

// inKecamatan adds a unit to those of its kecamatan; units come by kecamatan.
func inKecamatan(groups []waitingGroup, u ledger.SilentUnit) []waitingGroup {
	if n := len(groups); n > 0 && groups[n-1].Name == u.Parent {
		groups[n-1].Rows = append(groups[n-1].Rows, u)
		return groups
	}
	return append(groups, waitingGroup{u.Parent, []ledger.SilentUnit{u}})
}

// waitingFile is who has not answered, as a file.
func (s *site) waitingFile(v *visit) error {
	view, err := v.waiting()
	if err != nil {
		return err
	}
	f, err := v.file("kecamatan", "unit", "cell", "target", "days_late", "noticed", "files", "contact")
	if err != nil {
		return err
	}
	for _, part := range []struct {
		state  string
		groups []waitingGroup
	}{{ledger.CellNoAnswer, view.Asked}, {ledger.CellNotRegistered, view.Unasked}} {
		word, err := v.words.say("cell."+part.state, "n", 0)
		if err != nil {
			return err
		}
		for _, g := range part.groups {
			for _, r := range g.Rows {
				noticed := ""
				if r.NoticedAt > 0 {
					noticed = string(calendar.Zone(view.Agreement.Zone).DayOf(time.UnixMicro(r.NoticedAt)))
				}
				contacts := make([]string, len(r.Contacts))
				for i, c := range r.Contacts {
					contacts[i] = strings.TrimSpace(c.Title + " " + c.Name + " " + c.Phone)
				}
				f.add(g.Name, r.UnitName, word, calendar.Day(r.TargetOn), r.DaysLate, noticed, r.Files, strings.Join(contacts, "; "))
			}
		}
	}
	return f.send("belum-menjawab-"+view.Agreement.RegencyCode, "")
}
