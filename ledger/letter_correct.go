package ledger

import (
	"strings"

	"payung/domain/fault"
	"payung/letter"
	"payung/models"
)

// CorrectLetter drafts another version of a letter that was issued. The old one
// stands, with all it says, until the new one is issued; then it is replaced.
func (tx *Tx) CorrectLetter(id, reason string) (models.Letter, error) {
	old, err := tx.ownLetter(id)
	switch {
	case err != nil:
		return old, err
	case old.State != LetterIssued && old.State != LetterSent:
		return old, letterState(old)
	case strings.TrimSpace(reason) == "":
		return old, missing("reason")
	}
	if err := tooLong("reason", reason, 1000); err != nil {
		return old, err
	}
	content, err := tx.content(old)
	if err != nil {
		return old, err
	}
	head, err := tx.Letterhead(old.LetterheadID)
	if err != nil {
		return old, err
	}
	l := old
	l.ID, l.Version, l.ReplacesID, l.State, l.Reason = newID(), old.Version+1, old.ID, LetterDraft, inWords(reason)
	l.OnDay, l.DueOn, l.Number, l.NumberYear, l.NumberSeq, l.NumberedOn = "", "", "", 0, 0, ""
	l.Code, l.LogoID, l.Renderer, l.Hash, l.Pages = verificationCode(), head.LogoID, "", []byte{}, 0
	l.IssuedAt, l.IssuedBy, l.SentOn, l.SentHow, l.Receipt, l.ScanID, l.SignedID = 0, "", "", "", []byte{}, "", ""
	l.Actor, l.CreatedAt, l.UpdatedAt = tx.actor.Name, tx.micros(), tx.micros()
	content.Head, content.Number, content.Day, content.Verify = head.Sheet(nil), "", "", nil
	content.Text = replacing(content, old)
	if err := tx.sealLetter(&l, content); err != nil {
		return l, err
	}
	if err := insert(tx, []models.Letter{l}); err != nil {
		if duplicate(err) {
			return l, fault.New(fault.Conflict, "correction_exists", "another version of this letter is being prepared already")
		}
		return l, err
	}
	for _, from := range []string{
		"INSERT INTO letter_duties (letter_id, obligation_id, slot) SELECT ?, obligation_id, '' FROM letter_duties WHERE letter_id = ?",
		"INSERT INTO letter_posts (letter_id, post_id, position) SELECT ?, post_id, position FROM letter_posts WHERE letter_id = ?",
	} {
		if err := tx.db.Exec(from, l.ID, old.ID).Error; err != nil {
			return l, err
		}
	}
	return l, tx.audit("letter.corrected", "letter", l.ID, l.Scope, map[string]any{"agreement": l.AgreementID, "replaces": old.ID, "version": l.Version})
}

// replacing is the text of a letter with a sentence that says which letter it
// replaces; of a letter that was corrected before, with another such sentence.
func replacing(content letter.Letter, old models.Letter) *letter.Text {
	text := letter.Texts(nil).For(content.Kind)
	if content.Text != nil {
		text = *content.Text
	}
	kept := []string{}
	for _, p := range text.Closing {
		if !strings.HasPrefix(p, replaces) {
			kept = append(kept, p)
		}
	}
	said := "tanggal " + old.OnDay
	if old.Number != "" {
		said = "Nomor " + old.Number + " " + said
	}
	text.Closing = append([]string{replaces + strings.NewReplacer("{", "", "}", "", "**", "").Replace(said) + ", yang dinyatakan tidak berlaku."}, kept...)
	return &text
}

// replaces begins the sentence of a corrected letter.
const replaces = "Naskah ini menggantikan naskah "

// WithdrawLetter takes back a letter that was issued. Dates that it set stay
// until somebody moves them; another one may be written in its place.
func (tx *Tx) WithdrawLetter(id, reason string) (models.Letter, error) {
	l, err := tx.ownLetter(id)
	switch {
	case err != nil:
		return l, err
	case l.State != LetterIssued && l.State != LetterSent:
		return l, letterState(l)
	case strings.TrimSpace(reason) == "":
		return l, missing("reason")
	}
	if err := tooLong("reason", reason, 1000); err != nil {
		return l, err
	}
	l.State, l.Reason, l.UpdatedAt = LetterWithdrawn, inWords(reason), tx.micros()
	if err := tx.db.Model(&models.Letter{ID: l.ID}).Select("State", "Reason", "UpdatedAt").Updates(l).Error; err != nil {
		return l, err
	}
	if err := tx.db.Exec("UPDATE letter_duties SET slot = '' WHERE letter_id = ?", l.ID).Error; err != nil {
		return l, err
	}
	return l, tx.audit("letter.withdrawn", "letter", l.ID, l.Scope, map[string]any{"agreement": l.AgreementID, "number": l.Number})
}
