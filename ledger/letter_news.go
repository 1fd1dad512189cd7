package ledger

import (
	"encoding/json"
	"slices"

	"payung/models"
)

// tellLetter tells the posts a letter went to, and those whose date it set, in
// their next list. The paper is what counts; this says that it is on its way.
func (tx *Tx) tellLetter(l models.Letter, dated []models.Obligation) error {
	var to []string
	if err := tx.db.Model(&models.LetterPost{}).Where("letter_id = ?", l.ID).Order("position").Pluck("post_id", &to).Error; err != nil {
		return wrap("who a letter went to", err)
	}
	kind := "letter_sent"
	if l.DueOn != "" {
		kind = "letter_due"
	}
	values, err := json.Marshal(map[string]string{"subject": l.Subject, "number": l.Number, "on": l.OnDay, "due": l.DueOn})
	if err != nil {
		return wrap("news of a letter", err)
	}
	about := models.News{Scope: l.Scope, AgreementID: l.AgreementID, Kind: kind, SubjectKind: "letter", SubjectID: l.ID, Values: string(values)}
	for _, post := range to {
		n := about
		n.PostID, n.Key, n.Scope = post, "letter/"+l.ID+"/"+post, models.Scope{}
		if err := tx.tell(n); err != nil {
			return err
		}
	}
	for _, o := range dated {
		if o.OwnerPostID == "" || slices.Contains(to, o.OwnerPostID) {
			continue
		}
		n := about
		n.PostID, n.Key, n.Scope, n.SubjectKind, n.SubjectID = o.OwnerPostID, "letter/"+l.ID+"/"+o.ID, o.Scope, "obligation", o.ID
		if err := tx.tell(n); err != nil {
			return err
		}
	}
	return nil
}
