package ledger

import (
	"encoding/hex"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/numbering"
	"payung/models"
)

// LetterNumber is the number (Nomor) a letter got in the register.
type LetterNumber struct {
	Number string // as it was written by hand; "": the next one of the letterhead's register
	On     string // when it was given; "": today
}

// NumberLetter records the number of a letter that was issued without one, or
// mends it until the letter is sent. A number is used once in a year of a
// letterhead. What was printed does not change.
func (tx *Tx) NumberLetter(id string, in LetterNumber) (models.Letter, error) {
	l, err := tx.ownLetter(id)
	if err != nil {
		return l, err
	}
	content, err := tx.content(l)
	switch {
	case err != nil:
		return l, err
	case l.State == LetterDraft || l.State == LetterReplaced || l.State == LetterWithdrawn || content.Number != "":
		return l, letterState(l)
	case l.Number != "" && l.State != LetterIssued:
		return l, fault.New(fault.Conflict, "letter_numbered", "this letter has the number %s and was sent with it", l.Number).On("number").With("number", l.Number)
	}
	a, err := tx.fresh(l.AgreementID)
	if err != nil {
		return l, err
	}
	on := tx.today(a.Zone)
	if in.On != "" {
		if on, err = checkDay("on", in.On); err != nil {
			return l, err
		}
	}
	if in.Number == "" {
		err = tx.nextNumber(&l)
	} else {
		err = tx.typedNumber(&l, in.Number)
	}
	if err != nil {
		return l, err
	}
	l.NumberedOn, l.UpdatedAt = string(on), tx.micros()
	err = tx.db.Model(&models.Letter{ID: l.ID}).Select("Number", "NumberYear", "NumberSeq", "NumberedOn", "UpdatedAt").Updates(l).Error
	if err != nil {
		return l, numberTaken(err)
	}
	return l, tx.audit("letter.numbered", "letter", l.ID, l.Scope, map[string]any{"number": l.Number, "on": l.NumberedOn})
}

// nextNumber takes the next number of the letterhead's register for the year of
// the letter. The letterhead is locked, so two letters never take the same one.
func (tx *Tx) nextNumber(l *models.Letter) error {
	h, err := tx.lockedHead(l.LetterheadID)
	if err != nil {
		return err
	}
	on := calendar.Day(l.OnDay)
	l.NumberYear, l.NumberedOn = on.Year(), l.OnDay
	err = tx.db.Model(&models.Letter{}).Where("letterhead_id = ? AND number_year = ? AND id <> ?", h.ID, l.NumberYear, l.ID).
		Select("COALESCE(MAX(number_seq), 0) + 1").Scan(&l.NumberSeq).Error
	if err != nil {
		return wrap("next number", err)
	}
	l.Number, err = numbering.Pattern(h.Pattern).Number(l.NumberSeq, h.Code, on)
	return err
}

// typedNumber takes a number as it was written by hand. If it has the form of
// the letterhead's, the register goes on after it.
func (tx *Tx) typedNumber(l *models.Letter, typed string) error {
	h, err := tx.lockedHead(l.LetterheadID)
	if err != nil {
		return err
	}
	number, err := numbering.Clean(typed)
	if err != nil {
		return err
	}
	on := calendar.Day(l.OnDay)
	l.Number, l.NumberYear = number, on.Year()
	l.NumberSeq, _ = numbering.Pattern(h.Pattern).Seq(number, h.Code, on)
	return nil
}

func (tx *Tx) lockedHead(id string) (h models.Letterhead, err error) {
	err = tx.forChange(tx.db).Take(&h, "id = ?", id).Error
	return h, wrap("letterhead", err)
}

// numberTaken says that a number is used, if that is what went wrong.
func numberTaken(err error) error {
	if !duplicate(err) {
		return err
	}
	return fault.New(fault.Conflict, "number_taken", "another letter of this letterhead has that number in the same year").On("number")
}

func hexOf(hash []byte) string { return hex.EncodeToString(hash) }
