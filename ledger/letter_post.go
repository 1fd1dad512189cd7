package ledger

import (
	"slices"

	"payung/domain/mandate"
	"payung/models"
)

// LetterPosts lists the posts that letters about an agreement can go to, at some
// levels: heads of units and those above them, in the order of their names.
func (tx *Tx) LetterPosts(agreementID string, levels ...mandate.Level) ([]models.Post, error) {
	a, err := tx.Agreement(agreementID)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		models.Post
		PartyKind string
		UnitKind  string
	}
	err = tx.from("posts").Select("posts.*, y.kind AS party_kind, COALESCE(u.kind, '') AS unit_kind").
		Joins("JOIN parties y ON y.id = posts.party_id LEFT JOIN units u ON u.id = posts.unit_id").
		Where("posts.party_id IN ? AND posts.valid_to = '' AND (u.id IS NULL OR u.valid_to = '')", []string{a.PemdaPartyID, a.BPJSPartyID, a.ServingPartyID}).
		Where("posts.role IN ?", []string{mandate.RoleHead, mandate.RoleSekda, mandate.RoleRegent, mandate.RoleBranchHead}).
		Order("posts.title, posts.id").Limit(maxAbout).Find(&rows).Error
	if err != nil {
		return nil, wrap("posts of letters", err)
	}
	var out []models.Post
	for _, r := range rows {
		if slices.Contains(levels, mandate.LevelOf(r.PartyKind, r.Role, r.UnitKind)) {
			out = append(out, r.Post)
		}
	}
	return out, nil
}
