package web

import (
	"net/http"
	"net/url"
	"strconv"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/ledger"
	"payung/models"
)

// listSize is how many people a page of a unit's list shows.
const listSize = 100

// listView is the list of names of one unit.
type listView struct {
	frame
	Duty      ledger.DutyView
	Cell      tag
	Versions  []models.Roster
	Latest    models.Roster
	Shown     models.Roster // the version shown; of the latest unless one was asked for
	Day       string        // the day asked about; "": none
	Min, Max  calendar.Day
	People    []ledger.RosterPerson
	First     int // number of the first one
	Next      string
	Movements []ledger.MovementView
	FollowUps []ledger.ObjectionView
	Tellings  groupTellings // texts in groups that named the unit
	Current   bool          // the list as it stands, which can be changed
	Told      string
	Wrong     string
}

// list shows one unit's list: who is on it, since when and who put them there,
// its versions, and who was on it on a day.
func (s *site) list(v *visit) error {
	q := v.r.URL.Query()
	view := listView{Day: q.Get("on"), Told: v.told(), First: 1}
	if n, err := strconv.Atoi(q.Get("from")); err == nil && n > 0 {
		view.First = n
	}
	status := http.StatusOK
	err := v.read(func(tx *ledger.Tx) error { return v.readList(tx, &view) })
	if f, ok := fault.Of(err); ok && f.Field == "on" {
		status, view.Wrong, err = http.StatusUnprocessableEntity, v.sentence(f), nil
	}
	if err != nil {
		return err
	}
	if len(view.People) > listSize {
		view.People = view.People[:listSize]
		view.Next = v.link(url.Values{"after": {view.People[listSize-1].ID}, "from": {strconv.Itoa(view.First + listSize)}, "done": {""}})
	}
	v.frame.Title, v.frame.Nav = view.Duty.UnitName, "recap"
	view.frame = v.frame
	return v.show(status, "list.html", view)
}

func (v *visit) readList(tx *ledger.Tx, view *listView) (err error) {
	if view.Duty, err = tx.Duty(v.r.PathValue("id")); err != nil {
		return err
	}
	if view.Duty.Kind != ledger.KindRoster {
		return fault.New(fault.NotFound, "not_found", "this duty asks for no list of names")
	}
	view.Min, view.Max = view.Duty.From, view.Duty.To
	if view.Versions, err = tx.Rosters(view.Duty.ID); err != nil {
		return err
	}
	if n := len(view.Versions); n > 0 {
		view.Latest = view.Versions[n-1]
	}
	if view.Movements, err = tx.Movements(view.Duty.ID, listSize); err != nil {
		return err
	}
	if view.Tellings, err = tellingsOf(tx, view.Duty); err != nil {
		return err
	}
	upheld, err := tx.Objections(ledger.ObjectionFilter{ObligationID: view.Duty.ID, State: ledger.ObjectionUpheld}, ledger.Page{Size: listSize})
	if err != nil {
		return err
	}
	for _, o := range upheld {
		if o.RosterID == "" {
			view.FollowUps = append(view.FollowUps, o)
		}
	}
	return v.readPeople(tx, view)
}

// readPeople reads the people of a day, of a version, or of the list as it
// stands.
func (v *visit) readPeople(tx *ledger.Tx, view *listView) (err error) {
	q := v.r.URL.Query()
	page := ledger.Page{After: q.Get("after"), Size: listSize + 1}
	view.Shown = view.Latest
	if view.Day != "" {
		day, err := calendar.ParseDay(view.Day)
		if err != nil {
			return fault.New(fault.Invalid, "bad_date", "on must be an existing day such as 2027-03-27").On("on").With("field", "on")
		}
		view.People, err = tx.Listed(view.Duty.ID, day, page)
		return err
	}
	for _, r := range view.Versions {
		if q.Get("version") == strconv.Itoa(r.Version) {
			view.Shown = r
		}
	}
	if view.Shown.ID == "" {
		return nil
	}
	view.Current = view.Shown.ID == view.Latest.ID && view.Duty.State != ledger.StateCancelled
	view.People, err = tx.RosterRows(view.Shown.ID, page)
	return err
}

// Since is the first day of somebody on the list.
func (view listView) Since(p ledger.RosterPerson) calendar.Day {
	if p.FromDay != "" {
		return calendar.Day(p.FromDay)
	}
	return view.Duty.From
}

// Newest are the versions, newest first.
func (view listView) Newest() []models.Roster {
	out := make([]models.Roster, 0, len(view.Versions))
	for i := len(view.Versions) - 1; i >= 0; i-- {
		out = append(out, view.Versions[i])
	}
	return out
}

// Reader tells what a page of a list shows: the list as it stands, an old
// version, or a day.
func (view listView) Reader() string {
	switch {
	case view.Day != "":
		return "day"
	case view.Shown.ID != view.Latest.ID:
		return "version"
	}
	return "now"
}
