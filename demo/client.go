package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// edition names this telling of the demo. A change of what is sent needs a new
// one, and an empty ledger.
const edition = "contoh-1"

// client speaks to the public API. Every write has a key that is the same each
// time the demo is loaded, so an interrupted load can be repeated.
type client struct {
	ctx  context.Context
	base string
	http *http.Client
	sent int
}

func newClient(ctx context.Context, o Options) *client {
	return &client{ctx: ctx, base: strings.TrimRight(o.Server, "/") + "/api/v1", http: &http.Client{Timeout: 30 * time.Second}}
}

// patience is how often a request that counts once is sent again while the
// server says "not yet".
const patience = 30

// post sends a write and reads what was made.
func post[T any](c *client, path string, body any) (T, error) {
	var out T
	raw, err := json.Marshal(body)
	if err != nil {
		return out, err
	}
	c.sent++
	key := fmt.Sprintf("%s/%04d", edition, c.sent)
	for range patience {
		again, err := c.try(http.MethodPost, path, key, raw, &out)
		if err == nil || !again {
			return out, err
		}
	}
	return out, fmt.Errorf("POST %s: the server kept asking to try again", path)
}

// get reads something.
func get[T any](c *client, path string) (T, error) {
	var out T
	_, err := c.try(http.MethodGet, path, "", nil, &out)
	return out, err
}

// try sends once. A 503 says how long to wait; the same key makes sure the
// request counts once.
func (c *client) try(method, path, key string, raw []byte, out any) (again bool, err error) {
	req, err := http.NewRequestWithContext(c.ctx, method, c.base+path, bytes.NewReader(raw))
	if err != nil {
		return false, err
	}
	req.Header.Set("Accept-Language", "id")
	if raw != nil {
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Idempotency-Key", key)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return false, fmt.Errorf("is payung running there? %w", err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, 64<<20))
	if err != nil {
		return false, err
	}
	if resp.StatusCode == http.StatusServiceUnavailable {
		wait, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
		select {
		case <-time.After(time.Duration(max(wait, 1)) * time.Second):
			return true, fmt.Errorf("%s %s: %s", method, path, resp.Status)
		case <-c.ctx.Done():
			return false, c.ctx.Err()
		}
	}
	if resp.StatusCode >= http.StatusBadRequest {
		return false, fmt.Errorf("%s %s: %s: %s", method, path, resp.Status, answer)
	}
	return false, json.Unmarshal(answer, out)
}
