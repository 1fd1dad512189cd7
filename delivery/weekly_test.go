package delivery_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/mailhost"
	"payung/internal/testdb"
	"payung/ledger"
)

var weeklyLink = regexp.MustCompile(`https://payung\.example/minggu/([a-z2-7]{26})`)

// plain is a mail with the breaks of its transport taken out.
func plain(m mailhost.Mail) string {
	return strings.NewReplacer("=\r\n", "", "=\n", "", "=3D", "=").Replace(m.Body)
}

func TestTheSekdaGetsTheLinkToTheWeeksPageAndItIsKeptNowhere(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h, s := newHouse(t, url, 2, nil), mailhost.New(t, nil)
		h.mail(s)
		h.write(func(tx *ledger.Tx) error {
			_, err := tx.AssignHolder(h.Sekda.ID, ledger.HolderInput{Name: "Ibu Sekda", Email: "sekda@pemda.example", ValidFrom: "2026-01-01"})
			return err
		})
		h.clock.set(wita("2026-11-30", 4))
		for range 2 {
			_, err := h.Turn(t.Context(), ledger.Loop{Name: "weekly", Work: func(ctx context.Context, hold *ledger.Hold) (bool, error) { return hold.KeepWeeks(ctx) }}, "test")
			require.NoError(t, err)
		}
		h.clock.set(wita("2026-11-30", 8))
		h.morning()
		require.Equal(t, 1, s.Count(), "one message a week")
		mail := s.Mails()[0]
		require.Equal(t, "sekda@pemda.example", mail.To)
		found := weeklyLink.FindStringSubmatch(plain(mail))
		require.NotNil(t, found, mail.Body)
		require.Contains(t, plain(mail), "Menunggu keputusan: 0.")
		v, err := h.OpenWeekly(t.Context(), found[1], "")
		require.NoError(t, err)
		require.Equal(t, "2026-11-30", v.WeekOn)

		kept := h.messages(ledger.OutboxFilter{PostID: h.Sekda.ID})
		require.Len(t, kept, 1)
		require.NotContains(t, kept[0].Text, found[1])
		require.Contains(t, kept[0].Text, "/minggu/…")

		// Revoked, the next message leads to the page in the office.
		h.write(func(tx *ledger.Tx) error { return tx.RevokeWeeklyLink(h.Agreement.ID) })
		h.clock.set(wita("2026-12-07", 8))
		_, err = h.Turn(t.Context(), ledger.Loop{Name: "weekly", Work: func(ctx context.Context, hold *ledger.Hold) (bool, error) { return hold.KeepWeeks(ctx) }}, "test")
		require.NoError(t, err)
		h.morning()
		require.Equal(t, 2, s.Count())
		require.NotContains(t, plain(s.Mails()[1]), "/minggu/")
		require.Contains(t, plain(s.Mails()[1]), "https://payung.example/agreements/"+h.Agreement.ID+"/weekly")
	})
}
