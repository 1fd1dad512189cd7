package ledger_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

// change carries out one change of an obligation.
func (b *book) change(do func(*ledger.Tx) (models.Obligation, error)) (models.Obligation, error) {
	b.t.Helper()
	var o models.Obligation
	err := b.Write(b.t.Context(), ledger.Operator(), func(tx *ledger.Tx) (err error) { o, err = do(tx); return err })
	return o, err
}

func (b *book) extend(id, target, fatal string) (models.Obligation, error) {
	b.t.Helper()
	return b.change(func(tx *ledger.Tx) (models.Obligation, error) {
		return tx.Extend(id, ledger.Extension{TargetOn: target, FatalOn: fatal, Reason: "banjir", ApprovedBy: "Sekda"})
	})
}

func TestAnExtensionBeginsNewRemindersForOneUnit(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-15")
		id := b.obligations()[0].ID
		b.clock.set(wita("2026-12-08", 8))
		b.takeSteps()
		require.Len(t, b.notices(), 2)

		o, err := b.extend(id, "2026-12-22", "")
		require.NoError(t, err)
		require.Equal(t, 2, o.Generation)
		require.Equal(t, 1, o.Extensions)
		require.Equal(t, wita("2026-12-15", 8).UnixMicro(), o.NextAt)
		b.clock.set(wita("2026-12-15", 8))
		b.takeSteps()
		var steps []string
		for _, n := range b.notices() {
			if n.ObligationID == id {
				steps = append(steps, fmt.Sprintf("%s of %s, generation %d", n.Step, n.TargetOn, n.Generation))
			}
		}
		require.Equal(t, []string{"T-7 of 2026-12-15, generation 1", "T-7 of 2026-12-22, generation 2"}, steps)
		b.read(func(tx *ledger.Tx) error {
			changes := must(tx.Changes(id))
			require.Len(t, changes, 1)
			require.Equal(t, []any{"extended", "banjir", "Sekda", "operator"}, []any{changes[0].Kind, changes[0].Reason, changes[0].ApprovedBy, changes[0].Actor})
			return nil
		})
		require.Equal(t, "2026-12-15", b.obligations()[1].TargetOn, "the other unit keeps its date")

		_, err = b.extend(id, "2026-12-29", "")
		require.NoError(t, err)
		_, err = b.extend(id, "2026-12-30", "")
		require.True(t, fault.Is(err, "extensions_used_up"), "%v", err)
	})
}

func TestMoreTimeIsALaterDateAndKeepsTheLastDay(t *testing.T) {
	t.Parallel()
	b := kabupaten(t, testdb.SQLite(t), 1)
	_, err := b.decide("open", agreement.OpenYear, ledger.YearInput{
		LineID: b.line.ID, Year: 2027, KindOfUnit: "desa", TargetOn: "2026-12-15", FatalOn: "2026-12-31",
	})
	require.NoError(t, err)
	id := b.obligations()[0].ID
	for name, tt := range map[string]struct{ target, fatal, code string }{
		"no date":                 {"", "", "missing_field"},
		"the same date":           {"2026-12-15", "", "not_later"},
		"an earlier date":         {"2026-12-14", "", "not_later"},
		"an earlier last day":     {"2026-12-20", "2026-12-30", "not_later"},
		"a last day before":       {"2026-12-20", "2026-12-19", "fatal_before_target"},
		"a day that is none":      {"2026-12-32", "", "bad_date"},
		"a last day without date": {"", "2026-12-31", "fatal_before_target"},
	} {
		_, err := b.extend(id, tt.target, tt.fatal)
		require.Equal(t, tt.code, mustFault(t, err).Code, name)
	}
	o, err := b.extend(id, "2026-12-20", "")
	require.NoError(t, err)
	require.Equal(t, "2026-12-31", o.FatalOn, "more time never brings the last day nearer")
	o, err = b.extend(id, "2027-01-08", "")
	require.NoError(t, err)
	require.Empty(t, o.FatalOn, "the target is the last day again")
}

func TestAPauseStopsTheClockAndMovesTheDatesByItsDays(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		id := b.obligations()[0].ID
		b.clock.set(wita("2026-12-01", 9))
		pause := func(tx *ledger.Tx) (models.Obligation, error) {
			return tx.Pause(id, ledger.PauseInput{Note: "menunggu BPJS"})
		}
		resume := func(tx *ledger.Tx) (models.Obligation, error) { return tx.Resume(id, "dijawab") }
		_, err := b.change(resume)
		require.True(t, fault.Is(err, "not_paused"), "%v", err)
		o, err := b.change(pause)
		require.NoError(t, err)
		require.Zero(t, o.NextAt)
		_, err = b.change(pause)
		require.True(t, fault.Is(err, "already_paused"), "%v", err)

		b.clock.set(wita("2026-12-14", 8)) // both reminders would have been due
		require.Zero(t, b.takeSteps().NextAt)
		require.Empty(t, b.notices())
		_, err = b.decide("move", agreement.MoveDeadline, ledger.DeadlineInput{TargetOn: "2026-12-20", Reason: "x"})
		require.Equal(t, agreement.NeedOpenDuty, mustFault(t, err).Reasons[0].Code, "a stopped clock is not moved")

		o, err = b.change(resume)
		require.NoError(t, err)
		require.Equal(t, "2026-12-28", o.TargetOn, "thirteen days, the last one begun")
		require.Equal(t, 2, o.Generation)
		require.Equal(t, wita("2026-12-21", 8).UnixMicro(), o.NextAt)
		b.clock.set(wita("2026-12-21", 8))
		b.takeSteps()
		require.Len(t, b.notices(), 1)
	})
}

func TestOnlySomebodyWhoSignsCanSayThereIsNobody(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-15")
		duties := b.obligations()
		closing := func(i int, c ledger.Closing) (models.Obligation, error) {
			return b.change(func(tx *ledger.Tx) (models.Obligation, error) { return tx.Close(duties[i].ID, c) })
		}
		for name, tt := range map[string]struct {
			closing ledger.Closing
			code    string
		}{
			"nihil that nobody signed":    {ledger.Closing{How: ledger.ByNihil, Signatory: "  "}, "missing_field"},
			"no way to close":             {ledger.Closing{}, "unknown_closing"},
			"a list is handed in":         {ledger.Closing{How: ledger.ByRoster}, "unknown_closing"},
			"a count below nothing":       {ledger.Closing{How: ledger.ByReceiver, People: -1}, "bad_count"},
			"more people than there are":  {ledger.Closing{How: ledger.ByReceiver, People: 60_000_001}, "bad_count"},
			"a source nobody knows":       {ledger.Closing{How: ledger.ByNihil, Signatory: "x", SourceID: "x"}, "not_found"},
			"a day before there was this": {ledger.Closing{How: ledger.ByNihil, Signatory: "x", On: "2003-12-31"}, "bad_date"},
		} {
			_, err := closing(0, tt.closing)
			require.Equal(t, tt.code, mustFault(t, err).Code, name)
		}
		o, err := closing(0, ledger.Closing{How: ledger.ByNihil, Signatory: "Kepala Desa"})
		require.NoError(t, err)
		require.Equal(t, []any{ledger.StateClosed, ledger.ByNihil, "2026-11-23", int64(0)}, []any{o.State, o.ClosedHow, o.ClosedOn, o.NextAt})
		o, err = closing(1, ledger.Closing{How: ledger.ByReceiver, People: 12, On: "2026-11-20"})
		require.NoError(t, err)
		require.Equal(t, []any{ledger.ByReceiver, "2026-11-20"}, []any{o.ClosedHow, o.ClosedOn})
		_, err = closing(1, ledger.Closing{How: ledger.ByReceiver, People: 13})
		require.True(t, fault.Is(err, "obligation_not_open"), "%v", err)
		b.fold()
		require.Equal(t, []int{2, 1, 1, 12}, []int{
			b.rollup(ledger.MeasureDuties), b.rollup(ledger.MeasureAnswered), b.rollup(ledger.MeasureNihil), b.rollup("registered"),
		})
		b.clock.set(wita("2026-12-20", 8))
		b.takeSteps()
		require.Empty(t, b.notices(), "who has answered is left in peace")
		b.read(func(tx *ledger.Tx) error {
			require.Equal(t, calendar.National().Version(), must(tx.Changes(duties[0].ID))[0].Calendar, "what it was judged by")
			return nil
		})
	})
}

func TestAnEscalationIsSeenByTheUnitItIsAboutAndNoOther(t *testing.T) {
	t.Parallel()
	b := kabupaten(t, testdb.SQLite(t), 2)
	b.openYear("2026-12-15")
	exec(t, b.url, `UPDATE obligations SET ladder = '{"code":"own","steps":[{"code":"T+1","offset":"P1D","tone":"warning","level":5}]}'`)
	b.clock.set(wita("2026-12-16", 8))
	b.takeSteps()
	require.Len(t, b.notices(), 6, "the village, its camat, the Sekda, for each village")
	for i, u := range b.units {
		actor := ledger.Actor{Name: "u", Reach: ledger.Units, ProvinceCode: "74", RegencyCode: "74.05", UnitIDs: []string{u.ID}}
		require.NoError(t, b.Read(t.Context(), actor, func(tx *ledger.Tx) error {
			for _, n := range must(tx.Notices(ledger.NoticeFilter{}, page)) {
				require.Equal(t, b.obligations()[i].ID, n.ObligationID)
			}
			return nil
		}))
	}
}

func TestNoDateLiesBeyondTheCentury(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		id := b.obligations()[0].ID
		extend := func(day string) (models.Obligation, error) {
			return b.change(func(tx *ledger.Tx) (models.Obligation, error) {
				return tx.Extend(id, ledger.Extension{TargetOn: day, Reason: "libur", ApprovedBy: "Sekda"})
			})
		}
		for _, day := range []string{"9999-12-31", "2101-01-01"} {
			_, err := extend(day)
			require.True(t, fault.Is(err, "bad_date"), "%s would move out of the calendar with the next pause: %v", day, err)
		}
		_, err := extend("2100-12-31")
		require.NoError(t, err)
		_, err = b.change(func(tx *ledger.Tx) (models.Obligation, error) {
			return tx.Pause(id, ledger.PauseInput{Note: "menunggu"})
		})
		require.NoError(t, err)
		b.clock.set(wita("2026-11-26", 9))
		o, err := b.change(func(tx *ledger.Tx) (models.Obligation, error) { return tx.Resume(id, "lanjut") })
		require.NoError(t, err)
		require.Equal(t, "2101-01-03", o.TargetOn)
	})
}
