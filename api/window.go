package api

import (
	"cmp"
	"time"

	"payung/domain/fault"
	"payung/domain/mask"
	"payung/ledger"
)

// WindowInput opens a public correction window.
type WindowInput struct {
	YearID   string `json:"year_id" maxLength:"64"`
	OpensAt  string `json:"opens_at" format:"date-time" doc:"with its zone, after the deadline of the lists"`
	ClosesAt string `json:"closes_at" format:"date-time" doc:"nobody may object from then on"`
	Names    string `json:"names,omitempty" enum:"middle,initials,full" doc:"how much of a name is shown; by default first and last letters"`
	NoYears  bool   `json:"no_years,omitempty" doc:"leave out the year of birth"`
	PerHour  int    `json:"per_hour,omitempty" minimum:"1" maximum:"100" doc:"objections from one address; by default 5"`
}

// WindowMove gives a window another end.
type WindowMove struct {
	ClosesAt string `json:"closes_at" format:"date-time"`
	Reason   string `json:"reason" maxLength:"1000"`
}

// Window is a public correction window of one year of a group.
type Window struct {
	ID          string         `json:"id"`
	AgreementID string         `json:"agreement_id"`
	YearID      string         `json:"year_id"`
	Year        int            `json:"year"`
	GroupCode   string         `json:"group_code"`
	State       string         `json:"state" enum:"planned,open,closed"`
	OpensAt     string         `json:"opens_at" format:"date-time"`
	ClosesAt    string         `json:"closes_at" format:"date-time"`
	Names       string         `json:"names" enum:"middle,initials,full"`
	BirthYear   bool           `json:"birth_year"`
	PerHour     int            `json:"per_hour"`
	Pages       int64          `json:"pages"`
	Objections  ObjectionCount `json:"objections"`
}

// ObjectionCount counts objections by what became of them.
type ObjectionCount struct {
	All       int64 `json:"all"`
	Open      int64 `json:"open"`
	Upheld    int64 `json:"upheld"`
	Rejected  int64 `json:"rejected"`
	FollowUps int64 `json:"follow_ups" doc:"upheld, and no list has followed yet"`
}

// WindowPage is the public page of one unit.
type WindowPage struct {
	UnitID       string `json:"unit_id"`
	UnitName     string `json:"unit_name"`
	Kecamatan    string `json:"kecamatan,omitempty"`
	ObligationID string `json:"obligation_id"`
	Path         string `json:"path" doc:"of the page, for anybody who is given it" example:"/uji-publik/…"`
	Listed       int64  `json:"listed"`
	Objections   int64  `json:"objections"`
	Open         int64  `json:"open" doc:"not decided yet"`
}

func windowView(w ledger.WindowView) Window {
	return Window{
		ID: w.ID, AgreementID: w.AgreementID, YearID: w.PeriodID, Year: w.Year, GroupCode: w.Group, State: w.State, OpensAt: instant(w.OpensAt, w.Zone),
		ClosesAt: instant(w.ClosesAt, w.Zone), Names: w.Names, BirthYear: w.BirthYear, PerHour: w.PerHour, Pages: w.Pages, Objections: ObjectionCount(w.Count),
	}
}

// bodyInstant reads an instant with its zone.
func bodyInstant(field, s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return t, fault.New(fault.Invalid, "bad_instant", "%s is no instant such as 2026-03-27T08:00:00+08:00", field).On(field)
	}
	return t, nil
}

func windowRoutes(s *server) {
	create(s, PolicyWrite, "/agreements/{id}/windows", "open-window", "Open a public correction window for a year",
		func(tx *ledger.Tx, in *Of[WindowInput]) (Window, error) {
			b := in.Body
			opens, err := bodyInstant("opens_at", b.OpensAt)
			closes, closesErr := bodyInstant("closes_at", b.ClosesAt)
			if err = cmp.Or(err, closesErr); err != nil {
				return Window{}, err
			}
			w, err := tx.OpenWindow(in.ID, ledger.WindowInput{
				PeriodID: b.YearID, Opens: opens, Closes: closes, Names: mask.Style(b.Names), NoYears: b.NoYears, PerHour: b.PerHour,
			})
			if err != nil {
				return Window{}, err
			}
			view, err := tx.Window(w.ID)
			return windowView(view), err
		})
	read(s, PolicyRead, "/agreements/{id}/windows", "list-windows", "An agreement's public correction windows, newest first",
		func(tx *ledger.Tx, in *ByID) (List[Window], error) {
			rows, err := tx.Windows(in.ID)
			return listed(rows, err, windowView)
		})
	read(s, PolicyRead, "/windows/{id}", "get-window", "One window with what was said in it",
		func(tx *ledger.Tx, in *ByID) (Window, error) {
			w, err := tx.Window(in.ID)
			return windowView(w), err
		})
	read(s, PolicyRead, "/windows/{id}/pages", "list-window-pages", "The public pages of a window, one for each unit",
		func(tx *ledger.Tx, in *ByID) (List[WindowPage], error) {
			rows, err := tx.WindowPages(in.ID)
			return listed(rows, err, func(p ledger.PageView) WindowPage {
				return WindowPage{
					UnitID: p.UnitID, UnitName: p.UnitName, Kecamatan: p.Kecamatan, ObligationID: p.ObligationID, Path: "/uji-publik/" + p.Token,
					Listed: p.Listed, Objections: p.Objections, Open: p.Open,
				}
			})
		})
	change(s, PolicyWrite, "/windows/{id}/move", "move-window", "Give a window that has not closed another end",
		func(tx *ledger.Tx, in *Of[WindowMove]) (Window, error) {
			closes, err := bodyInstant("closes_at", in.Body.ClosesAt)
			if err != nil {
				return Window{}, err
			}
			w, err := tx.MoveWindow(in.ID, closes, in.Body.Reason)
			return windowView(w), err
		})
}
