package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"payung/ledger"
	"payung/models"
	"payung/telling"
)

// tellingView is the texts for the groups of a year, ready to be sent by hand.
type tellingView struct {
	frame
	Agreement string
	Kit       ledger.TellingKit
	Years     []yearOf
	Year      yearOf
	Senders   []ledger.PostRow
	Desks     []deskTelling
	Texts     int // to send
	Sent      int // of them, today
	Silent    int
	Units     int
	Form      form
	Told      string
	Path      string
	File      string
}

// deskTelling is one desk with its texts.
type deskTelling struct {
	ledger.TellingDesk
	Waiting  []ledger.ToldDuty // that have not answered
	Parts    []partTelling
	Pictures []string
	Open     bool
}

// partTelling is one text, with what was typed when it was refused.
type partTelling struct {
	telling.Part
	Group string
	Wrong string
	Sent  bool // today, into the group that is told usually
}

func (s *site) telling(v *visit) error { return v.tell(http.StatusOK, begin()) }

func (v *visit) tell(status int, f form) error {
	view := tellingView{Form: f, Told: v.told()}
	if err := v.read(func(tx *ledger.Tx) error { return v.readKit(tx, &view) }); err != nil {
		return err
	}
	view.fill()
	var err error
	if v.frame.Title, err = v.words.say("telling.title"); err != nil {
		return err
	}
	v.frame.Title += " – " + view.Kit.Pemda.Name
	v.frame.Nav = "recap"
	v.returned(view.Path)
	view.frame = v.frame
	return v.show(status, "telling.html", view)
}

// readKit reads the kit of the year and the sender that are asked for.
func (v *visit) readKit(tx *ledger.Tx, view *tellingView) error {
	id := v.r.PathValue("id")
	a, err := tx.Agreement(id)
	if err != nil {
		return err
	}
	view.Agreement, view.Path = a.Title, agreementPath(a.ID)+"/telling"
	if view.Years, view.Year, err = v.yearAsked(tx, a.ID, view.Form); err != nil {
		return err
	}
	if view.Year.ID == "" {
		view.Kit.Pemda, err = tx.Party(a.PemdaPartyID)
		view.Kit.Agreement = a
		return err
	}
	sender := v.r.URL.Query().Get("from")
	if view.Kit, err = tx.TellingKit(a.ID, view.Year.ID, sender); err != nil {
		return err
	}
	rows, err := tx.PostRows(a.PemdaPartyID)
	for _, r := range rows {
		if r.UnitID == "" || r.Role == "head" && r.UnitKind == "opd" || r.ID == view.Kit.Sender.ID {
			view.Senders = append(view.Senders, r)
		}
	}
	q := url.Values{"year": {view.Year.ID}}
	if sender != "" {
		q.Set("from", view.Kit.Sender.ID)
	}
	view.Path += "?" + q.Encode()
	view.File = agreementPath(a.ID) + "/telling.csv?" + q.Encode()
	return err
}

// fill writes the texts. The first desk that waits for its text is opened.
func (view *tellingView) fill() {
	opened := view.Form.Value("desk") != ""
	for _, d := range view.Kit.Desks {
		desk := deskTelling{TellingDesk: d, Waiting: d.Silent(), Open: d.ID == view.Form.Value("desk")}
		waits := false
		for _, p := range telling.Parts(view.Kit, d) {
			part := partTelling{Part: p, Group: d.GroupName, Sent: sentToday(view.Kit, p)}
			if desk.Open && view.Form.Value("part") == strconv.Itoa(p.Number) {
				part.Group, part.Wrong = view.Form.Value("group_name"), view.Form.Wrong["group_name"]+view.Form.Wrong["text"]+view.Form.All
			}
			if part.Sent {
				view.Sent++
			}
			waits = waits || !part.Sent
			desk.Parts = append(desk.Parts, part)
		}
		if waits && !opened {
			desk.Open, opened = true, true
		}
		for n := range telling.Pictures(d) {
			desk.Pictures = append(desk.Pictures, agreementPath(view.Kit.Agreement.ID)+"/telling/"+url.PathEscape(d.ID)+"/picture.png?"+
				url.Values{"year": {view.Year.ID}, "number": {strconv.Itoa(n + 1)}}.Encode())
		}
		view.Texts += len(desk.Parts)
		view.Silent += len(desk.Waiting)
		view.Units += len(d.Units)
		view.Desks = append(view.Desks, desk)
	}
}

// sentToday reports whether a group was told today of all units of a text.
func sentToday(k ledger.TellingKit, p telling.Part) bool {
	return !slices.ContainsFunc(p.Units, func(u ledger.ToldDuty) bool {
		return len(u.Tellings) == 0 || u.Tellings[0].OnDay != string(k.Today)
	})
}

// AllSent reports whether every text of a desk went out today.
func (d deskTelling) AllSent() bool {
	return !slices.ContainsFunc(d.Parts, func(p partTelling) bool { return !p.Sent })
}

// groupTellings are texts in groups, with the clock they are shown by.
type groupTellings struct {
	List []models.Telling
	Zone string
}

func groups(list []models.Telling, zone string) groupTellings { return groupTellings{list, zone} }

// tellingsOf are the texts in groups that named the unit of a duty.
func tellingsOf(tx *ledger.Tx, d ledger.DutyView) (groupTellings, error) {
	list, err := tx.Tellings(d.ID)
	return groups(list, string(d.Zone)), err
}
