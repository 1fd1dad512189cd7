package ledger_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/internal/testdb"
	"payung/ledger"
)

// running is a kabupaten in the middle of a year with the list of its first
// village.
func running(t *testing.T, url string, villages int, people ...ledger.RosterRowInput) (b *book, obligation string) {
	t.Helper()
	b = kabupaten(t, url, villages)
	b.openYear("2026-12-15")
	obligation = b.obligations()[0].ID
	if len(people) > 0 {
		_, err := b.submit(obligation, people...)
		require.NoError(t, err)
	}
	b.clock.set(wita("2027-06-10", 9))
	return b, obligation
}

// do runs one write and returns what it refuses.
func (b *book) do(fn func(*ledger.Tx) error) error {
	b.t.Helper()
	return b.Write(b.t.Context(), ledger.Operator(), fn)
}

// standing lists who is on a list now, by name.
func (b *book) standing(obligation string) map[string]ledger.RosterPerson {
	b.t.Helper()
	out := map[string]ledger.RosterPerson{}
	b.read(func(tx *ledger.Tx) error {
		latest := must(tx.LatestRoster(obligation))
		for _, p := range must(tx.RosterRows(latest.ID, page)) {
			out[p.Name] = p
		}
		require.Len(b.t, out, int(latest.People), "the version counts whom it lists")
		return nil
	})
	return out
}

func (b *book) row(obligation string, serial int) string {
	b.t.Helper()
	p, ok := b.standing(obligation)[person(serial).Name]
	require.True(b.t, ok)
	return p.ID
}

// on names who was on a list on a day, as it is known now.
func (b *book) on(obligation string, day calendar.Day) []string {
	b.t.Helper()
	var names []string
	b.read(func(tx *ledger.Tx) error {
		for _, p := range must(tx.Listed(obligation, day, page)) {
			names = append(names, p.Name)
		}
		return nil
	})
	slices.Sort(names)
	return names
}

func names(serials ...int) []string {
	var out []string
	for _, n := range serials {
		out = append(out, person(n).Name)
	}
	slices.Sort(out)
	return out
}

func TestSomebodyWhoJoinsIsOnTheListFromTheFirstDay(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b, id := running(t, url, 1, person(1), person(2))
		var out ledger.RosterResult
		b.write(func(tx *ledger.Tx) error {
			out = must(tx.Join(id, ledger.JoinInput{Row: person(3), From: "2027-04-01", Note: "SK Kades", OnBehalf: "Kepala Desa"}))
			return nil
		})
		require.Equal(t, []any{2, ledger.MovedIn, int64(3), int64(1), int64(0)}, []any{out.Roster.Version, out.Roster.Kind, out.Roster.People, out.Roster.Added, out.Roster.Removed})
		require.Equal(t, names(1, 2), b.on(id, "2027-03-31"))
		require.Equal(t, names(1, 2, 3), b.on(id, "2027-04-01"))
		require.Empty(t, b.on(id, "2026-12-31"), "the year has not begun")
		b.fold()
		require.Equal(t, 3, b.rollup("listed"))
		require.Zero(t, b.recount())
		b.read(func(tx *ledger.Tx) error {
			moved := must(tx.Movements(id, 10))
			require.Len(t, moved, 1)
			require.Equal(t, []string{"Pekerja 3", "SK Kades", "2027-04-01"}, []string{moved[0].Name, moved[0].Remark, moved[0].OnDay})
			require.Equal(t, "Kepala Desa", must(tx.Rosters(id))[1].OnBehalf)
			return nil
		})
		require.Zero(t, number(t, url, "SELECT COUNT(*) FROM movements WHERE CAST(note AS TEXT) LIKE '%Kades%'"), "what was noted is sealed")
	})
}

func TestNobodyJoinsWhereItCannotBe(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b, id := running(t, url, 3, person(1), person(2))
		duties := b.obligations()
		b.write(func(tx *ledger.Tx) error {
			must(tx.Leave(b.row(id, 2), ledger.LeavingInput{Reason: "resigned", On: "2027-03-31"}))
			return nihil(tx, duties[2].ID)
		})
		short := person(9)
		short.NIK = short.NIK[:15]
		for name, tt := range map[string]struct {
			duty string
			in   ledger.JoinInput
			code string
		}{
			"twice":                        {id, ledger.JoinInput{Row: person(1)}, "already_on_list"},
			"while still on it":            {id, ledger.JoinInput{Row: person(2), From: "2027-03-31"}, "joins_before_leaving"},
			"before the year":              {id, ledger.JoinInput{Row: person(3), From: "2026-12-31"}, "outside_year"},
			"after the year":               {id, ledger.JoinInput{Row: person(3), From: "2028-01-01"}, "outside_year"},
			"on no day":                    {id, ledger.JoinInput{Row: person(3), From: "2027-02-30"}, "bad_date"},
			"with a NIK of 15 digits":      {id, ledger.JoinInput{Row: short}, "rows_with_errors"},
			"a list that has not come":     {duties[1].ID, ledger.JoinInput{Row: person(3)}, "no_list_yet"},
			"according to nobody":          {id, ledger.JoinInput{Row: person(3), SourceID: "x"}, "not_found"},
			"by an objection nobody made":  {id, ledger.JoinInput{Row: person(3), ObjectionID: "x"}, "objection_not_upheld"},
			"with a note that never ends ": {id, ledger.JoinInput{Row: person(3), Note: string(make([]rune, 1001))}, "text_too_long"},
		} {
			before := dump(t, rawDB(t, url))
			err := b.do(func(tx *ledger.Tx) error { _, err := tx.Join(tt.duty, tt.in); return err })
			require.Equal(t, tt.code, mustFault(t, err).Code, name)
			require.Equal(t, before, dump(t, rawDB(t, url)), name)
		}
		b.write(func(tx *ledger.Tx) error {
			must(tx.Join(id, ledger.JoinInput{Row: person(2), From: "2027-04-01"}))
			must(tx.Join(duties[2].ID, ledger.JoinInput{Row: person(7), From: "2027-05-01"}))
			require.Equal(t, ledger.ByRoster, must(tx.Obligation(duties[2].ID)).ClosedHow, "whoever joins ends the nihil")
			return nil
		})
		require.Equal(t, names(1, 2), b.on(id, "2027-03-31"))
		require.Equal(t, names(1, 2), b.on(id, "2027-04-01"))
		require.Zero(t, b.recount())
	})
}

func TestWhoeverLeavesWasOnTheListUntilTheLastDay(t *testing.T) {
	t.Parallel()
	for reason, last := range map[string]calendar.Day{
		"resigned": "2027-03-10", "moved": "2027-03-10", "contract_ended": "2027-03-10", "died": "2027-03-10", "became_pppk": "2027-03-09", "became_pns": "2027-03-09",
		"entered_by_mistake": "",
	} {
		t.Run(reason, func(t *testing.T) {
			t.Parallel()
			b, id := running(t, testdb.SQLite(t), 1, person(1), person(2))
			on := "2027-03-10"
			if last == "" {
				on = ""
			}
			row := b.row(id, 1)
			var left ledger.Left
			b.write(func(tx *ledger.Tx) error {
				left = must(tx.Leave(row, ledger.LeavingInput{Reason: reason, On: on}))
				return nil
			})
			require.Equal(t, last, left.LastDay)
			require.Equal(t, []any{2, ledger.MovedOut, int64(1), int64(1)}, []any{left.Roster.Version, left.Roster.Kind, left.Roster.People, left.Roster.Removed})
			require.Equal(t, reason == "died", left.Claim.ID != "", "only a death opens a claim")
			if last == "" {
				require.Equal(t, names(2), b.on(id, "2027-01-01"), "who never belonged there was never there")
			} else {
				require.Equal(t, names(1, 2), b.on(id, last))
				require.Equal(t, names(2), b.on(id, last.Add(1)))
			}
			err := b.do(func(tx *ledger.Tx) error {
				_, err := tx.Leave(row, ledger.LeavingInput{Reason: "resigned", On: "2027-05-01"})
				return err
			})
			require.Equal(t, "already_left", mustFault(t, err).Code)
			b.fold()
			require.Equal(t, 1, b.rollup("listed"))
			require.Zero(t, b.recount())
		})
	}
}

func TestNobodyLeavesOnADayThatCannotBe(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b, id := running(t, url, 1, person(1))
		b.write(func(tx *ledger.Tx) error {
			must(tx.Join(id, ledger.JoinInput{Row: person(2), From: "2027-04-01"}))
			return nil
		})
		first, second := b.row(id, 1), b.row(id, 2)
		for name, tt := range map[string]struct {
			row  string
			in   ledger.LeavingInput
			code string
		}{
			"before the year":            {first, ledger.LeavingInput{Reason: "resigned", On: "2026-12-31"}, "left_before_joining"},
			"on the first day, as PPPK":  {first, ledger.LeavingInput{Reason: "became_pppk", On: "2027-01-01"}, "left_before_joining"},
			"before joining":             {second, ledger.LeavingInput{Reason: "resigned", On: "2027-03-31"}, "left_before_joining"},
			"after the year":             {first, ledger.LeavingInput{Reason: "resigned", On: "2028-01-01"}, "outside_year"},
			"in time to come":            {first, ledger.LeavingInput{Reason: "died", On: "2027-06-11"}, "leaves_later"},
			"on no day":                  {first, ledger.LeavingInput{Reason: "died"}, "missing_field"},
			"for no reason":              {first, ledger.LeavingInput{On: "2027-03-01"}, "unknown_reason"},
			"by an accident, and living": {first, ledger.LeavingInput{Reason: "moved", On: "2027-03-01", AtWork: true}, "not_a_death"},
			"a list nobody knows":        {"x", ledger.LeavingInput{Reason: "moved", On: "2027-03-01"}, "not_found"},
		} {
			before := dump(t, rawDB(t, url))
			err := b.do(func(tx *ledger.Tx) error { _, err := tx.Leave(tt.row, tt.in); return err })
			require.Equal(t, tt.code, mustFault(t, err).Code, name)
			require.Equal(t, before, dump(t, rawDB(t, url)), name)
		}
		b.write(func(tx *ledger.Tx) error {
			left := must(tx.Leave(first, ledger.LeavingInput{Reason: "became_pppk", On: "2027-06-11"}))
			require.Equal(t, calendar.Day("2027-06-10"), left.LastDay, "who becomes PPPK tomorrow leaves today")
			return nil
		})
	})
}

func TestAMistakenLeaveIsUndoneAsIfItHadNeverBeen(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b, id := running(t, url, 1, person(1), person(2))
		row := b.row(id, 1)
		b.write(func(tx *ledger.Tx) error {
			left := must(tx.Leave(row, ledger.LeavingInput{Reason: "died", On: "2027-03-10"}))
			require.NotEmpty(t, left.Claim.ID)
			return nil
		})
		require.Equal(t, names(2), b.on(id, "2027-05-01"))
		restore := func(reason string) error {
			return b.do(func(tx *ledger.Tx) error { _, err := tx.Restore(row, reason); return err })
		}
		require.Equal(t, "missing_field", mustFault(t, restore(" ")).Code)
		require.NoError(t, restore("salah orang"))
		for _, day := range []calendar.Day{"2027-01-01", "2027-03-10", "2027-03-11", "2027-12-31"} {
			require.Equal(t, names(1, 2), b.on(id, day), "once on %s, and not twice", day)
		}
		require.Equal(t, "not_left", mustFault(t, restore("lagi")).Code)
		b.read(func(tx *ledger.Tx) error {
			require.Equal(t, ledger.ClaimWithdrawn, must(tx.Claims(ledger.ClaimFilter{}, page))[0].State)
			require.Len(t, must(tx.RosterRows(must(tx.Rosters(id))[1].ID, page)), 1, "what was believed in between stays")
			moved := must(tx.Movements(id, 10))
			require.Equal(t, []string{ledger.MovedBack, "salah orang", "died", "2027-03-10"}, []string{moved[0].Kind, moved[0].Remark, moved[1].Reason, moved[1].OnDay})
			return nil
		})
		b.write(func(tx *ledger.Tx) error {
			left := must(tx.Leave(b.row(id, 1), ledger.LeavingInput{Reason: "died", On: "2027-04-01"}))
			require.NotEmpty(t, left.Claim.ID, "the claim of before has been withdrawn")
			return nil
		})
		b.fold()
		require.Equal(t, 1, b.rollup("listed"))
		require.Zero(t, b.recount())
	})
}

func TestWhoeverHasJoinedAgainIsNotPutBackAsWell(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b, id := running(t, url, 1, person(1))
		row := b.row(id, 1)
		b.write(func(tx *ledger.Tx) error {
			must(tx.Leave(row, ledger.LeavingInput{Reason: "resigned", On: "2027-02-28"}))
			must(tx.Join(id, ledger.JoinInput{Row: person(1), From: "2027-05-01"}))
			return nil
		})
		err := b.do(func(tx *ledger.Tx) error { _, err := tx.Restore(row, "keliru"); return err })
		require.Equal(t, "joined_since", mustFault(t, err).Code)
		require.Equal(t, []int{1, 0, 1}, []int{len(b.on(id, "2027-02-28")), len(b.on(id, "2027-04-30")), len(b.on(id, "2027-05-01"))})
	})
}
