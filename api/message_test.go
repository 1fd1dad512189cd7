package api_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/protocol"
)

// remind takes the steps of a morning and puts them into messages.
func (k *kabupaten) remind(day calendar.Day) {
	k.t.Helper()
	k.set(day.In(calendar.WITA, 8, 0))
	_, err := k.ledger.TakeSteps(k.t.Context(), protocol.TakeStepsInput{AgreementID: k.agreement, Epoch: 1})
	require.NoError(k.t, err)
	_, err = k.ledger.Turn(k.t.Context(), ledger.Loop{Name: "bundle", Work: func(ctx context.Context, h *ledger.Hold) (bool, error) { return h.Bundle(ctx) }}, "test")
	require.NoError(k.t, err)
	k.set(k.now().Add(5 * time.Minute))
}

func TestMessagesAreFollowedAndSentByHandOverHTTP(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		_, duties := k.year()
		post := k.headPost(k.villages[0])
		k.post("/posts/"+post+"/holders", O{"name": "Budi", "phone": "0812-3456-789", "valid_from": "2026-01-01"})
		k.remind("2026-12-08")
		require.Len(t, k.read("/messages?agreement_id="+k.agreement).list("items"), 2, "one by link, one list for the Sekda who stands in for two")
		require.Len(t, k.read("/messages?state=queued&channel=wa_link&post_id="+post).list("items"), 1)
		require.Empty(t, k.read("/messages?state=dead").list("items"))
		require.Len(t, k.read("/messages?page_size=1").list("items"), 1)
		links := k.read("/links")
		require.Contains(t, links.text("items", 0, "url"), "https://wa.me/628123456789?text=")
		require.Contains(t, links.text("items", 0, "text"), "Pengingat: Daftar nama")
		id := links.text("items", 0, "id")
		k.post("/links/"+id+"/sent", nil)
		require.Equal(t, []string{"sent", "operator"}, []string{k.read("/messages/" + id).text("state"), k.read("/messages/" + id).text("sent_by")})
		k.refused(http.StatusConflict, "link_not_waiting", "/links/"+id+"/sent", nil, nil)
		k.refused(http.StatusConflict, "message_not_resendable", "/messages/"+id+"/resend", nil, nil)

		duty := duties[k.villages[0]]
		about := k.read("/obligations/" + duty + "/messages")
		require.Equal(t, []string{"T-7", "named"}, []string{about.text("items", 0, "step"), about.text("items", 0, "outcome")})
		owed := k.read("/obligations/" + duty)
		require.Equal(t, "link", owed.text("noticed_how"))
		require.Contains(t, k.read("/posts/"+post+"/inbox").text("items", 0, "text"), "Daftar nama")
	})
}

func TestUnitsToldOtherwiseAreRecorded(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		year, duties := k.year()
		one := duties[k.villages[0]]
		require.EqualValues(t, 1, k.at("/told", O{"obligation_ids": []string{one}, "how": "phone", "on": "2026-11-20", "note": "kepada Sekdes"}).get("duties"))
		require.EqualValues(t, 2, k.at("/told", O{"year_id": year, "how": "letter"}).get("duties"), "the first stays told by phone")
		require.Equal(t, []string{"phone", "2026-11-20T12:00:00+08:00"}, []string{k.read("/obligations/" + one).text("noticed_how"), k.read("/obligations/" + one).text("noticed_at")})
		at := "/agreements/" + k.agreement + "/told"
		k.refused(unprocessable, "told_in_future", at, O{"year_id": year, "how": "letter", "on": "2027-01-01"}, nil)
		k.refused(unprocessable, "missing_field", at, O{"how": "letter"}, nil)
	})
}

func TestAChannelIsSetUpAndItsSecretsAreNeverShown(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		for _, at := range []string{"/parties/" + k.pemda + "/channels", "/parties/installation/channels"} {
			k.refused(unprocessable, "missing_field", at, O{"kind": "email", "enabled": true}, nil)
			body := O{"kind": "email", "enabled": true, "daily_cap": 100, "settings": O{"host": "mail.pemda.example", "from": "payung@pemda.example"}, "secrets": O{"password": "rahasia-sekali"}}
			saved := k.post(at, body)
			require.Equal(t, []any{"password"}, saved.list("items", 0, "secrets"))
			require.NotContains(t, saved.Raw, "rahasia-sekali")
			require.NotContains(t, k.read(at).Raw, "rahasia-sekali")
			body["secrets"], body["daily_cap"] = O{}, 5
			require.Equal(t, []any{"password"}, k.post(at, body).list("items", 0, "secrets"), "what is not given stays")
			body["secrets"] = O{"password": ""}
			require.Empty(t, k.post(at, body).list("items", 0, "secrets"), "and an empty one is taken away")
		}
		k.refused(http.StatusNotFound, "channel_not_set_up", "/parties/"+k.pemda+"/channels/telegram/test", O{"to": "1"}, nil)
		require.NotContains(t, k.log.String(), "rahasia-sekali")
	})
}

func TestWhatMetaReportsIsBelievedOnlySigned(t *testing.T) {
	t.Parallel()
	k := settle(t, testdb.SQLite(t))
	saved := k.post("/parties/"+k.pemda+"/channels", O{
		"kind": "whatsapp", "enabled": true, "settings": O{"phone_number_id": "1065"}, "secrets": O{"token": "t", "app_secret": "app-secret", "verify_token": "word"},
	})
	hook := saved.text("items", 0, "status_path")
	ask := func(method, path, signature, body string) (int, string) {
		r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
		r.Header.Set("X-Hub-Signature-256", signature)
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		k.api.ServeHTTP(w, r)
		said, err := io.ReadAll(w.Result().Body)
		require.NoError(t, err)
		return w.Code, string(said)
	}
	status, said := ask("GET", hook+"?hub.mode=subscribe&hub.verify_token=word&hub.challenge=42", "", "")
	require.Equal(t, []any{200, "42"}, []any{status, said})
	status, _ = ask("GET", hook+"?hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=42", "", "")
	require.Equal(t, http.StatusForbidden, status)
	body := `{"entry":[]}`
	mac := hmac.New(sha256.New, []byte("app-secret"))
	mac.Write([]byte(body))
	signed := "sha256=" + hex.EncodeToString(mac.Sum(nil))
	status, _ = ask("POST", hook, signed, body)
	require.Equal(t, http.StatusNoContent, status)
	status, _ = ask("POST", hook, signed, body+" ")
	require.Equal(t, http.StatusForbidden, status)
	status, _ = ask("POST", hook, "", body)
	require.Equal(t, http.StatusForbidden, status)
	status, _ = ask("POST", "/api/v1/hooks/whatsapp/nobody", signed, body)
	require.Equal(t, http.StatusNotFound, status)
}
