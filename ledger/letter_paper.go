package ledger

import (
	"bytes"
	"crypto/sha256"
	"strings"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/letter"
	"payung/models"
)

// LetterPaper is a letter as it can be taken away.
type LetterPaper struct {
	models.Letter
	Content letter.Letter // with its logo
}

// LetterPaper reads what a letter says, to be drawn outside of the transaction.
func (tx *Tx) LetterPaper(id string) (LetterPaper, error) {
	l, err := tx.Letter(id)
	if err != nil {
		return LetterPaper{}, err
	}
	out := LetterPaper{Letter: l}
	if out.Content, err = tx.content(l); err != nil {
		return out, err
	}
	if l.State == LetterDraft { // who would sign today
		_, err = tx.previewSigner(l, &out.Content)
		if err != nil {
			return out, err
		}
	}
	out.Content.Head.Logo, err = tx.logo(l.LogoID)
	return out, err
}

// previewSigner puts who would sign today onto a draft. An empty post is shown
// with room for a name; only issuing refuses it.
func (tx *Tx) previewSigner(l models.Letter, content *letter.Letter) (models.Letter, error) {
	var zone string
	if err := tx.db.Model(&models.Agreement{}).Select("zone").Where("id = ?", l.AgreementID).Scan(&zone).Error; err != nil {
		return l, err
	}
	if l.OnDay == "" {
		l.OnDay = string(tx.today(zone))
	}
	if content.AsOf == "" {
		content.AsOf = calendar.Day(l.OnDay)
	}
	err := tx.signLetter(&l, content)
	if fault.Is(err, "signer_post_empty") || fault.Is(err, "no_signer") {
		err = nil
	}
	if content.Signatory.Title == "" && content.Signatory.Name == "" {
		content.Signatory.Title = shortDots
	}
	return l, err
}

// shortDots is room for writing by hand.
const shortDots = "………………"

// PDF draws the letter. Same reports whether the bytes are those that were
// issued: a newer version of what draws may set a line otherwise. A draft is
// never the same as anything.
func (p LetterPaper) PDF() (pdf []byte, same bool, err error) {
	pdf, _, err = drawn(p.Content)
	if err != nil {
		return nil, false, err
	}
	sum := sha256.Sum256(pdf)
	return pdf, bytes.Equal(sum[:], p.Hash), nil
}

// DOCX is the letter as an office can still change it.
func (p LetterPaper) DOCX() ([]byte, error) {
	var out bytes.Buffer
	err := letter.DOCX(&out, p.Content)
	return out.Bytes(), err
}

// FileName is what the letter is called as a file, without what kind of file it
// is: its kind and number, or its date.
func (p LetterPaper) FileName() string {
	name := p.Kind
	switch {
	case p.Number != "":
		name += "-" + p.Number
	case p.OnDay != "":
		name += "-" + p.OnDay
	default:
		name += "-konsep"
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '-'
		}
		return r
	}, name)
}
