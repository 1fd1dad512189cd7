package ledger_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

// counted makes every open duty one that is due so many working days after a
// day.
func (b *book) counted(from calendar.Day, workdays int) {
	b.t.Helper()
	rows := b.obligations()
	b.write(func(tx *ledger.Tx) error {
		for _, o := range rows {
			if _, err := ledger.CountDuty(tx, o.ID, from, workdays); err != nil {
				return err
			}
		}
		return nil
	})
}

// extra is a decree that gives one more day of collective leave.
func extra(day string) ledger.HolidayInput {
	return ledger.HolidayInput{Decree: "SKB tambahan 2026", DecreedOn: "2026-11-20", Verified: true, Days: []ledger.HolidayDay{
		{Day: day, Kind: calendar.Cuti, Name: "Cuti bersama tambahan"},
	}}
}

// decree previews days, records them and lets the background do its work.
func (b *book) decree(in ledger.HolidayInput) (preview, saved ledger.Effect) {
	b.t.Helper()
	b.read(func(tx *ledger.Tx) (err error) {
		preview, err = tx.PreviewHolidays(in)
		return err
	})
	b.write(func(tx *ledger.Tx) (err error) {
		saved, err = tx.RecordHolidays(in)
		return err
	})
	b.reckon()
	return preview, saved
}

// reckon lets the background recalculate whatever waits.
func (b *book) reckon() {
	b.t.Helper()
	for range 20 {
		more, err := b.Turn(b.t.Context(), ledger.Loop{Name: "reckon", Work: func(ctx context.Context, h *ledger.Hold) (bool, error) {
			return h.Reckon(ctx)
		}}, "test")
		require.NoError(b.t, err)
		if !more {
			return
		}
	}
	b.t.Fatal("recalculations never end")
}

// news lists what posts were told under a kind of news.
func (b *book) told(kind string) int {
	b.t.Helper()
	return number(b.t, b.url, "SELECT COUNT(*) FROM news WHERE kind = '"+kind+"'")
}

func TestRule38_ANewDayOfCollectiveLeaveMovesOnlyOpenWorkingDayTimers(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 5)
		b.openYear("2026-12-18")
		rows := b.obligations()
		b.counted("2026-11-23", 10)
		given := rows[0].ID // its date is given as a day again
		b.write(func(tx *ledger.Tx) error {
			_, err := ledger.CountDuty(tx, given, "", 0)
			require.NoError(t, err)
			_, err = tx.Extend(given, ledger.Extension{TargetOn: "2026-12-07", Reason: "diberi tanggal", ApprovedBy: "Sekda"})
			return err
		})
		closed := rows[1].ID
		b.write(func(tx *ledger.Tx) error {
			_, err := tx.Close(closed, ledger.Closing{How: ledger.ByReceiver, People: 1})
			return err
		})
		judged := b.lastChange(closed, "closed")
		require.Equal(t, calendar.National().Version(), judged.Calendar)
		before := b.planned()

		preview, _ := b.decree(extra("2026-11-30"))
		require.Equal(t, []ledger.DateMove{{
			AgreementID: b.agreement.ID, Kind: ledger.KindRoster, GroupCode: "village_officials", From: "2026-12-07", To: "2026-12-08", Obligations: 3,
		}}, preview.Dates)
		require.Equal(t, happened(before, b.planned()), rowsOf(preview))

		require.Equal(t, "2026-12-07", b.obligation(given).TargetOn, "a date that was given as a day stays")
		require.Equal(t, "2026-12-07", b.obligation(closed).TargetOn, "what is closed stays")
		require.Equal(t, judged, b.lastChange(closed, "closed"), "and keeps the calendar it was judged by")
		for _, o := range rows[2:] {
			require.Equal(t, "2026-12-08", b.obligation(o.ID).TargetOn)
			require.Equal(t, 2, b.obligation(o.ID).Generation, "no new generation: what was sent stays sent")
			c := b.lastChange(o.ID, ledger.ChangeRecalculated)
			require.Equal(t, "2026-12-08", c.TargetOn)
			require.Equal(t, "SKB tambahan 2026", c.Reason)
			require.NotEqual(t, judged.Calendar, c.Calendar)
		}
		require.Equal(t, 3, b.told(ledger.ChangeRecalculated), "each post whose date moved is told, nobody else")
		b.read(func(tx *ledger.Tx) error {
			trail, err := tx.AuditTrail(b.agreement.ID, ledger.Page{Size: 100})
			require.Contains(t, actions(trail), "obligations.recalculated")
			list, err2 := tx.Recalculations(ledger.RecalculationFilter{AgreementID: b.agreement.ID}, ledger.Page{Size: 10})
			require.NoError(t, err2)
			require.Len(t, list, 1)
			require.Equal(t, preview.Dates, list[0].Effect.Dates, "the list of what moved stays")
			require.Equal(t, preview.Reminders, list[0].Effect.Reminders)
			require.NotZero(t, list[0].DoneAt)
			return err
		})
		b.sendAll()
		b.once()
	})
}

func actions(trail []models.AuditEntry) []string {
	var out []string
	for _, e := range trail {
		out = append(out, e.Action)
	}
	return out
}

// lastChange is the last change of a kind of an obligation.
func (b *book) lastChange(id, kind string) (out models.ObligationChange) {
	b.t.Helper()
	b.read(func(tx *ledger.Tx) error {
		rows, err := tx.Changes(id)
		for _, c := range rows {
			if c.Kind == kind {
				out = c
			}
		}
		return err
	})
	return out
}

func TestALocalHolidayMovesTheDatesOfItsPemdaAtOnce(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-18")
		b.counted("2026-11-23", 10)
		var neighbour models.Party
		b.write(func(tx *ledger.Tx) error {
			neighbour = must(tx.CreateParty(ledger.PartyInput{Kind: "pemda", Name: "Kabupaten Tetangga", RegionCode: "74.02"}))
			return nil
		})
		before := b.planned()
		in := ledger.HolidayInput{PartyID: b.pemda.ID, Decree: "SK Bupati 100/2026", Days: []ledger.HolidayDay{
			{Day: "2026-12-04", Kind: calendar.Libur, Name: "Hari jadi kabupaten"},
		}}
		preview, saved := b.decree(in)
		require.EqualValues(t, 2, preview.Moved)
		b.holds(preview, saved, before)
		b.read(func(tx *ledger.Tx) error {
			here, theirs := must(tx.Calendar(b.pemda.ID)), must(tx.Calendar(neighbour.ID))
			require.False(t, here.Workday("2026-12-04"))
			require.True(t, theirs.Workday("2026-12-04"), "a local day is off in its Pemda only")
			require.Equal(t, must(tx.Calendar("")).Version(), theirs.Version())
			return nil
		})

		// It was a mistake.
		before = b.planned()
		withdrawal := ledger.Withdrawal{PartyID: b.pemda.ID, Day: "2026-12-04", Reason: "salah tanggal"}
		b.read(func(tx *ledger.Tx) (err error) {
			preview, err = tx.PreviewWithdrawal(withdrawal)
			return err
		})
		b.write(func(tx *ledger.Tx) (err error) {
			saved, err = tx.WithdrawHoliday(withdrawal)
			return err
		})
		b.holds(preview, saved, before)
		require.Equal(t, "2026-12-07", b.obligations()[0].TargetOn)
		require.Equal(t, 4, b.told(ledger.ChangeRecalculated))
	})
}

func TestADayOfTheTableCanBeTakenBack(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-28")
		b.counted("2026-12-22", 2) // the 24th and 25th are off: Monday the 28th
		require.Equal(t, "2026-12-28", b.obligations()[0].TargetOn)
		withdraw := func(in ledger.Withdrawal) {
			b.write(func(tx *ledger.Tx) error {
				_, err := tx.WithdrawHoliday(in)
				return err
			})
			b.reckon()
		}
		withdraw(ledger.Withdrawal{Day: "2026-12-24", Reason: "SKB perubahan"})
		require.Equal(t, "2026-12-24", b.obligations()[0].TargetOn, "24 December is worked now, by everybody")
		b.read(func(tx *ledger.Tx) error {
			days, known, err := tx.Holidays("", 2026)
			require.True(t, known)
			var taken []calendar.Day
			for _, h := range days {
				if h.Worked {
					taken = append(taken, h.Day)
				}
			}
			require.Equal(t, []calendar.Day{"2026-12-24"}, taken, "the list still shows the day")
			return err
		})
		withdraw(ledger.Withdrawal{Day: "2026-12-24", Reason: "perubahan dicabut"})
		require.Equal(t, "2026-12-28", b.obligations()[0].TargetOn, "and off again")
		err := b.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
			_, err := tx.WithdrawHoliday(ledger.Withdrawal{Day: "2026-12-23", Reason: "x"})
			return err
		})
		require.True(t, fault.Is(err, "no_holiday"), "%v", err)
	})
}

func TestAnotherProcessPlansByTheNewDecreeAtOnce(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		other, err := ledger.Open(t.Context(), ledger.Options{Database: url, Keys: testKeys, Now: b.clock.now})
		require.NoError(t, err)
		defer func() { require.NoError(t, other.Close()) }()
		version := func(l *ledger.Ledger) (v string) {
			require.NoError(t, l.Read(t.Context(), ledger.Operator(), func(tx *ledger.Tx) (err error) {
				v, _, _, err = ledger.PolicyInUse(tx, b.pemda.ID)
				return err
			}))
			return v
		}
		was := version(other)
		b.decree(extra("2026-11-30"))
		require.NotEqual(t, was, version(other))
		require.Equal(t, version(b.Ledger), version(other))
	})
}

func TestAReleaseWithAnotherTableRecalculatesWhatIsOpen(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-18")
		b.counted("2026-11-23", 10)
		newer := calendar.National().With(calendar.Holiday{Day: "2026-11-30", Kind: calendar.Cuti, Name: "Cuti bersama tambahan", DecreedOn: "2026-11-20"})
		var err error
		release, err := ledger.Open(t.Context(), ledger.Options{Database: url, Keys: testKeys, Now: b.clock.now, Calendar: newer})
		require.NoError(t, err)
		defer func() { require.NoError(t, release.Close()) }()
		old := b.Ledger
		b.Ledger = release
		b.reckon()
		b.Ledger = old
		for _, o := range b.obligations() {
			require.Equal(t, "2026-12-08", o.TargetOn)
		}
		b.Ledger = release
		b.reckon()
		require.Equal(t, 1, number(t, url, "SELECT COUNT(*) FROM recalculations"), "once for a release")
		b.Ledger = old
	})
}

func TestNationalDaysAreTheOperatorsAndLocalOnesThePemdas(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		own := ledger.Actor{Name: "dpmd", Reach: ledger.Regency, ProvinceCode: "74", RegencyCode: "74.05"}
		local := extra("2026-11-30")
		local.PartyID = b.pemda.ID
		for name, tt := range map[string]struct {
			actor ledger.Actor
			in    ledger.HolidayInput
			code  string
		}{
			"a Pemda, for the country":      {own, extra("2026-11-30"), "outside_scope"},
			"a neighbour":                   {ledger.Actor{Name: "x", Reach: ledger.Regency, ProvinceCode: "74", RegencyCode: "74.02"}, local, "not_found"},
			"no decree":                     {ledger.Operator(), ledger.HolidayInput{Days: extra("2026-11-30").Days}, "missing_field"},
			"no day":                        {ledger.Operator(), ledger.HolidayInput{Decree: "x"}, "bad_day_count"},
			"a day that does not exist":     {ledger.Operator(), extra("2026-11-31"), "bad_date"},
			"the same day twice":            {ledger.Operator(), ledger.HolidayInput{Decree: "x", Days: append(extra("2026-11-30").Days, extra("2026-11-30").Days...)}, "day_twice"},
			"a holiday without a name":      {ledger.Operator(), ledger.HolidayInput{Decree: "x", Days: []ledger.HolidayDay{{Day: "2026-11-30", Kind: calendar.Libur}}}, "missing_field"},
			"a kind nobody knows":           {ledger.Operator(), ledger.HolidayInput{Decree: "x", Days: []ledger.HolidayDay{{Day: "2026-11-30", Kind: "pesta", Name: "x"}}}, "unknown_day_kind"},
			"a day the decree was no day":   {ledger.Operator(), ledger.HolidayInput{Decree: "x", DecreedOn: "kemarin", Days: extra("2026-11-30").Days}, "bad_date"},
			"more days than a decree names": {ledger.Operator(), ledger.HolidayInput{Decree: "x", Days: make([]ledger.HolidayDay, 61)}, "bad_day_count"},
		} {
			err := b.Write(t.Context(), tt.actor, func(tx *ledger.Tx) error {
				_, err := tx.RecordHolidays(tt.in)
				return err
			})
			require.True(t, fault.Is(err, tt.code), "%s: %v", name, err)
		}
		require.NoError(t, b.Write(t.Context(), own, func(tx *ledger.Tx) error {
			_, err := tx.RecordHolidays(local)
			return err
		}))
	})
}

func TestAYearIsListedWithWhatTheDecreesSay(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.decree(ledger.HolidayInput{Decree: "SKB 1205/2026", DecreedOn: "2026-09-15", Verified: true, Days: []ledger.HolidayDay{
			{Day: "2027-01-01", Kind: calendar.Libur, Name: "Tahun Baru 2027 Masehi"},
		}})
		b.decree(ledger.HolidayInput{PartyID: b.pemda.ID, Decree: "SK Bupati", Days: []ledger.HolidayDay{{Day: "2027-05-03", Kind: calendar.Libur, Name: "Hari jadi"}}})
		b.read(func(tx *ledger.Tx) error {
			days, known, err := tx.Holidays(b.pemda.ID, 2027)
			require.True(t, known)
			origins := map[calendar.Day]string{}
			for _, h := range days {
				origins[h.Day] = h.Origin
				require.Equal(t, h.Day == "2027-01-01", h.Verified, "%s", h.Day)
			}
			require.Equal(t, ledger.HolidayOfDecree, origins["2027-01-01"])
			require.Equal(t, ledger.HolidayOfPemda, origins["2027-05-03"])
			require.Len(t, days, 26+1)
			_, known, _ = tx.Holidays("", 2031)
			require.False(t, known)
			return err
		})
	})
}

func TestAPausedCountOfWorkingDaysGoesOnCounting(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-18")
		b.counted("2026-11-23", 5) // Monday 30 November
		id := b.obligations()[0].ID
		b.write(func(tx *ledger.Tx) error {
			_, err := tx.Pause(id, ledger.PauseInput{Note: "di BPJS"})
			return err
		})
		b.clock.set(wita("2026-11-30", 9)) // it stood for a week of five working days
		b.write(func(tx *ledger.Tx) error {
			_, err := tx.Resume(id, "sudah kembali")
			return err
		})
		require.Equal(t, "2026-12-07", b.obligation(id).TargetOn)
		b.decree(extra("2026-12-01"))
		require.Equal(t, "2026-12-08", b.obligation(id).TargetOn, "a decree still moves it")
	})
}
