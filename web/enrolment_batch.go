package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"payung/domain/calendar"
	"payung/domain/enrolment"
	"payung/intake"
	"payung/ledger"
)

// batchView is one batch.
type batchView struct {
	frame
	batchItem
	Today    calendar.Day
	Ready    int64 // who could be sent now
	Held     int64
	Units    []ledger.EnrolmentUnit
	Unit     ledger.EnrolmentUnit // the one whose rows are shown; zero: none
	Rows     []ledger.EnrolmentRowView
	Next     string // more rows
	Receipts []ledger.ReceiptView
	Reasons  []enrolment.Reason
	Purposes []string
	Form     form
	At       string // which form was wrong
	Told     string
	Left     []wrongLine // lines of a file that were not taken
	Path     string
}

// wrongLine is a line of a file of answers that was not taken, in words.
type wrongLine struct {
	intake.WrongLine
	Said string
}

// Has reports whether rows of the unit wait for an answer.
func (b batchView) Has() bool {
	return slices.ContainsFunc(b.Rows, func(r ledger.EnrolmentRowView) bool { return answerable(r.State) })
}

// Cards is how many people of a unit wait for a card.
func (b batchView) Cards(u ledger.EnrolmentUnit) int64 { return u.Counts.Left() }

// Answerable reports whether a row can be answered on the page.
func (b batchView) Answerable(state string) bool { return answerable(state) }

func answerable(state string) bool {
	return state == string(enrolment.Waiting) || state == string(enrolment.Unanswered)
}

// RowShape is the shape of a row's tag.
func (b batchView) RowShape(state string) string { return rowShape(state) }

func rowShape(state string) string {
	switch enrolment.State(state) {
	case enrolment.Registered:
		return "ok"
	case enrolment.Rejected:
		return "late"
	case enrolment.Waiting:
		return "half"
	case enrolment.Unanswered:
		return "warn"
	}
	return "idle"
}

// Typed is what was typed about a row.
func (b batchView) Typed(field string, row int64) string {
	return b.Form.Value(field + "." + strconv.FormatInt(row, 10))
}

// Wrong is what was wrong with what was typed about a row.
func (b batchView) Wrong(row int64) string { return b.Form.Wrong["row."+strconv.FormatInt(row, 10)] }

// rowsShown is how many rows of a unit a page shows.
const rowsShown = 50

func (s *site) batch(v *visit) error { return v.batchPage(http.StatusOK, "", begin(), nil) }

// batchPage shows a batch; at names the form that was wrong.
func (v *visit) batchPage(status int, at string, f form, left []wrongLine) error {
	view := batchView{Form: f, At: at, Told: v.told(), Left: left, Reasons: enrolment.Reasons(), Purposes: ledger.RevealPurposes()}
	err := v.read(func(tx *ledger.Tx) error { return v.readBatch(tx, &view) })
	if err != nil {
		return err
	}
	if v.frame.Title, err = v.words.say("enrolment.title", "n", view.Number, "group", v.words.group(view.GroupCode), "year", view.Year); err != nil {
		return err
	}
	v.frame.Nav = "recap"
	view.Path = batchPath(view.ID)
	v.returned(view.Path)
	view.frame = v.frame
	return v.show(status, "enrolment.html", view)
}

func (v *visit) readBatch(tx *ledger.Tx, view *batchView) error {
	e, err := tx.Enrolment(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	view.Today = calendar.Zone(e.Zone).DayOf(tx.Now())
	view.batchItem = itemOf(e, view.Today)
	if e.Stage == enrolment.StageForms {
		ready, err := tx.ReadyToEnrol(e.AgreementID, e.PeriodID)
		for _, r := range ready {
			view.Ready, view.Held = view.Ready+r.People-r.Held, view.Held+r.Held
		}
		return err
	}
	if view.Units, err = tx.EnrolmentUnits(e.ID); err != nil {
		return err
	}
	if view.Receipts, err = tx.CardReceipts(e.ID); err != nil {
		return err
	}
	return v.readRows(tx, view)
}

// readRows reads the rows of the unit that is asked for, or of the only one.
func (v *visit) readRows(tx *ledger.Tx, view *batchView) error {
	asked := view.Form.Value("unit")
	if asked == "" {
		asked = v.r.URL.Query().Get("unit")
	}
	if asked == "" && len(view.Units) == 1 {
		asked = view.Units[0].UnitID
	}
	i := slices.IndexFunc(view.Units, func(u ledger.EnrolmentUnit) bool { return u.UnitID == asked })
	if i < 0 {
		return nil
	}
	view.Unit = view.Units[i]
	after, _ := strconv.ParseInt(v.r.URL.Query().Get("after"), 10, 64) // what is no number is the first page
	rows, err := tx.EnrolmentRows(view.ID, ledger.EnrolmentRowFilter{UnitID: asked, After: after, Size: rowsShown + 1})
	if len(rows) > rowsShown {
		rows = rows[:rowsShown]
		view.Next = batchPath(view.ID) + "?" + url.Values{"unit": {asked}, "after": {strconv.FormatInt(rows[rowsShown-1].Number, 10)}}.Encode() + "#rows"
	}
	view.Rows = rows
	return err
}
