package web

import (
	"net/http"
	"strconv"
	"strings"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/tally"
	"payung/ledger"
)

// shownRows is how many rows of a recap its page has room for.
const shownRows = 20

// sheetView is a recap with what its columns mean and what is understood.
type sheetView struct {
	frame
	ledger.TallySheet
	Step   string // columns, questions, result
	Wrong  string
	Fields []tally.Field
	Shown  []tally.Resolved
	More   int
	Asked  []question
}

// question is one question with where its name stands.
type question struct {
	ledger.TallyQuestion
	N     int
	Where string // line numbers
	New   bool   // "record as a new office" is an answer
}

func zoneDay(tx *ledger.Tx) calendar.Day { return calendar.WITA.DayOf(tx.Now()) }

// sheet reads the recap of the address, for one step of its way.
func (v *visit) sheet(step string) (sheetView, error) {
	view := sheetView{Step: step}
	if v.r.Method == http.MethodPost { // the other language shows what was there before
		v.frame.Here = "/start/" + v.r.PathValue("id") + "?lang=" + string(other(v.words.lang))
	}
	err := v.read(func(tx *ledger.Tx) (err error) {
		view.TallySheet, err = tx.TallySheet(v.r.PathValue("id"))
		return err
	})
	if err != nil {
		return view, err
	}
	view.fill()
	if v.frame.Title, err = v.words.say("start.kind." + view.Kind); err != nil {
		return view, err
	}
	v.frame.Nav = "start"
	view.frame = v.frame
	return view, nil
}

func (view *sheetView) fill() {
	view.Fields = tally.Fields(tally.Kind(view.Kind))
	view.Shown = view.Rows[:min(shownRows, len(view.Rows))]
	view.More = len(view.Rows) - len(view.Shown)
	for i, q := range view.Questions {
		view.Asked = append(view.Asked, question{q, i, lines(q.Lines), view.Kind == string(tally.Offices) && q.About == tally.AboutName})
	}
}

// lines names the lines of a sheet, the first few of many.
func lines(numbers []int) string {
	const enough = 5
	words := make([]string, 0, enough+1)
	for _, n := range numbers[:min(enough, len(numbers))] {
		words = append(words, strconv.Itoa(n))
	}
	if len(numbers) > enough {
		words = append(words, "…")
	}
	return strings.Join(words, ", ")
}

// startSheet shows a recap before anything of it is recorded.
func (s *site) startSheet(v *visit) error {
	view, err := v.sheet("columns")
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, "tally_sheet.html", view)
}

// startColumns takes what the columns mean.
func (s *site) startColumns(v *visit) error {
	if _, err := v.posted(sheetFormLimit); err != nil {
		return err
	}
	id, m := v.r.PathValue("id"), v.mapping()
	err := v.write(func(tx *ledger.Tx) error { _, err := tx.MapTally(id, m); return err })
	if f, ok := fault.Of(err); ok && f.Kind == fault.Invalid {
		view, err := v.sheet("columns")
		if err != nil {
			return err
		}
		for i := range view.Columns { // as they were chosen
			view.Columns[i].Field = tally.Field(v.r.PostFormValue("c" + strconv.Itoa(i)))
		}
		view.Mapped.Heading = m.Heading
		view.Wrong = v.sentence(f)
		return v.show(http.StatusUnprocessableEntity, "tally_sheet.html", view)
	}
	if err != nil {
		return err
	}
	return v.done("/start/"+id, "")
}

// sheetFormLimit is how many bytes a form about a recap may have.
const sheetFormLimit = 512 << 10

// mapping is what a form says of the columns.
func (v *visit) mapping() tally.Mapping {
	var m tally.Mapping
	if n, err := strconv.Atoi(v.r.PostFormValue("heading")); err == nil && n > 0 {
		m.Heading = n
	}
	for i := range tally.MaxColumns {
		if f := v.r.PostFormValue("c" + strconv.Itoa(i)); f != "" {
			m.Columns = append(m.Columns, tally.Column{Field: tally.Field(f), Index: i})
		}
	}
	return m
}
