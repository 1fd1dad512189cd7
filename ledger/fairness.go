package ledger

import (
	"payung/domain/fault"
	"payung/domain/obligation"
	"payung/models"
)

// Fairness is how much time a Pemda gives beyond its deadlines.
func (tx *Tx) Fairness(partyID string) (obligation.Fairness, error) {
	if _, err := tx.Party(partyID); err != nil {
		return obligation.Fairness{}, err
	}
	return tx.fairness(partyID)
}

func (tx *Tx) fairness(partyID string) (obligation.Fairness, error) {
	var row models.Fairness
	err := tx.db.Limit(1).Find(&row, "party_id = ? AND known_to = 0", partyID).Error
	if err != nil || row.ID == "" {
		return obligation.DefaultFairness(), wrap("fairness", err)
	}
	return obligation.Fairness{
		MaxExtensions: row.MaxExtensions, ApproverLevel: row.ApproverLevel, PauseDays: row.PauseDays, OutageDays: row.OutageDays,
		OutageMinutes: row.OutageMinutes, Office: obligation.Office{Opens: row.OfficeOpens, Closes: row.OfficeCloses},
	}, nil
}

// SetFairness replaces the numbers of a Pemda. What was given before stays.
func (tx *Tx) SetFairness(partyID string, f obligation.Fairness) error {
	p, err := tx.Party(partyID)
	if err != nil {
		return err
	}
	if err := f.Check(); err != nil {
		return fault.New(fault.Invalid, "bad_fairness", "%s", err)
	}
	if err := tx.actor.may(p.Scope); err != nil {
		return err
	}
	err = tx.db.Model(&models.Fairness{}).Where("party_id = ? AND known_to = 0", p.ID).Update("known_to", tx.micros()).Error
	if err != nil {
		return wrap("fairness", err)
	}
	err = create(tx, p.Scope, models.Fairness{
		ID: newID(), Scope: p.Scope, PartyID: p.ID, MaxExtensions: f.MaxExtensions, ApproverLevel: f.ApproverLevel, PauseDays: f.PauseDays,
		OutageDays: f.OutageDays, OutageMinutes: f.OutageMinutes, OfficeOpens: f.Office.Opens, OfficeCloses: f.Office.Closes,
		Actor: tx.actor.Name, Recorded: tx.recorded(),
	})
	if err != nil {
		return err
	}
	return tx.audit("fairness.set", "party", p.ID, p.Scope, map[string]any{"max_extensions": f.MaxExtensions, "pause_days": f.PauseDays, "outage_days": f.OutageDays})
}
