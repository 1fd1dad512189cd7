package web

import (
	"encoding/json"
	"net/http"
	"time"

	"payung/intake"
	"payung/ledger"
	"payung/models"
)

// readingView is what became of a file: how far its reading is, what it means,
// what is wrong with it, and what somebody has to say before it counts.
type readingView struct {
	frame
	models.Import
	Duty     ledger.DutyView
	File     models.Upload
	Found    intake.Result
	Stage    tag
	Effect   string
	Stopped  bool // nobody has read on for a while
	Why      saidRule
	Rules    []ruleView
	List     []saidRule // about the file as a whole
	Findings []findingView
	Levels   []levelLink
	Level    string
	Next     string
	Columns  []columnRead
	Guessed  bool // nobody has said so, and the headings do not
	Missing  []missingView
	Absent   int      // people of the list before who are not in the file
	Open     int      // of them, of whom nobody has said what became
	Rest     []option // what may have become of all the others
	Form     form
	Said     form // about missing people
	Told     string
	Path     string
}

// reading shows one reading.
func (s *site) reading(v *visit) error { return v.readingPage(http.StatusOK, begin(), begin()) }

func (v *visit) readingPage(status int, accept, answers form) error {
	view := readingView{Form: accept, Said: answers, Told: v.told()}
	err := v.read(func(tx *ledger.Tx) error { return v.readReading(tx, &view) })
	if err != nil {
		return err
	}
	if view.State == ledger.ImportReading {
		v.w.Header().Set("Refresh", "3")
	}
	if v.frame.Title, err = v.words.say("import.title", "file", view.File.Name); err != nil {
		return err
	}
	v.frame.Nav, view.Path = "recap", readingPath(view.Import)
	v.returned(view.Path)
	view.frame = v.frame
	return v.show(status, "import.html", view)
}

// stalled is after how long without progress a reading is said to wait.
const stalled = 30 * time.Second

func (v *visit) readReading(tx *ledger.Tx, view *readingView) (err error) {
	if view.Import, err = tx.Import(v.r.PathValue("id")); err != nil {
		return err
	}
	if view.Duty, err = tx.Duty(view.ObligationID); err != nil {
		return err
	}
	if view.File, err = tx.Upload(view.UploadID); err != nil {
		return err
	}
	if view.Stage, err = v.words.readingTag(view.Import); err != nil {
		return err
	}
	if view.State == ledger.ImportReading {
		view.Stopped = tx.Now().Sub(time.UnixMicro(view.UpdatedAt)) > stalled
		return nil
	}
	if err := json.Unmarshal([]byte(view.Result), &view.Found); err != nil {
		return err
	}
	if view.Found.Effect != nil {
		view.Effect = view.Found.Effect.Say(v.words.lang)
	}
	v.readColumns(view)
	view.Why = v.whyNot(view.Import, view.Found)
	for _, f := range view.Found.List {
		if string(f.Rule) != view.Problem {
			view.List = append(view.List, v.saidOf(f))
		}
	}
	if err := v.readFindings(tx, view); err != nil {
		return err
	}
	return v.readMissing(tx, view)
}
