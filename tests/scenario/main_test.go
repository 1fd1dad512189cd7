// Package scenario_test drives the program as its users do: the binary itself,
// over HTTP and the command line.
package scenario_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// binary is the program under test: the one PAYUNG_BINARY names, or one built
// here.
var binary = sync.OnceValues(func() (string, error) {
	if b := os.Getenv("PAYUNG_BINARY"); b != "" {
		return b, nil
	}
	dir, err := os.MkdirTemp("", "payung-bin-")
	if err != nil {
		return "", err
	}
	out := filepath.Join(dir, "payung")
	cmd := exec.Command("go", "build", "-o", out, ".")
	cmd.Dir = "../../deploy/standalone"
	if said, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, said)
	}
	return out, nil
})

// server is a running payung.
type server struct {
	t    testing.TB
	data string
	url  string
	cmd  *exec.Cmd
	log  *bytes.Buffer
	took time.Duration // until it was ready
}

// serve starts payung on a data folder and waits until it is ready.
func serve(t testing.TB, data string, args ...string) *server {
	t.Helper()
	s, err := tryServe(t, data, args...)
	require.NoError(t, err)
	return s
}

func tryServe(t testing.TB, data string, args ...string) (*server, error) {
	t.Helper()
	bin, err := binary()
	require.NoError(t, err)
	s := &server{t: t, data: data, log: &bytes.Buffer{}}
	s.cmd = exec.Command(bin, append([]string{"serve", "--data", data, "--listen", "127.0.0.1:0"}, args...)...)
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := s.cmd.StderrPipe()
	require.NoError(t, err)
	begun := time.Now()
	require.NoError(t, s.cmd.Start())
	ready := make(chan string, 1)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			fmt.Fprintln(s.log, lines.Text())
			if _, url, ok := strings.Cut(lines.Text(), "msg=ready url="); ok {
				ready <- strings.TrimSpace(url)
			}
		}
	}()
	select {
	case s.url = <-ready:
		s.took = time.Since(begun)
	case <-ended:
		return nil, fmt.Errorf("payung did not start: %w: %s", s.cmd.Wait(), s.log)
	case <-time.After(60 * time.Second):
		s.kill()
		return nil, fmt.Errorf("payung was not ready in a minute: %s", s.log)
	}
	t.Cleanup(s.kill)
	return s, nil
}

// kill is kill -9: nothing is finished, nothing is said.
func (s *server) kill() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}

// stop asks it to end and waits.
func (s *server) stop() {
	s.t.Helper()
	require.NoError(s.t, s.cmd.Process.Signal(syscall.SIGTERM))
	require.NoError(s.t, s.cmd.Wait(), s.log.String())
}

// run runs another command of the program.
func run(t testing.TB, args ...string) (string, error) {
	t.Helper()
	bin, err := binary()
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, bin, args...).CombinedOutput()
	return string(out), err
}

func (s *server) demo() {
	s.t.Helper()
	out, err := run(s.t, "demo", "--server", s.url)
	require.NoError(s.t, err, out)
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
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, in)
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
func one(t testing.TB, items []map[string]any, key string, value any) map[string]any {
	t.Helper()
	for _, i := range items {
		if i[key] == value {
			return i
		}
	}
	require.Fail(t, "nothing found", "%s = %v", key, value)
	return nil
}

// page reads an HTML page's text.
func (s *server) page(path string) string {
	s.t.Helper()
	status, body := s.ask(http.MethodGet, path, nil)
	require.Equal(s.t, http.StatusOK, status, "%s", path)
	return string(body)
}

func dataFolder(t testing.TB) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "data")
}
