package api

import (
	"payung/ledger"
)

// BillInput asks for a unit's bill. The amounts are computed here, never sent.
type BillInput struct {
	YearID    string `json:"year_id" maxLength:"64"`
	UnitID    string `json:"unit_id" maxLength:"64"`
	FromMonth string `json:"from_month" maxLength:"7" example:"2027-01"`
	Months    int    `json:"months"`
}

// Bill is what a unit owes for a span of months, what it was computed by, and
// what was paid. JKK, JKM and JHT stay apart: they have accounts of their own.
type Bill struct {
	ID          string    `json:"id"`
	AgreementID string    `json:"agreement_id"`
	LineID      string    `json:"line_id"`
	YearID      string    `json:"year_id"`
	UnitID      string    `json:"unit_id"`
	FromMonth   string    `json:"from_month"`
	ToMonth     string    `json:"to_month"`
	People      int64     `json:"people"`
	JKK         int64     `json:"jkk"`
	JKM         int64     `json:"jkm"`
	JHT         int64     `json:"jht"`
	Total       int64     `json:"total"`
	DueOn       string    `json:"due_on" format:"date" doc:"of its first month"`
	RuleVersion string    `json:"rule_version"`
	Rounding    string    `json:"rounding"`
	Calendar    string    `json:"calendar" doc:"version of the working-day calendar the due date was judged by"`
	CreatedAt   string    `json:"created_at" format:"date-time"`
	Paid        int64     `json:"paid"`
	Open        int64     `json:"open"`
	Credit      int64     `json:"credit" doc:"paid beyond what is owed"`
	PaidUntil   string    `json:"paid_until,omitempty" format:"date" doc:"the end of its last month that is paid in full, the oldest first"`
	Payments    []Payment `json:"payments"`
}

func billView(a ledger.Account, zone string) Bill {
	b := a.Bill
	return Bill{
		ID: b.ID, AgreementID: b.AgreementID, LineID: b.LineID, YearID: b.PeriodID, UnitID: b.UnitID, FromMonth: b.FromMonth, ToMonth: b.ToMonth,
		People: b.People, JKK: b.JKK, JKM: b.JKM, JHT: b.JHT, Total: b.Total, DueOn: b.DueOn, RuleVersion: b.Rule, Rounding: b.Rounding,
		Calendar: b.Calendar, CreatedAt: instant(b.CreatedAt, zone), Paid: a.Paid, Open: a.Open, Credit: a.Credit, PaidUntil: string(a.PaidUntil),
		Payments: each(a.Payments, paymentView),
	}
}

// BillQuery narrows a list of bills.
type BillQuery struct {
	Page
	YearID string `query:"year_id" maxLength:"64"`
	UnitID string `query:"unit_id" maxLength:"64"`
}

func billRoutes(s *server) {
	create(s, PolicyWrite, "/agreements/{id}/bills", "create-bill", "Compute a unit's bill for a span of months",
		func(tx *ledger.Tx, in *Of[BillInput]) (Bill, error) {
			b, err := tx.CreateBill(in.ID, ledger.BillInput{PeriodID: in.Body.YearID, UnitID: in.Body.UnitID, FromMonth: in.Body.FromMonth, Months: in.Body.Months})
			if err != nil {
				return Bill{}, err
			}
			return accountView(tx, b.ID)
		})
	read(s, PolicyRead, "/agreements/{id}/bills", "list-bills", "List an agreement's bills",
		func(tx *ledger.Tx, in *BillQuery) (List[Bill], error) {
			a, err := tx.Agreement(in.ID)
			if err != nil {
				return List[Bill]{}, err
			}
			f := ledger.BillFilter{AgreementID: a.ID, PeriodID: in.YearID, UnitID: in.UnitID}
			rows := func(p ledger.Page) ([]ledger.Account, error) { return tx.Bills(f, p) }
			return paged(in.PageQuery, rows, func(x ledger.Account) string { return x.Bill.ID }, func(x ledger.Account) Bill { return billView(x, a.Zone) })
		})
	read(s, PolicyRead, "/bills/{id}", "get-bill", "One bill with its payments",
		func(tx *ledger.Tx, in *ByID) (Bill, error) { return accountView(tx, in.ID) })
}

// accountView reads a bill with what was paid on it.
func accountView(tx *ledger.Tx, id string) (Bill, error) {
	a, err := tx.Account(id)
	if err != nil {
		return Bill{}, err
	}
	return billView(a, clocksOf(tx).zone(a.Bill.AgreementID)), nil
}
