package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

// listedOn are the last digits of the NIKs of people on a list on a day.
func (b *book) listedOn(duty string, day calendar.Day) (out []string) {
	b.t.Helper()
	b.read(func(tx *ledger.Tx) error {
		for _, p := range must(tx.Listed(duty, day, page)) {
			out = append(out, p.NIKLast4)
		}
		return nil
	})
	return out
}

func last4(n int) string { return person(n).NIK[12:] }

func TestAFirstDayDuringTheYearSurvivesTheNextFile(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		duty := b.obligations()[0].ID
		b.clock.set(wita("2027-05-03", 9))
		_, err := b.submit(duty, person(1), person(2))
		require.NoError(t, err)
		b.write(func(tx *ledger.Tx) error {
			_, err := tx.Join(duty, ledger.JoinInput{Row: person(3), From: "2027-03-01"})
			return err
		})
		var gone string
		b.read(func(tx *ledger.Tx) error { gone = must(tx.Listed(duty, "2027-01-02", page))[1].ID; return nil })
		b.write(func(tx *ledger.Tx) error {
			_, err := tx.Leave(gone, ledger.LeavingInput{Reason: "resigned", On: "2027-02-28"})
			return err
		})

		b.clock.set(wita("2027-06-07", 9))
		rows := listed(1, 2, 3)
		rows[2].Name = "Pekerja Tiga" // written otherwise, so the row is a new one
		i := b.finish(b.prepare(b.receive("a.csv", "a").ID, duty, ledger.Batch{Rows: rows, Position: 4}), ledger.Reading{State: ledger.ImportReady, Result: "{}"})
		_, err = b.accept(i, ledger.Acceptance{})
		require.NoError(t, err)
		for day, want := range map[calendar.Day][]string{
			"2027-02-15": {last4(1), last4(2)},
			"2027-03-01": {last4(1), last4(3)},
			"2027-06-06": {last4(1), last4(3)},
			"2027-06-07": {last4(1), last4(2), last4(3)}, // back since the file
		} {
			require.ElementsMatch(t, want, b.listedOn(duty, day), day)
		}
	})
}

func TestWhatAFileSaysOfLeaversIsFoundWhereTheyStand(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-15")
		own, other := b.obligations()[0].ID, b.obligations()[1].ID
		first, err := b.submit(own, person(1), person(2), person(3))
		require.NoError(t, err)
		_, err = b.submit(other, person(4))
		require.NoError(t, err)
		i := b.prepare(b.receive("a.csv", "a").ID, own, ledger.Batch{Rows: listed(1), Bad: 1, Position: 6})
		var d ledger.Departures
		leaver := func(row int64, n int, reason string) ledger.LeaverRow {
			return ledger.LeaverRow{Number: row, NIK: ledger.Digits(person(n).NIK), Leaver: ledger.Leaver{Reason: reason, On: "2027-03-05"}}
		}
		b.write(func(tx *ledger.Tx) (err error) {
			d, err = tx.FindLeavers(i.ID, first.Roster.ID, []ledger.LeaverRow{leaver(3, 2, "resigned"), leaver(4, 4, "resigned"), leaver(5, 3, "entered_by_mistake")})
			return err
		})
		require.Equal(t, []int64{3, 2}, []int64{d.Rows, d.Own})
		i = b.finish(i, ledger.Reading{State: ledger.ImportReady, Result: "{}", Base: first.Roster.ID, Left: d, Waiting: 2})
		require.Equal(t, []int64{7, 1, 1, 3, 2}, []int64{i.Rows, i.Good, i.Bad, i.Leavers, i.Waiting})
		b.read(func(tx *ledger.Tx) error {
			found := must(tx.Findings(i.ID, ledger.FindingPage{Size: 10}))
			require.Len(t, found, 1, "another unit's list is not this one's to change")
			require.Equal(t, []any{int64(4), "leaver_unlisted", "warning"}, []any{found[0].Number, found[0].Rule, found[0].Level})
			require.Empty(t, must(tx.MissingPeople(i.ID, 10)), "nobody is asked again")
			return nil
		})
		b.write(func(tx *ledger.Tx) (err error) {
			i, err = tx.Answer(i.ID, nil, &ledger.Leaver{Reason: ledger.Forgotten})
			return err
		})
		r, err := b.accept(i, ledger.Acceptance{})
		require.NoError(t, err)
		require.Equal(t, []int64{1, 2}, []int64{r.People, r.Removed})
		require.ElementsMatch(t, []string{last4(1), last4(2)}, b.listedOn(own, "2027-03-05"), "who never belonged there was on it on no day")
		require.Equal(t, []string{last4(4)}, b.listedOn(other, "2027-06-01"))
		b.fold()
		require.Zero(t, b.recount())
	})
}

func TestNobodyComesOnAListWhoIsRecordedAsDead(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		duty := b.obligations()[0].ID
		b.clock.set(wita("2027-05-03", 9))
		_, err := b.submit(duty, person(1), person(2))
		require.NoError(t, err)
		gone := b.row(duty, 1)
		b.write(func(tx *ledger.Tx) error {
			_, err := tx.Leave(gone, ledger.LeavingInput{Reason: "died", On: "2027-05-01"})
			return err
		})
		read := func(file string) (models.Import, []models.ImportFinding) {
			i := b.prepare(b.receive(file, file).ID, duty)
			i, err := b.EndReading(t.Context(), ledger.Operator(), i.ID, ledger.Batch{Rows: listed(1, 2), Position: 3},
				func(tx *ledger.Tx) (ledger.Reading, error) {
					return ledger.Reading{State: ledger.ImportReady, Result: "{}"}, nil
				})
			require.NoError(t, err)
			var found []models.ImportFinding
			b.read(func(tx *ledger.Tx) error {
				found = must(tx.Findings(i.ID, ledger.FindingPage{Size: 10}))
				return nil
			})
			return i, found
		}
		i, found := read("a.csv")
		require.Equal(t, []int64{2, 1, 1}, []int64{i.Rows, i.Good, i.Bad})
		require.Len(t, found, 1)
		require.Equal(t, []any{int64(2), "error", "recorded_dead"}, []any{found[0].Number, found[0].Level, found[0].Rule})
		r, err := b.accept(i, ledger.Acceptance{LeaveOut: true})
		require.NoError(t, err)
		require.EqualValues(t, 1, r.People)

		b.write(func(tx *ledger.Tx) error { _, err := tx.Restore(gone, "keliru"); return err })
		i, found = read("b.csv")
		require.Empty(t, found, "the record was wrong, and was undone")
		require.EqualValues(t, 2, i.Good)
		b.fold()
		require.Zero(t, b.recount())
	})
}
