package delivery_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/delivery"
	"payung/domain/obligation"
	"payung/internal/mailhost"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/protocol"
)

// What the dry run says of a day is what goes out on it: to whom, when, by which
// channel, in which words.
func TestTheDryRunSaysWhatGoesOut(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		full := obligation.Full()
		h := newHouse(t, url, 5, &full)
		h.hold()
		h.mail(mailhost.New(t, nil))
		var planned []delivery.Planned
		h.read(func(tx *ledger.Tx) (err error) {
			planned, err = delivery.Plan(tx, h.Agreement.ID, tx.Now(), tx.Now().AddDate(0, 2, 0))
			return err
		})
		line := func(at time.Time, post, channel, kind, subject, text string, cost int64) string {
			return fmt.Sprintf("%s %s %s %s %s %d %s", at.UTC(), post, channel, kind, subject, cost, text)
		}
		var want, got []string
		var moments []int64
		for _, p := range planned {
			moments = append(moments, p.Notices[0].At.UnixMicro(), p.At.UnixMicro())
			if p.Message.Channel == ledger.ChannelInbox { // it lies there as it is; nothing is composed
				p.Text.Subject, p.Text.Body = "", ""
			}
			if p.Message.Channel == ledger.ChannelInbox { // what lies there is worded when it is read
				p.Text.Subject, p.Text.Body = "", ""
			}
			want = append(want, line(p.At, p.To.PostTitle, p.Message.Channel, p.Message.Kind, p.Text.Subject, p.Text.Body, p.Message.Price))
			require.Empty(t, p.To.Email+p.To.Phone)
		}
		require.Greater(t, len(want), 30)
		slices.Sort(moments)
		for _, at := range slices.Compact(moments) {
			h.clock.set(time.UnixMicro(at))
			_, err := h.TakeSteps(t.Context(), protocol.TakeStepsInput{AgreementID: h.Agreement.ID, Epoch: 1})
			require.NoError(t, err)
			h.bundle()
			h.deliver()
		}
		for _, m := range h.messages(ledger.OutboxFilter{}) {
			got = append(got, line(time.UnixMicro(m.SentAt), m.PostTitle, m.Channel, m.Kind, m.Subject, m.Text, m.Price))
		}
		require.ElementsMatch(t, want, got)
	})
}

func TestAPlanIsNarrowedAndAddedUp(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testdb.SQLite(t), 3, nil)
	h.hold()
	h.prefer(ledger.PreferenceInput{Channels: []string{ledger.ChannelWhatsApp}, OptedInOn: "2026-01-02", OptedInHow: "formulir"})
	h.write(func(tx *ledger.Tx) error {
		_, err := tx.SaveChannel(h.Pemda.ID, ledger.ChannelInput{Kind: ledger.ChannelWhatsApp, Enabled: true, DailyCap: 2})
		return err
	})
	var planned []delivery.Planned
	h.read(func(tx *ledger.Tx) (err error) {
		planned, err = delivery.Plan(tx, h.Agreement.ID, tx.Now(), tx.Now().AddDate(0, 2, 0))
		return err
	})
	total := delivery.Sum(planned)
	require.Equal(t, []int{10, 12, 3*330 + 7*330}, []int{total.All.Messages, total.All.Notices, int(total.All.Cost)}, "three steps to three villages; the camat hears of all three at once")
	require.Equal(t, 1+1+2, total.OverCap, "of three, three and four messages a day two go out")
	require.Len(t, total.Posts, 4)
	require.Equal(t, []string{"T+1", "T-1", "T-7"}, []string{total.Steps[0].Key, total.Steps[1].Key, total.Steps[2].Key})
	one := delivery.PlanFilter{UnitID: h.Villages[0].ID, Step: "T+1"}.Of(planned)
	require.Len(t, one, 2, "the village and the camat")
	require.Empty(t, delivery.PlanFilter{Month: "2027-05"}.Of(planned))
	require.Len(t, delivery.PlanFilter{PostID: h.heads[h.Camat.ID].ID}.Of(planned), 1)
}
