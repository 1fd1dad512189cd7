package delivery_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/fault"
	"payung/internal/mailhost"
	"payung/internal/testdb"
	"payung/ledger"
)

// provider is a service on the web that takes messages.
type provider struct {
	*httptest.Server
	mu     sync.Mutex
	bodies []string
	answer func(body string) (status int, said string)
}

func newProvider(t *testing.T, answer func(body string) (int, string)) *provider {
	t.Helper()
	p := &provider{answer: answer}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		p.mu.Lock()
		p.bodies = append(p.bodies, string(raw))
		p.mu.Unlock()
		status, said := p.answer(string(raw))
		w.WriteHeader(status)
		_, _ = io.WriteString(w, said)
	}))
	t.Cleanup(p.Close)
	return p
}

func (p *provider) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.bodies)
}

func taken(string) (int, string) { return 200, `{"messages":[{"id":"wamid.x"}]}` }

const appSecret = "app-secret"

// whatsApp sets up WhatsApp for a house whose people have all agreed to it.
func (h *house) whatsApp(p *provider) string {
	h.t.Helper()
	h.prefer(ledger.PreferenceInput{Channels: []string{ledger.ChannelWhatsApp, ledger.ChannelEmail}, OptedInOn: "2026-11-01", OptedInHow: "formulir"})
	return h.channel(ledger.ChannelInput{
		Kind: ledger.ChannelWhatsApp, Enabled: true, Settings: map[string]string{"api": p.URL, "phone_number_id": "1065", "private": "yes", "price": "400"},
		Secrets: map[string]string{"token": "t", "app_secret": appSecret, "verify_token": "v"},
	}).ID
}

// report posts statuses as Meta would.
func (h *house) report(channelID string, statuses ...string) bool {
	h.t.Helper()
	body := []byte(`{"entry":[{"changes":[{"value":{"statuses":[` + strings.Join(statuses, ",") + `]}}]}]}`)
	mac := hmac.New(sha256.New, []byte(appSecret))
	mac.Write(body)
	believed, err := h.office.Report(h.t.Context(), channelID, "sha256="+hex.EncodeToString(mac.Sum(nil)), body)
	require.NoError(h.t, err)
	return believed
}

func status(key, state string, at time.Time) string {
	return fmt.Sprintf(`{"status":%q,"timestamp":"%d","biz_opaque_callback_data":%q,"errors":[{"code":131026,"message":"x"}]}`, state, at.Unix(), key)
}

func TestWhatsAppProvesOnlyWhatWasDelivered(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h, p := newHouse(t, url, 2, nil), newProvider(t, taken)
		h.hold()
		id := h.whatsApp(p)
		h.wake("2026-12-08", 8)
		h.morning()
		require.Equal(t, 2, p.count())
		sent := h.messages(ledger.OutboxFilter{State: ledger.MessageSent})
		require.Len(t, sent, 2)
		require.EqualValues(t, 400, sent[0].Price)
		require.Zero(t, h.dutyOf(0).NoticedAt, "taken by the provider is not delivered")
		require.True(t, h.report(id, status(sent[0].Key, "delivered", h.clock.now())))
		require.True(t, h.report(id, status(sent[0].Key, "read", h.clock.now()), status(sent[0].Key, "delivered", h.clock.now()), status("somebody else's", "read", h.clock.now())))
		require.Equal(t, map[string]int{"whatsapp read": 1, "whatsapp sent": 1}, h.states(), "a state only goes forward")
		proved := 0
		for _, o := range h.duties() {
			if o.NoticedHow == ledger.ProofWhatsApp {
				proved++
			}
		}
		require.Equal(t, 1, proved)
		believed, err := h.office.Report(t.Context(), id, "sha256=00", []byte("{}"))
		require.NoError(t, err)
		require.False(t, believed, "not signed")
	})
}

func TestAMessageThatWhatsAppCouldNotDeliverGoesByMail(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h, p, s := newHouse(t, url, 1, nil), newProvider(t, taken), mailhost.New(t, nil)
		h.hold()
		h.mail(s)
		id := h.whatsApp(p)
		h.wake("2026-12-08", 8)
		h.morning()
		sent := h.messages(ledger.OutboxFilter{State: ledger.MessageSent})
		require.True(t, h.report(id, status(sent[0].Key, "failed", h.clock.now())))
		h.morning()
		require.Equal(t, 1, s.Count())
		require.Equal(t, map[string]int{"whatsapp bounced": 1, "email sent": 1}, h.states())
	})
}

func TestOneRefusedTemplateHoldsUpNobody(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		refuse := func(body string) (int, string) {
			if strings.Contains(body, "62812000000"+"02") {
				return 400, `{"error":{"code":132015,"message":"Template is paused"}}`
			}
			return taken(body)
		}
		h, p, s := newHouse(t, url, 4, nil), newProvider(t, refuse), mailhost.New(t, nil)
		h.hold()
		h.mail(s)
		h.whatsApp(p)
		h.wake("2026-12-08", 8)
		h.morning()
		require.Equal(t, map[string]int{"whatsapp sent": 3, "whatsapp failed": 1, "email sent": 1}, h.states(), "it goes by the next channel")
		dead := h.messages(ledger.OutboxFilter{State: ledger.DeadLetters})
		require.Len(t, dead, 1)
		require.Equal(t, "template", dead[0].Problem)
	})
}

func TestWithoutConsentNobodyHearsByWhatsApp(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h, p, s := newHouse(t, url, 1, nil), newProvider(t, taken), mailhost.New(t, nil)
		h.hold()
		h.mail(s)
		h.whatsApp(p)
		h.prefer(ledger.PreferenceInput{Channels: []string{ledger.ChannelWhatsApp, ledger.ChannelEmail}})
		h.wake("2026-12-08", 8)
		h.morning()
		require.Zero(t, p.count())
		require.Equal(t, 1, s.Count())
	})
}

func TestWhoeverStoppedAChannelIsReachedAnotherWay(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h, s := newHouse(t, url, 2, nil), mailhost.New(t, nil)
		h.hold()
		h.mail(s)
		h.write(func(tx *ledger.Tx) error {
			holders, err := tx.Holders(h.heads[h.Villages[0].ID].ID)
			if err != nil {
				return err
			}
			return tx.StopChannel(holders[0].ID, ledger.ChannelEmail)
		})
		h.wake("2026-12-08", 8)
		h.morning()
		require.Equal(t, 1, s.Count())
		require.Equal(t, map[string]int{"email sent": 1, "wa_link queued": 1}, h.states())
	})
}

func TestABudgetForTheDayCountsRupiah(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h, p := newHouse(t, url, 4, nil), newProvider(t, taken)
		h.hold()
		h.whatsApp(p)
		h.channel(ledger.ChannelInput{
			Kind: ledger.ChannelWhatsApp, Enabled: true, DailyBudget: 1000, Settings: map[string]string{"api": p.URL, "phone_number_id": "1065", "private": "yes", "price": "400"},
		})
		h.wake("2026-12-08", 8)
		h.morning()
		require.Equal(t, 2, p.count(), "the secrets stayed, and a third would cost too much")
		require.Equal(t, map[string]int{"whatsapp sent": 2, "whatsapp queued": 2}, h.states())
	})
}

func TestALinkIsSentByHandAndThatIsProof(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h := newHouse(t, url, 2, nil)
		h.hold() // no mail server: only the link is left
		h.wake("2026-12-08", 8)
		h.morning()
		var links []string
		h.read(func(tx *ledger.Tx) error {
			found, err := linksOf(tx)
			links = found
			return err
		})
		require.Len(t, links, 2)
		h.write(func(tx *ledger.Tx) error { return sentByHand(tx, links[0]) })
		require.Equal(t, map[string]int{"wa_link sent": 1, "wa_link queued": 1}, h.states())
		sent := h.messages(ledger.OutboxFilter{State: ledger.MessageSent})[0]
		require.Equal(t, "operator", sent.Actor)
		require.Contains(t, sent.Text, "Pengingat")
		proved := 0
		for _, o := range h.duties() {
			if o.NoticedHow == ledger.ProofLink {
				proved++
			}
		}
		require.Equal(t, 1, proved)
		err := h.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error { return sentByHand(tx, links[0]) })
		require.True(t, fault.Is(err, "link_not_waiting"), "%v", err)

		// Both hand in: nothing is left to send.
		h.write(func(tx *ledger.Tx) error {
			for i := range 2 {
				if _, err := tx.Close(h.dutyOf(i).ID, ledger.Closing{How: ledger.ByNihil, Signatory: "Kepala Desa"}); err != nil {
					return err
				}
			}
			return nil
		})
		require.NoError(t, h.SettleLinks(t.Context()))
		require.Equal(t, map[string]int{"wa_link sent": 1, "wa_link not_needed": 1}, h.states())
	})
}

func TestAWebhookOfTheHouseTakesMessagesForItsPeople(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h, p := newHouse(t, url, 2, nil), newProvider(t, func(string) (int, string) { return 204, "" })
		h.hold()
		h.prefer(ledger.PreferenceInput{Channels: []string{ledger.ChannelWebhook}})
		h.channel(ledger.ChannelInput{
			Kind: ledger.ChannelWebhook, Enabled: true, Settings: map[string]string{"url": p.URL, "private": "yes"},
			Secrets: map[string]string{"secrets": "whsec_" + base64.StdEncoding.EncodeToString(make([]byte, 32))},
		})
		h.wake("2026-12-08", 8)
		h.morning()
		require.Equal(t, 2, p.count())
		var e struct {
			Data struct {
				To   struct{ Post, Phone string }
				Text string
			}
		}
		require.NoError(t, json.Unmarshal([]byte(p.bodies[0]), &e))
		require.Contains(t, e.Data.To.Post, "Kepala Desa")
		require.NotEmpty(t, e.Data.To.Phone)
		require.Equal(t, ledger.ProofWebhook, h.dutyOf(0).NoticedHow)
	})
}

func TestTelegramReachesAChatThatIsKeptSealed(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h, p := newHouse(t, url, 1, nil), newProvider(t, func(string) (int, string) { return 200, `{"ok":true,"result":{"message_id":1}}` })
		h.hold()
		h.prefer(ledger.PreferenceInput{Channels: []string{ledger.ChannelTelegram}})
		h.channel(ledger.ChannelInput{
			Kind: ledger.ChannelTelegram, Enabled: true, Settings: map[string]string{"api": p.URL, "private": "yes"}, Secrets: map[string]string{"token": "1:a"},
		})
		h.write(func(tx *ledger.Tx) error {
			holders, err := tx.Holders(h.heads[h.Villages[0].ID].ID)
			if err != nil {
				return err
			}
			return tx.SetChat(holders[0].ID, "445566")
		})
		h.wake("2026-12-08", 8)
		h.morning()
		require.Equal(t, 1, p.count())
		require.Contains(t, p.bodies[0], `"chat_id":"445566"`)
	})
}

func TestASlowMailServerHoldsUpNoOtherChannel(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h, p, s := newHouse(t, url, 4, nil), newProvider(t, taken), mailhost.New(t, nil)
		s.Slow = time.Second
		h.hold()
		h.mail(s)
		h.whatsApp(p)
		h.write(func(tx *ledger.Tx) error { // two of the four by mail
			for _, v := range h.Villages[:2] {
				holders, err := tx.Holders(h.heads[v.ID].ID)
				if err != nil {
					return err
				}
				if _, err := tx.SetPreference(holders[0].ID, ledger.PreferenceInput{Channels: []string{ledger.ChannelEmail}}); err != nil {
					return err
				}
			}
			return nil
		})
		h.wake("2026-12-08", 8)
		h.bundle()
		h.clock.add(5 * time.Minute)
		h.turn("deliver", h.office.Deliver)
		require.Eventually(t, func() bool { return p.count() == 2 }, 900*time.Millisecond, 10*time.Millisecond)
		require.Zero(t, s.Count(), "the mail server is still thinking")
		h.office.Wait()
		require.Equal(t, 2, s.Count())
	})
}

func TestAChannelThatIsSwitchedOffGivesItsMessagesBack(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h, s := newHouse(t, url, 2, nil), mailhost.New(t, nil)
		h.hold()
		h.mail(s)
		h.wake("2026-12-08", 8)
		h.bundle()
		h.channel(ledger.ChannelInput{Kind: ledger.ChannelEmail})
		h.morning()
		require.Zero(t, s.Count())
		require.Equal(t, map[string]int{"email superseded": 2, "wa_link queued": 2}, h.states())
	})
}

func TestADeadLetterIsSentAgainUnderANewName(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		broken := true
		h, p := newHouse(t, url, 1, nil), newProvider(t, func(body string) (int, string) {
			if broken {
				return 400, `{"error":{"code":132001,"message":"no such template"}}`
			}
			return taken(body)
		})
		h.hold()
		h.whatsApp(p)
		h.wake("2026-12-08", 8)
		h.morning()
		dead := h.messages(ledger.OutboxFilter{State: ledger.DeadLetters})
		require.Len(t, dead, 1)
		broken = false
		h.write(func(tx *ledger.Tx) error {
			again, err := tx.Resend(dead[0].ID)
			require.Equal(t, dead[0].Key+".2", again.Key, "the provider said no to the first one")
			return err
		})
		h.deliver()
		require.Equal(t, 1, h.states()["whatsapp sent"])
		err := h.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
			_, err := tx.Resend(dead[0].ID)
			return err
		})
		require.True(t, fault.Is(err, "message_not_resendable"), "%v", err)
	})
}

func TestATestSaysWhatCameOfIt(t *testing.T) {
	t.Parallel()
	h, s := newHouse(t, testdb.SQLite(t), 1, nil), mailhost.New(t, nil)
	err := h.office.Test(t.Context(), ledger.Operator(), h.Pemda.ID, ledger.ChannelEmail, "a@b.example")
	require.True(t, fault.Is(err, "channel_not_set_up"), "%v", err)
	h.mail(s)
	require.NoError(t, h.office.Test(t.Context(), ledger.Operator(), h.Pemda.ID, ledger.ChannelEmail, "a@b.example"))
	require.Equal(t, 1, s.Count())
	require.Empty(t, h.messages(ledger.OutboxFilter{}), "a test is no message")
	s.SetDown(true)
	err = h.office.Test(t.Context(), ledger.Operator(), h.Pemda.ID, ledger.ChannelEmail, "a@b.example")
	require.True(t, fault.Is(err, "test_not_sent"), "%v", err)
	foreign := ledger.Actor{Name: "x", Reach: ledger.Regency, ProvinceCode: "74", RegencyCode: "74.02"}
	require.Error(t, h.office.Test(t.Context(), foreign, h.Pemda.ID, ledger.ChannelEmail, "a@b.example"))
}

func TestOnlyTheOperatorLetsAChannelSpeakIntoTheHouse(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testdb.SQLite(t), 1, nil)
	own := ledger.Actor{Name: "pemda", Reach: ledger.Regency, ProvinceCode: "74", RegencyCode: "74.05"}
	in := ledger.ChannelInput{Kind: ledger.ChannelWebhook, Settings: map[string]string{"url": "http://10.0.0.1", "private": "yes"}}
	err := h.Write(t.Context(), own, func(tx *ledger.Tx) error {
		_, err := tx.SaveChannel(h.Pemda.ID, in)
		return err
	})
	require.True(t, fault.Is(err, "private_needs_operator"), "%v", err)
}
