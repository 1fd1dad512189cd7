package ledger

import (
	"encoding/json"

	"gorm.io/gorm"

	"payung/domain/fault"
	"payung/letter"
	"payung/models"
)

// States of a letter. One that was issued is never changed; a corrected one
// takes its place.
const (
	LetterDraft     = "draft"
	LetterIssued    = "issued"   // printed, and its hash is known
	LetterSent      = "sent"     // on its way since a day; its deadline runs
	LetterReplaced  = "replaced" // a corrected one was issued
	LetterWithdrawn = "withdrawn"
)

// LetterStates lists them.
func LetterStates() []string {
	return []string{LetterDraft, LetterIssued, LetterSent, LetterReplaced, LetterWithdrawn}
}

// letterOf binds what a letter says to its row.
func letterOf(id string) string { return "letters/" + id + "/body" }

// deliveryOf binds who received a letter to its row.
func deliveryOf(id string) string { return "letters/" + id + "/receipt" }

// letters is from, without what an actor of units does not see of the letters
// of an agreement as a whole: those that are not about their own duties, nor to
// their own posts.
func (tx *Tx) letters() *gorm.DB {
	q := tx.from("letters")
	if tx.actor.Reach == Units {
		q = q.Where(`(letters.unit_id <> ''
			OR EXISTS (SELECT 1 FROM letter_duties d JOIN obligations o ON o.id = d.obligation_id WHERE d.letter_id = letters.id AND o.unit_id IN ?)
			OR EXISTS (SELECT 1 FROM letter_posts p JOIN posts t ON t.id = p.post_id WHERE p.letter_id = letters.id AND t.unit_id IN ?))`,
			tx.actor.UnitIDs, tx.actor.UnitIDs)
	}
	return q
}

// LetterFilter narrows a list of letters.
type LetterFilter struct {
	AgreementID  string
	State        string
	Kind         string
	LetterheadID string
	ObligationID string
	AboutID      string
}

// Letters lists letters, the newest first; a page begins after (that is, before
// in time) the letter it names.
func (tx *Tx) Letters(f LetterFilter, p Page) ([]models.Letter, error) {
	q := tx.letters()
	for _, c := range [...][2]string{
		{"agreement_id", f.AgreementID}, {"state", f.State}, {"kind", f.Kind}, {"letterhead_id", f.LetterheadID}, {"about_id", f.AboutID},
	} {
		if c[1] != "" {
			q = q.Where("letters."+c[0]+" = ?", c[1])
		}
	}
	if f.ObligationID != "" {
		q = q.Where("EXISTS (SELECT 1 FROM letter_duties d WHERE d.letter_id = letters.id AND d.obligation_id = ?)", f.ObligationID)
	}
	if p.After != "" {
		q = q.Where("letters.id < ?", p.After)
	}
	var rows []models.Letter
	err := q.Order("letters.id DESC").Limit(p.Size).Find(&rows).Error
	return rows, err
}

// Letter reads one letter.
func (tx *Tx) Letter(id string) (models.Letter, error) {
	return only[models.Letter](tx.letters(), "letters", "letter", id)
}

// ownLetter reads a letter for change: locked, within what the actor may write.
// Who may write it is who may use its letterhead.
func (tx *Tx) ownLetter(id string) (models.Letter, error) {
	if _, err := tx.Letter(id); err != nil {
		return models.Letter{}, err
	}
	var l models.Letter
	if err := tx.forChange(tx.db).Take(&l, "id = ?", id).Error; err != nil {
		return l, err
	}
	if err := tx.actor.may(l.Scope); err != nil {
		return l, err
	}
	var head models.Letterhead
	if err := tx.db.Take(&head, "id = ?", l.LetterheadID).Error; err != nil {
		return l, wrap("letterhead", err)
	}
	return l, tx.actor.may(head.Scope)
}

// content opens what a letter says. The logo is not in it; see [Tx.logo].
func (tx *Tx) content(l models.Letter) (letter.Letter, error) {
	var out letter.Letter
	raw, err := tx.l.keys.Open(l.Body, letterOf(l.ID))
	if err != nil {
		return out, wrap("content of a letter", err)
	}
	return out, wrap("content of a letter", json.Unmarshal(raw, &out))
}

// sealLetter puts what a letter says into its row, without the logo, which is
// kept once.
func (tx *Tx) sealLetter(l *models.Letter, content letter.Letter) error {
	content.Head.Logo = nil
	raw, err := json.Marshal(content)
	if err != nil {
		return wrap("content of a letter", err)
	}
	l.Body = tx.l.keys.Seal(raw, letterOf(l.ID))
	return nil
}

func letterState(l models.Letter) error {
	return fault.New(fault.Conflict, "letter_state", "this letter is %s", l.State).With("state", l.State)
}

// LetterCount is how many letters of a kind are in a state.
type LetterCount struct {
	Kind  string
	State string
	N     int64
}

// CountLetters counts the letters of an agreement by kind and state.
func (tx *Tx) CountLetters(agreementID string) ([]LetterCount, error) {
	var rows []LetterCount
	err := tx.letters().Where("letters.agreement_id = ?", agreementID).Select("letters.kind, letters.state, COUNT(*) AS n").
		Group("letters.kind, letters.state").Order("letters.kind, letters.state").Find(&rows).Error
	return rows, err
}
