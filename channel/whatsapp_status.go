package channel

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Status is what became of a message after it was taken.
type Status struct {
	Key     string // of the message, as we gave it
	State   string // sent, delivered, read, failed
	At      time.Time
	Failure *Failure // of a failed one
}

// Subscribed reports whether Meta's question, whether this is the right address
// for its statuses, holds the word that was agreed on.
func Subscribed(mode, token, agreed string) bool {
	return mode == "subscribe" && agreed != "" && subtle.ConstantTimeCompare([]byte(token), []byte(agreed)) == 1
}

// SignedByMeta reports whether the X-Hub-Signature-256 of a request is that of
// its body under the app's secret, in a time that does not tell where they
// differ.
func SignedByMeta(signature string, body []byte, appSecret string) bool {
	given, err := hex.DecodeString(strings.TrimPrefix(signature, "sha256="))
	if err != nil || appSecret == "" || !strings.HasPrefix(signature, "sha256=") {
		return false
	}
	mac := hmac.New(sha256.New, []byte(appSecret))
	mac.Write(body)
	return hmac.Equal(given, mac.Sum(nil))
}

// Statuses reads what Meta reports. Messages of people and statuses of messages
// that are not ours are left out.
func Statuses(body []byte) ([]Status, error) {
	var in struct {
		Entry []struct {
			Changes []struct {
				Value struct {
					Statuses []struct {
						Status    string    `json:"status"`
						Timestamp string    `json:"timestamp"`
						Callback  string    `json:"biz_opaque_callback_data"`
						Errors    []waError `json:"errors"`
					} `json:"statuses"`
				} `json:"value"`
			} `json:"changes"`
		} `json:"entry"`
	}
	if err := json.Unmarshal(body, &in); err != nil {
		return nil, fmt.Errorf("channel: statuses: %w", err)
	}
	var out []Status
	for _, e := range in.Entry {
		for _, c := range e.Changes {
			for _, s := range c.Value.Statuses {
				seconds, err := strconv.ParseInt(s.Timestamp, 10, 64)
				if err != nil || s.Callback == "" {
					continue
				}
				found := Status{Key: s.Callback, State: s.Status, At: time.Unix(seconds, 0)}
				if s.Status == "failed" {
					found.Failure = failure(Refused, "message", "")
					if len(s.Errors) > 0 {
						found.Failure = judgeWhatsApp(400, nil, s.Errors[0])
					}
				}
				out = append(out, found)
			}
		}
	}
	return out, nil
}
