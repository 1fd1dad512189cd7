package ledger

import (
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// HappeningInput is an event that closes nothing.
type HappeningInput struct {
	AgreementID string
	Kind        string
	RegionCode  string
	GroupCode   string
	On          calendar.When
	EventOn     calendar.When // of the death or accident; zero: none
	Programme   string
	Amount      int64
	Text        string
	SourceID    string
}

// RecordHappening records an event: cards handed over for show, a certificate,
// a benefit as it was paid.
func (tx *Tx) RecordHappening(in HappeningInput) (models.Happening, error) {
	h := models.Happening{
		ID: newID(), AgreementID: in.AgreementID, Kind: in.Kind, RegionCode: in.RegionCode, GroupCode: in.GroupCode,
		OnDay: string(in.On.On), Precision: string(in.On.Precision), EventDay: string(in.EventOn.On), EventPrecision: string(in.EventOn.Precision),
		Programme: in.Programme, Amount: in.Amount, Text: in.Text, SourceID: in.SourceID, Recorded: tx.recorded(),
	}
	a, err := tx.Agreement(in.AgreementID)
	if err != nil {
		return h, err
	}
	h.Scope = a.Scope
	if err := checkWhen("on", in.On); err != nil {
		return h, err
	}
	if !in.EventOn.Zero() {
		if err := checkWhen("event_on", in.EventOn); err != nil {
			return h, err
		}
	}
	if in.Amount < 0 || in.Amount > maxMoney {
		return h, fault.New(fault.Invalid, "bad_amount", "amount must be between 0 and %d", int64(maxMoney)).On("amount").With("field", "amount")
	}
	if err := tx.mustSource(in.SourceID); err != nil {
		return h, err
	}
	if err := create(tx, h.Scope, h); err != nil {
		return h, err
	}
	return h, tx.audit("happening.recorded", "agreement", a.ID, a.Scope, map[string]any{"kind": h.Kind, "amount": h.Amount})
}

// Happenings lists an agreement's events.
func (tx *Tx) Happenings(agreementID string) ([]models.Happening, error) {
	return list[models.Happening](tx, "happenings", agreementID)
}
