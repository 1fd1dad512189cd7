package ledger

import (
	"encoding/json"
	"strings"

	"payung/domain/calendar"
	"payung/domain/contribution"
	"payung/domain/fault"
	"payung/domain/rupiah"
	"payung/domain/worker"
	"payung/models"
)

// BillInput asks for the bill of one unit of a year over a span of months. The
// amounts are computed, never given.
type BillInput struct {
	PeriodID  string
	UnitID    string
	FromMonth string // such as 2026-01
	Months    int    // 1 to 12
}

// maxBillMonths bounds a bill: budgets are annual.
const maxBillMonths = 12

// CreateBill computes what a unit owes for a span of months: the people its
// latest list or registration counts, at the line's wage, each month by its own
// law. What it was judged by stays beside it: version of the rules, rounding,
// calendar. It is due when its first month is due.
func (tx *Tx) CreateBill(agreementID string, in BillInput) (models.Bill, error) {
	a, err := tx.Agreement(agreementID)
	if err != nil {
		return models.Bill{}, err
	}
	p, err := tx.billable(a, in)
	if err != nil {
		return models.Bill{}, err
	}
	b := models.Bill{
		ID: newID(), Scope: a.Scope, AgreementID: a.ID, LineID: p.LineID, PeriodID: p.ID, FromMonth: in.FromMonth,
		ToMonth: string(calendar.Month(in.FromMonth).Add(in.Months - 1)), CreatedAt: tx.micros(),
	}
	b.UnitID = in.UnitID
	if err := tx.actor.may(b.Scope); err != nil {
		return b, err
	}
	line, err := tx.line(a.ID, p.LineID)
	if err != nil {
		return b, err
	}
	if b.People, err = tx.peopleToBill(p.ID, in.UnitID); err != nil {
		return b, err
	}
	if err := tx.price(&b, a, line, in.Months); err != nil {
		return b, err
	}
	if err := create(tx, b.Scope, b); err != nil {
		if duplicate(err) {
			return b, errBilled(b)
		}
		return b, err
	}
	return b, tx.audit("bill.made", "unit", b.UnitID, b.Scope,
		map[string]any{"agreement": a.ID, "bill": b.ID, "from": b.FromMonth, "to": b.ToMonth, "people": b.People, "total": b.Total})
}

// billable checks the months of a bill and locks the year, so that two bills
// of one unit cannot overlap.
func (tx *Tx) billable(a models.Agreement, in BillInput) (models.Period, error) {
	p, err := tx.period(a.ID, in.PeriodID)
	if err != nil {
		return p, err
	}
	if _, err := take[models.Unit](tx, "units", "unit", in.UnitID); err != nil {
		return p, err
	}
	from, err := calendar.ParseMonth(in.FromMonth)
	if err != nil {
		return p, fault.New(fault.Invalid, contribution.BadMonth, "from_month is not a month such as 2026-03").On("from_month")
	}
	if in.Months < 1 || in.Months > maxBillMonths {
		return p, fault.New(fault.Invalid, "bad_span", "a bill covers 1 to %d months", maxBillMonths).On("months").With("max", itoa(maxBillMonths))
	}
	to := from.Add(in.Months - 1)
	if from < calendar.Day(p.FromDay).Month() || to > calendar.Day(p.ToDay).Month() {
		return p, fault.New(fault.Invalid, "outside_period", "the months lie outside the year from %s to %s", p.FromDay, p.ToDay).
			On("from_month").With("from", p.FromDay).With("to", p.ToDay)
	}
	if err := tx.locked("periods").Where("id = ?", p.ID).Take(&p).Error; err != nil {
		return p, wrap("lock the year", err)
	}
	var same models.Bill
	err = tx.db.Where("period_id = ? AND unit_id = ? AND from_month <= ? AND to_month >= ?", p.ID, in.UnitID, string(to), string(from)).
		Limit(1).Find(&same).Error
	if err == nil && same.ID != "" {
		err = errBilled(same)
	}
	return p, err
}

func errBilled(b models.Bill) error {
	return fault.New(fault.Conflict, "bill_exists", "the months from %s to %s have been billed to this unit", b.FromMonth, b.ToMonth).
		On("from_month").With("from", b.FromMonth).With("to", b.ToMonth)
}

// peopleToBill is the latest count of a unit's people, listed or further.
func (tx *Tx) peopleToBill(periodID, unitID string) (int64, error) {
	var s models.Status
	err := tx.db.Where("period_id = ? AND unit_id = ? AND state IN ? AND known_to = 0", periodID, unitID, []string{"listed", "submitted", "registered"}).
		Order("on_day DESC, id DESC").Limit(1).Find(&s).Error
	if err == nil && s.People == 0 {
		err = fault.New(fault.Refused, "nobody_to_bill", "no people of this unit are listed or registered for that year")
	}
	return s.People, err
}

// price fills in the amounts of a bill and what they were computed by.
func (tx *Tx) price(b *models.Bill, a models.Agreement, line models.Line, months int) error {
	group, _ := worker.Find(line.GroupCode)
	funding, _ := worker.FindFunding(line.FundingSource)
	q := queryOf(line, group, funding, calendar.Month(b.FromMonth))
	e, err := contribution.EstimateFor(q, b.People, months)
	if err != nil {
		return err
	}
	for _, t := range e.Totals {
		switch t.Programme {
		case worker.JKK:
			b.JKK = int64(t.Amount)
		case worker.JKM:
			b.JKM = int64(t.Amount)
		case worker.JHT:
			b.JHT = int64(t.Amount)
		default:
			return fault.New(fault.Invalid, "programme_not_billed", "contributions to %s are not billed here", t.Programme).With("programme", string(t.Programme))
		}
	}
	b.Total, b.Rule, b.Rounding = int64(e.Total), e.RuleVersion, string(q.Rounding)
	monthly := make([]int64, len(e.Monthly))
	for i, m := range e.Monthly {
		monthly[i] = int64(m.Total) * b.People // part of the total, which did not overflow
	}
	raw, err := json.Marshal(monthly)
	if err != nil {
		return wrap("monthly amounts", err)
	}
	b.Monthly = string(raw)
	days, err := tx.calendarOf(a)
	if err != nil {
		return err
	}
	due, err := contribution.DueDate(group.Segment, calendar.Month(b.FromMonth), days)
	b.DueOn, b.Calendar = string(due.Day), due.Calendar
	return err
}

// queryOf asks what one person of a line costs in a month: at the line's wage,
// in its programmes.
func queryOf(l models.Line, group worker.Group, funding worker.Funding, month calendar.Month) contribution.Query {
	q := contribution.For(group, month, rupiah.Amount(l.Wage), funding.Payer)
	q.Rounding, q.Programmes = rupiah.HalfUp, nil
	for code := range strings.SplitSeq(l.Programmes, ",") {
		q.Programmes = append(q.Programmes, worker.Programme(code))
	}
	return q
}
