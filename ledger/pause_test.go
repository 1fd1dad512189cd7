package ledger_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/obligation"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

func (b *book) pause(duty string, in ledger.PauseInput) models.Obligation {
	b.t.Helper()
	o, err := b.change(func(tx *ledger.Tx) (models.Obligation, error) { return tx.Pause(duty, in) })
	require.NoError(b.t, err)
	return o
}

func (b *book) desks() []ledger.Desk {
	b.t.Helper()
	var out []ledger.Desk
	b.read(func(tx *ledger.Tx) (err error) {
		out, err = tx.Desks(b.agreement.ID)
		return err
	})
	return out
}

func TestItIsKnownWhichDeskHoldsTheFileAndSinceWhen(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 4)
		b.openYear("2026-12-15")
		duties, sekda := b.obligations(), b.heads()["Sekretaris Daerah"]
		b.clock.set(wita("2026-11-30", 9))
		b.pause(duties[0].ID, ledger.PauseInput{Reason: obligation.BPJSAnswer, Holder: "BPJS Ketenagakerjaan Kendari", SinceOn: "2026-11-25"})
		b.pause(duties[1].ID, ledger.PauseInput{Reason: obligation.BPJSAnswer, Holder: "BPJS Ketenagakerjaan Kendari"})
		b.pause(duties[2].ID, ledger.PauseInput{Reason: obligation.Signing, HolderPostID: sekda.ID, Holder: "tidak dipakai"})
		require.Equal(t, []ledger.Desk{
			{Title: "BPJS Ketenagakerjaan Kendari", Duties: 2, Since: "2026-11-25"},
			{PostID: sekda.ID, Title: "Sekretaris Daerah", Duties: 1, Since: "2026-11-30"},
		}, b.desks())

		b.clock.set(wita("2026-12-02", 9))
		var held ledger.PauseView
		b.read(func(tx *ledger.Tx) (err error) {
			held, err = tx.PauseOf(duties[0].ID)
			return err
		})
		b.write(func(tx *ledger.Tx) error {
			_, err := tx.HandOn(held.ID, ledger.PauseInput{Reason: obligation.Transfer, Holder: "BPKAD"})
			return err
		})
		require.Equal(t, "BPKAD", b.desks()[2].Title)
		b.read(func(tx *ledger.Tx) error {
			require.Len(t, must(tx.Pauses(ledger.PauseFilter{ObligationID: duties[0].ID}, page)), 2, "who held it before stays on record")
			require.Len(t, must(tx.Pauses(ledger.PauseFilter{AgreementID: b.agreement.ID, Standing: true}, page)), 3)
			return nil
		})

		// The clock stood from the morning of 25 November: eight days.
		o, err := b.change(func(tx *ledger.Tx) (models.Obligation, error) { return tx.Resume(duties[0].ID, "dijawab") })
		require.NoError(t, err)
		require.Equal(t, "2026-12-23", o.TargetOn)
		require.Len(t, b.desks(), 2)
	})
}

func TestADutyThatIsAnsweredLiesOnNoDesk(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		id := b.obligations()[0].ID
		b.pause(id, ledger.PauseInput{Note: "menunggu"})
		require.Len(t, b.desks(), 1)
		_, err := b.change(func(tx *ledger.Tx) (models.Obligation, error) {
			return tx.Close(id, ledger.Closing{How: ledger.ByReceiver, People: 3})
		})
		require.NoError(t, err)
		require.Empty(t, b.desks())
		b.clock.add(60 * 24 * time.Hour)
		require.NoError(t, b.AskPauses(t.Context()))
		require.Empty(t, b.toldPosts("pause_long"))
	})
}

func TestAPauseThatLastsIsAskedAbout(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		duty, camat := b.obligations()[0], b.heads()["Camat Contoh"]
		b.pause(duty.ID, ledger.PauseInput{Reason: obligation.DukcapilAnswer, Holder: "Dinas Dukcapil"}) // Monday, 23 November
		b.clock.set(wita("2026-12-05", 9))
		require.NoError(t, b.AskPauses(t.Context()))
		require.Empty(t, b.toldPosts("pause_long"), "nine working days")
		b.clock.set(wita("2026-12-07", 7))
		require.NoError(t, b.AskPauses(t.Context()))
		require.NoError(t, b.AskPauses(t.Context()), "asked once")
		require.Equal(t, []string{duty.OwnerPostID, camat.ID}, b.toldPosts("pause_long"))
		require.Equal(t, 1, b.desks()[0].Overdue)
		b.clock.set(wita("2026-12-21", 9))
		require.NoError(t, b.AskPauses(t.Context()))
		require.Len(t, b.toldPosts("pause_long"), 4, "and again after as long")
	})
}

func TestAPauseThatCannotBeIsRefused(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		id := b.obligations()[0].ID
		for code, in := range map[string]ledger.PauseInput{
			"missing_field":        {},
			"unknown_pause_reason": {Reason: "holiday", Note: "x"},
			"pause_out_of_time":    {Note: "x", SinceOn: "2026-11-24"},
			"not_found":            {Note: "x", HolderPostID: "none"},
		} {
			b.denies(code, func(tx *ledger.Tx) error {
				_, err := tx.Pause(id, in)
				return err
			})
		}
		b.denies("pause_out_of_time", func(tx *ledger.Tx) error {
			_, err := tx.Pause(id, ledger.PauseInput{Note: "x", SinceOn: "2026-11-22"}) // before there was a duty
			return err
		})
	})
}

func TestAPauseThatBeganBeforePausesWereKeptIsListed(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-15")
		id := b.obligations()[0].ID
		b.clock.set(wita("2026-11-25", 9))
		b.pause(id, ledger.PauseInput{Note: "menunggu BPJS"})
		exec(t, url, "DELETE FROM pauses")
		engine, _, _ := strings.Cut(url, ":")
		raw, err := models.Migrations.ReadFile("migrations/" + engine + "/00012_fairness.sql")
		require.NoError(t, err)
		_, insert, found := strings.Cut(string(raw), "INSERT INTO pauses")
		require.True(t, found)
		insert, _, _ = strings.Cut(insert, ";")
		exec(t, url, "INSERT INTO pauses"+insert)
		require.Equal(t, []ledger.Desk{{Duties: 1, Since: "2026-11-25"}}, b.desks())
		b.read(func(tx *ledger.Tx) error {
			p := must(tx.PauseOf(id))
			require.Equal(t, []string{"other", "menunggu BPJS", "operator"}, []string{p.Reason, p.Note, p.Actor})
			return nil
		})
	})
}
