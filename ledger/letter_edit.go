package ledger

import (
	"payung/letter"
	"payung/models"
)

// LetterEdit is what people change in a draft. Nil leaves what is there.
type LetterEdit struct {
	Subject   *string
	Nature    *letter.Nature
	Enclosure *string
	Workdays  *int
	Text      *letter.Text
	Copies    []string // nil: as it is
	Points    []letter.Point
	Meeting   *letter.Meeting
}

// EditLetter changes the words of a draft.
func (tx *Tx) EditLetter(id string, in LetterEdit) (models.Letter, error) {
	l, err := tx.ownLetter(id)
	if err != nil {
		return l, err
	}
	if l.State != LetterDraft {
		return l, letterState(l)
	}
	content, err := tx.content(l)
	if err != nil {
		return l, err
	}
	if in.Workdays != nil && content.Deadline != nil {
		if *in.Workdays < 1 || *in.Workdays > maxWorkdays {
			return l, badWorkdays()
		}
		l.Workdays, content.Deadline.Workdays = *in.Workdays, *in.Workdays
	}
	if in.Subject != nil {
		content.Subject = inWords(*in.Subject)
		l.Subject = subjectOf(content)
		if err := tooLong("subject", l.Subject, longestSubject); err != nil {
			return l, err
		}
	}
	if in.Nature != nil {
		content.Nature = *in.Nature
	}
	if in.Enclosure != nil {
		content.Enclosure = inWords(*in.Enclosure)
	}
	if in.Text != nil {
		if err := in.Text.Check(); err != nil {
			return l, err
		}
		content.Text = in.Text
	}
	if in.Copies != nil {
		content.Copies = in.Copies
	}
	if in.Points != nil {
		content.Points = in.Points
	}
	if in.Meeting != nil && content.Meeting != nil {
		content.Meeting = in.Meeting
	}
	if err := checkCopies(content.Copies); err != nil {
		return l, err
	}
	if err := tx.sealLetter(&l, content); err != nil {
		return l, err
	}
	l.UpdatedAt = tx.micros()
	err = tx.db.Model(&models.Letter{ID: l.ID}).Select("Subject", "Workdays", "Body", "UpdatedAt").Updates(l).Error
	if err != nil {
		return l, err
	}
	return l, tx.audit("letter.edited", "letter", l.ID, l.Scope, map[string]any{"agreement": l.AgreementID})
}

// DropLetter throws a draft away. Nobody has seen it, so nothing of it stays
// but the entry that there was one.
func (tx *Tx) DropLetter(id string) error {
	l, err := tx.ownLetter(id)
	if err != nil {
		return err
	}
	if l.State != LetterDraft {
		return letterState(l)
	}
	for _, table := range []string{"letter_duties", "letter_posts"} {
		if err := tx.db.Exec("DELETE FROM "+table+" WHERE letter_id = ?", l.ID).Error; err != nil {
			return err
		}
	}
	if err := tx.db.Delete(&models.Letter{ID: l.ID}).Error; err != nil {
		return err
	}
	return tx.audit("letter.dropped", "letter", l.ID, l.Scope, map[string]any{"agreement": l.AgreementID, "kind": l.Kind})
}
