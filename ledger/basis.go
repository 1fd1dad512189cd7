package ledger

import (
	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// BasisInput ties an agreement to a regulation from a day on.
type BasisInput struct {
	RegulationID string
	GroupCodes   []string // none: every group
	From         calendar.When
	SourceID     string
	ReplacesID   string // replaceBasis: the regulation that ends
	Reason       string
}

// RecordBasis ties an agreement under way to a regulation, as a fact.
func (tx *Tx) RecordBasis(agreementID string, in BasisInput) error {
	a, err := tx.Agreement(agreementID)
	if err != nil {
		return err
	}
	if _, err := tx.bringBasisIntoForce(a, in); err != nil {
		return err
	}
	return tx.stir(a.ID)
}

// bringBasisIntoForce makes a regulation the agreement's basis. It needs
// nothing before it: in Konawe Selatan the regulation came two years before
// the agreement.
func (tx *Tx) bringBasisIntoForce(a models.Agreement, in BasisInput) (map[string]string, error) {
	r, err := tx.Regulation(in.RegulationID)
	if err != nil {
		return nil, err
	}
	if err := checkWhen("from", in.From); err != nil {
		return nil, err
	}
	if err := tx.mustSource(in.SourceID); err != nil {
		return nil, err
	}
	groups := in.GroupCodes
	if len(groups) == 0 {
		groups = []string{""}
	}
	rows := make([]models.Basis, 0, len(groups))
	for _, g := range groups {
		rows = append(rows, models.Basis{
			ID: newID(), Scope: a.Scope, AgreementID: a.ID, RegulationID: r.ID, GroupCode: g, FromDay: string(in.From.On),
			ToDay: r.InForceTo, SourceID: in.SourceID, Recorded: tx.recorded(),
		})
		if err := tx.reach(a, mark{code: agreement.BasisInForce, about: g, when: in.From, sourceID: in.SourceID}, in.From.On); err != nil {
			return nil, err
		}
	}
	if err := create(tx, a.Scope, rows...); err != nil {
		return nil, err
	}
	return map[string]string{"basis": rows[0].ID}, tx.audit("basis.in_force", "agreement", a.ID, a.Scope,
		map[string]any{"regulation": r.ID, "groups": groups, "from": in.From})
}

// replaceBasis ends one regulation for an agreement the day before another
// begins.
func (tx *Tx) replaceBasis(a models.Agreement, in BasisInput) (map[string]string, error) {
	old, err := tx.basesOf(a.ID, in.ReplacesID)
	if err != nil {
		return nil, err
	}
	if len(old) == 0 {
		return nil, notFound("basis")
	}
	if len(in.GroupCodes) == 0 {
		for _, b := range old {
			in.GroupCodes = append(in.GroupCodes, b.GroupCode)
		}
	}
	for _, b := range old {
		if b.FromDay >= string(in.From.On) {
			return nil, agreement.Refusal(agreement.ReplaceBasis, []fault.Reason{{Code: agreement.NeedLaterDate, About: b.FromDay}})
		}
	}
	if err := tx.db.Exec("UPDATE bases SET known_to = ? WHERE agreement_id = ? AND regulation_id = ? AND known_to = 0",
		tx.micros(), a.ID, in.ReplacesID).Error; err != nil {
		return nil, err
	}
	for i := range old {
		old[i].ID, old[i].ToDay, old[i].Recorded = newID(), string(in.From.On.Add(-1)), tx.recorded()
	}
	if err := insert(tx, old); err != nil {
		return nil, err
	}
	return tx.bringBasisIntoForce(a, in)
}

func (tx *Tx) basesOf(agreementID, regulationID string) ([]models.Basis, error) {
	var rows []models.Basis
	err := tx.from("bases").Where("agreement_id = ? AND regulation_id = ? AND known_to = 0", agreementID, regulationID).Order("id").Find(&rows).Error
	return rows, err
}

// Bases lists an agreement's legal bases.
func (tx *Tx) Bases(agreementID string) ([]models.Basis, error) {
	return list[models.Basis](tx, "bases", agreementID)
}

// hasBasis reports whether a regulation in force covers a group on a day.
func (tx *Tx) hasBasis(agreementID, group string, on calendar.Day) (bool, error) {
	var n int64
	err := tx.db.Model(&models.Basis{}).
		Where("agreement_id = ? AND known_to = 0 AND group_code IN ? AND from_day <= ? AND (to_day = '' OR to_day >= ?)",
			agreementID, []string{"", group}, string(on), string(on)).Count(&n).Error
	return n > 0, err
}

// orderingArticle is the article that orders a duty: the one that was named, or
// the first of a regulation in force for the agreement that names the group;
// "" if there is none.
func (tx *Tx) orderingArticle(a models.Agreement, in TaskInput, on calendar.Day) (string, error) {
	if in.ArticleID != "" {
		article, err := take[models.Article](tx, "articles", "article", in.ArticleID)
		return article.ID, err
	}
	if in.GroupCode == "" {
		return "", nil
	}
	var ids []string
	err := tx.db.Raw(`SELECT r.id FROM articles r JOIN bases b ON b.regulation_id = r.regulation_id
		WHERE b.agreement_id = ? AND b.known_to = 0 AND b.from_day <= ? AND (b.to_day = '' OR b.to_day >= ?)
		AND b.group_code IN ('', ?) AND r.group_code = ? ORDER BY r.id LIMIT 1`,
		a.ID, string(on), string(on), in.GroupCode, in.GroupCode).Scan(&ids).Error
	if err != nil || len(ids) == 0 {
		return "", err
	}
	return ids[0], nil
}
