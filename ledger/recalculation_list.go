package ledger

import (
	"encoding/json"

	"payung/models"
)

// RecalculationFilter narrows a list of recalculations.
type RecalculationFilter struct {
	AgreementID string
	PartyID     string // of the Pemda whose agreements they are about
}

// RecalculationView is a recalculation with the effect it had.
type RecalculationView struct {
	models.Recalculation
	Title  string // of the agreement
	Zone   string
	Effect Effect `gorm:"-"` // zero: still to do, or nothing had to change
}

// Recalculations lists what changes of ladders, hours and holidays did to open
// obligations, newest first; a page begins after, that is before in time, the
// one it names.
func (tx *Tx) Recalculations(f RecalculationFilter, p Page) ([]RecalculationView, error) {
	q := tx.from("recalculations").Select("recalculations.*, a.title, a.zone").Joins("JOIN agreements a ON a.id = recalculations.agreement_id")
	if f.AgreementID != "" {
		q = q.Where("recalculations.agreement_id = ?", f.AgreementID)
	}
	if f.PartyID != "" {
		q = q.Where("a.pemda_party_id = ?", f.PartyID)
	}
	if p.After != "" {
		q = q.Where("recalculations.id < ?", p.After)
	}
	var rows []RecalculationView
	if err := q.Order("recalculations.id DESC").Limit(p.Size).Find(&rows).Error; err != nil {
		return nil, wrap("recalculations", err)
	}
	for i, r := range rows {
		e := &rows[i].Effect
		e.Moved, e.Appear, e.Vanish, e.Move = r.Dates, r.Appear, r.Vanish, r.Move
		if r.Detail == "" {
			continue
		}
		detail := struct {
			Dates     *[]DateMove     `json:"dates"`
			Reminders *[]ReminderMove `json:"reminders"`
		}{&e.Dates, &e.Reminders}
		if err := json.Unmarshal([]byte(r.Detail), &detail); err != nil {
			return nil, wrap("stored effect", err)
		}
	}
	return rows, nil
}

// WaitingRecalculations counts agreements that a change of what is national has
// not been carried through for yet.
func (tx *Tx) WaitingRecalculations() (int64, error) {
	var n int64
	err := tx.from("recalculations").Where("done_at = 0").Count(&n).Error
	return n, wrap("waiting recalculations", err)
}
