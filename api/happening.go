package api

import (
	"payung/domain/calendar"
	"payung/ledger"
	"payung/models"
)

// HappeningInput is an event that closes nothing: cards handed over for show, a
// certificate, a benefit as it was paid.
type HappeningInput struct {
	Kind       string `json:"kind" maxLength:"40" example:"cards_symbolic" doc:"cards_symbolic, certificate, benefit_paid, audience, statement"`
	RegionCode string `json:"region_code,omitempty" maxLength:"13"`
	GroupCode  string `json:"group_code,omitempty" maxLength:"40"`
	On         Date   `json:"on"`
	EventOn    *Date  `json:"event_on,omitempty" doc:"of the death or accident"`
	Programme  string `json:"programme,omitempty" enum:"JKK,JKM,JHT,JP"`
	Amount     int64  `json:"amount,omitempty" doc:"rupiah, as paid"`
	Text       string `json:"text,omitempty" maxLength:"4000"`
	SourceID   string `json:"source_id,omitempty" maxLength:"64"`
}

// Happening is an event that closes nothing.
type Happening struct {
	ID string `json:"id"`
	HappeningInput
}

func happeningView(h models.Happening) Happening {
	return Happening{ID: h.ID, HappeningInput: HappeningInput{
		Kind: h.Kind, RegionCode: h.RegionCode, GroupCode: h.GroupCode, On: dateOf(h.OnDay, h.Precision),
		EventOn:   knownDate(calendar.When{On: calendar.Day(h.EventDay), Precision: calendar.Precision(h.EventPrecision)}),
		Programme: h.Programme, Amount: h.Amount, Text: h.Text, SourceID: h.SourceID,
	}}
}

func happeningRoutes(s *server) {
	create(s, PolicyWrite, "/agreements/{id}/happenings", "create-happening", "Record an event that closes nothing",
		func(tx *ledger.Tx, in *Of[HappeningInput]) (Happening, error) {
			b := in.Body
			input := ledger.HappeningInput{
				AgreementID: in.ID, Kind: b.Kind, RegionCode: b.RegionCode, GroupCode: b.GroupCode, On: b.On.when(),
				Programme: b.Programme, Amount: b.Amount, Text: b.Text, SourceID: b.SourceID,
			}
			if b.EventOn != nil {
				input.EventOn = b.EventOn.when()
			}
			h, err := tx.RecordHappening(input)
			return happeningView(h), err
		})
	read(s, PolicyRead, "/agreements/{id}/happenings", "list-happenings", "List an agreement's events",
		func(tx *ledger.Tx, in *ByID) (List[Happening], error) {
			return ofAgreement(tx, in.ID, tx.Happenings, happeningView)
		})
}
