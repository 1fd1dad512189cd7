package web

import (
	"net/http"
	"strconv"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/mandate"
	"payung/ledger"
	"payung/letter"
	"payung/models"
)

// newLetterView is the form of a letter of one kind.
type newLetterView struct {
	frame
	Agreement models.Agreement
	Kind      letter.Kind // "": none was chosen yet
	Kinds     []letter.Kind
	Heads     []ledger.Head
	Meetings  []models.Meeting
	Bills     []billOf
	Posts     []models.Post // that it can go to, where few are
	Form      form
	Path      string
}

// typedKinds are the kinds that begin with a form. Requests and warnings begin
// with the units that are silent, receipts and statements with a unit's list.
func typedKinds() []letter.Kind {
	return []letter.Kind{letter.Invitation, letter.Attendance, letter.Minutes, letter.Record, letter.DueNotice, letter.Recap, letter.Cover}
}

func (s *site) newLetter(v *visit) error {
	q := v.r.URL.Query()
	return v.newLetterForm(http.StatusOK, begin("kind", q.Get("kind"), "about", q.Get("about"), "about_id", q.Get("id"), "subject", "", "meeting_on", "", "meeting_from", "09.00",
		"meeting_until", "", "meeting_room", "", "meeting_agenda", "", "meeting_leader", "", "level", ""))
}

func (v *visit) newLetterForm(status int, f form) error {
	view := newLetterView{Form: f, Kind: letter.Kind(f.Value("kind")), Kinds: typedKinds()}
	err := v.read(func(tx *ledger.Tx) error { return view.read(tx, v.r.PathValue("id")) })
	if err != nil {
		return err
	}
	if v.frame.Title, err = v.words.say("letternew.title"); err != nil {
		return err
	}
	v.frame.Nav, view.Path = "recap", lettersPath(view.Agreement.ID)
	view.frame = v.frame
	return v.show(status, "letter_new.html", view)
}

// billsShown is how many bills the form offers, unitsRead among how many units
// it looks for whose they are.
const (
	billsShown = 200
	unitsRead  = 2000
)

func (view *newLetterView) read(tx *ledger.Tx, id string) (err error) {
	if view.Agreement, err = tx.Agreement(id); err != nil {
		return err
	}
	if view.Kind != "" && !view.Kind.Known() {
		return fault.New(fault.NotFound, "not_found", "there is no such letter")
	}
	if view.Heads, err = headsFor(tx, view.Agreement); err != nil {
		return err
	}
	switch view.Kind {
	case letter.Attendance, letter.Minutes, letter.Record:
		view.Meetings, err = tx.Meetings(id)
	case letter.DueNotice:
		view.Bills, err = billsOf(tx, view.Agreement)
	case letter.Cover:
		view.Posts, err = tx.LetterPosts(id, mandate.Regent, mandate.Secretary, mandate.BPJS, mandate.Outside)
	}
	return err
}

// billOf is a bill with whose it is.
type billOf struct {
	models.Bill
	UnitName string
}

func billsOf(tx *ledger.Tx, a models.Agreement) ([]billOf, error) {
	rows, err := tx.Bills(ledger.BillFilter{AgreementID: a.ID}, ledger.Page{Size: billsShown})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	units, err := tx.Units(ledger.UnitFilter{PartyID: a.PemdaPartyID}, ledger.Page{Size: unitsRead})
	names := make(map[string]string, len(units))
	for _, u := range units {
		names[u.ID] = u.Name
	}
	out := make([]billOf, len(rows))
	for i, b := range rows {
		out[i] = billOf{b.Bill, names[b.Bill.UnitID]}
	}
	return out, err
}

// draftLetter drafts a letter of one kind and goes to it.
func (s *site) draftLetter(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	var l models.Letter
	id := v.r.PathValue("id")
	err = v.write(func(tx *ledger.Tx) error {
		in, err := letterInput(tx, id, f)
		if err != nil {
			return err
		}
		l, err = tx.DraftLetter(id, in)
		return err
	})
	if err == nil {
		return v.done(letterPath(l.ID), "letter_drafted")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.newLetterForm(http.StatusUnprocessableEntity, f)
}

// letterInput is a letter as it was typed.
func letterInput(tx *ledger.Tx, agreementID string, f form) (ledger.LetterInput, error) {
	in := ledger.LetterInput{
		LetterheadID: f.Value("letterhead_id"), Kind: letter.Kind(f.Value("kind")), AboutKind: f.Value("about"), AboutID: f.Value("about_id"), Subject: f.text("subject"),
	}
	if in.AboutID == "" {
		in.AboutKind = ""
	}
	if post := f.Value("post_id"); post != "" {
		in.PostIDs = []string{post}
	}
	if day := f.text("meeting_on"); in.Kind == letter.Invitation {
		if !calendar.Day(day).Valid() {
			return in, fault.New(fault.Invalid, "bad_date", "meeting_on must be an existing day").On("meeting_on").With("field", "meeting_on")
		}
		in.Meeting = &letter.Meeting{
			Day: calendar.Day(day), From: f.text("meeting_from"), Until: f.text("meeting_until"), Room: f.text("meeting_room"), Leader: f.text("meeting_leader"),
			Agenda: textLines(f.Value("meeting_agenda")),
		}
		var levels []mandate.Level
		for _, l := range f.typed["level"] {
			levels = append(levels, mandate.Level(l))
		}
		posts, err := tx.LetterPosts(agreementID, levels...)
		if err != nil {
			return in, err
		}
		for _, p := range posts {
			in.PostIDs = append(in.PostIDs, p.ID)
		}
	}
	if n, err := strconv.Atoi(f.text("workdays")); err == nil {
		in.Workdays = n
	}
	return in, nil
}

// Invites reports whether the form has chosen a level.
func (view newLetterView) Invites(level string) bool {
	for _, l := range view.Form.typed["level"] {
		if l == level {
			return true
		}
	}
	return false
}
