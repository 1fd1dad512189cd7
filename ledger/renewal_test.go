package ledger_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/agreement"
	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
	"payung/protocol"
)

// openRenewal asks about the next year; the first village's head has to answer.
func (b *book) openRenewal() models.Renewal {
	b.t.Helper()
	var r models.Renewal
	owner := b.obligations()[0].OwnerPostID
	b.write(func(tx *ledger.Tx) (err error) { r, err = tx.OpenRenewal(b.agreement.ID, owner); return })
	return r
}

// answer is the obligation to answer a renewal.
func (b *book) answer(r models.Renewal) models.Obligation {
	b.t.Helper()
	for _, o := range b.obligations() {
		if o.OrderedByID == r.ID {
			return o
		}
	}
	b.t.Fatal("nobody has to answer")
	return models.Obligation{}
}

func (b *book) periods() (list []models.Period) {
	b.t.Helper()
	b.read(func(tx *ledger.Tx) (err error) { list, err = tx.Periods(b.agreement.ID); return })
	return list
}

func TestRule33_ARenewalIsAskedForFromJulyOn(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-15")
		r := b.openRenewal()
		require.Equal(t, []any{2028, "open"}, []any{r.Year, r.State})
		o := b.answer(r)
		require.Equal(t, []any{ledger.KindRenewal, "2027-12-31", "T-180"}, []any{o.Kind, o.TargetOn, o.NextStep})
		require.Equal(t, wita("2027-07-05", 8).UnixMicro(), o.NextAt, "4 July 2027 is a Sunday")
	})
}

func TestARenewalOpensTheNextYearWithTheSameUnits(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 3)
		some := []string{b.units[0].ID, b.units[2].ID}
		_, err := b.decide("open", agreement.OpenYear, ledger.YearInput{
			LineID: b.line.ID, Year: 2027, From: "2027-01-27", To: "2028-01-26", UnitIDs: some, TargetOn: "2026-12-15",
		})
		require.NoError(t, err)
		r := b.openRenewal()
		out, err := b.decide("renew", agreement.DecideRenewal, ledger.RenewalInput{Answer: agreement.Renew, TargetOn: "2027-12-15", FatalOn: "2027-12-31"})
		require.NoError(t, err)
		require.Equal(t, map[string]string{"renewal": r.ID, "year": "2028", "periods": "1"}, out.Made)
		require.Contains(t, out.Snapshot.Milestones, string(agreement.RenewalDecided))
		periods := b.periods()
		require.Len(t, periods, 2)
		next := periods[1]
		require.Equal(t, []any{2028, "2028-01-27", "2029-01-26"}, []any{next.Year, next.FromDay, next.ToDay}, "from the day after, for as long")
		var units []string
		for _, o := range b.obligations() {
			if o.PeriodID == next.ID {
				units = append(units, o.UnitID)
				require.Equal(t, []any{"2027-12-15", "2027-12-31"}, []any{o.TargetOn, o.FatalOn})
			}
		}
		require.ElementsMatch(t, some, units)
		require.Equal(t, ledger.StateClosed, b.answer(r).State)
		require.Zero(t, b.recount())

		_, err = b.decide("again", agreement.DecideRenewal, ledger.RenewalInput{Answer: agreement.Renew})
		require.True(t, fault.Is(err, "no_open_renewal"), "%v", err)
		require.Equal(t, 2029, b.openRenewal().Year, "the year after that can be asked about")
	})
}

func TestAPlannedGapNeedsAReason(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-15")
		r := b.openRenewal()
		_, err := b.decide("silent", agreement.DecideRenewal, ledger.RenewalInput{Answer: agreement.Decline, Reason: "  "})
		require.Equal(t, "reason", mustFault(t, err).Field)
		_, err = b.decide("maybe", agreement.DecideRenewal, ledger.RenewalInput{Answer: "maybe"})
		require.True(t, fault.Is(err, "unknown_answer"), "%v", err)
		require.Equal(t, ledger.StateOpen, b.answer(r).State)

		out, err := b.decide("decline", agreement.DecideRenewal, ledger.RenewalInput{Answer: agreement.Decline, Reason: "tidak dianggarkan"})
		require.NoError(t, err)
		require.NotContains(t, out.Made, "periods")
		require.Len(t, b.periods(), 1)
		require.Equal(t, []any{ledger.StateClosed, int64(0)}, []any{b.answer(r).State, b.answer(r).NextAt})
		b.read(func(tx *ledger.Tx) error {
			kept := must(tx.Renewals(b.agreement.ID))[0]
			require.Equal(t, []any{"declined", "tidak dianggarkan", "2026-11-23"}, []any{kept.State, kept.Reason, kept.DecidedOn})
			return nil
		})
		require.Zero(t, b.recount())
	})
}

func TestNothingCanBeRenewedThatNeverBegan(t *testing.T) {
	t.Parallel()
	b := kabupaten(t, testdb.SQLite(t), 1)
	err := b.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
		return second(tx.OpenRenewal(b.agreement.ID, must(tx.Posts(b.pemda.ID, page))[0].ID))
	})
	require.Equal(t, agreement.NeedPeriod, mustFault(t, err).Reasons[0].Code)
}

func TestARenewalThatIsAnsweredWhileItsDutyIsClosedCountsOnce(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		duty := b.answer(b.openRenewal())
		b.propose("no", agreement.DecideRenewal, ledger.RenewalInput{Answer: agreement.Decline, Reason: "anggaran"})
		closed := make(chan struct{})
		var wg sync.WaitGroup
		wg.Go(func() {
			b.write(func(tx *ledger.Tx) error {
				_, err := tx.Close(duty.ID, ledger.Closing{How: ledger.ByDone})
				close(closed)
				time.Sleep(100 * time.Millisecond) // the answer comes before this commits
				return err
			})
		})
		<-closed
		_, err := b.Decide(t.Context(), protocol.DecideInput{AgreementID: b.agreement.ID, Epoch: 1, RequestID: "no", Kind: agreement.DecideRenewal})
		require.NoError(t, err)
		wg.Wait()
		require.Zero(t, b.recount())
	})
}
