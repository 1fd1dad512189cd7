package channel

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// webhook hands messages to a system of the Pemda's own, which finds the way to
// people itself. Requests are signed as the Standard Webhooks specification
// says (standardwebhooks.com).
type webhook struct {
	url     string
	secrets [][]byte
	http    *http.Client
	now     func() time.Time
}

func openWebhook(o Options) (*webhook, error) {
	secrets, err := secretsOf(o.Secrets["secrets"])
	if err != nil {
		return nil, err
	}
	return &webhook{o.Settings["url"], secrets, outside(o), time.Now}, nil
}

// Close ends idle connections.
func (w *webhook) Close() error {
	w.http.CloseIdleConnections()
	return nil
}

// event is the body of a request.
type event struct {
	Type      string    `json:"type"`
	Timestamp time.Time `json:"timestamp"`
	Data      eventData `json:"data"`
}

type eventData struct {
	Kind    string `json:"kind"`
	To      Person `json:"to"`
	Subject string `json:"subject"`
	Text    string `json:"text"`
	Link    string `json:"link,omitempty"`
}

// Send posts one message. The same key is the same webhook-id, so a receiver
// that remembers IDs takes a repeat once.
func (w *webhook) Send(ctx context.Context, m Message) (Receipt, error) {
	now := w.now()
	body, err := json.Marshal(event{"message", now.UTC(), eventData{m.Kind, m.Person, m.Subject, m.Text, m.Link}})
	if err != nil {
		return Receipt{}, failure(Refused, "message", err.Error())
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url, bytes.NewReader(body))
	if err != nil {
		return Receipt{}, failure(Away, "settings", "the address of the webhook is not one")
	}
	seconds := strconv.FormatInt(now.Unix(), 10)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Webhook-Id", m.Key)
	r.Header.Set("Webhook-Timestamp", seconds)
	r.Header.Set("Webhook-Signature", signature(w.secrets, m.Key, seconds, body))
	status, header, said, err := call(w.http, r)
	if err != nil {
		if f, ok := errors.AsType[*Failure](err); ok && f.Verdict == Unknown { // a repeat does no harm
			f.Verdict = Later
		}
		return Receipt{}, err
	}
	switch {
	case status < 300:
		return Receipt{}, nil
	case status == http.StatusGone: // the receiver wants no more
		return Receipt{}, failure(Away, "gone", "the receiver says that this webhook has been taken away")
	case status == http.StatusTooManyRequests, status >= 500:
		f := failure(Away, "service", strconv.Itoa(status)+" "+string(said))
		f.After = waitAsked(header)
		return Receipt{}, f
	case status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusNotFound, status < 400:
		return Receipt{}, failure(Away, "login", strconv.Itoa(status)+" "+string(said))
	}
	return Receipt{}, failure(Refused, "message", strconv.Itoa(status)+" "+string(said))
}

// signature signs a request with each secret, so that a receiver may change
// from one to the next.
func signature(secrets [][]byte, id, seconds string, body []byte) string {
	signs := make([]string, len(secrets))
	for i, s := range secrets {
		mac := hmac.New(sha256.New, s)
		mac.Write([]byte(id + "." + seconds + "."))
		mac.Write(body)
		signs[i] = "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	}
	return strings.Join(signs, " ")
}
