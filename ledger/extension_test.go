package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/obligation"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

// heads are the posts of a kabupaten by title.
func (b *book) heads() map[string]models.Post {
	b.t.Helper()
	out := map[string]models.Post{}
	b.read(func(tx *ledger.Tx) error {
		for _, p := range must(tx.Posts(b.pemda.ID, page)) {
			out[p.Title] = p
		}
		return nil
	})
	return out
}

func (b *book) wish(duty, until string) models.ExtensionRequest {
	b.t.Helper()
	var r models.ExtensionRequest
	b.write(func(tx *ledger.Tx) (err error) {
		r, err = tx.AskExtension(duty, ledger.ExtensionAsk{UntilOn: until, Reason: "jembatan putus", AskedBy: "Sekdes"})
		return err
	})
	return r
}

// toldPosts are who was told news of a kind about duties.
func (b *book) toldPosts(kind string) []string {
	b.t.Helper()
	var out []string
	db := rawDB(b.t, b.url)
	rows, err := db.QueryContext(b.t.Context(), "SELECT post_id FROM news WHERE kind = '"+kind+"' ORDER BY id")
	require.NoError(b.t, err)
	defer func() { require.NoError(b.t, rows.Close()) }()
	for rows.Next() {
		var id string
		require.NoError(b.t, rows.Scan(&id))
		out = append(out, id)
	}
	require.NoError(b.t, rows.Err())
	return out
}

func TestMoreTimeIsAskedForGivenAndTold(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 3)
		b.openYear("2026-12-15")
		duty, posts := b.obligations()[0], b.heads()
		camat, sekda := posts["Camat Contoh"], posts["Sekretaris Daerah"]

		r := b.wish(duty.ID, "2026-12-22")
		require.Equal(t, ledger.ExtensionWaiting, r.State)
		require.False(t, r.Late)
		require.Equal(t, []string{camat.ID}, b.toldPosts("extension_asked"))
		b.denies("extension_waiting", func(tx *ledger.Tx) error {
			_, err := tx.AskExtension(duty.ID, ledger.ExtensionAsk{UntilOn: "2026-12-23", Reason: "x"})
			return err
		})
		b.read(func(tx *ledger.Tx) error {
			require.Equal(t, "2026-12-22", string(must(tx.AskedUntil(duty.ID))))
			require.Len(t, must(tx.WaitingExtensions(b.agreement.ID)), 1)
			return nil
		})

		// Reminders go on while it is considered.
		b.clock.set(wita("2026-12-08", 9))
		b.takeSteps()
		require.Len(t, b.notices(), 3)
		b.read(func(tx *ledger.Tx) error {
			in := must(tx.Inbox(ledger.InboxFilter{PostID: duty.OwnerPostID}, 10))
			require.Len(t, in, 1)
			require.Equal(t, "2026-12-22", string(in[0].Item().Asked), "and the reminder says so")
			return nil
		})

		answer := ledger.ExtensionAnswer{Approve: true, UntilOn: "2026-12-21", ApproverPostID: sekda.ID, Reason: "sampai Senin"}
		b.write(func(tx *ledger.Tx) error {
			got, err := tx.AnswerExtensions(b.agreement.ID, []string{r.ID}, answer)
			require.Equal(t, ledger.ExtensionApproved, got[0].State)
			require.Equal(t, "2026-12-21", got[0].ApprovedOn)
			return err
		})
		require.Equal(t, []string{duty.OwnerPostID}, b.toldPosts("extension_approved"))
		b.read(func(tx *ledger.Tx) error {
			o := must(tx.Obligation(duty.ID))
			require.Equal(t, []any{"2026-12-21", 2, 1}, []any{o.TargetOn, o.Generation, o.Extensions})
			c := must(tx.Changes(duty.ID))
			require.Equal(t, []any{"extended", "sampai Senin", "Sekretaris Daerah", "2026-12-21"}, []any{c[0].Kind, c[0].Reason, c[0].ApprovedBy, c[0].TargetOn})
			require.Equal(t, "2026-12-15", duty.FirstTarget, "the old date is kept")
			require.Empty(t, must(tx.WaitingExtensions(b.agreement.ID)))
			return nil
		})
		b.denies("extension_answered", func(tx *ledger.Tx) error {
			_, err := tx.AnswerExtensions(b.agreement.ID, []string{r.ID}, answer)
			return err
		})
	})
}

func TestARefusalNeedsAReasonAndChangesNoDate(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		duty, camat := b.obligations()[0], b.heads()["Camat Contoh"]
		r := b.wish(duty.ID, "2026-12-22")
		refuse := func(reason string) func(*ledger.Tx) error {
			return func(tx *ledger.Tx) error {
				_, err := tx.AnswerExtensions(b.agreement.ID, []string{r.ID}, ledger.ExtensionAnswer{ApproverPostID: camat.ID, Reason: reason})
				return err
			}
		}
		b.denies("missing_field", refuse(" "))
		b.write(refuse("data sudah ada"))
		require.Equal(t, []string{duty.OwnerPostID}, b.toldPosts("extension_refused"))
		require.Equal(t, "2026-12-15", b.obligations()[0].TargetOn)
		b.wish(duty.ID, "2026-12-20") // may be asked again
	})
}

func TestOnlyAPostAboveTheOwnerGivesMoreTime(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-15")
		duties, posts := b.obligations(), b.heads()
		r := b.wish(duties[0].ID, "2026-12-22")
		by := func(post string) func(*ledger.Tx) error {
			return func(tx *ledger.Tx) error {
				_, err := tx.AnswerExtensions(b.agreement.ID, []string{r.ID}, ledger.ExtensionAnswer{Approve: true, ApproverPostID: post})
				return err
			}
		}
		b.denies("missing_field", by(""))
		b.denies("wrong_approver", by(duties[0].OwnerPostID))
		b.denies("wrong_approver", by(duties[1].OwnerPostID))
		b.write(func(tx *ledger.Tx) error {
			f := obligation.DefaultFairness()
			f.ApproverLevel = 2
			return tx.SetFairness(b.pemda.ID, f)
		})
		b.denies("wrong_approver", by(posts["Camat Contoh"].ID)) // one above is not enough any more
		b.write(by(posts["Sekretaris Daerah"].ID))
	})
}

func TestADutyGetsMoreTimeOnlyAsOftenAsItsPemdaAllows(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		id, camat := b.obligations()[0].ID, b.heads()["Camat Contoh"].ID
		give := func(until string) {
			r := b.wish(id, until)
			b.write(func(tx *ledger.Tx) error {
				_, err := tx.AnswerExtensions(b.agreement.ID, []string{r.ID}, ledger.ExtensionAnswer{Approve: true, ApproverPostID: camat})
				return err
			})
		}
		give("2026-12-16")
		give("2026-12-17")
		third := func(tx *ledger.Tx) error {
			_, err := tx.AskExtension(id, ledger.ExtensionAsk{UntilOn: "2026-12-18", Reason: "x"})
			return err
		}
		b.denies("extensions_used_up", third)
		b.write(func(tx *ledger.Tx) error {
			f := must(tx.Fairness(b.pemda.ID))
			require.Equal(t, 2, f.MaxExtensions)
			f.MaxExtensions = 3
			return tx.SetFairness(b.pemda.ID, f)
		})
		give("2026-12-18")
		b.denies("bad_fairness", func(tx *ledger.Tx) error { return tx.SetFairness(b.pemda.ID, obligation.Fairness{}) })
	})
}

func TestAskingAfterTheLastDaySaysSo(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		id := b.obligations()[0].ID
		b.denies("not_later", func(tx *ledger.Tx) error {
			_, err := tx.AskExtension(id, ledger.ExtensionAsk{UntilOn: "2026-12-15", Reason: "x"})
			return err
		})
		b.clock.set(wita("2026-12-17", 9))
		b.denies("date_has_passed", func(tx *ledger.Tx) error {
			_, err := tx.AskExtension(id, ledger.ExtensionAsk{UntilOn: "2026-12-16", Reason: "x"})
			return err
		})
		require.True(t, b.wish(id, "2026-12-20").Late)
	})
}

func TestFortyVillagesGetMoreTimeTogetherOrNoneDoes(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 40)
		b.openYear("2026-12-15")
		var ids []string
		for i, o := range b.obligations() {
			until := "2026-12-22"
			if i%2 == 0 {
				until = "2026-12-23"
			}
			ids = append(ids, b.wish(o.ID, until).ID)
		}
		camat := b.heads()["Camat Contoh"].ID
		all := func(tx *ledger.Tx) error {
			_, err := tx.AnswerExtensions(b.agreement.ID, ids, ledger.ExtensionAnswer{Approve: true, ApproverPostID: camat})
			return err
		}
		_, err := b.change(func(tx *ledger.Tx) (models.Obligation, error) {
			return tx.Pause(b.obligations()[3].ID, ledger.PauseInput{Note: "x"})
		})
		require.NoError(t, err)
		b.denies("duty_paused", all)
		for _, o := range b.obligations() {
			require.Equal(t, "2026-12-15", o.TargetOn, "none got any")
		}
		_, err = b.change(func(tx *ledger.Tx) (models.Obligation, error) { return tx.Resume(b.obligations()[3].ID, "") })
		require.NoError(t, err)
		b.write(all)
		days := map[string]int{}
		for _, o := range b.obligations() {
			days[o.TargetOn]++
			require.Equal(t, 1, o.Extensions)
			require.NotZero(t, o.NextAt)
		}
		require.Equal(t, map[string]int{"2026-12-22": 20, "2026-12-23": 20}, days)
	})
}

func TestARequestThatHasNothingToWaitForIsMoot(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-15")
		duties := b.obligations()
		b.wish(duties[0].ID, "2026-12-22")
		second := b.wish(duties[1].ID, "2026-12-22")
		_, err := b.change(func(tx *ledger.Tx) (models.Obligation, error) {
			return tx.Close(duties[0].ID, ledger.Closing{How: ledger.ByNihil, Signatory: "Kepala Desa"})
		})
		require.NoError(t, err)
		b.read(func(tx *ledger.Tx) error {
			found := must(tx.Extensions(ledger.ExtensionFilter{AgreementID: b.agreement.ID}, page))
			require.Len(t, found, 2)
			require.True(t, found[0].Moot())
			require.False(t, found[1].Moot())
			require.Equal(t, "Desa 002", found[1].UnitName)
			require.Equal(t, "Kecamatan Contoh", found[1].Kecamatan)
			require.Len(t, must(tx.WaitingExtensions(b.agreement.ID)), 1)
			return nil
		})
		b.write(func(tx *ledger.Tx) error {
			r, err := tx.WithdrawExtension(second.ID, "tidak jadi")
			require.Equal(t, ledger.ExtensionWithdrawn, r.State)
			return err
		})
		b.denies("extension_answered", func(tx *ledger.Tx) error {
			_, err := tx.WithdrawExtension(second.ID, "")
			return err
		})
	})
}
