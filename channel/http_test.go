package channel_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
	"github.com/stretchr/testify/require"

	"payung/channel"
	"payung/domain/calendar"
)

// answering is a server that gives one answer and keeps the last request.
type answering struct {
	*httptest.Server
	status int
	body   string
	header http.Header
	last   *http.Request
	said   []byte
	calls  atomic.Int64
}

func newAnswering(t *testing.T, status int, body string) *answering {
	t.Helper()
	a := &answering{status: status, body: body, header: http.Header{}}
	a.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.calls.Add(1)
		a.last = r
		a.said, _ = io.ReadAll(r.Body)
		for k, v := range a.header {
			w.Header()[k] = v
		}
		w.WriteHeader(a.status)
		_, _ = io.WriteString(w, a.body)
	}))
	t.Cleanup(a.Close)
	return a
}

func sender(t *testing.T, kind string, settings, secrets map[string]string) channel.Sender {
	t.Helper()
	out, err := channel.Open(channel.Options{Kind: kind, Settings: settings, Secrets: secrets})
	require.NoError(t, err)
	t.Cleanup(func() { _ = out.Close() })
	return out
}

func whatsApp(t *testing.T, a *answering) channel.Sender {
	t.Helper()
	return sender(t, channel.WhatsApp, map[string]string{"api": a.URL, "phone_number_id": "106540352242922", "private": "yes"}, map[string]string{"token": "secret-token"})
}

func TestWhatsAppSendsAnApprovedTemplateInIndonesian(t *testing.T) {
	t.Parallel()
	a := newAnswering(t, 200, `{"messaging_product":"whatsapp","messages":[{"id":"wamid.1"}]}`)
	m := message("628123456789")
	m.Single = true
	m.Variables[1] = strings.Repeat("panjang ", 100)
	got, err := whatsApp(t, a).Send(t.Context(), m)
	require.NoError(t, err)
	require.Equal(t, "wamid.1", got.ProviderID)
	require.Equal(t, "/106540352242922/messages", a.last.URL.Path)
	require.Equal(t, "Bearer secret-token", a.last.Header.Get("Authorization"))
	var sent struct {
		To       string `json:"to"`
		Type     string `json:"type"`
		Callback string `json:"biz_opaque_callback_data"`
		Template struct {
			Name       string                                               `json:"name"`
			Language   struct{ Code string }                                `json:"language"`
			Components []struct{ Parameters []struct{ Type, Text string } } `json:"components"`
		} `json:"template"`
	}
	require.NoError(t, json.Unmarshal(a.said, &sent))
	require.Equal(t, "628123456789", sent.To)
	require.Equal(t, "template", sent.Type)
	require.Equal(t, "pengingat_data", sent.Template.Name)
	require.Equal(t, "id", sent.Template.Language.Code)
	require.Equal(t, "payung-abc", sent.Callback)
	require.Len(t, sent.Template.Components[0].Parameters, 6)
	require.LessOrEqual(t, len([]rune(sent.Template.Components[0].Parameters[1].Text)), 150)
}

func TestWhatsAppHasATemplateForEachKind(t *testing.T) {
	t.Parallel()
	for kind, name := range map[string]string{"digest": "rangkuman_tugas", "urgent": "tugas_mendesak"} {
		a := newAnswering(t, 200, `{"messages":[{"id":"w"}]}`)
		m := message("628123456789")
		m.Kind = kind
		_, err := whatsApp(t, a).Send(t.Context(), m)
		require.NoError(t, err)
		require.Contains(t, string(a.said), name)
	}
}

func TestWhatMetaSaysDecidesWhatHappensNext(t *testing.T) {
	t.Parallel()
	said := func(code string) string {
		return `{"error":{"code":` + code + `,"message":"to +62 812-3456-789","error_data":{"details":"x"}}}`
	}
	for name, tt := range map[string]struct {
		status int
		body   string
		want   channel.Verdict
	}{
		"the number has no WhatsApp":           {400, said("131026"), channel.BadAddress},
		"there is no such template":            {404, said("132001"), channel.Refused},
		"the template is paused":               {400, said("132015"), channel.Refused},
		"too many messages":                    {429, said("130429"), channel.Away},
		"the token has run out":                {401, said("190"), channel.Away},
		"not paid":                             {400, said("131042"), channel.Away},
		"too many to this person":              {400, said("131056"), channel.Later},
		"the service is broken":                {503, "oops", channel.Away},
		"taken, but nobody knows by what name": {200, "{}", channel.Unknown},
		"something else is wrong with it":      {400, said("131008"), channel.Refused},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := whatsApp(t, newAnswering(t, tt.status, tt.body)).Send(t.Context(), message("628123456789"))
			require.Equal(t, tt.want, verdict(err), "%v", err)
			require.NotContains(t, err.Error(), "3456")
			require.NotContains(t, err.Error(), "secret-token")
		})
	}
}

func TestAStatusOfMetaIsBelievedOnlyWithItsSignature(t *testing.T) {
	t.Parallel()
	body := []byte(`{"entry":[]}`)
	mac := hmac.New(sha256.New, []byte("app-secret"))
	mac.Write(body)
	right := "sha256=" + hex.EncodeToString(mac.Sum(nil))
	require.True(t, channel.SignedByMeta(right, body, "app-secret"))
	for name, given := range map[string]string{"none": "", "another algorithm": "sha1=" + right[7:], "not hex": "sha256=zz", "cut": right[:20], "without its name": right[7:]} {
		require.False(t, channel.SignedByMeta(given, body, "app-secret"), name)
	}
	require.False(t, channel.SignedByMeta(right, append(body, ' '), "app-secret"), "another body")
	require.False(t, channel.SignedByMeta(right, body, "other"), "another secret")
	require.False(t, channel.SignedByMeta(right, body, ""), "no secret")
}

func TestMetaLearnsWhetherItHasTheRightAddress(t *testing.T) {
	t.Parallel()
	require.True(t, channel.Subscribed("subscribe", "word", "word"))
	require.False(t, channel.Subscribed("subscribe", "word", "other"))
	require.False(t, channel.Subscribed("subscribe", "", ""), "no word was agreed on")
	require.False(t, channel.Subscribed("unsubscribe", "word", "word"))
}

func TestStatusesAreReadByTheNameWeGave(t *testing.T) {
	t.Parallel()
	got, err := channel.Statuses([]byte(`{"object":"whatsapp_business_account","entry":[{"changes":[{"value":{"statuses":[
		{"id":"wamid.1","status":"delivered","timestamp":"1750857384","biz_opaque_callback_data":"payung-abc"},
		{"id":"wamid.2","status":"failed","timestamp":"1750857384","biz_opaque_callback_data":"payung-def","errors":[{"code":131026,"message":"x"}]},
		{"id":"wamid.3","status":"read","timestamp":"1750857384"}],"messages":[{"from":"628"}]}}]}]}`))
	require.NoError(t, err)
	require.Len(t, got, 2)
	require.Equal(t, "payung-abc", got[0].Key)
	require.Equal(t, "delivered", got[0].State)
	require.Equal(t, int64(1750857384), got[0].At.Unix())
	require.Equal(t, channel.BadAddress, got[1].Failure.Verdict)
	_, err = channel.Statuses([]byte("<html>"))
	require.Error(t, err)
}

func TestTelegramTakesTheTextForAChat(t *testing.T) {
	t.Parallel()
	a := newAnswering(t, 200, `{"ok":true,"result":{"message_id":7}}`)
	got, err := sender(t, channel.Telegram, map[string]string{"api": a.URL, "private": "yes"}, map[string]string{"token": "1:abc"}).Send(t.Context(), message("998877"))
	require.NoError(t, err)
	require.Equal(t, "7", got.ProviderID)
	require.Equal(t, "/bot1:abc/sendMessage", a.last.URL.Path)
	require.Contains(t, string(a.said), `"chat_id":"998877"`)
}

func TestWhatTelegramSaysDecidesWhatHappensNext(t *testing.T) {
	t.Parallel()
	for body, tt := range map[string]struct {
		status int
		want   channel.Verdict
		after  time.Duration
	}{
		`{"ok":false,"description":"Forbidden: bot was blocked by the user"}`:            {403, channel.BadAddress, 0},
		`{"ok":false,"description":"Bad Request: chat not found"}`:                       {400, channel.BadAddress, 0},
		`{"ok":false,"description":"Too Many Requests","parameters":{"retry_after":30}}`: {429, channel.Away, 30 * time.Second},
		`{"ok":false,"description":"Unauthorized"}`:                                      {401, channel.Away, 0},
		`{"ok":false,"description":"Bad Request: message is too long"}`:                  {400, channel.Refused, 0},
		`not json`: {502, channel.Away, 0},
	} {
		a := newAnswering(t, tt.status, body)
		_, err := sender(t, channel.Telegram, map[string]string{"api": a.URL, "private": "yes"}, map[string]string{"token": "1:abc"}).Send(t.Context(), message("1"))
		require.Equal(t, tt.want, verdict(err), body)
		require.NotContains(t, err.Error(), "1:abc")
	}
	a := newAnswering(t, 200, "")
	a.Close()
	_, err := sender(t, channel.Telegram, map[string]string{"api": a.URL, "private": "yes"}, map[string]string{"token": "1:abc"}).Send(t.Context(), message("1"))
	require.Equal(t, channel.Away, verdict(err))
	require.NotContains(t, err.Error(), "1:abc", "the token is part of the address")
}

func secret(fill byte) string {
	raw := make([]byte, 32)
	for i := range raw {
		raw[i] = fill
	}
	return "whsec_" + base64.StdEncoding.EncodeToString(raw)
}

func TestAWebhookIsSignedForTheOldSecretAndTheNew(t *testing.T) {
	t.Parallel()
	a := newAnswering(t, 204, "")
	m := message("")
	m.Person = channel.Person{Post: "Kepala Desa", Unit: "Desa A", Phone: "+62812"}
	_, err := sender(t, channel.Webhook, map[string]string{"url": a.URL + "/in", "private": "yes"}, map[string]string{"secrets": secret(1) + " " + secret(2)}).Send(t.Context(), m)
	require.NoError(t, err)
	require.Equal(t, "payung-abc", a.last.Header.Get("webhook-id"))
	for _, s := range []string{secret(1), secret(2)} {
		wh, err := standardwebhooks.NewWebhook(s)
		require.NoError(t, err)
		require.NoError(t, wh.Verify(a.said, a.last.Header))
	}
	other, err := standardwebhooks.NewWebhook(secret(3))
	require.NoError(t, err)
	require.Error(t, other.Verify(a.said, a.last.Header))
	require.Contains(t, string(a.said), `"text":"Yth. Kepala Desa"`)
}

func TestAWebhookDoesNotReachIntoTheHouse(t *testing.T) {
	t.Parallel()
	a := newAnswering(t, 204, "")
	port := a.URL[strings.LastIndex(a.URL, ":"):]
	for _, address := range []string{a.URL, "http://localhost" + port, "http://[::1]" + port, "http://[::ffff:127.0.0.1]" + port, "http://0.0.0.0" + port, "http://2130706433" + port} {
		_, err := sender(t, channel.Webhook, map[string]string{"url": address}, map[string]string{"secrets": secret(1)}).Send(t.Context(), message(""))
		require.Equal(t, channel.Away, verdict(err), address)
	}
	require.Zero(t, a.calls.Load())
}

func TestAWebhookFollowsNobodyElsewhere(t *testing.T) {
	t.Parallel()
	inner := newAnswering(t, 204, "")
	outer := newAnswering(t, 307, "")
	outer.header.Set("Location", inner.URL)
	_, err := sender(t, channel.Webhook, map[string]string{"url": outer.URL, "private": "yes"}, map[string]string{"secrets": secret(1)}).Send(t.Context(), message(""))
	require.Equal(t, channel.Away, verdict(err))
	require.Zero(t, inner.calls.Load())
}

func TestAWebhookThatIsBusySaysHowLong(t *testing.T) {
	t.Parallel()
	a := newAnswering(t, 503, "busy")
	a.header.Set("Retry-After", "120")
	_, err := sender(t, channel.Webhook, map[string]string{"url": a.URL, "private": "yes"}, map[string]string{"secrets": secret(1)}).Send(t.Context(), message(""))
	f := &channel.Failure{}
	require.ErrorAs(t, err, &f)
	require.Equal(t, channel.Away, f.Verdict)
	require.Equal(t, 2*time.Minute, f.After)
}

func TestALinkOpensAChatWithTheTextReady(t *testing.T) {
	t.Parallel()
	link := channel.LinkTo("628123456789", "Yth. Kades & Sekdes,\n1+1")
	u, err := url.Parse(link)
	require.NoError(t, err)
	require.Equal(t, "wa.me", u.Host)
	require.Equal(t, "/628123456789", u.Path)
	require.Equal(t, "Yth. Kades & Sekdes,\n1+1", u.Query().Get("text"))
	require.NotContains(t, link, "+", "some phones show a plus as a plus")
	require.LessOrEqual(t, len(channel.LinkTo("628123456789", strings.Repeat("é ", 9000))), 6100)
	require.Empty(t, channel.LinkTo("", "x"))
}

func TestSettingsThatCannotWorkAreRefusedAtTheirField(t *testing.T) {
	t.Parallel()
	good := map[string]string{"host": "mail.pemda.example", "from": "payung@pemda.example"}
	require.NoError(t, channel.Check(channel.Email, good, nil))
	for field, bad := range map[string]string{"host": "a b", "from": "payung", "port": "0", "security": "ssl", "user": "a\r\nb"} {
		s := map[string]string{"host": "h", "from": "a@b.example", field: bad}
		require.ErrorContains(t, channel.Check(channel.Email, s, nil), field)
	}
	require.Error(t, channel.Check("pigeon", nil, nil))
	require.Error(t, channel.Check(channel.Webhook, map[string]string{"url": "https://x.example"}, map[string]string{"secrets": "whsec_short"}))
	require.Error(t, channel.Check(channel.Webhook, map[string]string{"url": "ftp://x.example"}, map[string]string{"secrets": secret(1)}))
	require.NoError(t, channel.Check(channel.Link, nil, nil))
	for _, kind := range channel.Kinds() {
		for _, f := range channel.Fields(kind) {
			require.NotEmpty(t, f.Name)
		}
	}
}

func TestPricesAreDatedWithASourceAndASettingWins(t *testing.T) {
	t.Parallel()
	prices, rules := channel.Prices()
	require.NotEmpty(t, prices)
	require.NotEmpty(t, rules)
	for _, p := range prices {
		require.True(t, p.From.Valid())
		require.NotEmpty(t, p.Source)
	}
	require.Positive(t, channel.PriceOn(channel.WhatsApp, nil, "2026-11-23"))
	require.Zero(t, channel.PriceOn(channel.WhatsApp, nil, "2020-01-01"), "before anything is known")
	require.EqualValues(t, 500, channel.PriceOn(channel.WhatsApp, map[string]string{"price": "500"}, "2026-11-23"))
	require.Zero(t, channel.PriceOn(channel.Email, nil, calendar.Day("2026-11-23")))
}
