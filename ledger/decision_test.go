package ledger_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/agreement"
	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/protocol"
)

func TestAPendingDecisionIsInvisible(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 3)
		year := ledger.YearInput{LineID: b.line.ID, Year: 2027, KindOfUnit: "desa", TargetOn: "2026-12-15"}
		b.propose("pending", agreement.OpenYear, year)
		before := dump(t, rawDB(t, url))
		b.read(func(tx *ledger.Tx) error {
			require.Empty(t, must(tx.Periods(b.agreement.ID)))
			require.Empty(t, must(tx.Obligations(ledger.ObligationFilter{}, page)))
			require.Empty(t, must(tx.ObligationsAsOf(b.agreement.ID, "", time.Time{})))
			require.Empty(t, must(tx.Plan(b.agreement.ID, b.clock.now(), b.clock.now().AddDate(1, 0, 0))))
			require.Empty(t, must(tx.Notices(ledger.NoticeFilter{}, page)))
			for _, m := range must(tx.Milestones(b.agreement.ID)) {
				require.NotEqual(t, string(agreement.YearOpened), m.Code)
			}
			require.Equal(t, "pending", must(tx.AnswerTo("pending")).State)
			return nil
		})
		require.Zero(t, b.recount())
		b.fold()
		require.Zero(t, b.rollup(ledger.MeasureDuties))
		after := dump(t, rawDB(t, url))
		delete(before, "leases") // the folder's turn
		delete(after, "leases")
		require.Equal(t, before, after, "reading changes nothing")
		_, err := b.decide("other", agreement.OpenYear, year)
		require.NoError(t, err, "a pending one takes nobody's place")
		_, err = b.Decide(t.Context(), protocol.DecideInput{AgreementID: b.agreement.ID, Epoch: 1, RequestID: "pending", Kind: agreement.OpenYear})
		require.True(t, fault.Is(err, "year_open"), "%v", err)
		require.Len(t, b.obligations(), 3)
		require.Zero(t, b.recount())
	})
}

func TestARequestIDServesOneRequestOnly(t *testing.T) {
	t.Parallel()
	b := kabupaten(t, testdb.SQLite(t), 1)
	b.propose("r", agreement.MoveDeadline, ledger.DeadlineInput{})
	b.propose("r", agreement.MoveDeadline, ledger.DeadlineInput{}) // again is once
	require.Equal(t, 1, number(t, b.url, "SELECT COUNT(*) FROM decisions"))
	for name, p := range map[string]ledger.Proposal{
		"other content":  {RequestID: "r", AgreementID: b.agreement.ID, Kind: agreement.MoveDeadline, Hash: []byte("other")},
		"other decision": {RequestID: "r", AgreementID: b.agreement.ID, Kind: agreement.Terminate, Hash: []byte("r")},
	} {
		err := b.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error { return tx.Propose(p) })
		require.True(t, fault.Is(err, "idempotency_key_reused"), "%s: %v", name, err)
	}
}

func TestTerminatingCancelsWhatIsOpenAndStopsTheClock(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 4)
		b.openYear("2026-12-15")
		duties := b.obligations()
		b.write(func(tx *ledger.Tx) error {
			must(tx.OpenRenewal(b.agreement.ID, duties[0].OwnerPostID))
			must(tx.Pause(duties[1].ID, ledger.PauseInput{Note: "menunggu BPJS"}))
			return nihil(tx, duties[0].ID)
		})
		_, err := b.decide("early", agreement.Terminate, ledger.TerminationInput{On: "2026-01-26", Reason: "x"})
		require.Equal(t, agreement.NeedLaterDate, mustFault(t, err).Reasons[0].Code, "before it was signed")
		_, err = b.decide("why", agreement.Terminate, ledger.TerminationInput{On: "2026-11-23"})
		require.Equal(t, "reason", mustFault(t, err).Field)

		out, err := b.decide("end", agreement.Terminate, ledger.TerminationInput{On: "2026-11-23", Reason: "diakhiri bersama"})
		require.NoError(t, err)
		require.Equal(t, "4", out.Made["cancelled"], "three lists and the renewal's answer")
		require.True(t, out.Snapshot.Closed)
		require.Zero(t, out.Snapshot.NextAt)
		require.Contains(t, out.Snapshot.Milestones, string(agreement.Terminated))
		for _, o := range b.obligations() {
			require.Zero(t, o.NextAt)
			require.Equal(t, map[bool]string{true: ledger.StateClosed, false: ledger.StateCancelled}[o.ID == duties[0].ID], o.State)
		}
		b.clock.set(wita("2027-02-01", 8))
		require.Zero(t, b.takeSteps().NextAt)
		require.Empty(t, b.notices())
		require.Zero(t, b.recount())
		_, err = b.decide("after", agreement.MoveDeadline, ledger.DeadlineInput{TargetOn: "2027-03-01", Reason: "x"})
		require.True(t, fault.Is(err, "agreement_terminated"), "%v", err)
		for name, do := range map[string]func(*ledger.Tx) error{
			"a line": func(tx *ledger.Tx) error {
				return second(tx.AddLine(b.agreement.ID, ledger.LineInput{GroupCode: "linmas"}))
			},
			"a renewal": func(tx *ledger.Tx) error { return second(tx.OpenRenewal(b.agreement.ID, duties[0].OwnerPostID)) },
			"more time": func(tx *ledger.Tx) error {
				return second(tx.Extend(duties[2].ID, ledger.Extension{TargetOn: "2027-03-01", Reason: "x", ApprovedBy: "y"}))
			},
			"a nihil": func(tx *ledger.Tx) error { return nihil(tx, duties[2].ID) },
			"a list": func(tx *ledger.Tx) error {
				return second(tx.SubmitRoster(duties[2].ID, ledger.RosterInput{Rows: []ledger.RosterRowInput{person(1)}}))
			},
			"a new clock": func(tx *ledger.Tx) error { return second(tx.Resume(duties[1].ID, "")) },
		} {
			err := b.Write(t.Context(), ledger.Operator(), do)
			require.Contains(t, []string{"agreement_terminated", "obligation_not_open"}, mustFault(t, err).Code, name)
		}
		b.read(func(tx *ledger.Tx) error {
			require.Equal(t, "declined", must(tx.Renewals(b.agreement.ID))[0].State)
			return nil
		})
	})
}

func second[T any](_ T, err error) error { return err }
