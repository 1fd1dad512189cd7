package ledger_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/internal/testdb"
	"payung/ledger"
)

func TestAnObligationOnAPastDayIsWhatItsLastChangeMadeIt(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		id := b.obligations()[0].ID
		b.clock.set(wita("2026-12-01", 8))
		b.write(func(tx *ledger.Tx) error {
			_, err := tx.Extend(id, ledger.Extension{TargetOn: "2026-12-22", Reason: "banjir", ApprovedBy: "Sekda"})
			return err
		})
		b.clock.set(wita("2026-12-10", 8))
		b.write(func(tx *ledger.Tx) error {
			_, err := tx.Close(id, ledger.Closing{How: "nihil", Signatory: "Kepala Desa", On: "2026-12-05"}) // recorded five days late
			return err
		})
		b.clock.set(wita("2026-12-20", 8))
		for _, c := range []struct {
			on            calendar.Day
			knownAt       time.Time
			state, target string
		}{
			{on: "2026-11-30", state: "open", target: "2026-12-15"},
			{on: "2026-12-01", state: "open", target: "2026-12-22"},
			{on: "2026-12-05", state: "closed", target: "2026-12-22"},
			{on: "2026-12-07", knownAt: wita("2026-12-07", 12), state: "open", target: "2026-12-22"},
			{on: "2026-12-07", knownAt: wita("2026-12-10", 12), state: "closed", target: "2026-12-22"},
			{state: "closed", target: "2026-12-22"},
		} {
			b.read(func(tx *ledger.Tx) error {
				rows, err := tx.ObligationsAsOf(b.agreement.ID, c.on, c.knownAt)
				require.Len(t, rows, 1)
				require.Equal(t, c.state, rows[0].State, "on %s", c.on)
				require.Equal(t, c.target, rows[0].TargetOn, "on %s", c.on)
				return err
			})
		}
		b.read(func(tx *ledger.Tx) error {
			rows, err := tx.ObligationsAsOf(b.agreement.ID, "2026-11-22", time.Time{})
			require.Empty(t, rows, "not opened yet")
			return err
		})
	})
}

func TestAFuzzyDateCountsOnceItHasSurelyPassed(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		paper := b.source("Kabar")
		var dates []calendar.When
		for _, p := range []calendar.Precision{calendar.Exact, calendar.Monthly, calendar.Yearly, calendar.Early, calendar.Before, calendar.Since} {
			for _, day := range []calendar.Day{"2022-01-01", "2022-03-01", "2022-12-01", "2022-12-31"} {
				dates = append(dates, calendar.When{On: day, Precision: p})
			}
		}
		b.write(func(tx *ledger.Tx) error {
			for i, d := range dates {
				if _, err := tx.RecordFigure(ledger.FigureInput{
					AgreementID: b.agreement.ID, SubjectKind: "agreement", SubjectID: b.agreement.ID, Measure: fmt.Sprint(i), Value: 1,
					Definition: "apa saja", On: d, SourceID: paper.ID,
				}); err != nil {
					return err
				}
			}
			return nil
		})
		for _, day := range []calendar.Day{
			"2021-12-31", "2022-01-01", "2022-01-31", "2022-03-09", "2022-03-10", "2022-03-31", "2022-04-29", "2022-04-30", "2022-12-09", "2022-12-10", "2022-12-30", "2022-12-31",
		} {
			seen := map[string]bool{}
			for _, f := range b.overview(day).Figures {
				seen[f.Measure] = true
			}
			for i, d := range dates {
				require.Equal(t, d.Known(day), seen[fmt.Sprint(i)], "%s %s on %s", d.Precision, d.On, day)
			}
		}
	})
}

func TestTheOverviewTellsTheStoryInOrderOfDate(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 3)
		paper := b.source("Suryametro")
		b.write(func(tx *ledger.Tx) error {
			bases, err := tx.Bases(b.agreement.ID)
			if err != nil {
				return err
			}
			if err := tx.AddCitation(bases[0].RegulationID, ledger.CitationInput{SourceID: paper.ID, Number: "21", Year: 2021}); err != nil {
				return err
			}
			_, err = tx.RecordHappening(ledger.HappeningInput{
				AgreementID: b.agreement.ID, Kind: "benefit_paid", On: calendar.On("2026-10-07"), Programme: "JKM", Amount: 24_000_000, SourceID: paper.ID,
			})
			return err
		})
		b.openYear("2026-12-15")
		o := b.overview("")
		var kinds []string
		for _, e := range o.Timeline {
			kinds = append(kinds, e.Kind)
		}
		require.Equal(t, []string{ledger.EventBasis, ledger.EventSigning, ledger.EventHappening, ledger.EventYear}, kinds)
		require.Len(t, o.Bases[0].Disagree, 1)
		require.Equal(t, "21", o.Bases[0].Disagree[0].Number)
		require.Contains(t, o.Findings, ledger.FindingCitations)
		require.Len(t, o.Timeline[1].Signing.Signers, 2)
		require.Len(t, b.overview("2026-01-26").Timeline, 1, "not signed yet")
	})
}

func TestTheMatrixHasATotalForEachColumnAndKecamatan(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 5)
		b.openYear("2026-12-15")
		b.clock.set(wita("2026-12-17", 9))
		b.takeSteps()
		b.tellByLetter()
		id := b.obligations()[0].ID
		b.write(func(tx *ledger.Tx) error {
			_, err := tx.Close(id, ledger.Closing{How: "nihil", Signatory: "Kepala Desa"})
			return err
		})
		m := b.overview("").Matrix
		require.Equal(t, 5, m.Units)
		require.Len(t, m.Columns, 1)
		require.Equal(t, 2027, m.Columns[0].Year)
		require.Equal(t, ledger.Tally{ledger.CellNihil: 1, ledger.CellLate: 4}, m.Columns[0].Totals)
		require.Len(t, m.Groups, 1)
		require.Equal(t, "Kecamatan Contoh", m.Groups[0].Name)
		require.Equal(t, 5, m.Groups[0].Totals.All())
		late := m.Groups[0].Rows[1].Cells[0]
		require.Equal(t, 2, late.DaysLate)
		require.Equal(t, calendar.Day("2026-12-17"), late.Noticed)
	})
}

func TestNextActionsAreFewAndTheMostUrgentFirst(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 5)
		b.openYear("2026-12-15")
		b.clock.set(wita("2026-12-17", 9))
		b.takeSteps()
		_, err := b.decide("meeting", agreement.RecordMeeting, ledger.MeetingInput{
			On: calendar.On("2026-12-16"), Decisions: []ledger.MeetingDecisionInput{{Text: "Data Non-ASN", Task: &ledger.TaskInput{Kind: "task", KindOfUnit: "desa"}}},
		})
		require.NoError(t, err)
		actions := b.overview("").Actions
		require.LessOrEqual(t, len(actions), ledger.MaxActions)
		require.Equal(t, ledger.Action{Code: ledger.ActionLate, Urgency: ledger.Urgent, Count: 5, On: "2026-12-15"}, actions[0])
		require.Equal(t, ledger.FindingUndated, actions[1].Code, "a duty without a date is a task for the coordinator")
	})
}

func TestTheInboxShowsTheNewestFirstWithNames(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 3)
		b.openYear("2026-12-15")
		b.clock.set(wita("2026-12-08", 8))
		b.takeSteps()
		b.clock.set(wita("2026-12-16", 8))
		b.takeSteps()
		b.read(func(tx *ledger.Tx) error {
			rows, err := tx.Inbox(ledger.InboxFilter{}, 4)
			require.Len(t, rows, 4)
			require.Equal(t, "T+1", rows[0].Step)
			require.NotEmpty(t, rows[0].PostTitle)
			require.Contains(t, rows[0].UnitName, "Desa 00")
			require.Equal(t, "PKS Contoh", rows[0].Title)
			older, err2 := tx.Inbox(ledger.InboxFilter{Before: rows[3].ID}, 10)
			require.Len(t, older, 5)
			require.NoError(t, err2)
			posts, err3 := tx.Recipients()
			require.Len(t, posts, 4)
			require.EqualValues(t, 3, posts[0].Unread)
			require.Equal(t, "Camat Contoh", posts[0].Title)
			require.Empty(t, posts[0].Kecamatan, "a camat heads one and is in none")
			require.Equal(t, posts[0].PartyName, posts[1].PartyName)
			require.NotEmpty(t, posts[1].Kecamatan)
			require.NoError(t, err3)
			return err
		})
	})
}
