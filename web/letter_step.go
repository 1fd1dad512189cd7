package web

import (
	"net/http"
	"net/url"
	"strconv"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/ledger"
	"payung/letter"
	"payung/models"
)

// editLetter changes the words of a draft.
func (s *site) editLetter(v *visit) error {
	return v.stepLetter("edit", "letter_edited", func(tx *ledger.Tx, f form, id string) (models.Letter, error) {
		now, err := tx.LetterView(id)
		if err != nil {
			return now.Letter, err
		}
		return tx.EditLetter(id, letterEdit(f, now))
	})
}

// letterEdit is the words of a form, over those the letter has.
func letterEdit(f form, now ledger.LetterView) ledger.LetterEdit {
	text := letter.Texts(nil).For(now.Content.Kind)
	if now.Content.Text != nil {
		text = *now.Content.Text
	}
	text.Body, text.Middle, text.Closing = paragraphs(f.Value("body")), paragraphs(f.Value("middle")), paragraphs(f.Value("closing"))
	subject, nature, enclosure := f.text("subject"), letter.Nature(f.text("nature")), f.text("enclosure")
	edit := ledger.LetterEdit{Subject: &subject, Nature: &nature, Enclosure: &enclosure, Text: &text, Copies: textLines(f.Value("copies"))}
	if n, err := strconv.Atoi(f.text("workdays")); err == nil && now.Workdays > 0 {
		edit.Workdays = &n
	}
	if f.typed.Has("points") {
		edit.Points = editedPoints(paragraphs(f.Value("points")), now.Content.Points)
	}
	if f.typed.Has("meeting_on") && now.Content.Meeting != nil {
		m := *now.Content.Meeting
		m.Day, m.From, m.Until = calendar.Day(f.text("meeting_on")), f.text("meeting_from"), f.text("meeting_until")
		m.Room, m.Leader, m.Agenda = f.text("meeting_room"), f.text("meeting_leader"), textLines(f.Value("meeting_agenda"))
		edit.Meeting = &m
	}
	return edit
}

// editedPoints are points with new words. Who does one until when stays with it
// while its words do.
func editedPoints(said []string, before []letter.Point) []letter.Point {
	out := make([]letter.Point, len(said))
	for i, s := range said {
		out[i].Text = s
		for _, b := range before {
			if b.Text == s {
				out[i] = b
			}
		}
	}
	return out
}

// issueLetter makes a letter of a draft.
func (s *site) issueLetter(v *visit) error {
	return v.stepLetter("issue", "letter_issued", func(tx *ledger.Tx, f form, id string) (models.Letter, error) {
		return tx.IssueLetter(id, ledger.Issue{On: f.text("on"), TakeNumber: f.Value("take_number") != ""})
	})
}

// numberLetter records the number a letter got.
func (s *site) numberLetter(v *visit) error {
	return v.stepLetter("number", "letter_numbered", func(tx *ledger.Tx, f form, id string) (models.Letter, error) {
		if f.text("number") == "" && f.Value("next") == "" {
			return models.Letter{}, fault.New(fault.Invalid, "missing_field", "number is needed").On("number").With("field", "number")
		}
		return tx.NumberLetter(id, ledger.LetterNumber{Number: f.text("number"), On: f.text("on")})
	})
}

// sendLetter records that a letter went out.
func (s *site) sendLetter(v *visit) error {
	return v.stepLetter("send", "letter_sent", func(tx *ledger.Tx, f form, id string) (models.Letter, error) {
		out, err := tx.SendLetter(id, ledger.LetterSending{On: f.text("on"), How: f.text("how"), ReceivedBy: f.text("received_by"), Note: f.text("note")})
		return out.Letter, err
	})
}

// correctLetter drafts another version and goes there.
func (s *site) correctLetter(v *visit) error {
	return v.stepLetter("correct", "letter_corrected", func(tx *ledger.Tx, f form, id string) (models.Letter, error) {
		return tx.CorrectLetter(id, f.text("reason"))
	})
}

// withdrawLetter takes a letter back.
func (s *site) withdrawLetter(v *visit) error {
	return v.stepLetter("withdraw", "letter_withdrawn", func(tx *ledger.Tx, f form, id string) (models.Letter, error) {
		return tx.WithdrawLetter(id, f.text("reason"))
	})
}

// letterLimit is how many bytes a form of a letter may have: all its paragraphs.
const letterLimit = 128 << 10

// stepLetter takes one step with a letter and comes back to it, or goes on to
// the one that was made.
func (v *visit) stepLetter(which, done string, do func(*ledger.Tx, form, string) (models.Letter, error)) error {
	f, err := v.posted(letterLimit)
	if err != nil {
		return err
	}
	var l models.Letter
	err = v.write(func(tx *ledger.Tx) (err error) {
		l, err = do(tx, f, v.r.PathValue("id"))
		return err
	})
	if err == nil {
		return v.done(letterPath(l.ID), done)
	}
	if err := v.refusedLetter(&f, err); err != nil {
		return err
	}
	return v.showLetter(http.StatusUnprocessableEntity, which, f)
}

// dropLetter throws a draft away and goes back to the register.
func (s *site) dropLetter(v *visit) error {
	var l models.Letter
	err := v.write(func(tx *ledger.Tx) (err error) {
		if l, err = tx.Letter(v.r.PathValue("id")); err != nil {
			return err
		}
		return tx.DropLetter(l.ID)
	})
	if err == nil {
		return v.done(lettersPath(l.AgreementID), "letter_dropped")
	}
	f := form{typed: url.Values{}}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.showLetter(http.StatusUnprocessableEntity, "drop", f)
}
