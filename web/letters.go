package web

import (
	"net/http"
	"net/url"
	"slices"

	"payung/ledger"
	"payung/letter"
	"payung/models"
)

// letters adds the pages about letters.
func (s *site) letters(mux *http.ServeMux) {
	mux.HandleFunc("GET /agreements/{id}/letters", s.page(s.letterRegister))
	mux.HandleFunc("GET /agreements/{id}/letters.csv", s.page(s.lettersFile))
	mux.HandleFunc("GET /agreements/{id}/letters.pdf", s.page(s.lettersBundle))
	mux.HandleFunc("GET /agreements/{id}/letters.zip", s.page(s.lettersArchive))
	mux.HandleFunc("POST /agreements/{id}/letters/prepare", s.page(s.prepareLetters))
	mux.HandleFunc("POST /agreements/{id}/letters/issue", s.page(s.issueLetters))
	mux.HandleFunc("POST /agreements/{id}/letters/send", s.page(s.sendLetters))
	mux.HandleFunc("GET /agreements/{id}/letters/new", s.page(s.newLetter))
	mux.HandleFunc("POST /agreements/{id}/letters/new", s.page(s.draftLetter))

	mux.HandleFunc("GET /letters/{id}", s.page(s.letter))
	mux.HandleFunc("GET /letters/{id}/letter.pdf", s.page(s.letterPDF))
	mux.HandleFunc("GET /letters/{id}/letter.docx", s.page(s.letterDOCX))
	mux.HandleFunc("GET /letters/{id}/{what}", s.page(s.letterFile))
	mux.HandleFunc("POST /letters/{id}/edit", s.page(s.editLetter))
	mux.HandleFunc("POST /letters/{id}/issue", s.page(s.issueLetter))
	mux.HandleFunc("POST /letters/{id}/number", s.page(s.numberLetter))
	mux.HandleFunc("POST /letters/{id}/send", s.page(s.sendLetter))
	mux.HandleFunc("POST /letters/{id}/correct", s.page(s.correctLetter))
	mux.HandleFunc("POST /letters/{id}/withdraw", s.page(s.withdrawLetter))
	mux.HandleFunc("POST /letters/{id}/drop", s.page(s.dropLetter))
	mux.HandleFunc("POST /letters/{id}/files/{what}", s.page(s.fileLetter))

	mux.HandleFunc("GET /v", s.public(s.verify))
	mux.HandleFunc("GET /v/{code}", s.public(s.verification))
}

// lettersView is the letters of an agreement: what should be written now, and
// the register.
type lettersView struct {
	frame
	Agreement models.Agreement
	Waiting   []waitingLetters
	Silent    int // units that are waited for
	Heads     []ledger.Head
	Letters   []models.Letter
	Drafts    []ledger.LetterCount // by kind
	Issued    []ledger.LetterCount
	Counts    map[string]int64 // by state
	State     string
	Older     string
	Form      form
	Which     string // of the forms is shown with what was typed
	Told      string
	Path      string
}

// States are the states a letter can be in, for those that one is in.
func (view lettersView) States() []string {
	return slices.DeleteFunc(ledger.LetterStates(), func(s string) bool { return view.Counts[s] == 0 })
}

// Parts number the files that all issued letters fill.
func (view lettersView) Parts() []int {
	out := []int{}
	for n := 0; int64(n)*bundled < view.Counts[ledger.LetterIssued]; n++ {
		out = append(out, n+1)
	}
	return out
}

// waitingLetters are the units that one kind of letter should be written to.
type waitingLetters struct {
	Kind     letter.Kind
	Workdays int
	Units    []ledger.LetterToWrite
}

// lettersShown is how many letters a page of the register shows.
const lettersShown = 100

func (s *site) letterRegister(v *visit) error {
	return v.showLetters(http.StatusOK, "", begin("on", "", "received_by", "", "how", ""))
}

func lettersPath(agreementID string) string { return agreementPath(agreementID) + "/letters" }

func (v *visit) showLetters(status int, which string, f form) error {
	q := v.r.URL.Query()
	view := lettersView{Form: f, Which: which, Told: v.told(), State: q.Get("state"), Counts: map[string]int64{}}
	if err := v.read(func(tx *ledger.Tx) error { return view.read(tx, v.r.PathValue("id"), q.Get("after")) }); err != nil {
		return err
	}
	if len(view.Letters) > lettersShown {
		view.Letters = view.Letters[:lettersShown]
		view.Older = v.link(url.Values{"after": {view.Letters[lettersShown-1].ID}, "done": {""}})
	}
	var err error
	if v.frame.Title, err = v.words.say("letters.title"); err != nil {
		return err
	}
	v.frame.Nav, view.Path = "recap", lettersPath(view.Agreement.ID)
	v.returned(view.Path)
	view.frame = v.frame
	return v.show(status, "letters.html", view)
}

func (view *lettersView) read(tx *ledger.Tx, id, after string) (err error) {
	if view.Agreement, err = tx.Agreement(id); err != nil {
		return err
	}
	waiting, err := tx.LettersToWrite(id)
	if err != nil {
		return err
	}
	view.Silent = len(waiting)
	for _, w := range waiting {
		n := len(view.Waiting)
		for n > 0 && view.Waiting[n-1].Kind != w.Kind {
			n--
		}
		if n == 0 {
			view.Waiting = append(view.Waiting, waitingLetters{Kind: w.Kind, Workdays: w.Workdays})
			n = len(view.Waiting)
		}
		view.Waiting[n-1].Units = append(view.Waiting[n-1].Units, w)
	}
	if view.Heads, err = headsFor(tx, view.Agreement); err != nil {
		return err
	}
	counts, err := tx.CountLetters(id)
	if err != nil {
		return err
	}
	for _, c := range counts {
		view.Counts[c.State] += c.N
		switch c.State {
		case ledger.LetterDraft:
			view.Drafts = append(view.Drafts, c)
		case ledger.LetterIssued:
			view.Issued = append(view.Issued, c)
		}
	}
	view.Letters, err = tx.Letters(ledger.LetterFilter{AgreementID: id, State: view.State}, ledger.Page{After: after, Size: lettersShown + 1})
	return err
}

// headsFor are the letterheads that letters about an agreement can be on.
func headsFor(tx *ledger.Tx, a models.Agreement) ([]ledger.Head, error) {
	return tx.Letterheads(a.PemdaPartyID, a.BPJSPartyID, a.ServingPartyID)
}

// prepareLetters drafts what should be written now.
func (s *site) prepareLetters(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	id := v.r.PathValue("id")
	err = v.write(func(tx *ledger.Tx) error {
		_, err := tx.PrepareLetters(id, ledger.Preparing{LetterheadID: f.Value("letterhead_id"), Together: f.Value("how") == "together"})
		return err
	})
	if err == nil {
		return v.done(lettersPath(id), "letters_prepared")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.showLetters(http.StatusUnprocessableEntity, "prepare", f)
}

// lettersFile is the register as a file (buku agenda).
func (s *site) lettersFile(v *visit) error {
	f, err := v.file("letter_number", "letter_on", "letter_kind", "subject", "to", "status", "letter_sent", "letter_how", "letter_due", "version", "letter_code", "sha256")
	if err != nil {
		return err
	}
	err = v.eachLetter(v.r.PathValue("id"), v.r.URL.Query().Get("state"), "", func(l models.Letter) error {
		words := [3]string{}
		for i, key := range []string{"letterkind." + l.Kind, "letterstate." + l.State, "letterhow." + l.SentHow} {
			if i == 2 && l.SentHow == "" {
				continue
			}
			var err error
			if words[i], err = v.words.say(key); err != nil {
				return err
			}
		}
		code := l.Code
		if l.State == ledger.LetterDraft {
			code = ""
		}
		f.add(l.Number, l.OnDay, words[0], l.Subject, l.Addressee, words[1], l.SentOn, words[2], l.DueOn, l.Version, code, hexOf(l.Hash))
		return nil
	})
	if err != nil {
		return err
	}
	return f.send("buku-agenda", "")
}

// lettersAtOnce is how many letters are read in one transaction.
const lettersAtOnce = 200

// eachLetter calls a function for the letters of an agreement, the newest first.
func (v *visit) eachLetter(agreementID, state, kind string, do func(models.Letter) error) error {
	after := ""
	for {
		var rows []models.Letter
		err := v.read(func(tx *ledger.Tx) (err error) {
			if _, err := tx.Agreement(agreementID); err != nil {
				return err
			}
			rows, err = tx.Letters(ledger.LetterFilter{AgreementID: agreementID, State: state, Kind: kind}, ledger.Page{After: after, Size: lettersAtOnce})
			return err
		})
		if err != nil {
			return err
		}
		for _, l := range rows {
			if err := do(l); err != nil {
				return err
			}
		}
		if len(rows) < lettersAtOnce {
			return nil
		}
		after = rows[len(rows)-1].ID
	}
}
