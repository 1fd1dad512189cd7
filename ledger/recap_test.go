package ledger_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
	"payung/protocol"
)

func (b *book) recap(on calendar.Day) ledger.Recap {
	b.t.Helper()
	var r ledger.Recap
	b.read(func(tx *ledger.Tx) (err error) { r, err = tx.Recap(on); return })
	return r
}

func (b *book) overview(on calendar.Day) ledger.Overview {
	b.t.Helper()
	var o ledger.Overview
	b.read(func(tx *ledger.Tx) (err error) { o, err = tx.Overview(b.agreement.ID, on); return })
	return o
}

func (b *book) source(title string) models.Source {
	b.t.Helper()
	var s models.Source
	b.write(func(tx *ledger.Tx) (err error) {
		s, err = tx.CreateSource(ledger.SourceInput{Kind: "news", Title: title, SaidBy: "Sekretaris Daerah", RegionCode: "74.05"})
		return
	})
	return s
}

func TestTheRecapTellsNoAnswerFromNotRegistered(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 6)
		b.openYear("2026-12-15")
		row := b.recap("").Rows[0]
		require.Equal(t, ledger.DutyCount{All: 6, NotRegistered: 6}, row.Duties, "nobody has been asked yet")
		require.Equal(t, ledger.StageCollecting, row.Stage)
		require.Equal(t, ledger.Next{At: wita("2026-12-08", 8).UTC(), Step: "T-7", On: "2026-12-15", Kind: "roster", Group: "village_officials", Count: 6}, row.Next)

		b.clock.set(wita("2026-12-17", 9))
		b.takeSteps()
		b.tellByLetter()
		duties := b.obligations()
		b.write(func(tx *ledger.Tx) error {
			if _, err := tx.Close(duties[0].ID, ledger.Closing{How: "nihil", Signatory: "Kepala Desa"}); err != nil {
				return err
			}
			_, err := tx.Close(duties[1].ID, ledger.Closing{How: "receiver", People: 10})
			return err
		})
		row = b.recap("").Rows[0]
		require.Equal(t, ledger.DutyCount{All: 6, Answered: 1, Nihil: 1, NoAnswer: 4, Late: 4, LateSince: "2026-12-15"}, row.Duties)
		require.Equal(t, ledger.People{Registered: 10}, row.People, "registered is not paid and not protected")
		require.Contains(t, row.Findings, ledger.FindingUncovered, "a signature is not cover")
	})
}

func TestTheRecapShowsAPastDayAsItWas(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 4)
		b.openYear("2026-12-15")
		b.clock.set(wita("2026-12-08", 8))
		b.takeSteps()
		b.tellByLetter()
		b.clock.set(wita("2026-12-10", 8))
		answered := b.obligations()[0].ID
		b.write(func(tx *ledger.Tx) error {
			_, err := tx.Close(answered, ledger.Closing{How: "receiver", People: 7})
			return err
		})
		b.clock.set(wita("2026-12-20", 8))
		for day, want := range map[calendar.Day]ledger.DutyCount{
			"2026-11-23": {All: 4, NotRegistered: 4},
			"2026-12-08": {All: 4, NoAnswer: 4},
			"2026-12-10": {All: 4, Answered: 1, NoAnswer: 3},
			"2026-12-16": {All: 4, Answered: 1, NoAnswer: 3, Late: 3, LateSince: "2026-12-15"},
		} {
			require.Equal(t, want, b.recap(day).Rows[0].Duties, day)
		}
		require.Equal(t, ledger.People{Registered: 7}, b.recap("2026-12-10").Rows[0].People)
		require.False(t, b.recap("2026-12-09").Rows[0].People.Any())
		require.Empty(t, b.recap("2019-01-01").Rows, "long before anything happened")
	})
}

func TestThePastIsReadFromADaysSnapshotWhereThereIsOne(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-15")
		period := b.obligations()[0].PeriodID
		b.clock.set(wita("2026-12-10", 8))
		b.write(func(tx *ledger.Tx) error {
			return tx.RecordStatus(b.agreement.ID, period, b.units[0].ID, ledger.StatusInput{State: "paid", People: 5, On: calendar.On("2026-12-10")})
		})
		b.clock.set(wita("2026-12-11", 23))
		b.turn("fold", func(ctx context.Context, h *ledger.Hold) (bool, error) { return h.Fold(ctx) })
		_, _, err := b.SnapshotCoverage(t.Context(), protocol.RoundInput{Zone: string(calendar.WITA)})
		require.NoError(t, err)
		// BPJS corrects the count afterwards, for the day before.
		b.write(func(tx *ledger.Tx) error {
			return tx.RecordStatus(b.agreement.ID, period, b.units[0].ID, ledger.StatusInput{State: "paid", People: 6, On: calendar.On("2026-12-10")})
		})
		require.EqualValues(t, 5, b.recap("2026-12-11").Rows[0].People.Paid, "what the evening knew")
		b.clock.set(wita("2027-01-10", 8))
		require.EqualValues(t, 6, b.recap("2026-12-10").Rows[0].People.Paid, "no snapshot: from the facts")
		require.EqualValues(t, 5, b.recap("2026-12-14").Rows[0].People.Paid, "a missed night or two")
		require.EqualValues(t, 6, b.recap("2026-12-15").Rows[0].People.Paid, "too old to stand for this day")
	})
}

func TestAnImportedAgreementIsKnownFromItsOwnDatedFacts(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := open(t, url)
		kabupatenOf2019(b)
		require.Empty(t, b.recap("2018-12-31").Rows)
		row := b.recap("2019-10-07").Rows[0]
		require.True(t, row.Agreement.Historical)
		require.Equal(t, ledger.StageMet, row.Stage)
		require.Equal(t, []string{ledger.FindingUndated, ledger.FindingNoBasis}, row.Findings)
		require.Equal(t, ledger.DutyCount{All: 2, NotRegistered: 2, Undated: 2}, row.Duties, "asked for with no date, so nobody is silent")
		require.Len(t, row.Figures, 1)
		require.EqualValues(t, 85, row.Figures[0].Value)
		require.Equal(t, "Sekretaris Daerah", row.Figures[0].Source.SaidBy)
	})
}

// kabupatenOf2019 records a meeting of 2019 as its newspaper tells it.
func kabupatenOf2019(b *book) {
	b.t.Helper()
	paper := b.source("Rapat KSO")
	b.write(func(tx *ledger.Tx) error {
		pemda, err := tx.CreateParty(ledger.PartyInput{Kind: "pemda", Name: "Kabupaten Konawe Utara", RegionCode: "74.09"})
		if err != nil {
			return err
		}
		bpjs, err := tx.CreateParty(ledger.PartyInput{Kind: "bpjs", Name: "BPJS Ketenagakerjaan Kendari", RegionCode: "74.71"})
		if err != nil {
			return err
		}
		opd, err := tx.CreateUnits(pemda.ID, []ledger.UnitInput{
			{Kind: "opd", Name: "Dinas Kesehatan", HeadTitle: "Kepala Dinas Kesehatan"},
			{Kind: "opd", Name: "Dinas Pendidikan", HeadTitle: "Kepala Dinas Pendidikan"},
			{Kind: "desa", Name: "Desa Wunduhaka", HeadTitle: "Kepala Desa Wunduhaka"},
		})
		if err != nil {
			return err
		}
		b.agreement, err = tx.CreateAgreement(ledger.AgreementInput{
			Title: "PKS 2019", PemdaPartyID: pemda.ID, BPJSPartyID: bpjs.ID, Historical: true, ImportedOn: "2026-11-23", SourceID: paper.ID,
			Lines: []ledger.LineInput{
				{GroupCode: "village_officials", FundingSource: "apbdes"},
				{GroupCode: "non_asn", FundingSource: "apbd_regency", Planned: true, PlannedFor: "2020"},
			},
		})
		if err != nil {
			return err
		}
		_, err = tx.RecordMeeting(b.agreement.ID, ledger.MeetingInput{
			On: calendar.On("2019-10-07"), Place: "Aula Konasara", Present: []string{opd[0].ID, opd[2].ID}, Absent: []string{opd[1].ID}, SourceID: paper.ID,
			Decisions: []ledger.MeetingDecisionInput{{Text: "Setiap OPD mendata Non-ASN", Task: &ledger.TaskInput{Kind: "task", GroupCode: "non_asn", KindOfUnit: "opd"}}},
		})
		if err != nil {
			return err
		}
		_, err = tx.RecordFigure(ledger.FigureInput{
			AgreementID: b.agreement.ID, SubjectKind: "agreement", SubjectID: b.agreement.ID, Measure: "villages_paid", Value: 85,
			Definition: "desa yang sudah membayar penuh setahun", On: calendar.On("2019-10-07"), SourceID: paper.ID,
		})
		return err
	})
}

func TestALaterYearIsNotAddedToTheOneBefore(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		for year, people := range map[int]int64{2025: 8, 2026: 10} {
			b.write(func(tx *ledger.Tx) error {
				p, err := tx.RecordYear(b.agreement.ID, ledger.YearInput{LineID: b.line.ID, Year: year, KindOfUnit: "desa"}, "")
				if err != nil {
					return err
				}
				on := calendar.On(calendar.NewDay(year, 3, 1))
				return tx.RecordStatus(b.agreement.ID, p.ID, b.units[0].ID, ledger.StatusInput{State: "protected", People: people, On: on})
			})
		}
		require.EqualValues(t, 10, b.recap("").Rows[0].People.Protected)
		require.EqualValues(t, 8, b.recap("2025-06-01").Rows[0].People.Protected)
	})
}

func TestAProspectIsOneUntilThereIsAnAgreement(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := open(t, url)
		paper := b.source("Daerah yang belum mendaftar")
		b.write(func(tx *ledger.Tx) error {
			for _, p := range [][2]string{{"74.09", "non_asn"}, {"74.09", "vulnerable"}, {"74.07", "non_asn"}} {
				if _, err := tx.RecordProspect(ledger.ProspectInput{RegionCode: p[0], GroupCode: p[1], NextStep: "audience", On: "2018-10-04", SourceID: paper.ID}); err != nil {
					return err
				}
			}
			return nil
		})
		kabupatenOf2019(b)
		require.Len(t, b.recap("2018-10-04").Prospects, 3)
		require.Empty(t, b.recap("2018-10-03").Prospects)
		now := b.recap("").Prospects
		require.Len(t, now, 2)
		require.Equal(t, "Wakatobi", now[0].Region.Name)
		require.Equal(t, "vulnerable", now[1].GroupCode, "its agreement is not about them")
	})
}

func TestWhatNeedsActionComesFirst(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		kabupatenOf2019(b)
		rows := b.recap("").Rows
		require.Len(t, rows, 2)
		require.False(t, rows[0].Agreement.Historical)
		require.True(t, rows[1].Agreement.Historical)
	})
}

func TestADayThatHasNotComeIsRefused(t *testing.T) {
	t.Parallel()
	b := open(t, testdb.SQLite(t))
	b.read(func(tx *ledger.Tx) error {
		_, err := tx.AsOf("2026-11-24")
		require.True(t, fault.Is(err, "as_of_in_future"))
		_, err = tx.AsOf("kemarin")
		require.True(t, fault.Is(err, "bad_date"))
		day, err := tx.AsOf("2026-11-23")
		require.Equal(t, calendar.Day("2026-11-23"), day)
		return err
	})
}

func TestSampleDataNeedsAnEmptyLedger(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := open(t, url)
		for range 2 {
			b.write(func(tx *ledger.Tx) error { return tx.MarkSample() })
		}
		b.read(func(tx *ledger.Tx) error {
			s, err := tx.Settings()
			require.True(t, s.Sample)
			require.EqualValues(t, 1, s.Epoch)
			return err
		})
		err := b.Write(t.Context(), ledger.Actor{Name: "asing", Reach: ledger.Regency, RegencyCode: "74.05"}, func(tx *ledger.Tx) error { return tx.MarkSample() })
		require.True(t, fault.Is(err, "outside_scope"))
	})
	b := kabupaten(t, testdb.SQLite(t), 1)
	err := b.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error { return tx.MarkSample() })
	require.True(t, fault.Is(err, "ledger_has_real_data"))
}

func TestAForeignActorSeesNoAgreementInTheRecap(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-15")
		foreign := ledger.Actor{Name: "asing", Reach: ledger.Regency, ProvinceCode: "33", RegencyCode: "33.01"}
		require.NoError(t, b.Read(t.Context(), foreign, func(tx *ledger.Tx) error {
			r, err := tx.Recap("")
			require.Empty(t, r.Rows)
			require.NoError(t, err)
			_, err = tx.Overview(b.agreement.ID, "")
			require.True(t, fault.Is(err, "not_found"))
			rows, err := tx.ObligationsAsOf(b.agreement.ID, "2026-12-01", time.Time{})
			require.Empty(t, rows)
			return err
		}))
	})
}
