package ledger

import (
	"bytes"
	"crypto/sha256"
	"time"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/mandate"
	"payung/letter"
	"payung/models"
)

// Issue is how a draft becomes a letter.
type Issue struct {
	On         string // the letter's date; "": today
	TakeNumber bool   // print the next number of the register; else room is left for writing it by hand
}

// latestDate is how many days ahead a letter may be dated.
const latestDate = 31

// IssueLetter fixes what a letter says: its date, who signs on that day, its
// code and the hash of the PDF. From now on it is never changed. The letter it
// corrects is replaced by it.
func (tx *Tx) IssueLetter(id string, in Issue) (models.Letter, error) {
	l, err := tx.ownLetter(id)
	if err != nil {
		return l, err
	}
	if l.State != LetterDraft {
		return l, letterState(l)
	}
	a, err := tx.fresh(l.AgreementID)
	if err != nil {
		return l, err
	}
	return l, tx.issueLetter(&l, a, in)
}

// issueLetter issues a draft whose row is locked.
func (tx *Tx) issueLetter(l *models.Letter, a models.Agreement, in Issue) error {
	on := tx.today(a.Zone)
	if in.On != "" {
		day, err := checkDay("on", in.On)
		if err != nil {
			return err
		}
		if day.Sub(on) > latestDate {
			return fault.New(fault.Invalid, "dated_ahead", "a letter is dated %d days ahead at most", latestDate).On("on").With("max", itoa(latestDate))
		}
		on = day
	}
	content, err := tx.content(*l)
	if err != nil {
		return err
	}
	l.OnDay, content.Day = string(on), on
	if inCourse(letter.Kind(l.Kind)) {
		content.AsOf = on
	}
	if err := tx.refresh(l, a, &content); err != nil {
		return err
	}
	if err := tx.signLetter(l, &content); err != nil {
		return err
	}
	if in.TakeNumber {
		if err := tx.nextNumber(l); err != nil {
			return err
		}
		content.Number = l.Number
	}
	content.Verify, content.Made = tx.verifying(l.Code), tx.at.UTC().Truncate(time.Second)
	if err := tx.fixContent(l, content); err != nil {
		return err
	}
	l.State, l.IssuedAt, l.IssuedBy, l.UpdatedAt = LetterIssued, tx.micros(), tx.actor.Name, tx.micros()
	err = tx.db.Model(&models.Letter{ID: l.ID}).Select(
		"OnDay", "Addressee", "SignerPostID", "OnBehalf", "Number", "NumberYear", "NumberSeq", "NumberedOn", "Body", "Renderer", "Hash", "Pages",
		"State", "IssuedAt", "IssuedBy", "UpdatedAt",
	).Updates(*l).Error
	if err != nil {
		return numberTaken(err)
	}
	if err := tx.replaceLetter(*l); err != nil {
		return err
	}
	return tx.audit("letter.issued", "letter", l.ID, l.Scope,
		map[string]any{"agreement": l.AgreementID, "kind": l.Kind, "on": l.OnDay, "number": l.Number, "sha256": hexOf(l.Hash), "version": l.Version})
}

// signLetter finds who signs on the letter's day. A statement is signed by the
// unit whose it is.
func (tx *Tx) signLetter(l *models.Letter, content *letter.Letter) error {
	if l.AboutKind == AboutStatement {
		return nil
	}
	row, err := take[models.Letterhead](tx, "letterheads", "letterhead", l.LetterheadID)
	if err != nil {
		return err
	}
	s, err := tx.signer(Head{Letterhead: row}, mandate.Level(l.Level), calendar.Day(l.OnDay))
	if err != nil {
		return err
	}
	if content.Signatory, err = s.signatory(); err != nil {
		return err
	}
	if content.Second != nil {
		var party models.Party
		if err := tx.db.Take(&party, "id = ?", row.PartyID).Error; err != nil {
			return wrap("party that signs", err)
		}
		content.Signatory.Office = party.Name
	}
	l.SignerPostID, l.OnBehalf = s.PostID, s.OnBehalf
	return nil
}

// fixContent draws the letter once, and keeps what it says with the hash of
// what came out.
func (tx *Tx) fixContent(l *models.Letter, content letter.Letter) error {
	logo, err := tx.logo(l.LogoID)
	if err != nil {
		return err
	}
	content.Head.Logo = logo
	pdf, pages, err := drawn(content)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(pdf)
	l.Hash, l.Pages, l.Renderer = sum[:], pages, letter.Version
	return tx.sealLetter(l, content)
}

// drawn is a letter as a PDF, with the number of its pages.
func drawn(content letter.Letter) ([]byte, int, error) {
	sheet, err := letter.Draw(content)
	if err != nil {
		return nil, 0, err
	}
	pages := sheet.Pages()
	var out bytes.Buffer
	err = sheet.PDF(&out)
	return out.Bytes(), pages, err
}

// replaceLetter puts a letter that corrects another in its place: the other is
// replaced, and its places among the letters about the duties go over.
func (tx *Tx) replaceLetter(l models.Letter) error {
	if l.ReplacesID == "" {
		return nil
	}
	var old models.Letter
	if err := tx.forChange(tx.db).Take(&old, "id = ?", l.ReplacesID).Error; err != nil {
		return wrap("the letter that is replaced", err)
	}
	if old.State != LetterIssued && old.State != LetterSent {
		return letterState(old)
	}
	err := tx.db.Model(&models.Letter{ID: old.ID}).Updates(map[string]any{"state": LetterReplaced, "updated_at": tx.micros()}).Error
	if err != nil {
		return err
	}
	if err := tx.db.Exec("UPDATE letter_duties SET slot = '' WHERE letter_id = ?", old.ID).Error; err != nil {
		return err
	}
	if !inCourse(letter.Kind(l.Kind)) {
		return nil
	}
	return tx.db.Exec("UPDATE letter_duties SET slot = ? WHERE letter_id = ?", l.Kind, l.ID).Error
}
