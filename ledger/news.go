package ledger

import (
	"gorm.io/gorm/clause"

	"payung/models"
)

// tell puts news for one post into the next morning's list of whoever holds it,
// or apart where it is urgent. Under the key of earlier news it does nothing.
// Whom it goes to is not the actor's business, so it looks past their scope.
func (tx *Tx) tell(n models.News) error {
	if n.Scope == (models.Scope{}) {
		if err := tx.db.Table("posts").Select("province_code, regency_code, unit_id, branch_id").Where("id = ?", n.PostID).Take(&n.Scope).Error; err != nil {
			return wrap("the post that is told", err)
		}
	}
	if n.Values == "" {
		n.Values = "{}"
	}
	n.ID, n.CreatedAt, n.BundledAt, n.ReadAt = newID(), tx.micros(), 0, 0
	tx.rings = true
	return wrap("news", insert(tx, []models.News{n}, clause.OnConflict{Columns: []clause.Column{{Name: "key"}}, DoNothing: true}))
}
