package web

import (
	"net/http"
	"net/url"

	"payung/domain/calendar"
	"payung/domain/enrolment"
	"payung/ledger"
	"payung/models"
)

// enrolments adds the pages about batches that go to BPJS Ketenagakerjaan.
func (s *site) enrolments(mux *http.ServeMux) {
	mux.HandleFunc("GET /agreements/{id}/enrolments", s.page(s.batches))
	mux.HandleFunc("POST /agreements/{id}/enrolments", s.page(s.openBatch))
	mux.HandleFunc("GET /agreements/{id}/enrolments.csv", s.page(s.batchesFile))
	mux.HandleFunc("GET /enrolments/{id}", s.page(s.batch))
	mux.HandleFunc("GET /enrolments/{id}/rows.csv", s.page(s.batchFile))
	mux.HandleFunc("GET /enrolments/{id}/answers.xlsx", s.page(s.answerSheet))
	mux.HandleFunc("POST /enrolments/{id}/reveal", s.page(s.revealedSheet))
	mux.HandleFunc("POST /enrolments/{id}/send", s.page(s.sendBatch))
	mux.HandleFunc("POST /enrolments/{id}/withdraw", s.page(s.withdrawBatch))
	mux.HandleFunc("POST /enrolments/{id}/all", s.page(s.registerAll))
	mux.HandleFunc("POST /enrolments/{id}/rows", s.page(s.answerRows))
	mux.HandleFunc("POST /enrolments/{id}/file", s.page(s.answerFile))
	mux.HandleFunc("POST /enrolments/{id}/cards", s.page(s.receiveCards))
	mux.HandleFunc("POST /enrolments/{id}/receipts", s.page(s.handCards))
	mux.HandleFunc("GET /corrections/{id}", s.page(s.correction))
	mux.HandleFunc("POST /corrections/{id}", s.page(s.settleRow))
}

// batchesView is the batches of an agreement.
type batchesView struct {
	frame
	Agreement models.Agreement
	Batches   []batchItem
	First     *batchItem // what is due first; nil: nothing is
	Years     []readyYear
	Today     calendar.Day
	Older     string
	Form      form
	Told      string
	File      string
}

// batchItem is a batch with its clock and how it is shown.
type batchItem struct {
	ledger.EnrolmentView
	Clock *ledger.BatchClock // that runs; nil: none
	Late  bool
}

// Shape is that of its tag.
func (b batchItem) Shape() string {
	switch {
	case b.Late || b.Stage == enrolment.StageUnanswered:
		return "late"
	case b.Stage == enrolment.StageDone:
		return "ok"
	case b.Stage == enrolment.StageWithdrawn:
		return "idle"
	}
	return "warn"
}

// Bar shows how far the people of the batch are.
func (b batchItem) Bar() []segment { return peopleBar(b.Counts) }

func peopleBar(c enrolment.Counts) []segment {
	return bars(piece{"ok", c.Registered}, piece{"half", c.Waiting}, piece{"warn", c.Rejected + c.Unanswered}, piece{"idle", c.Corrected + c.Withdrawn})
}

func itemOf(e ledger.EnrolmentView, today calendar.Day) batchItem {
	b := batchItem{EnrolmentView: e, Clock: e.Now()}
	b.Late = b.Clock != nil && b.Clock.Late(today)
	return b
}

// readyYear is a year with the people who could go with its next batch.
type readyYear struct {
	yearOf
	People, Held int64
}

// batchesShown is how many batches a page shows.
const batchesShown = 50

func (s *site) batches(v *visit) error { return v.batchesPage(http.StatusOK, begin()) }

func (v *visit) batchesPage(status int, f form) error {
	view := batchesView{Form: f, Told: v.told()}
	err := v.read(func(tx *ledger.Tx) error { return v.readBatches(tx, &view, batchesShown) })
	if err != nil {
		return err
	}
	if v.frame.Title, err = v.words.say("enrolments.title"); err != nil {
		return err
	}
	v.frame.Nav = "recap"
	path := agreementPath(view.Agreement.ID) + "/enrolments"
	v.returned(path)
	view.frame, view.File = v.frame, path+".csv"
	return v.show(status, "enrolments.html", view)
}

func (v *visit) readBatches(tx *ledger.Tx, view *batchesView, most int) (err error) {
	if view.Agreement, err = tx.Agreement(v.r.PathValue("id")); err != nil {
		return err
	}
	view.Today = calendar.Zone(view.Agreement.Zone).DayOf(tx.Now())
	rows, err := tx.Enrolments(view.Agreement.ID, ledger.Page{After: v.r.URL.Query().Get("after"), Size: most + 1})
	if err != nil {
		return err
	}
	if len(rows) > most {
		rows = rows[:most]
		view.Older = v.link(url.Values{"after": {rows[most-1].ID}})
	}
	for _, e := range rows {
		view.Batches = append(view.Batches, itemOf(e, view.Today))
	}
	for i := range view.Batches {
		b := &view.Batches[i]
		if b.Clock != nil && b.Clock.TargetOn != "" && (view.First == nil || b.Clock.TargetOn < view.First.Clock.TargetOn) {
			view.First = b
		}
	}
	all, err := years(tx, view.Agreement.ID)
	if err != nil {
		return err
	}
	for _, y := range all {
		ready, err := tx.ReadyToEnrol(view.Agreement.ID, y.ID)
		if err != nil {
			return err
		}
		year := readyYear{yearOf: y}
		for _, r := range ready {
			year.People, year.Held = year.People+r.People-r.Held, year.Held+r.Held
		}
		view.Years = append(view.Years, year)
	}
	return nil
}

// openBatch opens the next batch of a year.
func (s *site) openBatch(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	var e models.Enrolment
	err = v.write(func(tx *ledger.Tx) (err error) {
		e, err = tx.OpenEnrolment(v.r.PathValue("id"), ledger.EnrolmentInput{PeriodID: f.Value("year"), FormsOn: f.text("forms_on"), Receipt: f.text("receipt")})
		return err
	})
	if err == nil {
		return v.done(batchPath(e.ID), "batch_opened")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.batchesPage(http.StatusUnprocessableEntity, f)
}

func batchPath(id string) string { return "/enrolments/" + url.PathEscape(id) }

// batchesFile is the batches as a file.
func (s *site) batchesFile(v *visit) error {
	var view batchesView
	if err := v.read(func(tx *ledger.Tx) error { return v.readBatches(tx, &view, fileLimit) }); err != nil {
		return err
	}
	f, err := v.file("batch", "group", "year", "stage", "forms_on", "sent_on", "cards_on", "batch_people", "waiting", "registered", "rejected", "unanswered", "cards", "duty", "owner", "target")
	if err != nil {
		return err
	}
	for _, b := range view.Batches {
		stage, err := v.words.say("batch." + string(b.Stage))
		if err != nil {
			return err
		}
		duty, owner, target := "", "", ""
		if c := b.Clock; c != nil {
			if duty, err = v.words.duty(c.Kind, "", 0); err != nil {
				return err
			}
			owner, target = c.OwnerTitle, c.TargetOn
		}
		c := b.Counts
		f.add(b.Number, v.words.group(b.GroupCode), b.Year, stage, b.FormsOn, b.SentOn, b.CardsOn, c.People, c.Waiting, c.Registered, c.Rejected, c.Unanswered, c.Handed, duty, owner, target)
	}
	return f.send("gelombang-pendaftaran", view.Today)
}
