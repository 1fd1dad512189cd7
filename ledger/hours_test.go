package ledger_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/obligation"
	"payung/internal/testdb"
	"payung/ledger"
)

func (b *book) setHours(in ledger.HoursInput) (preview, saved ledger.Effect) {
	b.t.Helper()
	b.read(func(tx *ledger.Tx) (err error) {
		preview, err = tx.PreviewHours(b.pemda.ID, in)
		return err
	})
	b.write(func(tx *ledger.Tx) (err error) {
		saved, err = tx.SetHours(b.pemda.ID, in)
		return err
	})
	return preview, saved
}

func TestThePreviewOfHoursIsWhatThenHappens(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 3)
		b.openYear("2026-12-18")
		b.clock.set(wita("2026-12-11", 8))
		b.takeSteps() // T-7, at eight
		b.clock.set(wita("2026-12-11", 9))
		before := b.planned()
		preview, saved := b.setHours(ledger.HoursInput{Hours: obligation.Hours{Morning: 10, Opens: 9, Closes: 15}, Week: 6})
		b.holds(preview, saved, before)
		require.EqualValues(t, 3*2, preview.Move, "T-1 and T+1 come two hours later, on a Saturday too")
		require.Zero(t, preview.Appear, "T-7 would fall on ten o'clock today and was sent at eight")
		b.sendAll()
		b.once()
		for _, n := range byOwner(b)[3:] {
			at := time.UnixMicro(n.CreatedAt).In(calendar.WITA.Location())
			require.Equal(t, 10, at.Hour())
		}
		b.read(func(tx *ledger.Tx) error {
			h, err := ledger.HoursOf(tx, b.pemda.ID)
			require.Equal(t, 15, h.Closes)
			return err
		})
	})
}

func TestASixDayWeekMovesWhatCountsWorkingDays(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-18")
		counted := b.obligations()[0].ID
		b.write(func(tx *ledger.Tx) error {
			_, err := ledger.CountDuty(tx, counted, "2026-11-23", 10)
			return err
		})
		require.Equal(t, "2026-12-07", b.obligation(counted).TargetOn)
		before := b.planned()
		preview, saved := b.setHours(ledger.HoursInput{Hours: obligation.DefaultHours(), Week: 6})
		require.Equal(t, "2026-12-04", b.obligation(counted).TargetOn)
		require.Equal(t, []ledger.DateMove{{
			AgreementID: b.agreement.ID, Kind: ledger.KindRoster, GroupCode: "village_officials", From: "2026-12-07", To: "2026-12-04", Obligations: 1,
		}}, preview.Dates)
		b.holds(preview, saved, before)
		require.Equal(t, "2026-12-18", b.obligations()[1].TargetOn, "a date that was given as a day stays")
	})
}

func TestCollectiveLeaveCanBeWorkedInAPemda(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-25")
		// T-1 is 24 December, collective leave, so it comes on the 23rd.
		before := b.planned()
		preview, saved := b.setHours(ledger.HoursInput{Hours: obligation.DefaultHours(), Week: 5, CutiWorks: true})
		b.holds(preview, saved, before)
		require.EqualValues(t, 1, preview.Move)
		require.Equal(t, wita("2026-12-24", 8).UnixMicro(), preview.Reminders[0].Becomes.At)
	})
}

func TestHoursThatCannotBeKeptAreRefused(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		for code, in := range map[string]ledger.HoursInput{
			"bad_week":  {Hours: obligation.DefaultHours(), Week: 7},
			"bad_hours": {Hours: obligation.Hours{Morning: 6, Opens: 7, Closes: 17}, Week: 5},
		} {
			err := b.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
				_, err := tx.SetHours(b.pemda.ID, in)
				return err
			})
			require.True(t, fault.Is(err, code), "%v", err)
		}
		err := b.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
			_, err := tx.SetHours(b.bpjs.ID, ledger.HoursInput{Hours: obligation.DefaultHours(), Week: 5})
			return err
		})
		require.True(t, fault.Is(err, "not_a_pemda"), "%v", err)
	})
}
