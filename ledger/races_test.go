package ledger_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/agreement"
	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/protocol"
)

func TestALineYearOpensWithOneDutyForEachUnit(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 12)
		out := b.openYear("2026-12-15")
		require.Equal(t, "12", out.Made["obligations"])
		require.Len(t, b.obligations(), 12)
		require.Equal(t, wita("2026-12-08", 8).UnixMicro(), out.Snapshot.NextAt, "T-7 at eight in the morning")
		require.Equal(t, "T-7: 12 tugas", out.Snapshot.NextWhat)
		require.Contains(t, out.Snapshot.Milestones, string(agreement.YearOpened))
	})
}

func TestAWakeRemindsEveryUnitOnce(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 7)
		b.openYear("2026-12-15")
		b.clock.set(wita("2026-12-08", 8))
		s := b.takeSteps()
		require.Equal(t, wita("2026-12-14", 8).UnixMicro(), s.NextAt)
		require.Len(t, b.notices(), 7)
		again := b.takeSteps()
		require.Greater(t, again.Version, s.Version)
		require.Len(t, b.notices(), 7, "a step taken twice is sent once")
	})
}

func TestMissedStepsCollapseIntoOne(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 3)
		b.openYear("2026-12-15")
		b.clock.set(wita("2026-12-17", 10)) // down since before T-7
		b.takeSteps()
		notices := b.notices()
		require.Len(t, notices, 6, "each unit's head and the camat above")
		for _, n := range notices {
			require.Equal(t, "T+1", n.Step)
			require.Equal(t, "T-7,T-1", n.Missed)
		}
	})
}

func TestAClockStepAndAMovedDeadlineFinishInEitherOrder(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		for _, moveFirst := range []bool{true, false} {
			b := kabupaten(t, freshDatabase(t, url), 4)
			b.openYear("2026-12-15")
			b.clock.set(wita("2026-12-08", 8))
			move := func() protocol.Snapshot {
				out, err := b.decide("move", agreement.MoveDeadline, ledger.DeadlineInput{TargetOn: "2026-12-22", Reason: "libur"})
				require.NoError(t, err)
				return out.Snapshot
			}
			var known protocol.Snapshot
			learn := func(s protocol.Snapshot) {
				if s.Newer(known) {
					known = s
				}
			}
			// Both have finished; their answers come back in the other order too.
			var first, second protocol.Snapshot
			if moveFirst {
				first, second = move(), b.takeSteps()
				require.Empty(t, b.notices(), "the old date's step is no longer due")
			} else {
				first, second = b.takeSteps(), move()
				require.Len(t, b.notices(), 4)
			}
			learn(second)
			learn(first)
			require.Equal(t, wita("2026-12-15", 8).UnixMicro(), known.NextAt, "T-7 of the new date, whatever came first")
		}
	})
}

func TestTwoUnitsThatAnswerAtOnceCompleteTheYear(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-15")
		var wg sync.WaitGroup
		for _, o := range b.obligations() {
			wg.Go(func() {
				b.write(func(tx *ledger.Tx) error {
					_, err := tx.Close(o.ID, ledger.Closing{How: ledger.ByNihil, Signatory: "Kepala Desa"})
					time.Sleep(20 * time.Millisecond) // both are open at once where the engine allows it
					return err
				})
			})
		}
		wg.Wait()
		wishes, err := b.Wishes(t.Context())
		require.NoError(t, err)
		require.Len(t, wishes, 1)
		require.True(t, wishes[0].Poke, "the relay sees from committed rows that all have answered")
		s, err := b.ReadAgreement(t.Context(), protocol.ReadInput{AgreementID: b.agreement.ID, Epoch: 1})
		require.NoError(t, err)
		require.Contains(t, s.Milestones, string(agreement.RostersIn))
	})
}

func TestARequestCountsOnceHoweverOftenItArrives(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 3)
		first := b.openYear("2026-12-15")
		_, err := b.decide("other", agreement.MoveDeadline, ledger.DeadlineInput{TargetOn: "2026-12-22", Reason: "libur"})
		require.NoError(t, err)
		again, err := b.Decide(t.Context(), protocol.DecideInput{AgreementID: b.agreement.ID, Epoch: 1, RequestID: "open-year", Kind: agreement.OpenYear})
		require.NoError(t, err)
		require.Equal(t, first.Made, again.Made, "the stored answer")
		require.Greater(t, again.Snapshot.Version, first.Snapshot.Version, "with the current snapshot")
		require.Equal(t, wita("2026-12-15", 8).UnixMicro(), again.Snapshot.NextAt)
		require.Len(t, b.obligations(), 3)
	})
}

func TestARefusalNamesEverythingThatIsMissingAndStores(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.write(func(tx *ledger.Tx) error {
			var err error
			b.agreement, err = tx.CreateAgreement(ledger.AgreementInput{
				Title: "Baru", PemdaPartyID: b.pemda.ID, BPJSPartyID: b.bpjs.ID,
				Lines: []ledger.LineInput{{GroupCode: "vulnerable", FundingSource: "apbd_regency", Planned: true}},
			})
			return err
		})
		b.read(func(tx *ledger.Tx) error {
			lines, err := tx.Lines(b.agreement.ID)
			b.line = lines[0]
			return err
		})
		_, err := b.decide("r1", agreement.OpenYear, ledger.YearInput{LineID: b.line.ID, Year: 2027})
		f, ok := fault.Of(err)
		require.True(t, ok, "%v", err)
		var codes []string
		for _, r := range f.Reasons {
			codes = append(codes, r.Code)
		}
		require.Equal(t, []string{agreement.NeedSignature, agreement.NeedNotPlanned, agreement.NeedBasis, agreement.NeedUnits}, codes)
		b.read(func(tx *ledger.Tx) error {
			periods, err := tx.Periods(b.agreement.ID)
			require.Empty(t, periods, "nothing half done")
			return err
		})
		_, err = b.Decide(t.Context(), protocol.DecideInput{AgreementID: b.agreement.ID, Epoch: 1, RequestID: "r1", Kind: agreement.OpenYear})
		require.Equal(t, f, mustFault(t, err), "the same answer again")
	})
}

func mustFault(t *testing.T, err error) *fault.Fault {
	t.Helper()
	f, ok := fault.Of(err)
	require.True(t, ok, "%v", err)
	return f
}

func TestADroppedRequestIsRefusedWhenItsActivityComesLate(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.propose("late", agreement.OpenYear, ledger.YearInput{LineID: b.line.ID, Year: 2027, KindOfUnit: "desa"})
		b.clock.add(time.Hour)
		waiting, err := b.Waitings(t.Context(), 15*time.Minute)
		require.NoError(t, err)
		require.Len(t, waiting, 1)
		require.NoError(t, b.Drop(t.Context(), waiting[0], nil))
		_, err = b.Decide(t.Context(), protocol.DecideInput{AgreementID: b.agreement.ID, Epoch: 1, RequestID: "late", Kind: agreement.OpenYear})
		require.True(t, fault.Is(err, "request_expired"), "%v", err)
		require.Empty(t, b.obligations())
	})
}

func TestAnActivityOfAnOlderEpochIsRefused(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		epoch, err := b.RaiseEpoch(t.Context())
		require.NoError(t, err)
		require.Greater(t, epoch, int64(1))
		b.clock.set(wita("2026-12-08", 8))
		_, err = b.TakeSteps(t.Context(), protocol.TakeStepsInput{AgreementID: b.agreement.ID, Epoch: 1})
		require.ErrorIs(t, err, ledger.ErrStaleEpoch)
		require.Empty(t, b.notices())
	})
}

func TestARebuildOfAnOlderCopyPassesTheEpochsItHasForgotten(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := open(t, url)
		first, err := b.RaiseEpoch(t.Context())
		require.NoError(t, err)
		second, err := b.RaiseEpoch(t.Context())
		require.NoError(t, err)
		require.Greater(t, second, first, "twice in one second")
		exec(t, url, "UPDATE engine SET epoch = 1") // a copy from before both is put back
		b.clock.add(time.Hour)
		third, err := b.RaiseEpoch(t.Context())
		require.NoError(t, err)
		require.Greater(t, third, second, "workflows of the second epoch must hear the third")
	})
}

func TestOneFailingUnitIsSetAsideAndTheOthersGoOut(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 9)
		b.openYear("2026-12-15")
		bad := b.obligations()[5]
		exec(t, url, "UPDATE obligations SET ladder = '{broken' WHERE id = '"+bad.ID+"'")
		b.clock.set(wita("2026-12-08", 8))
		b.takeSteps()
		require.Len(t, b.notices(), 8)
		for _, o := range b.obligations() {
			require.Equal(t, o.ID == bad.ID, o.Fault != "")
			require.Equal(t, o.ID == bad.ID, o.NextAt == 0)
		}
	})
}

func TestTwoRenewalsAtOnceAreOne(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		var post string
		b.read(func(tx *ledger.Tx) error {
			posts, err := tx.Posts(b.pemda.ID, ledger.Page{Size: 1})
			post = posts[0].ID
			return err
		})
		errs := make([]error, 2)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() {
				errs[i] = b.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
					_, err := tx.OpenRenewal(b.agreement.ID, post)
					return err
				})
			})
		}
		wg.Wait()
		err := errors.Join(errs...)
		require.True(t, fault.Is(err, "renewal_open"), "%v", err)
		require.True(t, errs[0] == nil || errs[1] == nil)
	})
}
