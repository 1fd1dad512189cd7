package ledger

import (
	"encoding/json"
	"errors"
	"strings"

	"gorm.io/gorm"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// Account is a bill with what was paid on it. Money pays the oldest month
// first; a rest stays open, too much stays as credit.
type Account struct {
	Bill      models.Bill
	Payments  []models.Payment
	Paid      int64
	Open      int64
	Credit    int64
	PaidUntil calendar.Day // the end of its last month that is paid in full; "": none
}

// PaymentInput is money paid on a bill.
type PaymentInput struct {
	Amount    int64
	Reference string // of the transfer or SP2D; once for a bill
	On        calendar.When
	SourceID  string
}

// RecordPayment records money paid on a bill. As far as it pays months in full,
// the unit's people count as paid until the end of the last of them. Paid is
// never shown as protected.
func (tx *Tx) RecordPayment(billID string, in PaymentInput) (Account, error) {
	var b models.Bill
	err := tx.locked("bills").Where("bills.id = ?", billID).Take(&b).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Account{}, notFound("bill")
	}
	if err != nil {
		return Account{}, wrap("lock a bill", err)
	}
	if err := checkPayment(in); err != nil {
		return Account{}, err
	}
	if err := tx.mustSource(in.SourceID); err != nil {
		return Account{}, err
	}
	reference := strings.TrimSpace(in.Reference)
	err = create(tx, b.Scope, models.Payment{
		ID: newID(), Scope: b.Scope, AgreementID: b.AgreementID, BillID: b.ID, Amount: in.Amount, Reference: reference,
		OnDay: string(in.On.On), Precision: string(in.On.Precision), SourceID: in.SourceID, Recorded: tx.recorded(),
	})
	if duplicate(err) {
		return Account{}, fault.New(fault.Conflict, "reference_used", "this bill already has a payment with that reference").On("reference")
	}
	if err != nil {
		return Account{}, err
	}
	if err := tx.markPaid(b, in); err != nil {
		return Account{}, err
	}
	if err := tx.audit("payment.recorded", "unit", b.UnitID, b.Scope, map[string]any{"bill": b.ID, "amount": in.Amount}); err != nil {
		return Account{}, err
	}
	return tx.Account(b.ID)
}

func checkPayment(in PaymentInput) error {
	switch {
	case in.Amount <= 0 || in.Amount > maxMoney:
		return fault.New(fault.Invalid, "bad_payment", "a payment is more than 0 and at most %d rupiah", int64(maxMoney)).On("amount")
	case strings.TrimSpace(in.Reference) == "":
		return missing("reference")
	}
	return checkWhen("on", in.On)
}

// markPaid records how far a unit's people are paid for in a year: to the end of
// the last month before the first that is not paid in full, over all its bills.
func (tx *Tx) markPaid(b models.Bill, in PaymentInput) error {
	var bills []models.Bill
	if err := tx.db.Where("period_id = ? AND unit_id = ?", b.PeriodID, b.UnitID).Order("from_month").Find(&bills).Error; err != nil {
		return wrap("bills of a unit", err)
	}
	s := StatusInput{State: "paid", On: in.On, SourceID: in.SourceID}
	accounts, err := tx.accounts(bills)
	if err != nil {
		return err
	}
	for _, acc := range accounts {
		bill := acc.Bill
		if s.Until != "" && string(calendar.Day(s.Until).Month().Add(1)) != bill.FromMonth {
			break // a month between the two was never billed
		}
		for _, p := range acc.Payments {
			if p.OnDay > string(s.On.On) {
				s.On = calendar.When{On: calendar.Day(p.OnDay), Precision: calendar.Precision(p.Precision)}
			}
		}
		if acc.PaidUntil != "" {
			s.Until, s.People = string(acc.PaidUntil), bill.People
		}
		if acc.Open > 0 {
			break
		}
	}
	if s.Until == "" {
		return nil
	}
	a, err := tx.fresh(b.AgreementID)
	if err != nil {
		return wrap("agreement of a bill", err)
	}
	return tx.addStatus(a, b.LineID, b.PeriodID, b.UnitID, s)
}

// Account reads a bill with its payments.
func (tx *Tx) Account(billID string) (Account, error) {
	b, err := take[models.Bill](tx, "bills", "bill", billID)
	if err != nil {
		return Account{}, err
	}
	return tx.account(b)
}

func (tx *Tx) account(b models.Bill) (Account, error) {
	out, err := tx.accounts([]models.Bill{b})
	if err != nil {
		return Account{}, err
	}
	return out[0], nil
}

// accounts reads what was paid on bills, whatever their number, at once.
func (tx *Tx) accounts(bills []models.Bill) ([]Account, error) {
	out, at := make([]Account, len(bills)), make(map[string]int, len(bills))
	ids := make([]string, len(bills))
	for i, b := range bills {
		out[i].Bill, at[b.ID], ids[i] = b, i, b.ID
	}
	var payments []models.Payment
	err := tx.from("payments").Where("bill_id IN ? AND known_to = 0", ids).Order("on_day, id").Find(&payments).Error
	if err != nil {
		return nil, wrap("payments", err)
	}
	for _, p := range payments {
		acc := &out[at[p.BillID]]
		acc.Payments, acc.Paid = append(acc.Payments, p), acc.Paid+p.Amount
	}
	for i := range out {
		if err := out[i].allocate(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// allocate spreads what was paid over the months of the bill, the oldest first.
func (acc *Account) allocate() error {
	var monthly []int64
	if err := json.Unmarshal([]byte(acc.Bill.Monthly), &monthly); err != nil {
		return wrap("monthly amounts", err)
	}
	acc.Open, acc.Credit = max(acc.Bill.Total-acc.Paid, 0), max(acc.Paid-acc.Bill.Total, 0)
	left := acc.Paid
	for i, owed := range monthly {
		if left -= owed; left < 0 {
			break
		}
		acc.PaidUntil = calendar.Month(acc.Bill.FromMonth).Add(i).Last()
	}
	return nil
}

// BillFilter narrows a list of bills.
type BillFilter struct {
	AgreementID string
	PeriodID    string
	UnitID      string
}

// Bills lists bills with what was paid on them, by ID.
func (tx *Tx) Bills(f BillFilter, p Page) ([]Account, error) {
	q := tx.from("bills").Where("id > ?", p.After)
	for column, v := range map[string]string{"agreement_id": f.AgreementID, "period_id": f.PeriodID, "unit_id": f.UnitID} {
		if v != "" {
			q = q.Where(column+" = ?", v)
		}
	}
	var rows []models.Bill
	if err := q.Order("id").Limit(p.Size).Find(&rows).Error; err != nil {
		return nil, wrap("bills", err)
	}
	return tx.accounts(rows)
}
