package web

import (
	"encoding/json"
	"net/http"
	"path"
	"slices"

	"payung/domain/calendar"
	"payung/domain/worker"
	"payung/ledger"
)

// missingShown is how many missing people a page asks about at a time.
const missingShown = 100

// mostMissing is how many missing people one list can have.
const mostMissing = 200_000

// missingView is somebody of the list before who is not in the file, with what
// was said of them.
type missingView struct {
	ledger.MissingPerson
	Reasons []option
	On      string
	Wrong   string
}

// readMissing reads of whom somebody has to say what became, those nobody has
// spoken of first.
func (v *visit) readMissing(tx *ledger.Tx, view *readingView) error {
	if view.State != ledger.ImportReady && view.State != ledger.ImportHeld {
		return nil
	}
	missing, err := tx.MissingPeople(view.ID, mostMissing)
	if err != nil {
		return err
	}
	said := ledger.Answers{}
	if err := json.Unmarshal([]byte(view.Answers), &said); err != nil {
		return err
	}
	view.Absent = len(missing)
	var open, done []missingView
	for _, m := range missing {
		a, ok := said[m.RowID]
		if !ok {
			view.Open++
		}
		one := missingView{MissingPerson: m, On: a.On, Wrong: view.Said.Wrong["on."+m.RowID]}
		if view.Said.typed.Has("reason." + m.RowID) {
			a.Reason, one.On = view.Said.Value("reason."+m.RowID), view.Said.Value("on."+m.RowID)
		}
		one.Reasons = v.words.reasons(a.Reason)
		if ok {
			done = append(done, one)
		} else {
			open = append(open, one)
		}
	}
	all := slices.Concat(open, done)
	view.Missing, view.Rest = all[:min(len(all), missingShown)], v.words.reasons(view.Said.Value("rest"))
	return nil
}

// reasons are the answers there are.
func (w words) reasons(chosen string) []option {
	out := []option{{Code: ledger.Forgotten, Word: w.text["missing.forgotten"], Chosen: chosen == ledger.Forgotten}}
	for _, l := range worker.Leavings() {
		out = append(out, option{Code: string(l.Reason), Word: w.leaving(string(l.Reason)), Chosen: chosen == string(l.Reason)})
	}
	return out
}

// answerLimit is how many bytes the answers of one page may have.
const answerLimit = 128 << 10

// answerMissing keeps what became of people who are not in a file.
func (s *site) answerMissing(v *visit) error {
	f, err := v.posted(answerLimit)
	if err != nil {
		return err
	}
	answers, rest := v.leavers(&f)
	if f.Wrong == nil && len(answers) == 0 && rest == nil {
		f.All = v.words.text["missing.none_said"]
	}
	if f.Wrong == nil && f.All == "" {
		err = v.write(func(tx *ledger.Tx) error {
			_, err := tx.Answer(v.r.PathValue("id"), answers, rest)
			return err
		})
		if err == nil {
			return v.done(path.Dir(v.r.URL.Path), "answered")
		}
		if err := v.refused(&f, err); err != nil {
			return err
		}
	}
	return v.readingPage(http.StatusUnprocessableEntity, begin(), f)
}

// leavers reads the answers of a form: one for each person who was named, and
// one for all the others.
func (v *visit) leavers(f *form) (ledger.Answers, *ledger.Leaver) {
	answers := ledger.Answers{}
	for _, row := range f.typed["row"] {
		if reason := f.text("reason." + row); reason != "" {
			answers[row] = v.leaver(f, reason, "on."+row)
		}
	}
	if reason := f.text("rest"); reason != "" {
		rest := v.leaver(f, reason, "rest_on")
		return answers, &rest
	}
	return answers, nil
}

// leaver is one answer. Whoever left did so on a day.
func (v *visit) leaver(f *form, reason, field string) ledger.Leaver {
	l := ledger.Leaver{Reason: reason, On: f.text(field)}
	rule, known := worker.FindLeaving(worker.Reason(reason))
	switch {
	case !known || !rule.KeepsHistory:
		l.On = ""
	default:
		if _, err := calendar.ParseDay(l.On); err != nil {
			f.wrong(field, v.words.text["missing.needs_day"])
		}
	}
	return l
}

// acceptReading puts the good rows on the list.
func (s *site) acceptReading(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	err = v.write(func(tx *ledger.Tx) error {
		_, err := tx.Accept(v.r.PathValue("id"), ledger.Acceptance{Despite: f.text("despite"), LeaveOut: f.Value("leave_out") != ""})
		return err
	})
	if err == nil {
		return v.done(path.Dir(v.r.URL.Path), "accepted")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.readingPage(http.StatusUnprocessableEntity, f, begin())
}

// dropReading ends a reading that nobody wants. The file stays.
func (s *site) dropReading(v *visit) error {
	err := v.write(func(tx *ledger.Tx) error {
		_, err := tx.DropImport(v.r.PathValue("id"))
		return err
	})
	f := begin()
	if err == nil {
		return v.done(path.Dir(v.r.URL.Path), "dropped")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.readingPage(http.StatusUnprocessableEntity, f, begin())
}
