package api

import (
	"payung/ledger"
	"payung/models"
)

// PaymentInput is money paid on a bill.
type PaymentInput struct {
	Amount    int64  `json:"amount" doc:"rupiah"`
	Reference string `json:"reference" maxLength:"100" doc:"of the transfer or SP2D; once for a bill"`
	On        Date   `json:"on"`
	SourceID  string `json:"source_id,omitempty" maxLength:"64"`
}

// Payment is money somebody says was paid.
type Payment struct {
	ID string `json:"id"`
	PaymentInput
}

func paymentView(p models.Payment) Payment {
	return Payment{ID: p.ID, PaymentInput: PaymentInput{Amount: p.Amount, Reference: p.Reference, On: dateOf(p.OnDay, p.Precision), SourceID: p.SourceID}}
}

func paymentRoutes(s *server) {
	create(s, PolicyWrite, "/bills/{id}/payments", "create-payment", "Record money paid on a bill; it pays the oldest month first",
		func(tx *ledger.Tx, in *Of[PaymentInput]) (Bill, error) {
			a, err := tx.RecordPayment(in.ID, ledger.PaymentInput{
				Amount: in.Body.Amount, Reference: in.Body.Reference, On: in.Body.On.when(), SourceID: in.Body.SourceID,
			})
			if err != nil {
				return Bill{}, err
			}
			return billView(a, clocksOf(tx).zone(a.Bill.AgreementID)), nil
		})
}
