package ledger_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/domain/matter"
	"payung/domain/rupiah"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
	"payung/weekly"
)

func TestThePageOfARegencySaysExactlyWhatIsRecorded(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		r := newRegency(t, url)
		r.wish(r.duties[60].ID, "2026-12-30")
		f := r.page("").Facts

		require.Equal(t, calendar.Day("2026-12-21"), f.Week)
		require.Equal(t, []any{r.clock.now().UnixMicro(), calendar.Day("2026-12-21"), calendar.WITA, "f4"}, []any{f.At, f.Day, f.Zone, f.Paper})
		require.Len(t, f.Lines, 1)
		line := f.Lines[0]
		require.Equal(t, []int64{336 * 50, 47 * 40, 40 * 40, 20}, []int64{line.People, line.Registered, line.Protected, line.Lapsed})
		require.Equal(t, []any{"quota", weekly.Source{Who: "Bupati Konawe Selatan (ANTARA)", On: "2023-01-27"}}, []any{line.Basis, line.By}, "what is asked of villages counts over the agreement's 10.000")
		require.Equal(t, weekly.Source{Who: "BPJS Ketenagakerjaan Konawe Selatan (Rekap peserta)", On: "2026-12-18"}, line.Saying)
		n, known := f.Unprotected()
		require.Equal(t, []any{int64(16_800 - 1_600), true}, []any{n, known}, "who was protected until yesterday is not today")

		require.Equal(t, weekly.Lists{All: 336, Answered: 47, Late: 286}, f.Lists)
		require.Equal(t, []weekly.Reported{{
			Value: 47, Of: 336, Definition: "desa yang sudah mendaftarkan", Who: "BPJS Ketenagakerjaan Konawe Selatan (Rekap peserta)", On: calendar.On("2026-12-18"),
		}}, f.Reported)
		require.Equal(t, &weekly.Change{Since: "2026-12-14", Protected: 10*40 + 20, Answered: 14}, f.Change)

		require.Equal(t, weekly.Money{Payers: 16_800, From: "2027-01", Months: 12, Cost: 3_386_880_000, Ceiling: 3_000_000_000, Rule: line.Money.Rule}, *line.Money)
		require.Equal(t, []weekly.Desk{{Title: "BPJS Ketenagakerjaan Konawe Selatan", What: weekly.DeskPaused, Count: 3, Since: "2026-12-10"}}, f.Desks)

		require.Equal(t, []matter.Matter{
			{Kind: matter.Extension, Count: 1, By: "2026-12-15", Since: "2026-12-21"},
			{Kind: matter.Budget, About: "vulnerable", Amount: 386_880_000, By: "2027-01-01"},
			{Kind: matter.WriteLetter, About: "data_request", Count: 286, Places: int64(len(r.silent)), Since: "2026-12-15"},
		}, f.Matters)
		require.Empty(t, said(f))
	})
}

func TestTheWorstKecamatanAreNamedWithTheirVillages(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		r := newRegency(t, url)
		f := r.page("").Facts
		require.Equal(t, len(r.silent), f.Holding)
		require.Len(t, f.Holds, 5)
		all, most := 0, 0
		for name, n := range r.silent {
			all, most = all+n, max(most, n)
			require.NotEmpty(t, name)
		}
		require.Equal(t, 286, all)
		require.Equal(t, most, f.Holds[0].Late)
		for i, h := range f.Holds {
			require.Equal(t, []any{r.silent[h.Name], r.silent[h.Name], int64(50 * h.Silent), calendar.Day("2026-12-15")}, []any{h.Silent, h.Late, h.People, h.Since}, h.Name)
			require.Equal(t, strings.Replace(h.Name, "Kecamatan", "Camat", 1), h.Head)
			if i > 0 {
				require.LessOrEqual(t, h.Late, f.Holds[i-1].Late)
			}
			for name, n := range r.silent {
				if n > h.Late {
					require.Contains(t, fmt.Sprint(f.Holds[:i]), name, "a worse one stands before")
				}
			}
		}
	})
}

func TestAWeekIsKeptAsItWas(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		r := newRegency(t, url)
		first := r.page("")
		require.True(t, first.Kept())
		pdf := paperOf(t, first.Facts)

		r.clock.set(wita("2026-12-23", 9))
		r.answer(r.duties[50:100], 50)
		again := r.page("")
		require.Equal(t, first.WeeklySheet, again.WeeklySheet)
		require.Equal(t, pdf, paperOf(t, again.Facts), "the same data give the same bytes")

		now, err := r.WeeklyNow(t.Context(), ledger.Operator(), r.agreement.ID)
		require.NoError(t, err)
		require.False(t, now.Kept())
		n, _ := now.Facts.Unprotected()
		require.Equal(t, int64(16_800-1_600-50*40), n)

		r.clock.set(wita("2026-12-28", 4))
		second := r.page("")
		require.Equal(t, "2026-12-28", second.WeekOn)
		require.Equal(t, &weekly.Change{Since: "2026-12-21", Protected: 50 * 40, Answered: 50}, second.Facts.Change)
		require.Equal(t, pdf, paperOf(t, r.page("2026-12-21").Facts), "a past week stays as it was")
		require.NotEqual(t, pdf, paperOf(t, second.Facts))

		var history []string
		r.read(func(tx *ledger.Tx) error {
			for _, v := range must(tx.WeeklySheets(r.agreement.ID, page)) {
				history = append(history, v.WeekOn)
			}
			require.Len(t, must(tx.WeeklySheets(r.agreement.ID, ledger.Page{After: "2026-12-28", Size: 5})), 1)
			return nil
		})
		require.Equal(t, []string{"2026-12-28", "2026-12-21"}, history)
		_, err = r.Weekly(t.Context(), ledger.Operator(), r.agreement.ID, "2026-12-14")
		require.Equal(t, "not_found", mustFault(t, err).Code, "nobody invents a week that was not kept")
	})
}

// paperOf is the page of facts as it is printed, after a way through JSON.
func paperOf(t *testing.T, f weekly.Facts) string {
	t.Helper()
	raw, err := json.Marshal(f)
	require.NoError(t, err)
	var read weekly.Facts
	require.NoError(t, json.Unmarshal(raw, &read))
	p, err := weekly.Compose(calendar.ID, read)
	require.NoError(t, err)
	d, err := p.Paper()
	require.NoError(t, err)
	var out strings.Builder
	require.NoError(t, d.PDF(&out))
	return out.String()
}

func (r *regency) round() {
	r.t.Helper()
	r.turn("weekly", func(ctx context.Context, h *ledger.Hold) (bool, error) { return h.KeepWeeks(ctx) })
}

// weeklyNews is who was told of which week.
func (r *regency) weeklyNews() []models.News {
	r.t.Helper()
	var rows []models.News
	each(r.t, rawDB(r.t, r.url), "SELECT post_id, key, details FROM news WHERE kind = 'weekly' ORDER BY created_at", func(rw *sql.Rows) error {
		var n models.News
		err := rw.Scan(&n.PostID, &n.Key, &n.Values)
		rows = append(rows, n)
		return err
	})
	return rows
}

func (r *regency) weeks() int {
	return number(r.t, r.url, "SELECT COUNT(*) FROM weekly_sheets")
}

func TestTheRoundKeepsEachWeekOnceAndTellsTheSekda(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		r := newRegency(t, url)
		r.clock.set(wita("2026-12-21", 3))
		r.round()
		require.Equal(t, "2026-12-14", r.page("2026-12-14").WeekOn, "before four in the morning it is still last week")
		r.clock.set(wita("2026-12-21", 4))
		require.Equal(t, "2026-12-21", r.page("").WeekOn)
		require.Len(t, r.weeklyNews(), 1, "whoever looks in before the round tells nobody")
		r.round()
		r.round()
		require.Equal(t, 2, r.weeks())
		require.Equal(t, wita("2026-12-21", 4).UnixMicro(), r.page("").Facts.At)

		var told []string
		for _, n := range r.weeklyNews() {
			told = append(told, n.Key)
			require.Equal(t, r.heads()["Sekretaris Daerah"].ID, n.PostID)
			require.NotContains(t, n.Values, "minggu", "the secret is not kept")
		}
		require.Equal(t, []string{"weekly/" + r.agreement.ID + "/2026-12-14", "weekly/" + r.agreement.ID + "/2026-12-21"}, told)

		// A machine that was off on Monday makes up for it; weeks in which it was
		// off stay empty.
		r.clock.set(wita("2027-01-13", 11))
		r.round()
		require.Equal(t, "2027-01-11", r.page("").WeekOn)
		require.Equal(t, 3, r.weeks())

		// What was recorded in the middle of a week waits for the next one.
		exec(t, url, fmt.Sprintf("UPDATE agreements SET created_at = %d", r.clock.now().UnixMicro()))
		exec(t, url, "DELETE FROM weekly_sheets")
		exec(t, url, "DELETE FROM news")
		r.round()
		require.Zero(t, r.weeks())
		r.clock.set(wita("2027-01-18", 4))
		r.round()
		require.Equal(t, 1, r.weeks())
	})
}

func TestAWeekBeginsOnTheDayThatIsChosenAndIsToldUnlessSwitchedOff(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		r := newRegency(t, url)
		r.denies("bad_weekday", func(tx *ledger.Tx) error { _, err := tx.SetWeeklyRule(r.agreement.ID, 8, false); return err })
		r.read(func(tx *ledger.Tx) error {
			rule := must(tx.WeeklyRule(r.agreement.ID))
			require.Equal(t, []any{1, false}, []any{rule.Weekday, rule.Silent})
			return nil
		})
		for day, want := range map[int]string{1: "2026-12-21", 2: "2026-12-15", 5: "2026-12-18", 7: "2026-12-20"} {
			r.write(func(tx *ledger.Tx) error { _, err := tx.SetWeeklyRule(r.agreement.ID, day, true); return err })
			now, err := r.WeeklyNow(t.Context(), ledger.Operator(), r.agreement.ID)
			require.NoError(t, err)
			require.Equal(t, want, string(now.Facts.Week), "weekday %d", day)
		}
		r.write(func(tx *ledger.Tx) error { _, err := tx.SetWeeklyRule(r.agreement.ID, 5, true); return err })
		r.round()
		require.Equal(t, "2026-12-18", r.page("").WeekOn)
		require.Empty(t, r.weeklyNews())
	})
}

func TestNoWeekIsKeptWhileTheClockIsInDoubtOrNobodyWaits(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		r := newRegency(t, url)
		exec(t, url, "INSERT INTO clock (id, seen_at, doubted_at, expected_at, cause, process, confirmed_at, confirmed_by) VALUES (1, 1, 1, 1, 'forward', 'x', 0, '')")
		r.round()
		v := r.page("")
		require.False(t, v.Kept())
		require.Equal(t, calendar.Day("2026-12-21"), v.Facts.Day, "it can still be read")
		require.Zero(t, r.weeks())
		exec(t, url, "DELETE FROM clock")
		exec(t, url, "UPDATE agreements SET historical = TRUE")
		r.round()
		require.False(t, r.page("").Kept())
		require.Zero(t, r.weeks())
		require.Empty(t, r.page("").Facts.Matters, "nobody waits for a decision")
	})
}

func TestTheSecretOfALinkIsKeptNowhereAndCanBeTakenBack(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		r := newRegency(t, url)
		var path string
		link := func() {
			r.write(func(tx *ledger.Tx) error {
				must(tx.OpenWeeklyLink(r.agreement.ID))
				must(tx.OpenWeeklyLink(r.agreement.ID))
				_, p, err := tx.WeeklyLink(r.agreement.ID)
				path = p
				return err
			})
		}
		link()
		token, ok := strings.CutPrefix(path, "https://payung.example.go.id/minggu/")
		require.True(t, ok)
		require.Len(t, token, 26)
		require.Equal(t, 1, number(t, url, "SELECT COUNT(*) FROM weekly_links"))
		v, err := r.OpenWeekly(t.Context(), token, "")
		require.NoError(t, err)
		require.Equal(t, r.page("").WeeklySheet, v.WeeklySheet)
		_, err = r.OpenWeekly(t.Context(), token[1:]+"1", "")
		require.Error(t, err)

		r.write(func(tx *ledger.Tx) error { return tx.RevokeWeeklyLink(r.agreement.ID) })
		r.write(func(tx *ledger.Tx) error { return tx.RevokeWeeklyLink(r.agreement.ID) })
		_, err = r.OpenWeekly(t.Context(), token, "")
		require.Equal(t, "not_found", mustFault(t, err).Code)
		was := path
		link()
		require.NotEqual(t, was, path)
		r.clock.set(wita("2026-12-28", 9))
		r.write(func(tx *ledger.Tx) error { return tx.RevokeWeeklyLink(r.agreement.ID) })
		r.round()
		require.Zero(t, number(t, url, "SELECT COUNT(*) FROM weekly_links WHERE revoked_at = 0"), "what was taken back is not opened by itself")
	})
}

func TestOnlyWhoSeesAllOfficesReadsThePage(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		r := newRegency(t, url)
		whole := r.page("").WeeklySheet
		village := r.duties[0].UnitID
		for name, tt := range map[string]struct {
			actor ledger.Actor
			code  string
		}{
			"its regency":      {ledger.Actor{Name: "a", Reach: ledger.Regency, ProvinceCode: "74", RegencyCode: "74.05"}, ""},
			"its province":     {ledger.Actor{Name: "a", Reach: ledger.Province, ProvinceCode: "74"}, ""},
			"its branch":       {ledger.Actor{Name: "a", Reach: ledger.Branch, BranchID: r.bpjs.ID}, ""},
			"one village":      {ledger.Actor{Name: "a", Reach: ledger.Units, ProvinceCode: "74", RegencyCode: "74.05", UnitIDs: []string{village}}, "outside_scope"},
			"another regency":  {ledger.Actor{Name: "a", Reach: ledger.Regency, ProvinceCode: "74", RegencyCode: "74.07"}, "not_found"},
			"another province": {ledger.Actor{Name: "a", Reach: ledger.Province, ProvinceCode: "51"}, "not_found"},
		} {
			v, err := r.Weekly(t.Context(), tt.actor, r.agreement.ID, "")
			now, errNow := r.WeeklyNow(t.Context(), tt.actor, r.agreement.ID)
			if tt.code != "" {
				require.Equal(t, tt.code, mustFault(t, err).Code, name)
				require.Equal(t, tt.code, mustFault(t, errNow).Code, name)
				continue
			}
			require.NoError(t, err, name)
			require.Equal(t, whole, v.WeeklySheet, "%s reads the same page", name)
			require.NoError(t, errNow, name)
			require.Equal(t, int64(336), now.Facts.Lists.All, "%s: whoever asks, all offices count", name)
		}
	})
}

func TestWhatIsNotOnRecordIsSaidAndNotInvented(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		f := b.page("").Facts
		require.Equal(t, []string{weekly.NoYear, weekly.NoBefore, weekly.NoReported}, said(f))
		_, known := f.Unprotected()
		require.False(t, known)
		require.Equal(t, []matter.Kind{matter.Year}, []matter.Kind{f.Matters[0].Kind})

		b.openYear("2026-12-15")
		b.clock.set(wita("2026-11-30", 9))
		require.Equal(t, []string{weekly.NoTarget, weekly.NoReported}, said(b.page("").Facts))

		_, err := b.submit(b.obligations()[0].ID, person(1), person(2))
		require.NoError(t, err)
		b.clock.set(wita("2026-12-07", 9))
		f = b.page("").Facts
		require.Equal(t, []string{weekly.NoAnswer, weekly.NoCeiling, weekly.NoReported}, said(f))
		n, known := f.Unprotected()
		require.Equal(t, []any{int64(2), true, weekly.BasisList}, []any{n, known, f.Lines[0].Basis})
		require.Equal(t, &weekly.Change{Since: "2026-11-30", Answered: 1}, f.Change)
	})
}

func TestMoneyThatIsPaidAheadIsNotNeededAgain(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		r := newRegency(t, url)
		var total int64
		r.write(func(tx *ledger.Tx) error {
			bill := must(tx.CreateBill(r.agreement.ID, ledger.BillInput{PeriodID: r.year, UnitID: r.duties[0].UnitID, FromMonth: "2027-01", Months: 12}))
			total = bill.Total
			must(tx.RecordPayment(bill.ID, ledger.PaymentInput{Amount: bill.Total, Reference: "SP2D 1", On: calendar.On("2026-12-21")}))
			return nil
		})
		require.Equal(t, int64(40*16_800*12), total)
		m := r.page("").Facts.Lines[0].Money
		require.Equal(t, []rupiah.Amount{rupiah.Amount(total), rupiah.Amount(total)}, []rupiah.Amount{m.Ahead, m.Paid})
		require.Equal(t, 3_386_880_000-rupiah.Amount(total), m.Needed())
		require.Equal(t, rupiah.Amount(386_880_000), m.Short(), "what is paid is part of the year's budget")

		// In August seven months are over: their share of what was paid is gone.
		r.clock.set(wita("2027-07-12", 9))
		m = r.page("").Facts.Lines[0].Money
		require.Equal(t, []any{calendar.Month("2027-08"), 5, rupiah.Amount(total / 12 * 5), rupiah.Amount(total)}, []any{m.From, m.Months, m.Ahead, m.Paid})
	})
}
