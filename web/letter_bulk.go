package web

import (
	"net/http"
	"time"

	"payung/domain/fault"
	"payung/ledger"
	"payung/models"
)

// issueLetters issues all drafts of a kind, each in a transaction of its own: one
// that is refused stops the rest and says why, and those before it stay issued.
func (s *site) issueLetters(v *visit) error {
	return v.allLetters("issue", "letters_issued", ledger.LetterDraft, func(tx *ledger.Tx, f form, id string) error {
		_, err := tx.IssueLetter(id, ledger.Issue{On: f.text("on"), TakeNumber: f.Value("take_number") != ""})
		return err
	})
}

// sendLetters records that all letters of a kind that were issued went out.
func (s *site) sendLetters(v *visit) error {
	return v.allLetters("send", "letters_sent", ledger.LetterIssued, func(tx *ledger.Tx, f form, id string) error {
		_, err := tx.SendLetter(id, ledger.LetterSending{On: f.text("on"), How: f.text("how"), ReceivedBy: f.text("received_by")})
		return err
	})
}

// allLetters does the same to all letters of a kind in a state, the oldest
// first, so that numbers follow the order in which they were drafted.
func (v *visit) allLetters(which, done, state string, do func(*ledger.Tx, form, string) error) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	id, kind := v.r.PathValue("id"), f.text("kind")
	if kind == "" {
		return v.lettersAgain(which, f, fault.New(fault.Invalid, "unknown_letter", "choose which letters").On("kind"))
	}
	var ids []string
	err = v.eachLetter(id, state, kind, func(l models.Letter) error {
		ids = append([]string{l.ID}, ids...)
		return nil
	})
	if err != nil {
		return err
	}
	v.patient()
	for _, one := range ids {
		err := v.write(func(tx *ledger.Tx) error { return do(tx, f, one) })
		if fault.Is(err, "letter_state") || fault.Is(err, "letter_not_needed") {
			continue // somebody else was faster, or everybody has answered
		}
		if err != nil {
			return v.lettersAgain(which, f, err)
		}
	}
	return v.done(lettersPath(id), done)
}

// patient lets an answer take longer than others may: 300 letters are drawn in
// 20 seconds, and a line may be slow.
func (v *visit) patient() {
	// Where the server cannot wait longer, its own limit stands.
	_ = http.NewResponseController(v.w).SetWriteDeadline(time.Now().Add(10 * time.Minute))
}

func (v *visit) lettersAgain(which string, f form, err error) error {
	if err := v.refusedLetter(&f, err); err != nil {
		return err
	}
	return v.showLetters(http.StatusUnprocessableEntity, which, f)
}
