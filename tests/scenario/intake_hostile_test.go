package scenario_test

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestFilesMadeToHarmAreRefusedAndTheServerGoesOn sends every kind of bomb, all
// at once, as the list of a duty.
func TestFilesMadeToHarmAreRefusedAndTheServerGoesOn(t *testing.T) {
	t.Parallel()
	data := dataFolder(t)
	s := serve(t, data)
	waiting(t, s)
	duty := s.duties()[desas[0]]
	before := s.memory(t)
	var wg sync.WaitGroup
	var mu sync.Mutex
	answers := map[string]said{}
	for name, bomb := range bombs() {
		wg.Go(func() {
			a, err := s.tryFile("/obligations/"+duty+"/uploads", name+".xlsx", bomb.content, nil)
			if err != nil {
				a.raw = []byte(err.Error())
			}
			mu.Lock()
			defer mu.Unlock()
			answers[name] = a
		})
	}
	wg.Wait()
	for name, bomb := range bombs() {
		a := answers[name]
		t.Logf("%-26s %8d bytes: %d %s %v", name, len(bomb.content), a.status, a.code(), a.object["problem"])
		if said := cmp.Or[any](a.object["code"], a.object["problem"]); bomb.code != "" {
			require.Equal(t, bomb.code, said, "%s: %s", name, a.raw)
		}
		require.Contains(t, []int{201, 202, 413, 415, 422}, a.status, "%s: %s", name, a.raw)
		if a.status >= 400 {
			require.Equal(t, "application/problem+json", a.header.Get("Content-Type"), name)
			require.NotEmpty(t, a.object["detail"], name)
		}
	}
	require.Eventually(t, func() bool { return len(s.all("/api/v1/imports?state=reading")) == 0 }, time.Minute, 100*time.Millisecond)
	peak := s.memory(t)
	t.Logf("peak memory %d MiB, %d before", peak, before)
	require.Less(t, peak, 900)
	require.Equal(t, "ready", s.handed(duty, "baik.csv", list(0, 5)).object["state"])
	s.examined()
	s.Stop()
	require.NotContains(t, s.Log(), "panic")
	liteBooks(t, data).balance()
}

// TestRequestsThatAreNoneOfOursAreRefusedInTime sends what is no file, too much
// of it, or too slowly.
func TestRequestsThatAreNoneOfOursAreRefusedInTime(t *testing.T) {
	t.Parallel()
	s := serve(t, dataFolder(t))
	waiting(t, s)
	duty := s.duties()[desas[0]]
	path := "/obligations/" + duty + "/uploads"
	send := func(kind string, body io.Reader) said {
		a, err := s.try(http.MethodPost, path, body, map[string]string{"Content-Type": kind})
		require.NoError(t, err)
		return a
	}
	over := make([]byte, 21<<20)
	for what, tt := range map[string]struct {
		answer said
		status int
		code   string
	}{
		"21 MB":                     {send("text/csv", bytes.NewReader(over)), 413, "file_too_large"},
		"21 MB in a form":           {s.hand(duty, "a.csv", over), 413, "file_too_large"},
		"nothing":                   {send("text/csv", nil), 422, "file_missing"},
		"a form without its end":    {send("multipart/form-data; boundary=b", strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx")), 422, "file_cut_short"},
		"a form without a boundary": {send("multipart/form-data", strings.NewReader("x")), 422, "file_cut_short"},
		"a form of fields":          {send("application/x-www-form-urlencoded", strings.NewReader("a=b")), 0, ""},
		"JSON":                      {send("application/json", strings.NewReader(`{"rows":[]}`)), 0, ""},
		"an empty workbook":         {s.hand(duty, "kosong.xlsx", zipped(parts(""))), 0, ""},
	} {
		t.Logf("%-26s %d %s %v", what, tt.answer.status, tt.answer.code(), tt.answer.object["problem"])
		if tt.status != 0 {
			require.Equal(t, []any{tt.status, tt.code}, []any{tt.answer.status, tt.answer.code()}, "%s: %s", what, tt.answer.raw)
		}
		require.Less(t, tt.answer.status, 500, "%s: %s", what, tt.answer.raw)
	}

	// Bodies that come a byte at a time hold four places; others still get in.
	address := strings.TrimPrefix(s.URL, "http://")
	for range 8 {
		conn, err := net.Dial("tcp", address)
		require.NoError(t, err)
		defer func() { _ = conn.Close() }()
		_, err = fmt.Fprintf(conn, "POST /api/v1%s HTTP/1.1\r\nHost: %s\r\nContent-Type: text/csv\r\nContent-Length: 1000\r\n\r\nNIK", path, address)
		require.NoError(t, err)
	}
	time.Sleep(200 * time.Millisecond)
	status, _ := s.ask(http.MethodGet, "/readyz", nil)
	require.Equal(t, http.StatusOK, status)
	begun := time.Now()
	answered := make(chan said, 1)
	go func() {
		a, err := s.tryFile(path, "cepat.csv", list(0, 5), nil)
		if err == nil {
			answered <- a
		}
	}()
	select {
	case a := <-answered:
		require.Equal(t, http.StatusCreated, a.status, "%s", a.raw)
		t.Logf("a village beside eight slow ones waits %v", time.Since(begun))
	case <-time.After(10 * time.Second):
		t.Error("eight connections that send nothing keep everybody else's files out")
	}
}

// TestNamesOfFilesLeadNowhere sends names that are paths, tricks and nonsense.
func TestNamesOfFilesLeadNowhere(t *testing.T) {
	t.Parallel()
	data := dataFolder(t)
	s := serve(t, data)
	waiting(t, s)
	pemda := s.all("/api/v1/parties")[0]["id"].(string)
	for i, name := range []string{
		"../../../etc/cron.d/x.csv", `..\..\windows\x.csv`, `C:\Users\x\daftar.csv`, "/etc/passwd", "....//x.csv", "a\x00b.csv", "daftar\u202evsc.exe", "daftar\r\nSet-Cookie: a=b.csv",
		strings.Repeat("a", 4096) + ".csv", strings.Repeat("é", 2048), `"; rm -rf /; ".csv`, "<script>alert(1)</script>.csv", "'; DROP TABLE uploads; --.csv", "..", ".", "", "%2e%2e%2fx.csv", "\xff\xfe.csv",
		"CON.csv", "=cmd|' /C calc'!A0.csv",
	} {
		content := list(10*i, 10*i+1)
		a, err := s.try(http.MethodPost, "/parties/"+pemda+"/uploads?file_name="+url.QueryEscape(strings.ToValidUTF8(name[:min(len(name), 255)], "")), bytes.NewReader(content), map[string]string{"Content-Type": "text/csv"})
		require.NoError(t, err)
		if strings.ContainsRune(name, 0) {
			require.Equal(t, http.StatusBadRequest, a.status, "%q: %s", name, a.raw)
		} else {
			require.Equal(t, http.StatusCreated, a.status, "%q: %s", name, a.raw)
		}
		b, err := s.tryFile("/parties/"+pemda+"/uploads", name, append(content, "\n"...), nil)
		require.NoError(t, err)
		for _, a := range []said{a, b} {
			if a.status >= 300 {
				require.Less(t, a.status, 500, "%q: %s", name, a.raw)
				continue
			}
			kept := a.object["name"].(string)
			require.NotContains(t, kept, "/", "%q", name)
			require.NotContains(t, kept, `\`, "%q", name)
			require.NotContains(t, kept, "\u202e", "%q turns its end around", name)
			require.NotContains(t, kept, "\n", "%q", name)
			require.LessOrEqual(t, len(kept), 255)
			back, err := s.try(http.MethodGet, "/uploads/"+a.object["id"].(string)+"/content", nil, nil)
			require.NoError(t, err)
			require.Equal(t, http.StatusOK, back.status)
			require.Empty(t, back.header.Get("Set-Cookie"))
			require.True(t, strings.HasPrefix(back.header.Get("Content-Disposition"), "attachment"), "%q: %s", name, back.header.Get("Content-Disposition"))
			require.Equal(t, "nosniff", back.header.Get("X-Content-Type-Options"))
			require.True(t, bytes.HasPrefix(back.raw, content))
		}
	}
	for name := range files(t, data) {
		require.NotContains(t, name, "passwd")
		require.NotContains(t, name, ".csv")
	}
}
