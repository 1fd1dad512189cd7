// Package scenario_test drives the program as its users do: the binary itself,
// over HTTP and the command line.
package scenario_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
	"payung/tests/internal/program"
)

func TestMain(m *testing.M) {
	code := m.Run()
	testdb.Stop()
	os.Exit(code)
}

// server is a running payung and its data folder.
type server struct {
	*program.Server
	t    testing.TB
	data string
}

// serve starts payung on a data folder and waits until it is ready.
func serve(tb testing.TB, data string, args ...string) *server {
	tb.Helper()
	return &server{Server: program.Serve(tb, data, args...), t: tb, data: data}
}

// get reads JSON from the API.
func (s *server) get(path string) map[string]any {
	s.t.Helper()
	status, body := s.ask(http.MethodGet, path, nil)
	require.Equal(s.t, http.StatusOK, status, "%s: %s", path, body)
	var out map[string]any
	require.NoError(s.t, json.Unmarshal(body, &out))
	return out
}

func (s *server) ask(method, path string, body any) (int, []byte) {
	s.t.Helper()
	var in io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		require.NoError(s.t, err)
		in = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.URL+path, in)
	require.NoError(s.t, err)
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	require.NoError(s.t, err)
	defer func() { _ = resp.Body.Close() }()
	out, err := io.ReadAll(resp.Body)
	require.NoError(s.t, err)
	return resp.StatusCode, out
}

// all reads every page of a list.
func (s *server) all(path string) []map[string]any {
	s.t.Helper()
	join := "?"
	if strings.Contains(path, "?") {
		join = "&"
	}
	var out []map[string]any
	token := ""
	for {
		page := s.get(path + join + "page_size=500&page_token=" + token)
		for _, v := range page["items"].([]any) {
			out = append(out, v.(map[string]any))
		}
		token, _ = page["next_page_token"].(string)
		if token == "" {
			return out
		}
	}
}

// one finds the item with that value.
func one(tb testing.TB, items []map[string]any, key string, value any) map[string]any {
	tb.Helper()
	for _, i := range items {
		if i[key] == value {
			return i
		}
	}
	require.Fail(tb, "nothing found", "%s = %v", key, value)
	return nil
}

// page reads an HTML page's text.
func (s *server) page(path string) string {
	s.t.Helper()
	status, body := s.ask(http.MethodGet, path, nil)
	require.Equal(s.t, http.StatusOK, status, "%s", path)
	return string(body)
}

func dataFolder(tb testing.TB) string {
	tb.Helper()
	return filepath.Join(tb.TempDir(), "data")
}
