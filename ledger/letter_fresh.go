package ledger

import (
	"slices"

	"payung/domain/fault"
	"payung/letter"
	"payung/models"
)

// refresh leaves out of a request or a warning those who have answered since it
// was drafted, with the posts that hear of nobody else. Nobody is warned who has
// answered.
func (tx *Tx) refresh(l *models.Letter, a models.Agreement, content *letter.Letter) error {
	if !inCourse(letter.Kind(l.Kind)) {
		return nil
	}
	var ids []string
	if err := tx.db.Model(&models.LetterDuty{}).Where("letter_id = ?", l.ID).Pluck("obligation_id", &ids).Error; err != nil {
		return wrap("duties of a letter", err)
	}
	all, err := tx.dutiesByID(a.ID, ids)
	if err != nil {
		return err
	}
	waiting := slices.DeleteFunc(slices.Clone(all), func(o LetterDutyView) bool { return !running(o.Obligation) })
	if len(waiting) == len(all) {
		return nil
	}
	if len(waiting) == 0 {
		return fault.New(fault.Refused, "letter_not_needed", "everybody this letter is about has answered; throw the draft away")
	}
	for _, o := range all {
		if running(o.Obligation) {
			continue
		}
		if err := tx.db.Delete(&models.LetterDuty{LetterID: l.ID, ObligationID: o.ID}).Error; err != nil {
			return err
		}
	}
	content.List = listOfDuties(waiting)
	return tx.readdress(l, a, content, all, waiting)
}

// readdress leaves out the posts whose units have all answered, if the posts
// were those above the units.
func (tx *Tx) readdress(l *models.Letter, a models.Agreement, content *letter.Letter, all, waiting []LetterDutyView) error {
	var posts []string
	if err := tx.db.Model(&models.LetterPost{}).Where("letter_id = ?", l.ID).Order("position").Pluck("post_id", &posts).Error; err != nil {
		return wrap("posts of a letter", err)
	}
	before := drafting{tx: tx, a: a, duties: all}
	usual, err := before.postsAbove()
	if err != nil || !slices.Equal(posts, usual) {
		return err
	}
	now := drafting{tx: tx, a: a, in: LetterInput{Kind: content.Kind}, duties: waiting, row: *l, content: *content}
	if posts, err = now.postsAbove(); err != nil {
		return err
	}
	if now.posts, err = now.postsInOrder(posts); err != nil {
		return err
	}
	if err := tx.db.Where("letter_id = ? AND post_id NOT IN ?", l.ID, posts).Delete(&models.LetterPost{}).Error; err != nil {
		return err
	}
	content.To = nil
	for _, p := range now.posts {
		content.To = append(content.To, ofPost(p))
	}
	l.Addressee = addresseeOf(now.posts)
	return nil
}
