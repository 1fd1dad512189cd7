package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"payung/api"
)

// serverClient speaks to the API of a running payung.
type serverClient struct {
	ctx  context.Context
	base string
	http *http.Client
}

func newServerClient(ctx context.Context, server string) *serverClient {
	return &serverClient{ctx: ctx, base: strings.TrimRight(server, "/") + "/api/v1", http: &http.Client{Timeout: 5 * time.Minute}}
}

// segment is an ID as a part of an address.
func segment(id string) string { return url.PathEscape(id) }

// patience is how often a request that counts once is sent again while the
// server says "not yet".
const patience = 12

// get reads something.
func get[T any](c *serverClient, path string) (T, error) {
	return call[T](c, http.MethodGet, path, "", "", nil)
}

// pages reads every page of a list.
func pages[T any](c *serverClient, path string) ([]T, error) {
	var all []T
	for token := ""; ; {
		page, err := get[api.List[T]](c, path+"?page_size=500&page_token="+url.QueryEscape(token))
		if err != nil {
			return nil, err
		}
		all = append(all, page.Items...)
		if token = page.NextPageToken; token == "" {
			return all, nil
		}
	}
}

// post sends JSON. With a key it counts once however often it is sent.
func post[T any](c *serverClient, path, key string, body any) (T, error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return *new(T), err
	}
	return call[T](c, http.MethodPost, path, key, "application/json", raw)
}

// file sends a file in a form. What the form says stands in no address.
func (c *serverClient) file(path, name string, content []byte, fields map[string]string) (api.Upload, error) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for field, value := range fields {
		if value == "" {
			continue
		}
		if err := form.WriteField(field, value); err != nil {
			return api.Upload{}, err
		}
	}
	part, err := form.CreateFormFile("file", filepath.Base(name))
	if err == nil {
		_, err = part.Write(content)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		return api.Upload{}, err
	}
	return call[api.Upload](c, http.MethodPost, path, "", form.FormDataContentType(), body.Bytes())
}

// call sends a request until it is answered.
func call[T any](c *serverClient, method, path, key, kind string, body []byte) (T, error) {
	var out T
	var err error
	for range patience {
		var after time.Duration
		if after, err = c.try(method, path, key, kind, body, &out); err == nil || after == 0 {
			return out, err
		}
		if err := c.wait(after); err != nil {
			return out, err
		}
	}
	return out, err
}

// try sends once. What it returns with an error, unless it is 0, is how long to
// wait before another try.
func (c *serverClient) try(method, path, key, kind string, body []byte, out any) (time.Duration, error) {
	req, err := http.NewRequestWithContext(c.ctx, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Accept-Language", "en")
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return 0, fmt.Errorf("is payung running there? %w", err)
	}
	defer func() { _ = resp.Body.Close() }() // it has been read, or not
	answer, err := io.ReadAll(io.LimitReader(resp.Body, 64<<20))
	if err != nil {
		return 0, err
	}
	if resp.StatusCode < http.StatusBadRequest {
		return 0, json.Unmarshal(answer, out)
	}
	p := &api.Problem{}
	if json.Unmarshal(answer, p) != nil || p.Code == "" {
		return 0, fmt.Errorf("%s %s: %s: is that a payung?", method, path, resp.Status)
	}
	if resp.StatusCode != http.StatusServiceUnavailable {
		return 0, p
	}
	seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
	return time.Duration(max(seconds, 1)) * time.Second, p
}

// wait waits, unless the command is ended.
func (c *serverClient) wait(d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-c.ctx.Done():
		return c.ctx.Err()
	}
}
