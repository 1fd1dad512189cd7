package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/ledger"
	"payung/models"
)

// deskView is the desk of BPJS Ketenagakerjaan: who has handed in a year's list,
// and the form that says which lists lie there.
type deskView struct {
	frame
	ledger.Overview
	Years   []yearOf
	Year    yearOf
	Groups  []deskGroup
	All     int
	Waiting int
	Matched models.Matching
	Stale   bool // it was never compared, or not lately
	Form    form
	Told    string
	Path    string
	Silent  string // path of those who have not answered
	Spread  bool   // every kecamatan opened, for paper
	Max     calendar.Day
}

// deskGroup is the units of one kecamatan.
type deskGroup struct {
	Name, Kind string
	Rows       []deskRow
	Open       int
	Shown      bool // something was typed in it
}

// deskRow is one unit.
type deskRow struct {
	Unit  models.Unit
	Cell  ledger.Cell
	Open  bool
	Got   bool
	Count string
	Wrong string
	Known int64 // people on the list as it is known here
}

// matchWithin is how old a comparison with BPJS may be before anybody is warned
// of what may lie there.
const matchWithin = 48 * time.Hour

func deskPath(agreement, year string) string {
	return "/desk/" + url.PathEscape(agreement) + "?" + url.Values{"year": {year}}.Encode()
}

// desk shows every unit of a year, by kecamatan.
func (s *site) desk(v *visit) error { return v.deskPage(http.StatusOK, begin()) }

func (v *visit) deskPage(status int, f form) error {
	view := deskView{Form: f, Told: v.told(), Spread: v.r.URL.Query().Get("open") == "all"}
	err := v.read(func(tx *ledger.Tx) (err error) {
		if view.Overview, err = tx.Overview(v.r.PathValue("id"), ""); err != nil {
			return err
		}
		view.Years, view.Year, err = v.yearAsked(tx, view.Agreement.ID, f)
		if err != nil || view.Year.ID == "" {
			return err
		}
		view.Max = view.Today
		view.Matched, err = tx.LastMatched(view.Agreement.ID, view.Year.ID)
		view.Stale = tx.Now().Sub(time.UnixMicro(view.Matched.CreatedAt)) > matchWithin
		return err
	})
	if err != nil {
		return err
	}
	view.fill(f)
	if v.frame.Title, err = v.words.say("desk.title"); err != nil {
		return err
	}
	v.frame.Title += " – " + view.Pemda.Name
	v.frame.Nav = "recap"
	view.Path = deskPath(view.Agreement.ID, view.Year.ID)
	view.Silent = "/desk/" + url.PathEscape(view.Agreement.ID) + "/waiting?" + url.Values{"year": {view.Year.ID}}.Encode()
	v.returned(view.Path)
	view.frame = v.frame
	return v.show(status, "desk.html", view)
}

// yearAsked is the year of an agreement that is asked for, or its newest.
func (v *visit) yearAsked(tx *ledger.Tx, agreement string, f form) ([]yearOf, yearOf, error) {
	all, err := years(tx, agreement)
	if err != nil || len(all) == 0 {
		return nil, yearOf{}, err
	}
	asked := cmp.Or(f.Value("year"), v.r.URL.Query().Get("year"))
	at := slices.IndexFunc(all, func(y yearOf) bool { return y.ID == asked })
	if asked != "" && at < 0 {
		return nil, yearOf{}, fault.New(fault.NotFound, "not_found", "this agreement has no such year")
	}
	return all, all[max(0, at)], nil
}

// fill takes the column of the year out of the matrix.
func (view *deskView) fill(f form) {
	at := slices.IndexFunc(view.Matrix.Columns, func(c ledger.Column) bool {
		return c.Kind == ledger.KindRoster && c.Group == view.Year.Group && c.Year == view.Year.Year
	})
	if at < 0 {
		return
	}
	for _, g := range view.Matrix.Groups {
		group := deskGroup{Name: g.Name, Kind: g.Kind}
		for _, r := range g.Rows {
			c := r.Cells[at]
			if c.State == ledger.CellNone {
				continue
			}
			row := deskRow{Unit: r.Unit, Cell: c, Open: c.Obligation.State != ledger.StateClosed, Known: r.People.Listed}
			row.Got = slices.Contains(f.typed["got"], c.Obligation.ID)
			row.Count, row.Wrong = f.Value("people."+c.Obligation.ID), f.Wrong["people."+c.Obligation.ID]
			if row.Open {
				group.Open++
			}
			group.Shown = group.Shown || row.Got || row.Count != ""
			group.Rows = append(group.Rows, row)
		}
		if len(group.Rows) > 0 {
			view.Groups = append(view.Groups, group)
			view.All += len(group.Rows)
			view.Waiting += group.Open
		}
	}
}

// deskLimit is how many bytes the form of a year may have: the largest kabupaten
// has 852 villages.
const deskLimit = 256 << 10

// recordReceipts records what BPJS has received.
func (s *site) recordReceipts(v *visit) error {
	f, err := v.posted(deskLimit)
	if err != nil {
		return err
	}
	rows := v.receipts(&f)
	if f.Wrong != nil {
		f.All = v.words.text["desk.wrong"]
		return v.deskPage(http.StatusUnprocessableEntity, f)
	}
	err = v.write(func(tx *ledger.Tx) error {
		a, err := tx.Agreement(v.r.PathValue("id"))
		if err != nil {
			return err
		}
		if f.text("on") > string(calendar.Zone(a.Zone).DayOf(tx.Now())) {
			return fault.New(fault.Invalid, "received_in_future", "that day has not come yet").On("on")
		}
		source := ""
		if said := f.text("according"); said != "" {
			made, err := tx.CreateSource(ledger.SourceInput{Kind: "letter", Title: said, RegionCode: cmp.Or(a.RegencyCode, a.ProvinceCode)})
			if err != nil {
				return err
			}
			source = made.ID
		}
		_, _, err = tx.RecordReceipts(a.ID, f.Value("year"), rows, source)
		return err
	})
	if err == nil {
		done := "matched"
		if len(rows) == 0 {
			done = "matched_none"
		}
		return v.goOn(deskPath(v.r.PathValue("id"), f.Value("year")) + "&done=" + done)
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.deskPage(http.StatusUnprocessableEntity, f)
}

// receipts reads the rows of a form that are ticked or have a count.
func (v *visit) receipts(f *form) []ledger.BranchReceipt {
	var rows []ledger.BranchReceipt
	for _, duty := range f.typed["duty"] {
		typed := f.text("people." + duty)
		if typed == "" && !slices.Contains(f.typed["got"], duty) {
			continue
		}
		n, err := strconv.ParseInt(strings.ReplaceAll(cmp.Or(typed, "0"), ".", ""), 10, 64)
		if err != nil || n < 0 || n > 1_000_000 {
			f.wrong("people."+duty, v.words.text["form.number"])
			continue
		}
		rows = append(rows, ledger.BranchReceipt{ObligationID: duty, People: n, On: f.text("on")})
	}
	return rows
}
