package ledger_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/agreement"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

// subscribe makes a calendar and gives its secret.
func (b *book) subscribe(kind, subject string) (models.Feed, string) {
	b.t.Helper()
	var f models.Feed
	var token string
	b.write(func(tx *ledger.Tx) (err error) {
		f, token, err = tx.CreateFeed(ledger.FeedInput{Kind: kind, SubjectID: subject})
		return err
	})
	return f, token
}

// events are a calendar's deadlines in short.
func (b *book) events(token string) []string {
	b.t.Helper()
	c, err := b.OpenFeed(b.t.Context(), token)
	require.NoError(b.t, err)
	out := make([]string, len(c.Events))
	for i, e := range c.Events {
		out[i] = fmt.Sprintf("%s %s units %d sequence %d", e.On, e.Unit, e.Units, e.Sequence)
		if e.Over {
			out[i] += " over"
		}
		if e.Asked != "" {
			out[i] += " asked " + string(e.Asked)
		}
		if e.Last {
			out[i] += " last"
		}
	}
	return out
}

func TestAUnitsDeadlineKeepsItsNameWhileItMoves(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-15")
		id := b.obligations()[0].ID
		_, token := b.subscribe(ledger.FeedUnit, b.obligations()[0].UnitID)
		require.Len(t, token, 26)
		require.Equal(t, []string{"2026-12-15 Desa 001 units 1 sequence 0"}, b.events(token))
		first := must(b.OpenFeed(t.Context(), token))

		b.clock.set(wita("2026-12-08", 9))
		b.takeSteps()
		require.Equal(t, first.Events, must(b.OpenFeed(t.Context(), token)).Events, "reminders change nothing that is seen")
		b.wish(id, "2026-12-22")
		require.Equal(t, []string{"2026-12-15 Desa 001 units 1 sequence 0 asked 2026-12-22"}, b.events(token))

		_, err := b.extend(id, "2026-12-20", "2026-12-30")
		require.NoError(t, err)
		require.Equal(t, []string{
			"2026-12-20 Desa 001 units 1 sequence 1 asked 2026-12-22", "2026-12-30 Desa 001 units 1 sequence 1 asked 2026-12-22 last",
		}, b.events(token))
		second := must(b.OpenFeed(t.Context(), token))
		require.Equal(t, first.Events[0].Key, second.Events[0].Key)
		require.NotEqual(t, second.Events[0].Key, second.Events[1].Key)
		require.True(t, second.Changed.After(first.Changed))

		_, err = b.submit(id, person(1))
		require.NoError(t, err)
		require.Equal(t, []string{"2026-12-20 Desa 001 units 1 sequence 2 over", "2026-12-30 Desa 001 units 1 sequence 2 over last"}, b.events(token))
		b.clock.add(59 * 24 * time.Hour)
		require.Len(t, b.events(token), 2, "kept as cancelled for a while")
		b.clock.add(2 * 24 * time.Hour)
		require.Empty(t, b.events(token))
	})
}

func TestACamatSeesVillagesAsOneDeadline(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 5)
		b.openYear("2026-12-15")
		_, camat := b.subscribe(ledger.FeedPost, b.heads()["Camat Contoh"].ID)
		_, whole := b.subscribe(ledger.FeedAgreement, b.agreement.ID)
		_, village := b.subscribe(ledger.FeedPost, b.obligations()[0].OwnerPostID)
		require.Equal(t, []string{"2026-12-15  units 5 sequence 0"}, b.events(camat))
		require.Equal(t, []string{"2026-12-15  units 5 sequence 0"}, b.events(whole))
		require.Equal(t, []string{"2026-12-15 Desa 001 units 1 sequence 0"}, b.events(village))

		// One village gets more time: another day for one, the same for four.
		_, err := b.extend(b.obligations()[0].ID, "2026-12-20", "")
		require.NoError(t, err)
		require.Equal(t, []string{"2026-12-15  units 4 sequence 0", "2026-12-20  units 1 sequence 0"}, b.events(whole))

		// Then all move: both days are over, and a new one begins.
		b.clock.add(24 * time.Hour)
		_, err = b.decide("move", agreement.MoveDeadline, ledger.DeadlineInput{TargetOn: "2026-12-28", Reason: "libur"})
		require.NoError(t, err)
		require.Equal(t, []string{
			"2026-12-15  units 0 sequence 1 over", "2026-12-20  units 0 sequence 1 over", "2026-12-28  units 5 sequence 0",
		}, b.events(whole))

		// And back: the first day comes again under its own name.
		b.clock.add(24 * time.Hour)
		_, err = b.decide("back", agreement.MoveDeadline, ledger.DeadlineInput{TargetOn: "2026-12-15", Reason: "salah ketik"})
		require.NoError(t, err)
		require.Contains(t, b.events(whole), "2026-12-15  units 5 sequence 2")
	})
}

func TestACalendarThatWasRevokedIsGone(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		f, token := b.subscribe(ledger.FeedAgreement, b.agreement.ID)
		_, err := b.OpenFeed(t.Context(), token+"x")
		require.Error(t, err)
		require.NotContains(t, string(f.TokenHash), token)
		b.write(func(tx *ledger.Tx) error { return tx.RevokeFeed(f.ID) })
		b.write(func(tx *ledger.Tx) error { return tx.RevokeFeed(f.ID) })
		_, err = b.OpenFeed(t.Context(), token)
		require.Equal(t, "not_found", mustFault(t, err).Code)
		b.read(func(tx *ledger.Tx) error {
			require.Len(t, must(tx.Feeds(ledger.FeedFilter{}, page)), 1)
			require.Empty(t, must(tx.Feeds(ledger.FeedFilter{Open: true}, page)))
			require.Equal(t, "PKS Contoh", must(tx.Feed(f.ID)).Subject)
			return nil
		})
	})
}

func TestACalendarIsOfSomethingThatIsThere(t *testing.T) {
	t.Parallel()
	b := kabupaten(t, testdb.SQLite(t), 1)
	for code, in := range map[string]ledger.FeedInput{
		"not_found":         {Kind: ledger.FeedUnit, SubjectID: "none"},
		"unknown_feed_kind": {Kind: "person", SubjectID: b.agreement.ID},
		"unknown_language":  {Kind: ledger.FeedAgreement, SubjectID: b.agreement.ID, Language: "fr"},
	} {
		b.denies(code, func(tx *ledger.Tx) error {
			_, _, err := tx.CreateFeed(in)
			return err
		})
	}
	for range 20 {
		b.subscribe(ledger.FeedAgreement, b.agreement.ID)
	}
	b.denies("too_many_feeds", func(tx *ledger.Tx) error {
		_, _, err := tx.CreateFeed(ledger.FeedInput{Kind: ledger.FeedAgreement, SubjectID: b.agreement.ID})
		return err
	})
}
