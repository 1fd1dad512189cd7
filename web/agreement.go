package web

import (
	"net/http"
	"net/url"
	"slices"

	"payung/domain/calendar"
	"payung/ledger"
	"payung/models"
)

// agreementView is one agreement.
type agreementView struct {
	frame
	ledger.Overview
	Waiting    bool // only units that have not answered
	Spread     bool // every kecamatan opened, for paper
	File       string
	WaitingURL string
	AllURL     string
	SpreadURL  string
}

// agreement shows one agreement: what comes next, what happened, and who still
// owes what.
func (s *site) agreement(v *visit) error {
	view := agreementView{Waiting: v.r.URL.Query().Get("show") == "waiting", Spread: v.r.URL.Query().Get("open") == "all"}
	err := v.read(func(tx *ledger.Tx) error {
		on, err := v.askDay(tx, "show")
		if err != nil {
			return err
		}
		view.Overview, err = tx.Overview(v.r.PathValue("id"), on)
		return err
	})
	if err != nil {
		return err
	}
	if view.Waiting {
		view.Matrix = waiting(view.Matrix)
	}
	// Groups mostly share their years: each is told once.
	view.Periods = slices.CompactFunc(view.Periods, func(a, b models.Period) bool {
		return a.Year == b.Year && a.FromDay == b.FromDay && a.ToDay == b.ToDay
	})
	v.frame.Title, v.frame.Nav = view.Pemda.Name+" – "+view.Agreement.Title, "recap"
	view.frame = v.frame
	view.File = "/agreements/" + url.PathEscape(view.Agreement.ID) + "/obligations.csv"
	if view.On != "" {
		view.File += "?" + url.Values{"as_of": {string(view.On)}}.Encode()
	}
	view.WaitingURL, view.AllURL = v.link(url.Values{"show": {"waiting"}})+"#matrix", v.link(url.Values{"show": {""}})+"#matrix"
	view.SpreadURL = v.link(url.Values{"open": {"all"}}) + "#matrix"
	return v.show(http.StatusOK, "agreement.html", view)
}

// waiting leaves only units with something unanswered; totals stay those of
// all.
func waiting(m ledger.Matrix) ledger.Matrix {
	unanswered := func(c ledger.Cell) bool {
		switch c.State {
		case ledger.CellLate, ledger.CellNoAnswer, ledger.CellNotRegistered, ledger.CellPaused:
			return true
		}
		return false
	}
	for i := range m.Groups {
		m.Groups[i].Rows = slices.DeleteFunc(m.Groups[i].Rows, func(r ledger.UnitRow) bool { return !slices.ContainsFunc(r.Cells, unanswered) })
	}
	m.Groups = slices.DeleteFunc(m.Groups, func(g ledger.UnitGroup) bool { return len(g.Rows) == 0 })
	return m
}

// obligationsFile is the matrix as a file, one line for each unit and duty.
func (s *site) obligationsFile(v *visit) error {
	var o ledger.Overview
	err := v.read(func(tx *ledger.Tx) error {
		on, err := v.askDay(tx)
		if err != nil {
			return err
		}
		o, err = tx.Overview(v.r.PathValue("id"), on)
		return err
	})
	if err != nil {
		return err
	}
	f, err := v.file("kecamatan", "kind", "unit", "duty", "cell", "target", "days_late", "noticed", "answered_on", "listed", "submitted", "registered", "paid", "protected", "until")
	if err != nil {
		return err
	}
	for _, g := range o.Matrix.Groups {
		for _, r := range g.Rows {
			for i, c := range r.Cells {
				if c.State == ledger.CellNone {
					continue
				}
				column := o.Matrix.Columns[i]
				duty, err := v.words.duty(column.Kind, column.Group, column.Year)
				if err != nil {
					return err
				}
				state, err := v.words.cell(c)
				if err != nil {
					return err
				}
				p := r.People
				f.add(g.Name, v.words.named("unit.", r.Unit.Kind), r.Unit.Name, duty, state.Word, calendar.Day(c.Obligation.TargetOn), c.DaysLate, c.Noticed,
					calendar.Day(c.Obligation.ClosedOn), p.Listed, p.Submitted, p.Registered, p.Paid, p.Protected, r.Until)
			}
		}
	}
	return f.send("tugas-"+o.Pemda.RegionCode, o.On)
}
