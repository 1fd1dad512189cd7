package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

// billed opens 2027 for one village with 10 people and bills three months.
func billed(t *testing.T, url string) (*book, models.Bill, ledger.BillInput) {
	t.Helper()
	b := kabupaten(t, url, 1)
	b.openYear("2026-12-15")
	o := b.obligations()[0]
	in := ledger.BillInput{PeriodID: o.PeriodID, UnitID: o.UnitID, FromMonth: "2027-01", Months: 3}
	var bill models.Bill
	b.write(func(tx *ledger.Tx) error {
		_, err := tx.CreateBill(b.agreement.ID, in)
		require.True(t, fault.Is(err, "nobody_to_bill"), "%v", err)
		return nil
	})
	b.write(func(tx *ledger.Tx) error {
		if err := tx.RecordStatus(b.agreement.ID, o.PeriodID, o.UnitID, ledger.StatusInput{State: "registered", People: 10, On: calendar.On("2026-11-23")}); err != nil {
			return err
		}
		var err error
		bill, err = tx.CreateBill(b.agreement.ID, in)
		return err
	})
	return b, bill, in
}

func TestABillKeepsProgrammesApartAndWhatItWasJudgedBy(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b, bill, in := billed(t, url)
		// 0.24 % and 0.30 % of Rp2,351,870 are Rp5,644 and Rp7,056 a month.
		require.EqualValues(t, 5_644*10*3, bill.JKK)
		require.EqualValues(t, 7_056*10*3, bill.JKM)
		require.Zero(t, bill.JHT)
		require.Equal(t, bill.JKK+bill.JKM, bill.Total)
		require.Equal(t, "2027-03", bill.ToMonth)
		require.Equal(t, "2027-02-15", bill.DueOn, "the 15th of the month after the first one")
		require.Equal(t, "half-up", bill.Rounding)
		require.NotEmpty(t, bill.Rule)
		require.Equal(t, calendar.National().Version(), bill.Calendar)

		for name, tt := range map[string]struct {
			change func(*ledger.BillInput)
			code   string
		}{
			"the same months":        {func(*ledger.BillInput) {}, "bill_exists"},
			"months that overlap":    {func(in *ledger.BillInput) { in.FromMonth, in.Months = "2027-03", 2 }, "bill_exists"},
			"months of another year": {func(in *ledger.BillInput) { in.FromMonth = "2027-11" }, "outside_period"},
			"no month":               {func(in *ledger.BillInput) { in.FromMonth = "2027-13" }, "bad_month"},
			"no months":              {func(in *ledger.BillInput) { in.Months = 0 }, "bad_span"},
			"another unit":           {func(in *ledger.BillInput) { in.UnitID = "none" }, "not_found"},
		} {
			other := in
			tt.change(&other)
			err := b.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
				_, err := tx.CreateBill(b.agreement.ID, other)
				return err
			})
			require.True(t, fault.Is(err, tt.code), "%s: %v", name, err)
		}
	})
}

func TestMoneyPaysTheOldestMonthFirst(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b, bill, _ := billed(t, url)
		month := bill.Total / 3
		for _, step := range []struct {
			reference          string
			amount             int64
			until              calendar.Day
			open, credit, paid int64 // paid: people counted as paid
		}{
			{"SP2D-1", month - 1, "", 2*month + 1, 0, 0},
			{"SP2D-2", month, "2027-01-31", month + 1, 0, 10},
			{"SP2D-3", 2 * month, "2027-03-31", 0, month - 1, 10},
		} {
			b.write(func(tx *ledger.Tx) error {
				acc, err := tx.RecordPayment(bill.ID, ledger.PaymentInput{Amount: step.amount, Reference: step.reference, On: calendar.On("2027-01-10")})
				require.Equal(t, step.until, acc.PaidUntil)
				require.Equal(t, step.open, acc.Open)
				require.Equal(t, step.credit, acc.Credit)
				return err
			})
			b.read(func(tx *ledger.Tx) error {
				r, err := tx.Recap("")
				require.Equal(t, step.paid, r.Rows[0].People.Paid)
				require.Zero(t, r.Rows[0].People.Protected, "paid is not protected")
				return err
			})
		}
	})
}

func TestALaterBillPaidFirstPaysNoMonthBeforeIt(t *testing.T) {
	t.Parallel()
	b, bill, in := billed(t, testdb.SQLite(t))
	in.FromMonth, in.Months = "2027-04", 1
	b.write(func(tx *ledger.Tx) error {
		later, err := tx.CreateBill(b.agreement.ID, in)
		if err != nil {
			return err
		}
		_, err = tx.RecordPayment(later.ID, ledger.PaymentInput{Amount: later.Total, Reference: "april", On: calendar.On("2027-01-10")})
		return err
	})
	people := func() (n int64) {
		b.read(func(tx *ledger.Tx) error {
			r, err := tx.Recap("")
			n = r.Rows[0].People.Paid
			return err
		})
		return n
	}
	require.Zero(t, people(), "January to March are open")
	b.write(func(tx *ledger.Tx) error {
		_, err := tx.RecordPayment(bill.ID, ledger.PaymentInput{Amount: bill.Total, Reference: "q1", On: calendar.On("2027-01-09")})
		return err
	})
	require.EqualValues(t, 10, people())
}

func TestAPaymentThatCannotBeIsRefused(t *testing.T) {
	t.Parallel()
	b, bill, _ := billed(t, testdb.SQLite(t))
	good := ledger.PaymentInput{Amount: 1, Reference: "SP2D-1", On: calendar.On("2027-01-10")}
	pay := func(in ledger.PaymentInput) error {
		return b.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
			_, err := tx.RecordPayment(bill.ID, in)
			return err
		})
	}
	require.NoError(t, pay(good))
	for code, change := range map[string]func(*ledger.PaymentInput){
		"reference_used": func(*ledger.PaymentInput) {},
		"bad_payment":    func(in *ledger.PaymentInput) { in.Amount = 0 },
		"missing_field":  func(in *ledger.PaymentInput) { in.Reference = " " },
		"bad_date":       func(in *ledger.PaymentInput) { in.On = calendar.On("2003-12-31") },
		"not_found":      func(in *ledger.PaymentInput) { in.SourceID = "none" },
	} {
		in := good
		change(&in)
		require.True(t, fault.Is(pay(in), code), "%s", code)
	}
}
