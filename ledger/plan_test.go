package ledger_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/domain/obligation"
	"payung/internal/testdb"
	"payung/ledger"
)

// row is a message as the plan and the sent-ledger both know it.
func row(obligationID, step, postID, tone, missed, target string, at int64) string {
	return fmt.Sprintf("%s %s to %s, %s, for %s, missed %q at %s", obligationID, step, postID, tone, target, missed, time.UnixMicro(at).UTC())
}

// variety gives the kabupaten of a test duties of every sort the plan has to
// know: extended, paused, answered, undated, of a meeting and of a renewal.
func variety(b *book) {
	b.t.Helper()
	b.openYear("2026-12-15")
	open := b.obligations()
	b.write(func(tx *ledger.Tx) error {
		if _, err := tx.Extend(open[0].ID, ledger.Extension{TargetOn: "2026-12-28", Reason: "banjir", ApprovedBy: "Sekda"}); err != nil {
			return err
		}
		if _, err := tx.Pause(open[1].ID, ledger.PauseInput{Note: "berkas di cabang"}); err != nil {
			return err
		}
		if _, err := tx.Close(open[2].ID, ledger.Closing{How: ledger.ByNihil, Signatory: "Kepala Desa"}); err != nil {
			return err
		}
		_, err := tx.RecordMeeting(b.agreement.ID, ledger.MeetingInput{On: calendar.On("2026-11-20"), Decisions: []ledger.MeetingDecisionInput{
			{Text: "Rancangan Perbup", Task: &ledger.TaskInput{Kind: "regulation_draft", KindOfUnit: "kecamatan", TargetOn: "2027-03-31", FatalOn: "2027-04-30"}},
			{Text: "Data RT/RW", Task: &ledger.TaskInput{Kind: ledger.KindTask, KindOfUnit: "desa"}}, // no date yet
			{Text: "Surat kuasa", Task: &ledger.TaskInput{Kind: ledger.KindTask, KindOfUnit: "desa", TargetOn: "2026-11-21"}},
		}})
		if err != nil {
			return err
		}
		posts, err := tx.Posts(b.pemda.ID, ledger.Page{Size: 1})
		if err != nil {
			return err
		}
		if _, err := tx.AssignHolder(posts[0].ID, ledger.HolderInput{Name: "Siti Contoh", Capacity: "plt", ValidFrom: "2026-01-01"}); err != nil {
			return err
		}
		_, err = tx.OpenRenewal(b.agreement.ID, posts[0].ID)
		return err
	})
}

func TestWhatIsPlannedIsWhatIsSent(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		comparePlan(t, kabupaten(t, url, 9), "")
	})
}

func TestWhatWasMissedIsPlannedAsOne(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		comparePlan(t, kabupaten(t, url, 9), "2026-12-17") // down since before T-7
	})
}

// comparePlan plans a year, lets the clock run through it, and compares row by
// row. If the system was down, it comes back on that day.
func comparePlan(t *testing.T, b *book, back string) {
	t.Helper()
	variety(b)
	if back != "" {
		b.clock.set(wita(back, 10))
	}
	end := b.clock.now().AddDate(1, 2, 0)
	var want []string
	b.read(func(tx *ledger.Tx) error {
		planned, err := tx.Plan(b.agreement.ID, tx.Now(), end)
		for _, n := range planned {
			want = append(want, row(n.ObligationID, n.Step, n.PostID, n.Tone, n.Missed, n.TargetOn, n.At.UnixMicro()))
			require.NotEmpty(t, n.OrderedBy, "every message has a reason")
			require.NotEmpty(t, n.PostTitle)
		}
		return err
	})
	require.Greater(t, len(want), 20)

	for wakes := 0; ; wakes++ {
		require.Less(t, wakes, 100)
		s := b.takeSteps()
		if s.NextAt == 0 || s.NextAt > end.UnixMicro() {
			break
		}
		b.clock.set(time.UnixMicro(s.NextAt))
	}
	var sent []string
	for _, n := range b.notices() {
		sent = append(sent, row(n.ObligationID, n.Step, n.PostID, n.Tone, n.Missed, n.TargetOn, n.CreatedAt))
	}
	require.ElementsMatch(t, want, sent)
}

func TestAPlanNamesWhoWillHoldThePostThen(t *testing.T) {
	t.Parallel()
	b := kabupaten(t, testdb.SQLite(t), 1)
	b.openYear("2026-12-15")
	b.write(func(tx *ledger.Tx) error {
		o, err := tx.Obligations(ledger.ObligationFilter{AgreementID: b.agreement.ID}, ledger.Page{Size: 1})
		if err != nil {
			return err
		}
		for _, h := range []ledger.HolderInput{
			{Name: "Ali", Capacity: "definitive", ValidFrom: "2020-01-01"},
			{Name: "Budi", Capacity: "plt", ValidFrom: "2026-12-10"},
		} {
			if _, err := tx.AssignHolder(o[0].OwnerPostID, h); err != nil {
				return err
			}
		}
		return nil
	})
	b.read(func(tx *ledger.Tx) error {
		planned, err := tx.Plan(b.agreement.ID, tx.Now(), tx.Now().AddDate(1, 0, 0))
		require.NoError(t, err)
		require.Len(t, planned, 4, "T-7, T-1, T+1 and the camat's copy")
		require.Equal(t, []string{"Ali", "Plt. Budi", "Plt. Budi"}, []string{planned[0].Holder, planned[1].Holder, planned[2].Holder})
		require.Equal(t, string(obligation.Reminder), planned[0].Tone)
		later, err := tx.Plan(b.agreement.ID, wita("2026-12-14", 0), tx.Now().AddDate(1, 0, 0))
		require.Len(t, later, 3, "from a day on")
		return err
	})
}
