package channel

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// botAPI is where Telegram takes messages of bots.
const botAPI = "https://api.telegram.org"

// telegram sends to chats that people have opened with a bot.
type telegram struct {
	o    Options
	http *http.Client
}

func openTelegram(o Options) *telegram { return &telegram{o, outside(o)} }

// Close ends idle connections.
func (t *telegram) Close() error {
	t.http.CloseIdleConnections()
	return nil
}

// Send hands one text to Telegram.
func (t *telegram) Send(ctx context.Context, m Message) (Receipt, error) {
	raw, err := json.Marshal(map[string]any{"chat_id": m.To, "text": m.Text, "link_preview_options": map[string]bool{"is_disabled": true}})
	if err != nil {
		return Receipt{}, failure(Refused, "message", err.Error())
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, t.o.or("api")+"/bot"+t.o.Secrets["token"]+"/sendMessage", bytes.NewReader(raw))
	if err != nil {
		return Receipt{}, failure(Away, "settings", "the address of the service is not one")
	}
	r.Header.Set("Content-Type", "application/json")
	status, _, body, err := call(t.http, r)
	if err != nil {
		return Receipt{}, err
	}
	var a struct {
		OK     bool `json:"ok"`
		Result struct {
			ID int64 `json:"message_id"`
		} `json:"result"`
		Description string `json:"description"`
		Parameters  struct {
			RetryAfter int64 `json:"retry_after"`
		} `json:"parameters"`
	}
	if err := json.Unmarshal(body, &a); err == nil && a.OK {
		return Receipt{ProviderID: strconv.FormatInt(a.Result.ID, 10)}, nil
	}
	switch {
	case status < 300:
		return Receipt{}, failure(Unknown, "answer", "the service answered without naming the message")
	case status == http.StatusForbidden: // the bot was blocked
		return Receipt{}, failure(BadAddress, "address", a.Description)
	case status == http.StatusTooManyRequests:
		f := failure(Away, "rate", a.Description)
		f.After = min(time.Duration(a.Parameters.RetryAfter)*time.Second, time.Hour)
		return Receipt{}, f
	case status == http.StatusUnauthorized, status == http.StatusNotFound:
		return Receipt{}, failure(Away, "login", a.Description)
	case status >= 500:
		return Receipt{}, failure(Away, "service", a.Description)
	case status == http.StatusBadRequest && bytes.Contains(body, []byte("chat not found")):
		return Receipt{}, failure(BadAddress, "address", a.Description)
	}
	return Receipt{}, failure(Refused, "message", a.Description)
}
