package ledger

import "payung/models"

// ObligationFilter narrows a list of obligations.
type ObligationFilter struct {
	AgreementID string
	PeriodID    string
	UnitID      string
	Kind        string
	State       string
}

// Obligations lists obligations by ID.
func (tx *Tx) Obligations(f ObligationFilter, p Page) ([]models.Obligation, error) {
	q := tx.from("obligations").Where("id > ?", p.After)
	for column, v := range map[string]string{
		"agreement_id": f.AgreementID, "period_id": f.PeriodID, "unit_id": f.UnitID, "kind": f.Kind, "state": f.State,
	} {
		if v != "" {
			q = q.Where(column+" = ?", v)
		}
	}
	var rows []models.Obligation
	err := q.Order("id").Limit(p.Size).Find(&rows).Error
	return rows, err
}
